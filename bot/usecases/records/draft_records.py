"""An export of a learning platform is looked at: what was imported so far, how it is read, whom its rows mean."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from bot.domain.may import Deed, Subject
from bot.domain.platforms import Field, FileState, Period, Platform, PlatformFile
from bot.domain.timetable import Timetable
from bot.errors import NotFoundError, StaleCardError
from bot.sheets.platform import Export, guess_columns
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.records.import_cards import card_of, draft_to_change, opened, own_draft, parsed, require_begun
from bot.usecases.visit import Visit, must
from bot.views.platform_facts import ImportCard, PlatformsPage, offered_periods


class ShowPlatforms:
    """What was imported of each platform."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit) -> PlatformsPage:
        """The exports in force for the periods that are offered."""
        async with self._store.read() as tx:
            must(await visit.enter(tx), Deed.IMPORT_RECORDS, Subject())
            today = self._timetable.day_of(tx.now)
            files = await tx.platforms.in_force(offered_periods(today))
            names = await tx.people.names(file.imported_by for file in files if file.imported_by is not None)
            return PlatformsPage(tuple(files), names, today, self._timetable.zone)


class AskRecords:
    """Waits for an export."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, platform: str, period: str, packed: str, message_id: int) -> None:
        """Remember that the next file is this platform's export of this month or quarter."""
        _platform, which = parsed(platform, period)
        async with self._store.write(visit.cause) as tx:
            must(await visit.enter(tx), Deed.IMPORT_RECORDS, Subject())
            require_begun(self._timetable, tx, which)
            await tx.accounts.await_text(visit.telegram_id, packed, message_id)


class DraftRecords:
    """Keeps an export to be looked at."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, platform: str, period: str, content: bytes, name: str) -> ImportCard:
        """The draft, its columns as they were the last time or guessed; an older draft of his is dropped."""
        which, when = parsed(platform, period)
        export = await opened(content, name)
        async with self._store.write(visit.cause) as tx:
            person = await visit.enter(tx)
            must(person, Deed.IMPORT_RECORDS, Subject())
            require_begun(self._timetable, tx, when)
            await tx.accounts.await_text(visit.telegram_id, None)
            draft = await add_draft(tx, which, when, content, name, export, person.member_id)
        async with self._store.read() as tx:
            return await card_of(tx, self._timetable, draft, export)


class OpenImport:
    """One export: a draft as it would be taken over, or what became of it."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, file_id: int) -> ImportCard:
        """The card; NotFoundError for a draft that was dropped."""
        async with self._store.read() as tx:
            file = await own_draft(tx, await visit.enter(tx), file_id)
            if file.state is FileState.DROPPED:
                raise NotFoundError
            export = await opened(file.content, file.name) if file.content is not None else None
            return await card_of(tx, self._timetable, file, export)


class SetColumn:
    """The author says which column holds what."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._open = OpenImport(store, timetable)

    async def __call__(self, visit: Visit, file_id: int, field: str, column: int) -> ImportCard:
        """Read this field from that column (0: from none); a column holds one field only."""
        look = (await self._open(visit, file_id)).look
        if look is None:
            raise StaleCardError
        if field not in set(Field) or column not in {0, *look.headings}:
            raise NotFoundError
        async with self._store.write(visit.cause) as tx:
            draft = await draft_to_change(tx, visit, file_id)
            columns = {one: place for one, place in draft.columns.items() if one != field and place != column}
            if column:
                columns[Field(field)] = column
            if not await tx.platforms.change(draft, columns=columns, chosen={}):
                raise StaleCardError
        return await self._open(visit, file_id)


class ChooseNamesake:
    """The author says whom a row means."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._open = OpenImport(store, timetable)

    async def __call__(self, visit: Visit, file_id: int, row: int, member_id: int) -> ImportCard:
        """The row means this member (0: leave it out), of those who fit; row 0 takes all answers back."""
        if row == 0:
            return await self._save(visit, file_id, 0, 0)
        look = (await self._open(visit, file_id)).look
        question = next((one for one in look.questions if one.row.row == row), None) if look else None
        if question is None:
            raise StaleCardError
        if member_id not in {0, *(one.member_id for one in question.candidates)}:
            raise NotFoundError
        return await self._save(visit, file_id, row, member_id)

    async def _save(self, visit: Visit, file_id: int, row: int, member_id: int) -> ImportCard:
        async with self._store.write(visit.cause) as tx:
            draft = await draft_to_change(tx, visit, file_id)
            chosen = {**draft.chosen, row: member_id or None} if row else {}
            if not await tx.platforms.change(draft, chosen=chosen):
                raise StaleCardError
        return await self._open(visit, file_id)


class DropImport:
    """The author does not want his draft."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, visit: Visit, file_id: int) -> None:
        """Drop it with its content."""
        async with self._store.write(visit.cause) as tx:
            draft = await draft_to_change(tx, visit, file_id)
            if not await tx.platforms.change(draft, state=FileState.DROPPED):
                raise StaleCardError


async def add_draft(
    tx: Tx, platform: Platform, period: Period, content: bytes, name: str, export: Export, by: int | None,
    headings: Mapping[Field, str] | None = None,
) -> PlatformFile:  # fmt: skip
    """Keep an export with its columns: under the headings given, those of the last time, or the usual ones."""
    remembered = {**await tx.platforms.headings(platform), **(headings or {})}
    return await tx.platforms.add_draft(
        platform=platform, period=period, name=name, sha256=hashlib.sha256(content).hexdigest(), content=content,
        columns=guess_columns(export, remembered), by=by, now=tx.now,
    )  # fmt: skip
