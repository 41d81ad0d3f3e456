"""A person with a phone: finds a button by what it does, taps it, and taps again when nothing happens."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from random import Random
from typing import Any, TypeVar

from bot.domain.actions.base import Action
from bot.telegram.codec import MalformedActionError, unpack
from sandbox import Person
from sandbox.model import Chat
from sandbox.persons import next_change

A = TypeVar("A", bound=Action)

PATIENCE_S = 6.0
MOST_TAPS = 8
BEGINS_AGAIN = 3
SEES_WITHIN_S = 30.0


class LostError(AssertionError):
    """What a person waited for never came, or the button is not there."""


async def persistently(goal: Callable[[], Awaitable[None]], begin_again: Callable[[], Awaitable[object]]) -> None:
    """Go for something; who finds himself on an unexpected page after a failure begins again from the front."""
    for _ in range(BEGINS_AGAIN):
        try:
            await goal()
        except LostError:
            await begin_again()
        else:
            return
    await goal()


@dataclass(slots=True)
class Meter:
    """What taps cost, counted over everybody, under the name of what is measured (nothing while that is empty).

    `on_tap` hears of each tap; `stale` is how the bot says "an old card"; `cost_ms` is the bot's processor time for one
    act, with the letters that it sends meanwhile.
    """

    generation: Callable[[], int]
    on_tap: Callable[[int], None]
    stale: frozenset[str] = frozenset()
    taps: int = 0
    measuring: str = ""
    latencies_ms: dict[str, list[float]] = field(default_factory=dict)
    cost_ms: dict[str, float] = field(default_factory=dict)

    def percentile_ms(self, name: str, share: int) -> float | None:
        """Of what was measured under this name, the time that so many in a hundred did not exceed."""
        ordered = sorted(self.latencies_ms.get(name, ()))
        return round(ordered[len(ordered) * share // 100], 1) if ordered else None

    async def measured(self, tap: Callable[[], Awaitable[bool]]) -> bool:
        """Carry out one tap; its time counts if it was answered by the life of the bot that was asked."""
        self.taps += 1
        self.on_tap(self.taps)
        generation, begun = self.generation(), time.perf_counter()
        answered = await tap()
        if answered and self.measuring and generation == self.generation():
            self.latencies_ms.setdefault(self.measuring, []).append((time.perf_counter() - begun) * 1000)
        return answered


@dataclass(frozen=True, slots=True)
class Found:
    """A button on the screen: where it is, what it says, and what it does."""

    message_id: int
    label: str
    data: str
    action: Any


class Phone:
    """Plays one person; `pause_s` is the least and the most the person waits before a tap."""

    def __init__(self, person: Person, meter: Meter, random: Random) -> None:
        self.person = person
        self._meter = meter
        self._random = random
        self.pause_s: tuple[float, float] | None = None

    # ── what is on the screen ─────────────────────────────────────────────────────────────────────────────────────────

    def buttons(self, newest: int = 40) -> Iterator[tuple[list[Found], str]]:
        """The rows of buttons of the newest messages, newest message first, each with its message's text."""
        for message in list(reversed(self.person.chat().messages.values()))[:newest]:
            text = str(message.body.get("text") or message.body.get("caption") or "")
            for row in (message.markup or {}).get("inline_keyboard", ()):
                yield [found for wire in row if (found := _found(message.id, wire)) is not None], text

    def find(
        self, kind: type[A], /, *, newest: int = 40, says: str = "", on: int | None = None, **fields: Any
    ) -> Found | None:
        """The newest button that does this, with these fields of its action, this in its label, on this message."""
        for row, _ in self.buttons(newest):
            for found in row:
                if _is(found, kind, fields) and says in found.label and on in {None, found.message_id}:
                    return found
        return None

    def all_of(self, kind: type[A], /, **fields: Any) -> list[Found]:
        """All such buttons of the newest message that has one."""
        found = [one for row, _ in self.buttons() for one in row if _is(one, kind, fields)]
        return [one for one in found if one.message_id == found[0].message_id]

    def row_of(self, kind: type[A], /, **fields: Any) -> list[Found]:
        """The newest row that holds such a button; empty if there is none."""
        for row, _ in self.buttons():
            if any(_is(found, kind, fields) for found in row):
                return row
        return []

    def text_with(self, kind: type[A], /, **fields: Any) -> str:
        """The text above the newest such button."""
        return next(self.texts_with(kind, **fields), "")

    def texts_with(self, kind: type[A], /, *, newest: int = 40, **fields: Any) -> Iterator[str]:
        """The texts above all such buttons, newest first."""
        for row, text in self.buttons(newest):
            if any(_is(found, kind, fields) for found in row):
                yield text

    def was_told(self, words: str, newest: int = 40) -> bool:
        """Whether one of the bot's newest messages says this."""
        return any(
            words in str(message.body.get("text") or message.body.get("caption") or "")
            for message in list(reversed(self.person.chat().messages.values()))[:newest]
            if message.sender.is_bot
        )

    # ── what the person does ──────────────────────────────────────────────────────────────────────────────────────────

    async def tap(self, kind: type[A], /, *, says: str = "", **fields: Any) -> Found:
        """Tap the newest such button until it had its effect; LostError, with the screen, if it is not there.

        Where nothing happens, or the card turns out to be an old one, a person looks again and taps again.
        """
        found = self.find(kind, says=says, **fields)
        if found is None:
            raise LostError(f"{self.person.name}: no {kind.__name__} {fields} on the screen\n{self.person.screen()}")
        for _ in range(MOST_TAPS):
            if await self._tap_once(found):
                return found
            again = self.find(kind, says=says, **fields)
            if again is None:
                return found
            found = again
        raise LostError(f"{self.person.name}: {kind.__name__} was never answered\n{self.person.screen()}")

    async def _tap_once(self, found: Found) -> bool:
        """Whether the tap was answered, and not with the word that the card was an old one."""
        if self.pause_s is not None:
            await asyncio.sleep(self._random.uniform(*self.pause_s))
        answers: list[str] = []

        async def tap() -> bool:
            tapped = await self.person.taps(data=found.data, on=found.message_id, wait=PATIENCE_S)
            answers.append(tapped.answer.text if tapped.answer is not None else "")
            return tapped.answered

        return await self._meter.measured(tap) and answers[0] not in self._meter.stale

    async def says_until(self, text: str, seen: Callable[[], bool]) -> None:
        """Write this, until its effect is seen."""
        await self.does_until(lambda: self.person.says(text), seen)

    async def does_until(
        self, act: Callable[[], Awaitable[Any]], seen: Callable[[], bool], *, chat: Chat | None = None
    ) -> None:
        """Do what no button answers (write, send a photo) until its effect is seen; do it again if it is not."""
        for _ in range(MOST_TAPS):
            if self.pause_s is not None:
                await asyncio.sleep(self._random.uniform(*self.pause_s))
            self._meter.taps += 1
            self._meter.on_tap(self._meter.taps)
            await act()
            if await self.sees(seen, PATIENCE_S, chat):
                return
        raise LostError(f"{self.person.name}: what was awaited did not come\n{self.person.screen()}")

    async def sees(
        self, condition: Callable[[], bool], within_s: float = SEES_WITHIN_S, chat: Chat | None = None
    ) -> bool:
        """Wait until the condition holds on the screen (of this chat); False if it did not in time."""
        deadline = time.monotonic() + within_s
        while not condition():
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            await next_change(chat or self.person.chat(), left)
        return True


def _found(message_id: int, wire: dict[str, Any]) -> Found | None:
    data = wire.get("callback_data")
    if data is None or (action := _action(data)) is None:
        return None
    return Found(message_id, wire["text"], data, action)


@lru_cache(maxsize=100_000)
def _action(data: str) -> Action | None:
    """What a button does; people look at the same buttons again and again."""
    try:
        return unpack(data)
    except MalformedActionError:
        return None


def _is(found: Found, kind: type[Action], fields: dict[str, Any]) -> bool:
    return isinstance(found.action, kind) and all(
        getattr(found.action, name) == value for name, value in fields.items()
    )
