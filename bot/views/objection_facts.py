"""What the views of objections are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.domain.objections import Objection, ObjectionAnswer
from bot.domain.people import Person
from bot.domain.periods import Month, Quarter
from bot.scoring.results import Score
from bot.scoring.table import RuleSet


@dataclass(frozen=True, slots=True)
class ScoredMonth:
    """A month that counts, with its score as it stands now."""

    month: Month
    rules: RuleSet
    score: Score


@dataclass(frozen=True, slots=True)
class Objecting:
    """What a member may object to: the quarter as a whole, or an item of one of its months."""

    quarter: Quarter
    months: tuple[ScoredMonth, ...]
    chosen: ScoredMonth | None
    points: Decimal | None
    rank: int | None
    ranked_of: int
    objected: frozenset[tuple[Month | None, str | None]]
    ends_at: datetime
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class ObjectionCard:
    """One objection with all that was answered, for one of those who may see it."""

    objection: Objection
    owner: Person
    branch: str
    is_own: bool
    may_answer: bool
    answerers: tuple[str, ...]
    """Who has to answer now, by name; none where nobody has to."""
    answers: tuple[ObjectionAnswer, ...]
    months: tuple[ScoredMonth, ...]
    names: Mapping[int, str]
    now: datetime
    zone: ZoneInfo

    def month(self, number: int) -> ScoredMonth | None:
        """The counting month of this number (1 to 12)."""
        return next((one for one in self.months if one.month.number == number), None)


@dataclass(frozen=True, slots=True)
class ObjectionPage:
    """One's own objections, those that wait for one's answer, and the files one may take."""

    own: tuple[ObjectionCard, ...]
    waiting: tuple[ObjectionCard, ...]
    may_object_to: Quarter | None
    ends_at: datetime | None
    files: tuple[Quarter, ...]
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class LateAnswers:
    """How many answers are overdue, by branch and who owes them; for the Party office."""

    quarter: Quarter
    rows: tuple[tuple[str, str, int], ...]
