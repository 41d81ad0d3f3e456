"""A quarter as it was played: its months, where they stand in everybody's script, and what each branch intended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bench.rehearsal.branch_script import BranchScript


@dataclass(frozen=True, slots=True)
class PlayedQuarter:
    """One quarter ("2026Q3") with its three months ("2026-07"); `first` is the place of the first one in a script."""

    name: str
    months: tuple[str, ...]
    first: int
    scripts: Mapping[int, BranchScript]

    def month_of(self, number: int) -> str:
        """The month of this number in the calendar (1 to 12)."""
        return next(month for month in self.months if int(month[-2:]) == number)

    @property
    def returned(self) -> set[tuple[int, str]]:
        """Whose form of which month was sent back by the branch."""
        return {
            (member_id, self.month_of(number))
            for script in self.scripts.values()
            for member_id, number in script.returned.items()
        }
