"""Letters of which nobody knows whether they arrived, as the operator is told of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class HeldLetters:
    """How many letters of a kind are held, and since when the oldest was due."""

    kind: str
    number: int
    due_since: datetime
