"""Notes and evidence beside a form's items."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.forms import NOTE_LIMIT
from bot.domain.texts import clean_text
from bot.domain.timetable import Timetable
from bot.errors import NotFoundError, StaleCardError, TextTooLongError
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.months.form_cards import writable_card
from bot.usecases.visit import Visit
from bot.views.facts import FormCard


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A photo or document as it arrived: Telegram keeps the content, we its hash."""

    kind: str
    file_id: str
    sha256: str
    size_bytes: int


class AskNote:
    """The next text or picture belongs to this item."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._zone = timetable.zone

    async def __call__(self, visit: Visit, form_id: int, item_id: str, packed: str, message_id: int) -> FormCard:
        """Wait for a note or evidence on this card."""
        async with self._store.write(visit.cause) as tx:
            card = await writable_card(tx, visit, form_id, self._zone)
            _require_item(card, item_id)
            await tx.accounts.await_text(visit.telegram_id, packed, message_id)
            return card


class NoteItem:
    """Saves what the person wrote or sent to an item."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._zone = timetable.zone

    async def __call__(
        self, visit: Visit, form_id: int, item_id: str, text: str, received: ReceivedFile | None
    ) -> FormCard:
        """Store the note (an empty one leaves the old) and the file; a text ends the waiting, a file does not."""
        note = clean_text(text)
        if len(note) > NOTE_LIMIT:
            raise TextTooLongError(NOTE_LIMIT)
        async with self._store.write(visit.cause) as tx:
            card = await writable_card(tx, visit, form_id, self._zone)
            _require_item(card, item_id)
            if received is not None:
                await tx.forms.add_evidence(
                    form_id, item=item_id, kind=received.kind, file_id=received.file_id, sha256=received.sha256,
                    size_bytes=received.size_bytes, now=tx.now,
                )  # fmt: skip
            else:
                await tx.accounts.await_text(visit.telegram_id, None)
            notes = {**card.form.notes, item_id: note} if note else card.form.notes
            return await _changed(tx, card, notes=notes)


class DropEvidence:
    """Takes a photo or document away again."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._zone = timetable.zone

    async def __call__(self, visit: Visit, form_id: int, evidence_id: int) -> FormCard:
        """Drop the piece; that it is gone already is no error."""
        async with self._store.write(visit.cause) as tx:
            card = await writable_card(tx, visit, form_id, self._zone)
            await tx.forms.drop_evidence(form_id, evidence_id)
            return await _changed(tx, card)


async def _changed(tx: Tx, card: FormCard, **columns: object) -> FormCard:
    if not await tx.forms.change(card.form, **(columns or {"notes": card.form.notes})):
        raise StaleCardError
    return replace(card, form=await tx.forms.get(card.form.form_id))


def _require_item(card: FormCard, item_id: str) -> None:
    if item_id not in {item.id for item in card.asked}:
        raise NotFoundError
