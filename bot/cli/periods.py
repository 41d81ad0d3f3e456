"""Months and quarters by the operator's hand: earlier, later, or now."""

from __future__ import annotations

from datetime import datetime

import typer

from bot.cli.columns import columns
from bot.cli.errand import Terminal, sentence_for
from bot.core import Core
from bot.domain.periods import Month, Quarter
from bot.errors import NotFoundError, XianfengError
from bot.views.terms import deadline_name, month_name, quarter_name
from bot.views.words import Words

_DONE, _REFUSED = "✓", "✗"


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
    async with terminal.core() as core:
        rows = [await _close_branch(_, core, quarter, *entry) for entry in await _branches(core, quarter, branch)]
    terminal.say(columns(rows) if rows else _.plain("{period} was closed.", period=quarter_name(_, quarter)))
    if any(sign == _REFUSED for sign, *_rest in rows):
        raise typer.Exit(1)


async def _branches(core: Core, quarter: Quarter, name: str | None) -> list[tuple[int, str]]:
    """Id and name of the branch of this name, or of all that have not closed the quarter."""
    async with core.store.read() as tx:
        await tx.periods.get_quarter(quarter)
        names = {entry.branch_id: entry.name for entry in await tx.people.branches()}
        stands = await tx.periods.branch_quarters(quarter)
    if name is None:
        return [(one.branch_id, names[one.branch_id]) for one in stands if not one.is_rated]
    found = [(one.branch_id, name) for one in stands if names[one.branch_id] == name]
    if not found:
        raise NotFoundError
    return found


async def _close_branch(_: Words, core: Core, quarter: Quarter, branch_id: int, name: str) -> tuple[str, str, str]:
    try:
        closed = await core.do.close_branch.by_admin(quarter, branch_id)
    except XianfengError as error:
        return _REFUSED, name, sentence_for(_, error)
    return _DONE, name, _.plain("closed, {n} rated", n=closed.rated)


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
