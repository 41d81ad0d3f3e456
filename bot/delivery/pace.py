"""Telegram's limits for what is sent unasked: 30 a second overall, 1 a second a chat, 20 a minute a group."""

from __future__ import annotations

import asyncio

from aiolimiter import AsyncLimiter

# One every 1/28 s never bursts; 28 in any second would burst to 56 in the first.
OVERALL_PER_S = 28
GROUP_PER_MINUTE = 19


class Pace:
    """Waits until a message to a chat is within the limits; `speed` multiplies them for a server with wider ones."""

    def __init__(self, speed: float = 1.0) -> None:
        self._speed = speed
        self._overall = AsyncLimiter(1, 1 / (OVERALL_PER_S * speed))
        self._free_at: dict[int, float] = {}

    async def wait(self, chat_id: int) -> None:
        """Return when a message to this chat may be sent."""
        await self._overall.acquire()
        now = asyncio.get_running_loop().time()
        free_at = max(self._free_at.get(chat_id, 0.0), now)
        gap = (1.0 if chat_id > 0 else 60.0 / GROUP_PER_MINUTE) / self._speed
        self._free_at[chat_id] = free_at + gap
        if len(self._free_at) > 10_000:
            self._free_at = {chat: at for chat, at in self._free_at.items() if at > now}
        if free_at > now:
            await asyncio.sleep(free_at - now)
