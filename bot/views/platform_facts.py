"""What the views of platform records are told: what was imported, and an export as it would be taken over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zlib import crc32
from zoneinfo import ZoneInfo

from bot.domain.periods import Month, Quarter
from bot.domain.platforms import Period, Platform, PlatformFile, Values
from bot.sheets.faults import Fault
from bot.sheets.platform import ExportRow
from bot.sheets.platform_people import Question

_MONTHS_BACK = 4


@dataclass(frozen=True, slots=True)
class PlatformsPage:
    """The exports in force of the periods that are offered; `names` of those who imported them."""

    files: tuple[PlatformFile, ...]
    names: Mapping[int, str]
    today: date
    zone: ZoneInfo

    def of(self, platform: Platform) -> tuple[PlatformFile, ...]:
        """This platform's exports, the newest period first."""
        own = [file for file in self.files if file.platform is platform]
        return tuple(sorted(own, key=lambda file: (file.period.first_day, file.period.end_day), reverse=True))


def offered_periods(today: date) -> tuple[Period, ...]:
    """The periods an export may be about: the running month and three before, the running quarter and the last."""
    month, quarter = Month.of(today), Quarter.of(today)
    return (*(month.shifted(-back) for back in range(_MONTHS_BACK)), quarter, quarter.previous)


@dataclass(frozen=True, slots=True)
class ImportLook:
    """What an export says and would change: `before` is what is recorded now, `known_at` when this very file was taken.

    `rows` counts those that name somebody; with faults or questions nothing can be taken over.
    """

    headings: Mapping[int, str]
    samples: tuple[Mapping[int, str], ...]
    is_complete: bool
    rows: int
    faults: tuple[Fault, ...]
    questions: tuple[Question, ...]
    unknown: tuple[ExportRow, ...]
    values: Mapping[int, Values]
    before: Mapping[int, Values]
    known_at: datetime | None

    @property
    def added(self) -> tuple[int, ...]:
        """Members of whom nothing was recorded."""
        return tuple(member_id for member_id in self.values if member_id not in self.before)

    @property
    def changed(self) -> tuple[int, ...]:
        """Members of whom something else was recorded."""
        return tuple(one for one, own in self.values.items() if one in self.before and self.before[one] != own)

    @property
    def gone(self) -> tuple[int, ...]:
        """Members of whom something was recorded and this export says nothing."""
        return tuple(member_id for member_id in self.before if member_id not in self.values)

    @property
    def changes_nothing(self) -> bool:
        """Whether this very file was taken over before and is read as it was then."""
        return self.known_at is not None and not (self.added or self.changed or self.gone)

    @property
    def can_be_applied(self) -> bool:
        """Whether it may be taken over as it stands."""
        settled = self.is_complete and not self.faults and not self.questions
        return settled and bool(self.values) and not self.changes_nothing

    @property
    def seal(self) -> int:
        """A checksum of just what would be changed, as it was seen."""
        seen = [sorted((one, sorted(own.items())) for one, own in side.items()) for side in (self.before, self.values)]
        return crc32(repr(seen).encode())


@dataclass(frozen=True, slots=True)
class ImportCard:
    """An export as somebody sees it; without a `look` it was taken over or dropped.

    `by` is empty for the operator; `members` counts those it speaks of now; `scored` names the items that the table in
    force scores by a platform's numbers.
    """

    file: PlatformFile
    by: str
    members: int
    scored: tuple[str, ...]
    zone: ZoneInfo
    look: ImportLook | None = None
