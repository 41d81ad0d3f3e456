"""Faults on demand: which calls go wrong, and how."""

import itertools
from dataclasses import dataclass
from typing import Any

from sandbox.refusals import Refusal

_WORDS = {
    400: "Bad Request: the fault was asked for",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    413: "Request Entity Too Large",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


@dataclass(slots=True)
class Fault:
    """One kind of trouble; `left` counts down, None is for ever; `code` 0 only delays."""

    id: int
    method: str | None = None
    chat_id: int | None = None
    contains: str | None = None
    code: int = 429
    retry_after: int | None = None
    description: str | None = None
    left: int | None = 1
    delay: float = 0.0
    drop: bool = False
    lose_answer: bool = False

    def hits(self, method: str, params: dict[str, Any]) -> bool:
        """Tell whether this call is meant; without a method it is any but the bot's long poll."""
        if method.lower() != (self.method or method).lower() or (self.method is None and method == "getUpdates"):
            return False
        if self.chat_id is not None and str(params.get("chat_id")) != str(self.chat_id):
            return False
        return self.contains is None or self.contains in _words(params)

    def refusal(self) -> Refusal:
        """Return the answer in Telegram's words."""
        if self.code == 429:
            wait_s = self.retry_after if self.retry_after is not None else 1
            return Refusal(429, self.description or f"Too Many Requests: retry after {wait_s}", retry_after=wait_s)
        return Refusal(self.code, self.description or _WORDS.get(self.code, "Internal Server Error"))

    def wire(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


def _words(params: dict[str, Any]) -> str:
    media: list[dict[str, Any]] = params["media"] if isinstance(params.get("media"), list) else []
    texts = (params.get("text"), params.get("caption"), *(item.get("caption") for item in media))
    return "\n".join(text for text in texts if isinstance(text, str))


class Faults:
    """All faults that are asked for, the oldest first."""

    def __init__(self) -> None:
        self._ids = itertools.count(1)
        self.active: list[Fault] = []

    def add(self, *, times: int = 1, **what: Any) -> Fault:
        """Ask for a fault; `times` 0 is until removed."""
        fault = Fault(next(self._ids), left=times or None, **what)
        self.active.append(fault)
        return fault

    def remove(self, fault_id: int) -> bool:
        """Take one back; return whether it was there."""
        found = [fault for fault in self.active if fault.id == fault_id]
        self.active = [fault for fault in self.active if fault.id != fault_id]
        return bool(found)

    def take(self, method: str, params: dict[str, Any]) -> Fault | None:
        """Return the fault that hits this call, counted down."""
        for fault in self.active:
            if fault.hits(method, params):
                if fault.left is not None:
                    fault.left -= 1
                    if fault.left == 0:
                        self.active.remove(fault)
                return fault
        return None
