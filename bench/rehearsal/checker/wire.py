"""What went over the wire, heard while it happened: every message that the bot wrote or changed, and to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.log import CallLog

_WRITES = {"sendMessage", "sendPhoto", "sendDocument", "editMessageText", "editMessageCaption", "editMessageMedia"}


@dataclass(frozen=True, slots=True)
class Written:
    """One message as it was written or changed; `chat_id` is below 0 for groups."""

    at: datetime
    chat_id: int
    message_id: int
    is_new: bool
    text: str
    buttons: tuple[str, ...]


class Wire:
    """Listens to a sandbox's log, however long it is."""

    def __init__(self, log: CallLog) -> None:
        self._add = log.add
        self.written: list[Written] = []
        log.add = self._hear  # type: ignore[method-assign]

    def _hear(self, **what: Any) -> Any:
        if what["ok"] and what["method"] in _WRITES and what["chat_id"] is not None:
            self.written.append(_written(what))
        return self._add(**what)

    @property
    def to_groups(self) -> list[Written]:
        """What groups were shown."""
        return [one for one in self.written if one.chat_id < 0]


def _written(what: dict[str, Any]) -> Written:
    params, result = what["params"], what["result"]
    message_id = result["message_id"] if isinstance(result, dict) else int(params.get("message_id") or 0)
    media = params.get("media")
    said = params.get("text") or params.get("caption") or (media.get("caption") if isinstance(media, dict) else "")
    rows = (params.get("reply_markup") or {}).get("inline_keyboard", ())
    return Written(
        what["at"], what["chat_id"], message_id, what["method"].startswith("send"), str(said or ""),
        tuple(button.get("callback_data") or "" for row in rows for button in row),
    )  # fmt: skip
