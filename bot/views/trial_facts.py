"""What the views of a trial are told: everybody's year by the tables in force and by a new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.people import Person
from bot.domain.periods import Month
from bot.scoring.compare import Moves
from bot.scoring.span import Span
from bot.scoring.table import RuleSet


@dataclass(frozen=True, slots=True)
class Trial:
    """The moves of all members by id; `left_aside` counts reports of items (labels) that the new table cannot take."""

    current: RuleSet
    new: RuleSet
    year: Span
    months: tuple[Month, ...]
    people: Mapping[int, Person]
    moves: Moves
    left_aside: Mapping[str, int]

    @property
    def rated(self) -> int:
        """How many members have points by the new table."""
        return sum(move.after is not None and move.after.points is not None for move in self.moves.moves)
