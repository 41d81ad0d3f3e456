"""Everything that persons sent to the bot, with the number Telegram gave it: the fake's own log of what came in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.domain.actions.binding import ConfirmBinding, ShowGroupCode
from bot.domain.actions.desk import RecordAllPresent, RecordCount, RecordGrade, RecordNothing
from bot.domain.actions.form import (
    AnswerCount,
    AnswerGrade,
    AnswerNothing,
    AnswerRest,
    AskNote,
    SubmitForm,
    WithdrawForm,
)
from bot.domain.actions.rating import AdjustRating, ApproveAll, ApproveRating, CloseBranch, RecordMeeting, ReturnRating
from bot.telegram.codec import MalformedActionError, unpack
from sandbox import Sandbox

# Taps whose effect is stored together with the update's key.
STORED = (
    AnswerCount, AnswerGrade, AnswerNothing, AnswerRest, AskNote,
    ConfirmBinding, SubmitForm, WithdrawForm, ShowGroupCode, RecordAllPresent,
    RecordCount, RecordGrade, RecordNothing, ApproveAll, ApproveRating,
    AdjustRating, ReturnRating, RecordMeeting, CloseBranch,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sent:
    """One update: its number, what kind it is, and the tap's own id where it is one."""

    update_id: int
    what: str
    tap_id: str = ""

    @property
    def key(self) -> str:
        """Under which the bot stores that it had its effect."""
        return f"u{self.update_id}"


class Inbox:
    """Listens to the sandbox's queue of one bot."""

    def __init__(self, box: Sandbox, token: str) -> None:
        self._box = box
        self._queue = box.world.bots[token].updates
        self._push = self._queue.push
        self.sent: list[Sent] = []
        self._queue.push = self._hear  # type: ignore[method-assign]

    def _hear(self, kind: str, payload: dict[str, Any], lane: int) -> int | None:
        update_id = self._push(kind, payload, lane)
        if update_id is not None:
            self.sent.append(_sent(update_id, kind, payload))
        return update_id

    def swallowed(self, was_handled: Callable[[str], bool]) -> list[Sent]:
        """What Telegram was told is done, although it had no effect and was never answered."""
        waiting = {update.id for update in self._queue.pending}
        # An answer that came too late for Telegram was given all the same.
        answered = {
            call.params.get("callback_query_id") for call in self._box.outbox() if call.method == "answerCallbackQuery"
        }
        return [
            sent
            for sent in self.sent
            if sent.what and sent.update_id not in waiting and sent.tap_id not in answered and not was_handled(sent.key)
        ]


def _sent(update_id: int, kind: str, payload: dict[str, Any]) -> Sent:
    """What matters of an update: empty `what` for those that leave no key behind."""
    if kind == "callback_query":
        try:
            action = unpack(payload["data"])
        except MalformedActionError:
            return Sent(update_id, "")
        return Sent(update_id, type(action).__name__ if isinstance(action, STORED) else "", payload["id"])
    return Sent(update_id, "")
