"""The stretch of whole months that one score is about, and the buckets that caps count in."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from datetime import date

from bot.domain.periods import Month, Quarter, Year

MONTHS_IN = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
_HALF = re.compile(r"(\d{4})H([12])")


@dataclass(frozen=True, slots=True)
class Span:
    """From one month to another, both inclusive: a month, a quarter, a half-year, or any year of twelve months."""

    first: Month
    last: Month

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"{self.last} is before {self.first}")

    @classmethod
    def of(cls, period: Month | Quarter | Year | Span) -> Span:
        """The months of a calendar period."""
        match period:
            case Span():
                return period
            case Month():
                return cls(period, period)
            case Quarter() | Year():
                return cls(period.months[0], period.months[-1])

    @classmethod
    def parse(cls, text: str) -> Span:
        """Read "2026-11", "2026Q4", "2026H1", "2026" or "2026-07..2027-06"; anything else is a ValueError."""
        if ".." in text:
            first, _, last = text.partition("..")
            return cls(Month.parse(first), Month.parse(last))
        if half := _HALF.fullmatch(text):
            first_month = Month(int(half[1]), 1 if half[2] == "1" else 7)
            return cls(first_month, first_month.shifted(5))
        for kind in (Month, Quarter, Year):
            with contextlib.suppress(ValueError):
                return cls.of(kind.parse(text))
        raise ValueError(f"a period is written like 2026-11, 2026Q4, 2026H1, 2026 or 2026-07..2027-06, not {text!r}")

    @property
    def months(self) -> int:
        """How many months it has."""
        return (self.last.year - self.first.year) * 12 + self.last.number - self.first.number + 1

    def holds(self, day: date) -> bool:
        """Whether the day lies within."""
        return self.first.first_day <= day < self.last.end_day

    def bucket(self, day: date, length: str) -> date:
        """The first day of the stretch that holds `day`; a year is counted from this span's first month."""
        if length == "day":
            return day
        month = Month.of(day)
        anchor = self.first.number if length == "year" else 1
        return month.shifted(-((month.number - anchor) % MONTHS_IN[length])).first_day

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}..{self.last}"
