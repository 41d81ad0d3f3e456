"""When somebody of the demo does what waits for him: by his temper, and later where the visitor could do it himself."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random

from bot.domain.calendar import plus_working_days
from bot.domain.timetable import Timetable

LEFT_TO_THE_VISITOR = 2
"""So many working days after it was due, what the visitor could do himself is left to him."""
_DAY = timedelta(days=1)
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Patience:
    """`played` are the members whom the visitor plays."""

    timetable: Timetable
    played: frozenset[int]

    def is_his_time(self, begins_at: datetime, due_at: datetime, now: datetime, errand: str, *, early: float) -> bool:
        """Whether somebody gets to this errand by now: at once with this probability, else at any time before due."""
        share = max(0.0, Random(errand).uniform(-early, 1 - early)) / (1 - early)
        return now >= begins_at + share * (due_at - begins_at)

    def has_slept_on(self, since: datetime, now: datetime) -> bool:
        """Whether a working day has begun since."""
        return now >= self._morning(since, 1)

    def is_left_undone(self, due_at: datetime, now: datetime) -> bool:
        """Whether the visitor has let it lie for longer than it is left to him; `due_at` is an exclusive end."""
        return now >= self._morning(due_at - _INSTANT, LEFT_TO_THE_VISITOR + 1)

    def may_act(self, member_id: int, since: datetime, due_at: datetime, now: datetime) -> bool:
        """Whether this member does by now what has waited for him since then."""
        return self.is_left_undone(due_at, now) if member_id in self.played else self.has_slept_on(since, now)

    def _morning(self, instant: datetime, working_days: int) -> datetime:
        day = plus_working_days(self.timetable.day_of(instant) + _DAY, working_days - 1)
        return self.timetable.at(day, time.min)


def one_of(people: Collection[int], errand: str) -> int | None:
    """One of these, the same each time for the same errand; None of nobody."""
    return Random(errand).choice(sorted(people)) if people else None
