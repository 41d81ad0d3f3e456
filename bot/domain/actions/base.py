"""What all actions have in common."""

from __future__ import annotations

from typing import ClassVar


class Action:
    """The base of all actions; `code` is unique."""

    __slots__ = ()
    code: ClassVar[str]
