"""Every call a bot made, in order, with what came of it."""

import asyncio
from collections import deque
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.schema import Upload

KEPT = 200_000


@dataclass(frozen=True, slots=True)
class Call:
    """One call: `at` is the sandbox's time, `ms` real milliseconds; `params` are typed, files only by name and size."""

    seq: int
    at: datetime
    bot_id: int | None
    method: str
    params: dict[str, Any]
    chat_id: int | None
    ok: bool
    error_code: int | None
    description: str | None
    result: Any
    ms: float
    fault: bool

    def wire(self) -> dict[str, Any]:
        """Return the call as JSON."""
        named = {name: getattr(self, name) for name in self.__slots__}
        return {**named, "at": self.at.isoformat()}


class CallLog:
    """The newest calls, and how many are under way."""

    def __init__(self) -> None:
        self._calls: deque[Call] = deque(maxlen=KEPT)
        self.next_seq = 1
        self.under_way = 0
        self._changed = asyncio.Event()

    def clear(self) -> None:
        """Forget the calls; the numbers go on."""
        self._calls.clear()

    def add(self, **what: Any) -> Call:
        """Note a call that is over."""
        call = Call(seq=self.next_seq, **what)
        self.next_seq += 1
        self._calls.append(call)
        return call

    def since(self, seq: int) -> list[Call]:
        """Return the calls with a number greater than `seq`."""
        if not self._calls or seq >= self._calls[-1].seq:
            return []
        skipped = max(0, seq + 1 - self._calls[0].seq)
        return [self._calls[index] for index in range(skipped, len(self._calls))] if skipped else list(self._calls)

    def begin(self) -> None:
        self.under_way += 1

    def end(self) -> None:
        self.under_way -= 1
        self._changed.set()
        self._changed = asyncio.Event()

    def changed(self) -> Coroutine[Any, Any, object]:
        """Return when a call ends; counted from this very call, however late it is awaited."""
        return self._changed.wait()


def loggable(value: Any) -> Any:
    """Return parameters without the bytes of files."""
    if isinstance(value, Upload):
        return {"file": value.name, "size": len(value.data)}
    if isinstance(value, dict):
        return {name: loggable(member) for name, member in value.items()}
    if isinstance(value, list):
        return [loggable(member) for member in value]
    return value
