"""Numbers and days as people type them on a phone, full-width digits and all; None where the text says nothing else."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal

_POINTS = re.compile(r"([+-]?)(\d{1,4}(?:\.\d{1,2})?)分?")
_RATIO = re.compile(r"(\d{1,4})\s*(?:[/\-:,、\s]|of)\s*(\d{1,4})")
_DAY = re.compile(r"(?:(\d{4})\s*[年./-]\s*)?(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*[日号]?")


def read_points(text: str) -> Decimal | None:
    """Points with at most two decimals: "3", "2.5 分", "−4"."""
    match = _POINTS.fullmatch(_plain(text).replace(" ", ""))
    return Decimal(match[1] + match[2]) if match else None


def read_ratio(text: str) -> tuple[int, int] | None:
    """Present and entitled: "7/9", "7 9", "7 of 9"."""
    match = _RATIO.fullmatch(_plain(text))
    return (int(match[1]), int(match[2])) if match else None


def read_day(text: str, today: date) -> date | None:
    """A day: "2027-01-05", "1月5日", "1.5"; without a year the newest such day that is not in the future."""
    match = _DAY.fullmatch(_plain(text))
    if match is None:
        return None
    years = [int(match[1])] if match[1] else [today.year, today.year - 1]
    found = [day for year in years if (day := _day(year, int(match[2]), int(match[3]))) is not None]
    return next((day for day in found if day <= today), found[0] if found else None)


def read_coming_day(text: str, today: date) -> date | None:
    """A day from today on: "2027-02-28", "2月28日"; without a year the next such day."""
    match = _DAY.fullmatch(_plain(text))
    if match is None:
        return None
    years = [int(match[1])] if match[1] else [today.year, today.year + 1]
    found = [day for year in years if (day := _day(year, int(match[2]), int(match[3]))) is not None]
    return next((day for day in found if day >= today), found[0] if found else None)


def day_of_number(number: int) -> date | None:
    """The day that a button carries as 20270105."""
    return _day(number // 10_000, number // 100 % 100, number % 100)


def number_of_day(day: date) -> int:
    """The day as a button carries it."""
    return day.year * 10_000 + day.month * 100 + day.day


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except (ValueError, OverflowError):
        return None


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("−", "-").strip()
