"""Letters to plain JSON and back."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any, cast

from bot.outbox.letters import LETTERS, Letter


def encode(letter: Letter) -> dict[str, Any]:
    """The letter's fields as JSON values."""
    return asdict(cast("Any", letter))


def decode(kind: str, body: dict[str, Any]) -> Letter:
    """The letter that was stored; an unknown kind is a KeyError, for it means a newer version wrote it."""
    cls = cast("Any", LETTERS[kind])
    values = {name.name: body[name.name] for name in fields(cls) if name.name in body}
    return cast(
        "Letter", cls(**{key: tuple(value) if isinstance(value, list) else value for key, value in values.items()})
    )
