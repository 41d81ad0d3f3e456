"""Forgetting what is no longer needed: each kind of row has its own age, given by the caller."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import ColumnElement, Delete, Update, and_, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import handled_updates
from bot.storage.schema import dead_letter, due, evidence, form, invite, letter, platform_file, sending_slot
from bot.storage.sending_slots import OVERALL

_OVER = ("sent", "unknown", "unreachable", "refused", "moot")


class Retention:
    """Forgets; every method returns how many rows it concerned."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def update_keys(self, before: datetime) -> int:
        """Keys of updates that Telegram can no longer deliver again."""
        return await handled_updates.forget_before(self._connection, before)

    async def letter_bodies(self, before: datetime) -> int:
        """What old letters spoke of; one that never reached its reader is not sent any more."""
        old = and_(letter.c.state.in_(_OVER), letter.c.due_at < before)
        await self._run(update(letter).where(old, letter.c.state == "unreachable").values(state="moot"))
        not_yet = letter.c.error.is_distinct_from(_FORGOTTEN["error"])
        return await self._run(update(letter).where(old, not_yet).values(_FORGOTTEN))

    async def letters(self, before: datetime) -> int:
        """Letters of years gone by, with the chats they went to."""
        return await self._run(delete(letter).where(letter.c.state.in_(_OVER), letter.c.due_at < before))

    async def invites(self, before: datetime) -> int:
        """Invites used or expired long ago."""
        return await self._run(delete(invite).where(or_(invite.c.used_at < before, invite.c.expires_at < before)))

    async def dead_letters(self, before: datetime) -> int:
        """Messages that failed for good."""
        return await self._run(delete(dead_letter).where(dead_letter.c.at < before))

    async def imported_files(self, before: datetime) -> int:
        """The exports of learning platforms as they were sent."""
        old = and_(platform_file.c.imported_at < before, platform_file.c.content.is_not(None))
        return await self._run(update(platform_file).where(old).values(content=None))

    async def sending_slots(self, before: datetime) -> int:
        """When chats were written to; the one slot of all stays, for every booking takes it first."""
        of_chats = sending_slot.c.chat_id != OVERALL
        return await self._run(delete(sending_slot).where(of_chats, sending_slot.c.free_at < before))

    async def claims(self, kinds: Iterable[str], before: datetime) -> int:
        """Claims of the work of a single day."""
        return await self._run(delete(due).where(due.c.kind.in_(list(kinds)), due.c.claimed_at < before))

    async def evidence(self, before: date) -> int:
        """Photos and files of months before this day."""
        old: ColumnElement[bool] = evidence.c.form_id.in_(select(form.c.id).where(form.c.month < f"{before:%Y-%m}"))
        return await self._run(delete(evidence).where(old))

    async def _run(self, statement: Update | Delete) -> int:
        return (await self._connection.execute(statement)).rowcount


_FORGOTTEN = {"body": {}, "error": "forgotten"}
