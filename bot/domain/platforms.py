"""平台记录: what the learning platforms know of a member's month or quarter, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from bot.domain.periods import Month, Quarter

Period = Month | Quarter


class Platform(StrEnum):
    """灯塔—党建在线, 知鸟—网上党校, 学习强国."""

    DENGTA = "dengta"
    ZHINIAO = "zhiniao"
    XUEXI = "xuexi"


class Measure(StrEnum):
    """What a platform counts; none of it is a point here."""

    STUDY_COUNT = "study_count"
    STUDY_MINUTES = "study_minutes"
    POINTS = "points"
    MEETINGS_ATTENDED = "meetings_attended"
    MEETINGS_MISSED = "meetings_missed"


class Field(StrEnum):
    """What a column of an export can hold: who it is about, a day, or a measure of the same name."""

    STAFF_NO = "staff_no"
    NAME = "name"
    BRANCH = "branch"
    DAY = "day"
    STUDY_COUNT = "study_count"
    STUDY_MINUTES = "study_minutes"
    POINTS = "points"
    MEETINGS_ATTENDED = "meetings_attended"
    MEETINGS_MISSED = "meetings_missed"

    @property
    def measure(self) -> Measure | None:
        """The measure that such a column holds."""
        return Measure(self.value) if self.value in _MEASURES else None


_MEASURES = {measure.value for measure in Measure}

Columns = Mapping[Field, int]
"""Which column of a sheet, counted from 1, holds which field."""

Values = Mapping[Measure, int]
"""What a platform counted of one member, in whole hundredths."""


class FileState(StrEnum):
    """An export: looked at by one person, then taken over or dropped; a newer one of its kind takes its place."""

    DRAFT = "draft"
    APPLIED = "applied"
    REPLACED = "replaced"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class PlatformFile:
    """One export; the applied one of a platform and period holds. `content` is kept only while it is a draft.

    `columns` is how it is read, `chosen` which member a row means that several fit (None: nobody), both by the sheet.
    """

    file_id: int
    platform: Platform
    period: Period
    name: str
    sha256: str
    state: FileState
    revision: int
    columns: Columns
    chosen: Mapping[int, int | None]
    imported_by: int | None
    imported_at: datetime
    content: bytes | None = None

    @property
    def measures(self) -> frozenset[Measure]:
        """What this export speaks of, whether or not it has a row for a member."""
        return measures_of(self.platform, self.columns)


@dataclass(frozen=True, slots=True)
class Book:
    """What one export says of some members: `values` by member id; a member without a row is not among them."""

    file: PlatformFile
    values: Mapping[int, Values]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What a member's form says and the platforms do not: `claimed` and `recorded` times (or units) in the period."""

    member_id: int
    item: str
    label: str
    period: Period
    claimed: Decimal
    recorded: Decimal
    unit: str
    platforms: tuple[Platform, ...]


def parse_period(text: str) -> Period:
    """Read "2026-11" or "2026Q4"; anything else is a ValueError."""
    return Quarter.parse(text) if "Q" in text else Month.parse(text)


def holds(period: Period, day: date) -> bool:
    """Whether the day lies in the period."""
    return period.first_day <= day < period.end_day


def event_measure(platform: Platform) -> Measure:
    """What a row of an export is that lists single events, each with its day."""
    return Measure.MEETINGS_ATTENDED if platform is Platform.DENGTA else Measure.STUDY_COUNT


def measures_of(platform: Platform, columns: Columns) -> frozenset[Measure]:
    """What an export with these columns speaks of; with days but no count, its rows themselves are counted."""
    found = {measure for field in columns if (measure := field.measure) is not None}
    if Field.DAY in columns:
        found.add(event_measure(platform))
    return frozenset(found)
