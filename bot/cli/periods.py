"""Months and quarters by the operator's hand: earlier, later, or now."""

from __future__ import annotations

from datetime import datetime

import typer

from bot.cli.columns import columns
from bot.cli.errand import Terminal, sentence_for
from bot.domain.forms import BranchState
from bot.domain.periods import Month, Quarter
from bot.errors import NotFoundError, PeriodNotOpenError, XianfengError
from bot.views.terms import deadline_name, month_name, quarter_name


async def open_month(terminal: Terminal, text: str) -> None:
    """Open a month's forms before their day."""
    _, month = terminal.words, _month(terminal, text)
    async with terminal.core() as core:
        done = await core.do.open_month(month)
    name = month_name(_, month)
    terminal.say(_.plain("{period} is open.", period=name) if done else _.plain("{period} was open.", period=name))


async def close_month(terminal: Terminal, text: str) -> None:
    """Close a month's forms now."""
    _, month = terminal.words, _month(terminal, text)
    async with terminal.core() as core:
        done = await core.do.close_month(month)
    name = month_name(_, month)
    terminal.say(_.plain("{period} is closed.", period=name) if done else _.plain("{period} was closed.", period=name))


async def extend_month(terminal: Terminal, text: str, until: datetime) -> None:
    """Give a month's forms more time."""
    _, month = terminal.words, _month(terminal, text)
    async with terminal.core() as core:
        ends_at = _instant(terminal, until, core.clock.now())
        await core.do.extend_month(month, ends_at)
    ends = deadline_name(_, ends_at, terminal.settings.zone)
    terminal.say(_.plain("{period} closes {at}.", period=month_name(_, month), at=ends))


async def open_quarter(terminal: Terminal, text: str) -> None:
    """Open the branches' rating of a quarter before its day."""
    _, quarter = terminal.words, _quarter(terminal, text)
    async with terminal.core() as core:
        done = await core.do.open_quarter(quarter)
    name = quarter_name(_, quarter)
    terminal.say(_.plain("{period} is open.", period=name) if done else _.plain("{period} was open.", period=name))


async def close_quarter(terminal: Terminal, text: str, branch: str | None) -> None:
    """End the rating of one branch, or of all that are still rating; what is not ready stays open and is named."""
    _, quarter = terminal.words, _quarter(terminal, text)
    rows = []
    async with terminal.core() as core:
        async with core.store.read() as tx:
            names = {entry.branch_id: entry.name for entry in await tx.people.branches()}
            stands = await tx.periods.branch_quarters(quarter)
        if not stands:
            raise PeriodNotOpenError(str(quarter))
        meant = [entry for entry in stands if branch in {None, names[entry.branch_id]}]
        if not meant:
            raise NotFoundError
        refused = False
        for entry in meant:
            if branch is None and entry.state is BranchState.CLOSED:
                continue
            try:
                closed = await core.do.close_branch.by_admin(quarter, entry.branch_id)
                rows.append(("✓", closed.branch, _.plain("closed, {n} rated", n=closed.rated)))
            except XianfengError as error:
                refused = True
                rows.append(("✗", names[entry.branch_id], sentence_for(_, error)))
    terminal.say(columns(rows) if rows else _.plain("{period} was closed.", period=quarter_name(_, quarter)))
    if refused:
        raise typer.Exit(1)


async def extend_quarter(terminal: Terminal, text: str, until: datetime) -> None:
    """Give the branches more time to rate."""
    _, quarter = terminal.words, _quarter(terminal, text)
    async with terminal.core() as core:
        ends_at = _instant(terminal, until, core.clock.now())
        await core.do.extend_quarter(quarter, ends_at)
    ends = deadline_name(_, ends_at, terminal.settings.zone)
    terminal.say(_.plain("The rating of {period} is due {at}.", period=quarter_name(_, quarter), at=ends))


def _month(terminal: Terminal, text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError:
        terminal.fail(terminal.words.plain("A month is written like 2026-11."))


def _quarter(terminal: Terminal, text: str) -> Quarter:
    try:
        return Quarter.parse(text)
    except ValueError:
        terminal.fail(terminal.words.plain("A quarter is written like 2026Q4."))


def _instant(terminal: Terminal, until: datetime, now: datetime) -> datetime:
    """The wall-clock time in the organisation's zone, which must lie ahead."""
    instant = until.replace(tzinfo=terminal.settings.zone)
    if instant <= now:
        terminal.fail(terminal.words.plain("That time is past already."))
    return instant
