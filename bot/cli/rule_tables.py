"""What can be done with a table alone: score, check, and carry it between YAML and Excel. No database is needed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import typer

from bot.cli.columns import columns
from bot.cli.errand import Terminal
from bot.scoring.errors import FactError, RuleSetError, RuleSilentError
from bot.scoring.explain import explained
from bot.scoring.factsheet import load_facts
from bot.scoring.lint import Finding, lint
from bot.scoring.ruleset import load_template, template_names, template_text
from bot.scoring.schema import ruleset_schema
from bot.scoring.table import RuleSet
from bot.scoring.writing import ruleset_to_yaml
from bot.sheets.faults import SheetError
from bot.sheets.ruleset import TableFaultsError, read_ruleset, ruleset_to_workbook
from bot.views.findings import finding_sentence, weight_name
from bot.views.questions import question
from bot.views.roster import sheet_refused
from bot.views.rule_faults import misfit, unreadable
from bot.views.score_text import score_text


async def score(terminal: Terminal, table: str, facts: Path, as_json: bool) -> None:
    """Print the total and every line with its reason."""
    _, rules = terminal.words, read_rules(terminal, table)
    try:
        worked = load_facts(_text(terminal, facts), rules, facts.name).score(rules)
    except RuleSetError as error:
        terminal.fail(unreadable(_, error))
    except FactError as error:
        terminal.fail(misfit(_, error, rules))
    except RuleSilentError as error:
        terminal.fail(question(_, error, rules))
    terminal.say(_json(explained(worked)) if as_json else score_text(_, rules, worked))


async def check(terminal: Terminal, table: str, as_json: bool) -> None:
    """Print what the linter finds; end with 1 if any of it weighs."""
    _, rules = terminal.words, read_rules(terminal, table)
    found = lint(rules)
    if as_json:
        terminal.say(_json([finding_document(terminal, one) for one in found]))
    else:
        terminal.say(findings_text(terminal, found))
    if any(one.weighs for one in found):
        raise typer.Exit(1)


async def schema(terminal: Terminal) -> None:
    """Print the JSON Schema."""
    terminal.say(_json(ruleset_schema()))


async def templates(terminal: Terminal, name: str, out: Path | None) -> None:
    """List the shipped tables, or print or write one of them."""
    _ = terminal.words
    if not name:
        loaded = [(known, load_template(known)) for known in template_names()]
        listed = [(known, rules.title, rules.source.org) for known, rules in loaded]
        terminal.say(columns([(_.plain("NAME"), _.plain("TITLE"), _.plain("FROM")), *listed]))
        return
    if name not in template_names():
        terminal.fail(_unknown_template(terminal, name))
    if out is None:
        terminal.say(template_text(name).rstrip("\n"))
    else:
        write(terminal, out, template_text(name).encode())


async def export(terminal: Terminal, table: str, file: Path) -> None:
    """Write a table as a workbook."""
    rules = read_rules(terminal, table)
    # The day is no fact of the table: equal tables give equal files.
    write(terminal, file, ruleset_to_workbook(rules, rules.effective_from or date(2026, 1, 1)))


async def take_back(terminal: Terminal, file: Path, out: Path) -> None:
    """Read a workbook and write it as YAML."""
    rules = read_rules(terminal, str(file))
    write(terminal, out, ruleset_to_yaml(rules).encode())


def read_rules(terminal: Terminal, table: str) -> RuleSet:
    """The table of a YAML file, of a workbook, or the template of this name."""
    return read_with_text(terminal, table)[0]


def read_with_text(terminal: Terminal, table: str) -> tuple[RuleSet, str]:
    """A table and its YAML; a sentence for whatever it is instead."""
    path = Path(table)
    if not path.exists() and path.suffix == "":
        if table not in template_names():
            terminal.fail(_unknown_template(terminal, table))
        return load_template(table), template_text(table)
    try:
        return read_ruleset(path.read_bytes(), path.name)
    except TableFaultsError as error:
        terminal.fail(unreadable(terminal.words, error.cause))
    except SheetError as error:
        terminal.fail(sheet_refused(terminal.words, error))


def _text(terminal: Terminal, path: Path) -> str:
    """The text of a file."""
    _ = terminal.words
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        terminal.fail(_.plain("{name} is not text in UTF-8.", name=path.name))


def write(terminal: Terminal, path: Path, content: bytes) -> None:
    """Write a file; one that is there is not replaced."""
    _ = terminal.words
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        terminal.fail(_.plain("{name} is there already; choose another name.", name=path))
    terminal.say(_.plain("Written: {name}", name=path))


def findings_text(terminal: Terminal, found: tuple[Finding, ...]) -> str:
    """Each finding as a line with its weight and code, and how many weigh."""
    _ = terminal.words
    if not found:
        return _.plain("No traps found.")
    rows = [(weight_name(_, one), one.code, finding_sentence(_, one)) for one in found]
    weighing = sum(one.weighs for one in found)
    return columns(rows) + "\n" + _.many_plain("{n} finding weighs.", "{n} findings weigh.", weighing)


def finding_document(terminal: Terminal, one: Finding) -> dict[str, object]:
    """A finding as plain data, with its sentence."""
    return {
        "code": one.code,
        "severity": one.severity.value,
        "where": one.where,
        "accepted": one.accepted,
        "params": {name: str(value) for name, value in one.params.items()},
        "sentence": finding_sentence(terminal.words, one),
    }


def _unknown_template(terminal: Terminal, name: str) -> str:
    return terminal.words.plain(
        "There is no file and no template {name}. Templates: {known}", name=name, known=", ".join(template_names())
    )


def _json(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2)
