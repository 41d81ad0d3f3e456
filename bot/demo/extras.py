"""People of the demo who act by themselves, by chat alone: they bind, and answer their forms when these open."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from random import Random
from typing import Final

from bot.domain.people import Person as Member
from bot.views.words import Words
from sandbox import Person

# Dimension, item and how often at most, as the default table names them.
HABITS: Final = (
    ("思想先锋", "主讲党课", 2),
    ("思想先锋", "警示教育心得", 2),
    ("作风先锋", "廉洁合规典型", 2),
    ("履职先锋", "建议被采纳", 2),
    ("公益先锋", "结对互助", 2),
    ("公益先锋", "志愿服务", 8),
    ("公益先锋", "助残助困", 2),
)


class Extras:
    """Those who act, by member id; `tokens` are the invites of those who are not bound yet."""

    def __init__(self, words: Words, persons: Mapping[int, Person], tokens: Mapping[int, str]) -> None:
        self._words = words
        self._persons = persons
        self._tokens = tokens

    async def enter(self, members: Iterable[Member]) -> None:
        """Everybody opens his invite and says yes; who is bound already says hello."""
        for member in members:
            person, token = self._persons[member.member_id], self._tokens.get(member.member_id)
            await person.says(f"/start {token}" if token else "/start")
            if token:
                await person.taps(self._words.plain("✅ Yes, bind"))

    async def hand_in(self, members: Iterable[Member]) -> None:
        """Whoever finds an unanswered form claims what he did, confirms the rest and hands it in; all at once."""
        async with asyncio.TaskGroup() as group:
            for member in members:
                group.create_task(self._answer(self._persons[member.member_id]))

    async def _answer(self, person: Person) -> None:
        rest = self._words.plain("👍 The rest as usual ({n})", n="\n").partition("\n")[0]
        if _newest(person, rest) is None:
            return
        random = Random(f"{person.user_id} {person.last.message_id}")
        done = min(len(HABITS), person.user_id % 6 + random.randint(0, 2))
        for dimension, item, most in random.sample(HABITS, done):
            await self._claim(person, dimension, item, random.randint(1, most))
        await _tap(person, rest)
        await _tap(person, self._words.plain("📤 Hand in"))

    async def _claim(self, person: Person, dimension: str, item: str, times: int) -> None:
        await _tap(person, dimension)
        await _tap(person, f"· {item}")
        for _ in range(times):
            await _tap(person, "＋")
        while await _tap(person, self._words.plain("‹ Back")):
            pass


async def _tap(person: Person, opening: str) -> bool:
    """Tap the button on the newest message that begins so, if there is one."""
    label = _newest(person, opening)
    if label is None:
        return False
    await person.taps(label)
    return True


def _newest(person: Person, opening: str) -> str | None:
    messages = person.messages
    return next((label for label in messages[-1].labels if label.startswith(opening)), None) if messages else None
