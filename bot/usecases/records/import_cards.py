"""What the use cases of platform records share: reading an export and comparing it with what is recorded."""

from __future__ import annotations

import asyncio

from bot.domain.may import Deed, Subject
from bot.domain.people import Person
from bot.domain.platforms import Field, FileState, Period, Platform, PlatformFile, parse_period
from bot.domain.timetable import Timetable
from bot.errors import ForbiddenError, NoHeadingsError, NotFoundError, PeriodNotOpenError, StaleCardError
from bot.scoring.checking import scored_by_platform
from bot.sheets.platform import Export, Reading, find_export, is_complete, read_export, sample_rows
from bot.sheets.platform_people import match_rows
from bot.sheets.table import read_table
from bot.storage.tx import Tx
from bot.usecases.rules.proposal_cards import rules_before
from bot.usecases.visit import Visit, must
from bot.views.platform_facts import ImportCard, ImportLook

SAMPLES = 3


def parsed(platform: str, period: str) -> tuple[Platform, Period]:
    """The platform and period that a button names, or NotFoundError."""
    try:
        return Platform(platform), parse_period(period)
    except ValueError as error:
        raise NotFoundError from error


def require_begun(timetable: Timetable, tx: Tx, period: Period) -> None:
    """Nobody has records of a time to come: PeriodNotOpenError."""
    if period.first_day > timetable.day_of(tx.now):
        raise PeriodNotOpenError(str(period))


async def opened(content: bytes, name: str) -> Export:
    """The export with its headings; SheetError or NoHeadingsError. Reading a large one takes a second."""
    table = await asyncio.to_thread(read_table, content, name)
    export = find_export(table)
    if not export.headings:
        raise NoHeadingsError
    return export


async def own_draft(tx: Tx, viewer: Person, file_id: int) -> PlatformFile:
    """The export for somebody who may import; a draft is its author's own, or ForbiddenError."""
    must(viewer, Deed.IMPORT_RECORDS, Subject())
    file = await tx.platforms.get(file_id)
    if file.state in {FileState.DRAFT, FileState.DROPPED} and file.imported_by != viewer.member_id:
        raise ForbiddenError
    return file


async def draft_to_change(tx: Tx, visit: Visit, file_id: int) -> PlatformFile:
    """The author's draft, about to be changed; StaleCardError once it was taken over or dropped."""
    draft = await own_draft(tx, await visit.enter(tx), file_id)
    if draft.state is not FileState.DRAFT:
        raise StaleCardError
    return draft


async def read_rows(file: PlatformFile, export: Export) -> Reading:
    """What the rows say by the draft's columns; nothing while these do not say who and what."""
    if not is_complete(file.columns):
        return Reading((), ())
    return await asyncio.to_thread(read_export, export, file.columns, file.platform, file.period)


async def look_at(tx: Tx, file: PlatformFile, export: Export, reading: Reading) -> ImportLook:
    """The export, as it was read, against the roster and what is recorded."""
    events, people = Field.DAY in file.columns, await tx.people.all()
    matched = await asyncio.to_thread(match_rows, reading.rows, people, file.chosen, events=events)
    in_force = await tx.platforms.in_force([file.period], file.platform)
    return ImportLook(
        headings=export.headings, samples=tuple(sample_rows(export, SAMPLES)), is_complete=is_complete(file.columns),
        rows=len(reading.rows),
        faults=(*reading.faults, *matched.faults), questions=matched.questions,
        unknown=matched.unknown, values=matched.values,
        before=await tx.platforms.values(file.platform, file.period),
        known_at=next((one.imported_at for one in in_force if one.sha256 == file.sha256), None),
    )  # fmt: skip


async def card_of(tx: Tx, timetable: Timetable, file: PlatformFile, export: Export | None) -> ImportCard:
    """The export as whoever may import sees it; a draft with its look."""
    name = (await tx.people.get(file.imported_by)).name if file.imported_by is not None else ""
    rules = await rules_before(tx, timetable.day_of(tx.now))
    scored = tuple(item.label for item in scored_by_platform(rules))
    look = None
    if file.state is FileState.DRAFT and export is not None:
        look = await look_at(tx, file, export, await read_rows(file, export))
    members = len(look.values if look else await tx.platforms.values(file.platform, file.period))
    return ImportCard(file, name, members, scored, timetable.zone, look)
