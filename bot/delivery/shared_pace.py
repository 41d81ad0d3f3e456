"""Telegram's limits kept by all processes together: each message books its slot in the database they share."""

from __future__ import annotations

import asyncio

from bot.delivery.pace import GROUP_PER_MINUTE, Pace
from bot.storage.sending_slots import SendingSlots
from bot.storage.store import Store
from bot.telegram.refusals import RetryLaterError

# Fewer than one process alone sends: what leaves several machines in its slots arrives less evenly.
OVERALL_PER_S = 25
# A letter that would wait longer is put back with its hour, so that nobody sits on it when he has to end.
LONGEST_WAIT_S = 5.0
# Whoever comes so much later than his slot, because the machine was busy, would meet those who come in theirs.
MISSED_AFTER_S = 0.05


class SharedPace(Pace):
    """Waits until a message to a chat is within the limits, counting what other processes send."""

    def __init__(self, store: Store, speed: float = 1.0) -> None:
        super().__init__(speed)
        self._slots = SendingSlots(store, 1 / (OVERALL_PER_S * speed))
        self._booking = asyncio.Lock()

    async def wait(self, chat_id: int) -> None:
        """Return when a message to this chat may be sent; RetryLaterError if that is too far away."""
        gap_s = (1.0 if chat_id > 0 else 60.0 / GROUP_PER_MINUTE) / self._speed
        loop = asyncio.get_running_loop()
        while True:
            # One at a time: bookings wait for each other in the database anyway, and would each hold a connection.
            async with self._booking:
                slot = await self._slots.book(chat_id, gap_s)
                at = loop.time() + slot.wait_s
            if not slot.booked and slot.wait_s > LONGEST_WAIT_S:
                raise RetryLaterError(slot.wait_s)
            await asyncio.sleep(slot.wait_s)
            if slot.booked and loop.time() - at < MISSED_AFTER_S:
                return
