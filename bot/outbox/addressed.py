"""A letter with the key under which it is written once, and whom it goes to."""

from __future__ import annotations

from typing import NamedTuple

from bot.outbox.letters import Letter


class Addressed(NamedTuple):
    """To a member's private chat, or to a branch's group."""

    key: str
    letter: Letter
    to_member: int | None = None
    to_branch: int | None = None
