"""The commands about tables: trying one out, checking it, and bringing it into force."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.commanding import carry_out, commands
from bot.cli.speaking import marked as _

rules = commands(_("Tables: score, check, try and adopt."))

Table = Annotated[str, typer.Argument(metavar="TABLE", help=_("A YAML file, or the name of a template."))]
File = Annotated[Path, typer.Argument(metavar="FILE", help=_("An Excel workbook."))]
AsJson = Annotated[bool, typer.Option("--json", help=_("For programs."))]


@rules.command("score", help=_("Score facts by a table, with every reason."))
def _score(
    table: Table,
    facts: Annotated[Path, typer.Argument(metavar="FACTS", help=_("A YAML file: what happened, when, how often."))],
    as_json: AsJson = False,
) -> None:
    carry_out("rule_tables.score", table, facts, as_json)


@rules.command("lint", help=_("Find the traps of a table; ends with 1 where one weighs."))
def _lint(table: Table, as_json: AsJson = False) -> None:
    carry_out("rule_tables.check", table, as_json)


@rules.command("schema", help=_("The JSON Schema of the format, for editors."))
def _schema() -> None:
    carry_out("rule_tables.schema")


@rules.command("templates", help=_("The tables that ship with it, or one as YAML."))
def _templates(
    name: Annotated[str, typer.Argument(metavar="[NAME]", help=_("Such as default."))] = "",
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help=_("Write it there."))] = None,
) -> None:
    carry_out("rule_tables.templates", name, out)


@rules.command("export", help=_("Write a table as an Excel workbook."))
def _export(table: Table, file: File) -> None:
    carry_out("rule_tables.export", table, file)


@rules.command("import", help=_("Read such a workbook back into YAML."))
def _import(
    file: File, out: Annotated[Path, typer.Option("--out", metavar="TABLE.yaml", help=_("Write it there."))]
) -> None:
    carry_out("rule_tables.take_back", file, out)


@rules.command("dry-run", help=_("Who would move by a new table; nothing is stored."))
def _dry_run(
    table: Table,
    year: Annotated[int, typer.Option("--year", min=2000, max=2100, help=_("Such as 2026."))],
    xlsx: Annotated[Path | None, typer.Option("--xlsx", metavar="FILE", help=_("All members as a workbook."))] = None,
    chart: Annotated[
        Path | None, typer.Option("--chart", metavar="FILE.png", help=_("The moves as a picture."))
    ] = None,
) -> None:
    carry_out("rule_versions.dry_run", table, year, xlsx, chart)


@rules.command("adopt", help=_("Propose a table, for two persons to confirm."))
def _adopt(
    table: Table,
    effective: Annotated[
        str,
        typer.Option("--effective", metavar="2027-01-01", help=_("The first day of a month not yet opened.")),
    ],
) -> None:
    carry_out("rule_versions.propose", table, effective)


@rules.command("list", help=_("The versions: past, in force and to come."))
def _list() -> None:
    carry_out("rule_versions.show")
