"""Months and quarters by the operator's hand: earlier, later, or now."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import typer

from bot.cli.columns import columns
from bot.cli.dates import instant_of, month_of, quarter_of
from bot.cli.errand import Terminal, sentence_for
from bot.cli.speaking import own_name
from bot.core import Core
from bot.domain.periods import Month, Quarter
from bot.errors import PeriodClosedError, PeriodNotOpenError, XianfengError
from bot.views.terms import deadline_name, month_name, period_name, quarter_name
from bot.views.words import Words

_DONE, _REFUSED = "✓", "✗"


async def open_month(terminal: Terminal, text: str, until: str | None) -> None:
    """Open a month's forms before their day, or those of a month that was missed until another one."""
    _, month = terminal.words, month_of(terminal, text)
    async with terminal.core() as core:
        ends_at = instant_of(terminal, until, core.clock.now()) if until is not None else None
        this_month = Month.of(core.do.timetable.day_of(core.clock.now()))
        if month > this_month.next:
            last = month_name(_, this_month.next)
            terminal.fail(_.plain("That is too early: {period} is the last that can be opened now.", period=last))
        with told_to_the_operator(terminal):
            done = await core.do.open_month(month, closes_at=ends_at)
    name = month_name(_, month)
    terminal.say(_.plain("{period} is open.", period=name) if done else _.plain("{period} was open.", period=name))


async def close_month(terminal: Terminal, text: str) -> None:
    """Close a month's forms now."""
    _, month = terminal.words, month_of(terminal, text)
    async with terminal.core() as core:
        with told_to_the_operator(terminal):
            done = await core.do.close_month(month)
    name = month_name(_, month)
    terminal.say(_.plain("{period} is closed.", period=name) if done else _.plain("{period} was closed.", period=name))


async def extend_month(terminal: Terminal, text: str, until: str) -> None:
    """Give a month's forms more time."""
    _, month = terminal.words, month_of(terminal, text)
    async with terminal.core() as core:
        ends_at = instant_of(terminal, until, core.clock.now())
        with told_to_the_operator(terminal):
            await core.do.extend_month(month, ends_at)
    ends = deadline_name(_, ends_at, terminal.settings.zone)
    terminal.say(_.plain("{period} closes {at}.", period=month_name(_, month), at=ends))


async def open_quarter(terminal: Terminal, text: str) -> None:
    """Open the branches' rating of a quarter before its day."""
    _, quarter = terminal.words, quarter_of(terminal, text)
    async with terminal.core() as core:
        try:
            done = await core.do.open_quarter(quarter)
        except PeriodNotOpenError:
            terminal.fail(
                _.plain(
                    "No month of {period} was ever opened, so there is nothing to rate.",
                    period=quarter_name(_, quarter),
                )
            )
    name = quarter_name(_, quarter)
    terminal.say(_.plain("{period} is open.", period=name) if done else _.plain("{period} was open.", period=name))


async def close_quarter(terminal: Terminal, text: str, branch: str | None) -> None:
    """End the rating of one branch, or of all that are still rating; what is not ready stays open and is named."""
    _, quarter = terminal.words, quarter_of(terminal, text)
    async with terminal.core() as core:
        with told_to_the_operator(terminal):
            branches = await _branches(terminal, core, quarter, branch)
        rows = [await _close_branch(_, core, quarter, *entry) for entry in branches]
    terminal.say(columns(rows) if rows else _.plain("{period} was closed.", period=quarter_name(_, quarter)))
    if any(sign == _REFUSED for sign, *_rest in rows):
        raise typer.Exit(1)


async def _branches(terminal: Terminal, core: Core, quarter: Quarter, name: str | None) -> list[tuple[int, str]]:
    """Id and name of the branch of this name, or of all that have not closed the quarter."""
    async with core.store.read() as tx:
        await tx.periods.get_quarter(quarter)
        names = {entry.branch_id: entry.name for entry in await tx.people.branches()}
        stands = await tx.periods.branch_quarters(quarter)
    if name is None:
        return [(one.branch_id, names[one.branch_id]) for one in stands if not one.is_rated]
    found = [(one.branch_id, name) for one in stands if names[one.branch_id] == name]
    if not found:
        terminal.fail(terminal.words.plain("No branch that is rated in this quarter is called {name}.", name=name))
    return found


async def _close_branch(_: Words, core: Core, quarter: Quarter, branch_id: int, name: str) -> tuple[str, str, str]:
    try:
        closed = await core.do.close_branch.by_admin(quarter, branch_id)
    except XianfengError as error:
        return _REFUSED, name, sentence_for(_, error)
    return _DONE, name, _.plain("closed, {n} rated", n=closed.rated)


async def extend_quarter(terminal: Terminal, text: str, until: str) -> None:
    """Give the branches more time to rate."""
    _, quarter = terminal.words, quarter_of(terminal, text)
    async with terminal.core() as core:
        ends_at = instant_of(terminal, until, core.clock.now())
        with told_to_the_operator(terminal):
            await core.do.extend_quarter(quarter, ends_at)
    ends = deadline_name(_, ends_at, terminal.settings.zone)
    terminal.say(_.plain("The rating of {period} is due {at}.", period=quarter_name(_, quarter), at=ends))


@contextlib.contextmanager
def told_to_the_operator(terminal: Terminal) -> Iterator[None]:
    """What cannot be done with a period is said to who runs the bot, with what he can do, and not as to a member."""
    _ = terminal.words
    try:
        yield
    except PeriodClosedError as error:
        terminal.fail(
            _.plain(
                "{period} is past and takes no forms any more. A month that was missed can be opened with "
                '--until "2026-11-06 18:00", as long as no branch has closed its quarter.',
                period=period_name(_, error.period),
            )
        )
    except PeriodNotOpenError as error:
        kind = "quarter" if "Q" in error.period else "month"
        terminal.fail(
            _.plain(
                "{period} has not been opened. If it should be: {command} {kind} open {name}",
                period=period_name(_, error.period),
                command=own_name(),
                kind=kind,
                name=error.period,
            )
        )
