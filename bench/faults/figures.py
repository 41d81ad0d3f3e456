"""What a row is and what it shows: a figure, its target, and whether it was met."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

Number = int | float


@dataclass(frozen=True, slots=True)
class Figure:
    """One counted thing beside its target."""

    name: str
    value: Number
    target: str
    holds: bool

    def __str__(self) -> str:
        return f"{self.name} {self.value:g} ({self.target})"


def exactly(name: str, value: Number, target: Number = 0) -> Figure:
    """A figure that must be this very number."""
    return Figure(name, value, f"{target:g}", value == target)


def at_most(name: str, value: Number, most: Number) -> Figure:
    """A figure that must not be larger."""
    return Figure(name, round(value, 3), f"≤ {most:g}", value <= most)


def at_least(name: str, value: Number, least: Number) -> Figure:
    """A figure that must not be smaller, as the number of trials."""
    return Figure(name, value, f"≥ {least:g}", value >= least)


class CannotRunHereError(Exception):
    """Why a row cannot be run on this machine or database."""


@dataclass(slots=True)
class Bench:
    """What a row works with: the seed's random numbers, the database's kind, a folder, and the counts of the report."""

    database: str
    seed: int
    full: bool
    folder: Path
    fresh_database: Callable[[], str]
    random: Random
    plants: tuple[str, ...] = ()
    counts: Counter[str] = field(default_factory=Counter)
    answered_ms: list[float] = field(default_factory=list)

    def size(self, small: int, full: int) -> int:
        """How many of something: few in continuous integration, many on demand."""
        return full if self.full else small

    def only_on(self, database: str, reason: str) -> None:
        """Refuse to run on another kind of database."""
        if self.database != database:
            raise CannotRunHereError(reason)


Play = Callable[[Bench], Awaitable[list[Figure]]]


@dataclass(frozen=True, slots=True)
class Row:
    """One fault of the list: what is injected, what must hold, and the play that counts it."""

    id: str
    fault: str
    injected: str
    holds: str
    play: Play


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row: its figures, or why it could not be run; `broke` is what ended it before its figures.

    `counts` is what it adds to the report line, and `answered_ms` how often a tap took so many milliseconds.
    """

    row: Row
    figures: list[Figure]
    seconds: float
    skipped: str = ""
    broke: str = ""
    counts: Counter[str] = field(default_factory=Counter)
    answered_ms: list[float] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        """Whether every figure met its target."""
        return bool(self.skipped) or (not self.broke and all(figure.holds for figure in self.figures))

    def as_json(self) -> dict[str, Any]:
        """For out/faults.json."""
        figures = [
            {"name": one.name, "value": one.value, "target": one.target, "holds": one.holds} for one in self.figures
        ]
        return {
            "id": self.row.id, "fault": self.row.fault, "passed": self.passed, "figures": figures,
            "seconds": round(self.seconds, 1), "skipped": self.skipped, "broke": self.broke,
            "counts": dict(self.counts),
            "answered_ms": {str(ms): times for ms, times in sorted(Counter(map(math.ceil, self.answered_ms)).items())},
        }  # fmt: skip


ROWS: dict[str, Row] = {}


def row(id_: str, fault: str, *, injected: str, holds: str) -> Callable[[Play], Play]:
    """Enter a play into the list of rows."""

    def enter(play: Play) -> Play:
        ROWS[id_] = Row(id_, fault, injected, holds, play)
        return play

    return enter
