"""When the next message may go out, booked in the database, so that all processes together keep Telegram's limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import DateTime, Interval, bindparam, delete, func, literal, select
from sqlalchemy.dialects import postgresql

from bot.storage.schema import sending_slot
from bot.storage.store import Store

OVERALL = 0
_FORGOTTEN_AFTER = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Slot:
    """In how many seconds the message may go; if not `booked`, the chat is busy until then and one asks again."""

    wait_s: float
    booked: bool


class SendingSlots:
    """Books by the database's clock; PostgreSQL only."""

    def __init__(self, store: Store, overall_gap_s: float) -> None:
        self._store = store
        self._next_overall = _next_overall(timedelta(seconds=overall_gap_s))

    async def book(self, chat_id: int, gap_s: float) -> Slot:
        """Book the next free slot of all chats for this one, if it then has been quiet for long enough."""
        async with self._store.write() as tx:
            # Everybody takes the overall row first and so waits here, in order, for whoever is booking.
            row = (await tx.connection.execute(self._next_overall)).one()
            at: datetime = row.at
            free_at = at + timedelta(seconds=gap_s)
            booked = await tx.connection.scalar(_BOOK, {"chat": chat_id, "at": at, "free_at": free_at})
            if booked is not None:
                await tx.connection.execute(_FORGET, {"before": at - _FORGOTTEN_AFTER})
                return Slot(max(0.0, (at - row.now).total_seconds()), booked=True)
            busy_until = await tx.connection.scalar(_BUSY_UNTIL, {"chat": chat_id})
            await tx.discard()
            return Slot(max(0.0, (busy_until - row.now).total_seconds()), booked=False)


def _next_overall(gap: timedelta) -> Any:
    now = func.clock_timestamp(type_=DateTime(timezone=True))
    step = literal(gap, Interval())
    first = postgresql.insert(sending_slot).values(chat_id=OVERALL, free_at=now + step)
    at = func.greatest(sending_slot.c.free_at, now, type_=DateTime(timezone=True))
    booked = first.on_conflict_do_update(index_elements=["chat_id"], set_={"free_at": at + step})
    return booked.returning((sending_slot.c.free_at - step).label("at"), now.label("now"))


_CHAT = postgresql.insert(sending_slot).values(chat_id=bindparam("chat"), free_at=bindparam("free_at"))
_BOOK = _CHAT.on_conflict_do_update(
    index_elements=["chat_id"],
    set_={"free_at": _CHAT.excluded.free_at},
    where=sending_slot.c.free_at <= bindparam("at", type_=sending_slot.c.free_at.type),
).returning(sending_slot.c.chat_id)
_BUSY_UNTIL = select(sending_slot.c.free_at).where(sending_slot.c.chat_id == bindparam("chat"))
_FORGET = delete(sending_slot).where(
    sending_slot.c.chat_id != OVERALL,
    sending_slot.c.free_at < bindparam("before", type_=sending_slot.c.free_at.type),
)
