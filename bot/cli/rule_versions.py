"""Tables and the organisation: trying one on the real year, proposing one, and the versions there are."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.cli.columns import columns
from bot.cli.dates import day_of
from bot.cli.errand import Terminal
from bot.cli.rule_tables import findings_text, read_rules, read_with_text, write
from bot.errors import PeriodNotOpenError
from bot.scoring.errors import RuleSilentError
from bot.sheets.workbook import write_workbook
from bot.views import trial as trial_view
from bot.views.questions import question
from bot.views.rule_changes import change_sentence
from bot.views.rule_facts import CheckedTable, ProposalCard
from bot.views.terms import date_name, instant_name
from bot.views.trial_facts import Trial


async def dry_run(terminal: Terminal, table: str, year: int, xlsx: Path | None, chart: Path | None) -> None:
    """Score the year's real forms by a new table and say who would move."""
    _, rules = terminal.words, read_rules(terminal, table)
    async with terminal.core() as core:
        try:
            trial = await core.do.dry_run_rules(rules, year)
        except RuleSilentError as error:
            terminal.fail(question(_, error, rules))
        except PeriodNotOpenError:
            terminal.fail(_.plain("There are no finished forms in {year} yet.", year=year))
        today = core.do.timetable.day_of(core.clock.now())
    terminal.say(_text(terminal, trial))
    if xlsx is not None:
        write(terminal, xlsx, write_workbook(trial_view.sheets(_, trial), today))
    if chart is not None:
        write(terminal, chart, await asyncio.to_thread(_drawn, terminal, trial))
    terminal.say(_.plain("This was a trial: nothing is stored."))


def _text(terminal: Terminal, trial: Trial) -> str:
    _ = terminal.words
    lines = trial_view.summary(_, trial)
    for heading, moves in trial_view.lists(_, trial):
        lines += ["", _.plain("{heading}: {n}", heading=heading, n=len(moves))]
        shown = moves[: trial_view.MOST_ROWS]
        if shown:
            lines.append(
                columns([("  " + name, *rest) for name, *rest in (trial_view.row(_, trial, one) for one in shown)])
            )
        if len(moves) > len(shown):
            lines.append("  " + trial_view.more(_, len(moves) - len(shown)))
    return "\n".join(lines)


def _drawn(terminal: Terminal, trial: Trial) -> bytes:
    from bot.charts.moves import draw_moves

    return draw_moves(trial_view.picture(terminal.words, trial))


async def propose(terminal: Terminal, table: str, effective: str) -> None:
    """Put a table before the committee, unless errors keep it from being adopted."""
    _, effective_on = terminal.words, day_of(terminal, effective)
    rules, text = read_with_text(terminal, table)
    async with terminal.core() as core:
        card = await core.do.propose_by_operator(rules, text, effective_on)
        reachable = await core.do.count_committee() if card.proposal else 0
    terminal.say(_changes(terminal, card.table))
    terminal.say(findings_text(terminal, card.table.findings))
    if card.proposal is None:
        terminal.fail(_.plain("An error keeps it from being proposed. Please correct it first."))
    terminal.say(
        _.plain("Proposed: version {version}, from {day} on. "
                "Two persons of the committee have to agree in chat (/rules).",
                version=rules.version, day=date_name(_, card.table.effective_on))
    )  # fmt: skip
    if reachable < 2:
        terminal.say(_.plain("Only {n} of the committee can be reached in chat; invite the others.", n=reachable))


def _changes(terminal: Terminal, table: CheckedTable) -> str:
    _ = terminal.words
    head = _.plain(
        "In place of {title}, version {version}:", title=table.replaces.title, version=table.replaces.version
    )
    told = [change_sentence(_, one).striptags() for one in table.changes]
    lines = told or [_.plain("Nothing that moves points changes.")]
    if table.splits_quarter:
        lines.append(_.plain("⚠️ It begins within a quarter: that quarter would have months by both tables."))
    return "\n".join([head, *(f"  {line}" for line in lines)])


async def show(terminal: Terminal) -> None:
    """List the versions, the one in force marked, and what waits."""
    _ = terminal.words
    async with terminal.core() as core:
        versions, waiting, current = await core.do.list_versions()
    if not versions:
        terminal.say(_.plain("No table was needed yet; the first month opens by the one that ships with the bot."))
    else:
        head = (" ", _.plain("NAME"), _.plain("VERSION"), _.plain("FROM DAY"), _.plain("MONTHS"))
        rows = [
            (
                "→" if one.ruleset_id == current else " ",
                one.name,
                one.version,
                one.effective_on.isoformat(),
                str(one.months),
            )
            for one in versions
        ]
        terminal.say(columns([head, *rows]))
    for card in waiting:
        terminal.say(_waiting(terminal, card))


def _waiting(terminal: Terminal, card: ProposalCard) -> str:
    _, found = terminal.words, card.proposal
    if found is None:
        return ""
    agreed = 0 if found.confirmed_at is None else 1
    return _.plain(
        "Waits for agreement: {name} version {version}, from {day} on, proposed {at}; {agreed} of 2 agree.",
        name=found.name, version=found.version, day=found.effective_on.isoformat(),
        at=instant_name(_, found.proposed_at, terminal.settings.zone), agreed=agreed,
    )  # fmt: skip
