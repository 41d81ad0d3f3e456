"""What the views of the calendar are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.agenda import Entry, Movable, QuarterDates
from bot.domain.periods import Quarter


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """What is coming: the reader's own first, then what else there is; or, with a quarter, all of its dates.

    `quarters` are those whose pages he may open, `unknown_years` those whose days off are not published yet.
    """

    own: tuple[Entry, ...]
    others: tuple[Entry, ...]
    now: datetime
    zone: ZoneInfo
    unknown_years: tuple[int, ...] = ()
    quarter: Quarter | None = None
    quarters: tuple[Quarter, ...] = ()
    may_move: bool = False


@dataclass(frozen=True, slots=True)
class MovePage:
    """The dates of a quarter that can be moved, as they are and, once one is chosen, as they would be."""

    quarter: Quarter
    dates: QuarterDates
    movable: tuple[Movable, ...]
    now: datetime
    zone: ZoneInfo
    what: Movable | None = None
    proposed: QuarterDates | None = None
