"""The months, quarters and years that points belong to, as ordered values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_MONTH = re.compile(r"([12]\d{3})-(\d{2})")
_QUARTER = re.compile(r"([12]\d{3})Q([1-4])")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month, written 2026-11; `number` is 1 to 12."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 12:
            raise ValueError(f"a month is 1 to 12, not {self.number}")

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read "2026-11"; anything else is a ValueError."""
        match = _MONTH.fullmatch(text)
        if match is None:
            raise ValueError(f"a month is written like 2026-11, not {text!r}")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> Month:
        """The month that holds this day."""
        return cls(day.year, day.month)

    @property
    def first_day(self) -> date:
        """The first day, inclusive."""
        return date(self.year, self.number, 1)

    @property
    def end_day(self) -> date:
        """The day after the last one, exclusive."""
        return self.next.first_day

    @property
    def next(self) -> Month:
        """The following month."""
        return self.shifted(1)

    @property
    def previous(self) -> Month:
        """The month before."""
        return self.shifted(-1)

    def shifted(self, months: int) -> Month:
        """The month so many months later (or earlier, if negative)."""
        index = self.year * 12 + self.number - 1 + months
        return Month(index // 12, index % 12 + 1)

    @property
    def quarter(self) -> Quarter:
        """The quarter that holds this month."""
        return Quarter(self.year, (self.number + 2) // 3)


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A calendar quarter, written 2026Q4; `number` is 1 to 4."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 4:
            raise ValueError(f"a quarter is 1 to 4, not {self.number}")

    def __str__(self) -> str:
        return f"{self.year:04d}Q{self.number}"

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """Read "2026Q4"; anything else is a ValueError."""
        match = _QUARTER.fullmatch(text)
        if match is None:
            raise ValueError(f"a quarter is written like 2026Q4, not {text!r}")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter that holds this day."""
        return Month.of(day).quarter

    @property
    def months(self) -> tuple[Month, Month, Month]:
        """Its three months, in order."""
        first = Month(self.year, self.number * 3 - 2)
        return first, first.next, first.next.next

    @property
    def first_day(self) -> date:
        """The first day, inclusive."""
        return self.months[0].first_day

    @property
    def end_day(self) -> date:
        """The day after the last one, exclusive."""
        return self.months[2].end_day

    @property
    def next(self) -> Quarter:
        """The following quarter."""
        return self.months[2].next.quarter

    @property
    def previous(self) -> Quarter:
        """The quarter before."""
        return self.months[0].previous.quarter


@dataclass(frozen=True, slots=True, order=True)
class Year:
    """A calendar year of points, written 2026."""

    number: int

    def __str__(self) -> str:
        return f"{self.number:04d}"

    @classmethod
    def parse(cls, text: str) -> Year:
        """Read "2026"; anything else is a ValueError."""
        if not re.fullmatch(r"\d{4}", text):
            raise ValueError(f"a year is written like 2026, not {text!r}")
        return cls(int(text))

    @property
    def quarters(self) -> tuple[Quarter, ...]:
        """Its four quarters, in order."""
        return tuple(Quarter(self.number, number) for number in (1, 2, 3, 4))

    @property
    def months(self) -> tuple[Month, ...]:
        """Its twelve months, in order."""
        return tuple(Month(self.number, number) for number in range(1, 13))
