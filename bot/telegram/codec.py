"""An action in the 64 bytes that Telegram gives a button, and back; whatever else arrives is refused."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, cast

from bot.domain.actions import ACTIONS
from bot.domain.actions.base import Action

LIMIT_BYTES = 64
_FIELDS: dict[type[Action], tuple[tuple[str, type], ...]] = {
    action: tuple((entry.name, int if entry.type == "int" else str) for entry in fields(cast("Any", action)))
    for action in ACTIONS
}
_BY_CODE = {action.code: action for action in ACTIONS}
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class MalformedActionError(ValueError):
    """These bytes are no action of ours."""


def pack(action: Action) -> str:
    """The action as callback data: its code and fields, colon-separated, numbers to the base 36."""
    parts = [action.code]
    for name, _ in _FIELDS[type(action)]:
        value = getattr(action, name)
        parts.append(_base36(value) if isinstance(value, int) else value)
    data = ":".join(parts)
    if len(data.encode()) > LIMIT_BYTES:
        raise ValueError(f"{data!r} is longer than {LIMIT_BYTES} bytes")
    return data


def unpack(data: str) -> Action:
    """The action in callback data, or MalformedActionError; custom clients can send any bytes."""
    code, *parts = data.split(":")
    cls = _BY_CODE.get(code)
    if cls is None or len(data.encode()) > LIMIT_BYTES:
        raise MalformedActionError(data[:LIMIT_BYTES])
    kinds = _FIELDS[cls]
    if len(parts) != len(kinds):
        raise MalformedActionError(data)
    try:
        values = [int(part, 36) if kind is int else part for part, (_, kind) in zip(parts, kinds, strict=True)]
    except ValueError as error:
        raise MalformedActionError(data) from error
    if any(isinstance(value, int) and abs(value) > 2**53 for value in values):
        raise MalformedActionError(data)
    return cls(*values)


def _base36(number: int) -> str:
    if number < 0:
        return "-" + _base36(-number)
    digits = ""
    while True:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
        if number == 0:
            return digits
