"""An export of a learning platform is taken over: all of it, in place of what was recorded, or nothing."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.platforms import Field, FileState, Period, Platform, PlatformFile, Values
from bot.domain.timetable import Timetable
from bot.errors import StaleCardError
from bot.sheets.platform import Export, Reading, headings_to_remember
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.records.draft_records import add_draft
from bot.usecases.records.import_cards import (
    card_of,
    draft_to_change,
    look_at,
    opened,
    own_draft,
    read_rows,
    require_begun,
)
from bot.usecases.visit import Visit
from bot.views.platform_facts import ImportCard, ImportLook


class ApplyImport:
    """Takes an export over: all of it, in place of what was recorded."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, file_id: int, seal: int) -> ImportCard:
        """The card after it; StaleCardError if it would change something else than what was seen."""
        async with self._store.read() as tx:
            seen = await own_draft(tx, await visit.enter(tx), file_id)
        if seen.content is None:
            raise StaleCardError
        export = await opened(seen.content, seen.name)
        reading = await read_rows(seen, export)
        async with self._store.write(visit.cause) as tx:
            draft = await draft_to_change(tx, visit, file_id)
            if draft.revision != seen.revision:
                raise StaleCardError
            look = await _taken_over(tx, draft, export, reading, actor=draft.imported_by)
            if look is None or look.seal != seal:
                raise StaleCardError
            return await card_of(tx, self._timetable, await tx.platforms.get(file_id), None)


class ImportByOperator:
    """The operator imports on the command line, where nobody can be asked whom a row means."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(
        self, content: bytes, name: str, platform: Platform, period: Period, headings: Mapping[Field, str], *,
        rehearse: bool = False,
    ) -> tuple[ImportCard, ImportLook]:  # fmt: skip
        """What was (or, to rehearse, would be) taken over; with faults or questions nothing is.

        `headings` says under which heading a field stands, where that is neither guessed nor remembered.
        """
        export = await opened(content, name)
        async with self._store.write() as tx:
            require_begun(self._timetable, tx, period)
            draft = await add_draft(tx, platform, period, content, name, export, None, headings)
            reading = await read_rows(draft, export)
            card, look = await card_of(tx, self._timetable, draft, None), await look_at(tx, draft, export, reading)
            if rehearse or await _taken_over(tx, draft, export, reading, actor=None) is None:
                await tx.discard()
            return card, look


async def _taken_over(
    tx: Tx, draft: PlatformFile, export: Export, reading: Reading, *, actor: int | None
) -> ImportLook | None:
    """What was taken over, or None where something stands against it; the ledger keeps what was recorded before."""
    known = await tx.platforms.headings(draft.platform)
    # First: imports of one platform wait for each other here, and see what the one before has recorded.
    await tx.platforms.remember_headings(draft.platform, {**known, **headings_to_remember(export, draft.columns)})
    look = await look_at(tx, draft, export, reading)
    if not look.can_be_applied:
        return None
    if not await tx.platforms.change(draft, state=FileState.APPLIED, now=tx.now):
        raise StaleCardError
    await tx.platforms.replace(draft, look.values)
    common = {"period": str(draft.period), "actor": actor, "platform": draft.platform.value, "sha256": draft.sha256}
    entries = [
        {
            "kind": "platform_recorded", "subject": member_id, **common,
            "values": _plain(look.values.get(member_id, {})), "before": _plain(look.before.get(member_id, {})),
        }
        for member_id in (*look.added, *look.changed, *look.gone)
    ]  # fmt: skip
    # Last: the ledger is held from here on.
    await tx.ledger.append_many([*entries, {"kind": "platform_imported", **common, "members": len(look.values)}])
    return look


def _plain(values: Values) -> dict[str, int]:
    return {measure.value: centi for measure, centi in values.items()}
