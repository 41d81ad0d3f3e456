"""Letting somebody stand in for a person who cannot do it himself, and ending that."""

from __future__ import annotations

from bot.cli.dates import day_of
from bot.cli.errand import Terminal
from bot.views.stored_names import office_name
from bot.views.terms import date_name


async def give(terminal: Terminal, staff_no: str, to_staff_no: str, role: str, first: str, last: str) -> None:
    """From the first day (today) to the last, both included."""
    _ = terminal.words
    begins = day_of(terminal, first) if first else None
    ends = day_of(terminal, last)
    async with terminal.core() as core:
        card = await core.do.delegate_office.by_admin(staff_no, to_staff_no, role, begins, ends)
    terminal.say(
        _.plain(
            "{delegate} stands in for {principal} as {office} from {first} to {last}. Both are told.",
            delegate=card.delegate, principal=card.principal, office=office_name(_, card.delegation.office),
            first=date_name(_, card.first_on), last=date_name(_, card.last_on),
        )
    )  # fmt: skip


async def end(terminal: Terminal, staff_no: str, role: str) -> None:
    """End what the person's office is given away for now, or will be next."""
    _ = terminal.words
    async with terminal.core() as core:
        card = await core.do.end_delegation.by_admin(staff_no, role)
    terminal.say(
        _.plain(
            "{delegate} does not stand in for {principal} as {office} any more.",
            delegate=card.delegate, principal=card.principal, office=office_name(_, card.delegation.office),
        )
    )  # fmt: skip
