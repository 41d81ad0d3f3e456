"""What the card of an erasure is told."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.domain.erasing import Erasure
from bot.domain.people import Person


@dataclass(frozen=True, slots=True)
class ErasureCard:
    """A proposal to erase somebody, as one of the committee (or the operator) sees it; names are "" for nobody."""

    erasure: Erasure
    person: Person
    first: str
    decider: str
    may_confirm: bool
    zone: ZoneInfo
