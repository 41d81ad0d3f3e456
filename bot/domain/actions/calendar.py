"""The calendar, and moving a quarter's dates."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.actions.base import Action


@dataclass(frozen=True, slots=True)
class ShowCalendar(Action):
    """What is coming; with a quarter, all of its dates."""

    code = "k"
    quarter: str = ""


@dataclass(frozen=True, slots=True)
class AskMoveQuarter(Action):
    """Which date of the quarter is moved, and by how many working days."""

    code = "km"
    quarter: str


@dataclass(frozen=True, slots=True)
class AskMoveDate(Action):
    """The dates as they would be; `day` is the new one of what is moved, such as 20270112."""

    code = "kc"
    quarter: str
    what: str
    day: int


@dataclass(frozen=True, slots=True)
class MoveDate(Action):
    """Move it, if the dates still are those that were seen; `seal` is their checksum."""

    code = "kM"
    quarter: str
    what: str
    day: int
    seal: int
