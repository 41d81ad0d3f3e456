"""Taps on inline buttons: asked by a person, answered once by the bot, too late after a while."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any

from sandbox.model import Bot, Message, User
from sandbox.refusals import bad_request
from sandbox.utf16 import utf16_len

ANSWER_WITHIN_S = 15.0
KEPT = 20_000
MAX_ANSWER = 200

_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the person sees: a toast, an alert to be dismissed, a link, or just the end of the spinner."""

    text: str = ""
    alert: bool = False
    url: str = ""


@dataclass(slots=True, eq=False)
class Query:
    """One tap on its way."""

    id: str
    person: User
    message: Message
    label: str
    data: str
    bot: Bot
    asked_at: float = field(default_factory=time.monotonic)
    answer: Answer | None = None
    done: asyncio.Event = field(default_factory=asyncio.Event)

    def wire(self) -> dict[str, Any]:
        """Return the tap as the desk tells it."""
        answer = None
        if self.answer is not None:
            answer = {"text": self.answer.text, "alert": self.answer.alert, "url": self.answer.url}
        return {
            "tap_id": self.id,
            "chat": self.message.chat.key(),
            "message_id": self.message.id,
            "label": self.label,
            "data": self.data,
            "answered": self.answer is not None,
            "answer": answer,
        }


class Taps:
    """All taps of the sandbox, by query id."""

    def __init__(self) -> None:
        self.queries: dict[str, Query] = {}

    def add(self, query: Query) -> None:
        """Note a tap; the oldest are forgotten, they can no longer be answered anyway."""
        self.queries[query.id] = query
        if len(self.queries) > KEPT:
            del self.queries[next(iter(self.queries))]

    def answer(self, bot: Bot, query_id: str, answer: Answer) -> Query:
        """Give the person the answer; raises `Refusal` if unknown, too old, answered already or too long."""
        query = self.queries.get(query_id)
        if query is None or query.bot is not bot or query.answer is not None:
            raise bad_request(_TOO_OLD)
        if time.monotonic() - query.asked_at > ANSWER_WITHIN_S:
            raise bad_request(_TOO_OLD)
        if utf16_len(answer.text) > MAX_ANSWER:
            raise bad_request("MESSAGE_TOO_LONG")
        query.answer = answer
        query.done.set()
        return query
