"""Importing an export of a learning platform: what it says as a table, every fault, and what was changed."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

from bot.cli.columns import columns
from bot.cli.errand import Terminal
from bot.demo.platforms import put_examples
from bot.domain.platforms import Field, Period, Platform, parse_period
from bot.sheets.grid import column_letters
from bot.views.platform_facts import ImportCard, ImportLook
from bot.views.platform_names import field_name, platform_name, span_name
from bot.views.roster import fault_rows
from bot.views.words import Words


async def import_records(
    terminal: Terminal, file: Path, platform: str, period: str, column: list[str], dry_run: bool
) -> None:
    """Take the export over as a whole, or change nothing and say why."""
    _ = terminal.words
    which, when = _named(terminal, platform, period)
    headings, content = _headings(terminal, column), await asyncio.to_thread(file.read_bytes)
    async with terminal.core() as core:
        card, look = await core.do.import_by_operator(content, file.name, which, when, headings, rehearse=dry_run)
    terminal.say(_.plain("{platform}, {period}", platform=platform_name(_, which), period=span_name(_, when)))
    terminal.say(columns(_reading(_, card, look)))
    _refuse(terminal, look)
    terminal.say(columns(_changes(_, look)))
    for row in look.unknown:
        terminal.say(_.plain("not on the roster, left out: {name} ({cell})", name=row.name or row.staff_no,
                             cell=row.address))  # fmt: skip
    if look.changes_nothing:
        terminal.say(_.plain("This very file was imported before. It changes nothing."))
    elif dry_run:
        terminal.say(_.plain("This was a rehearsal: nothing is stored."))


async def write_examples(terminal: Terminal, out: Path, period: str) -> None:
    """Made-up exports of all platforms for the people on the roster, as these platforms write them."""
    _which, when = _named(terminal, Platform.DENGTA, period)
    async with terminal.core() as core, core.store.read() as tx:
        people = await tx.people.all()
        today = core.do.timetable.day_of(tx.now)
    for file in await asyncio.to_thread(put_examples, out, when, people, today):
        terminal.say(str(file))


def _named(terminal: Terminal, platform: str, period: str) -> tuple[Platform, Period]:
    _ = terminal.words
    try:
        which = Platform(platform)
    except ValueError:
        terminal.fail(_.plain("Not {found}, but one of: {allowed}.", found=platform, allowed=", ".join(Platform)))
    try:
        return which, parse_period(period)
    except ValueError:
        terminal.fail(_.plain("A month is written 2026-11, a quarter 2026Q4, not {found}.", found=period))


def _headings(terminal: Terminal, column: list[str]) -> Mapping[Field, str]:
    _ = terminal.words
    headings = {}
    for one in column:
        name, _equals, heading = one.partition("=")
        if name not in set(Field):
            terminal.fail(_.plain("Not {found}, but one of: {allowed}.", found=name, allowed=", ".join(Field)))
        headings[Field(name)] = heading
    return headings


def _reading(_: Words, card: ImportCard, look: ImportLook) -> list[tuple[str, str]]:
    places = card.file.columns.items()
    rows = [(field_name(_, name), f"{column_letters(place)} {look.headings[place]}") for name, place in places]
    return rows or [(_.plain("no column is known"), "、".join(look.headings.values()))]


def _refuse(terminal: Terminal, look: ImportLook) -> None:
    """Fail if anything stands against the import."""
    _ = terminal.words
    if not look.is_complete:
        terminal.fail(_.plain("Say which column holds whom and what was counted: --column name=姓名 --column "
                              "study_count=参学次数"))  # fmt: skip
    if look.faults:
        head = _.many_plain(
            "{n} fault in the file; nothing was taken over.",
            "{n} faults in the file; nothing was taken over.",
            len(look.faults),
        )
        terminal.fail(f"{head}\n{columns(fault_rows(_, look.faults))}")
    if look.questions:
        lines = [
            _.plain("{cell} {name}: {candidates}", cell=one.row.address, name=one.row.name,
                    candidates="、".join(f"{person.staff_no} {person.branch}" for person in one.candidates))
            for one in look.questions
        ]  # fmt: skip
        head = _.plain("These rows fit several members: add their staff numbers, or import in chat.")
        terminal.fail("\n".join([head, *lines]))


def _changes(_: Words, look: ImportLook) -> list[tuple[str, str]]:
    same = len(look.values) - len(look.added) - len(look.changed)
    counted = (
        (len(look.added), _.plain("new")),
        (len(look.changed), _.plain("changed")),
        (same, _.plain("unchanged")),
        (len(look.gone), _.plain("not in this file any more")),
    )
    return [(f"{number:>5}", name) for number, name in counted]
