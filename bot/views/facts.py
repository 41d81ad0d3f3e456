"""What the views are told: facts gathered by a use case for one message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.forms import Form
from bot.domain.people import Person
from bot.domain.periods import Month
from bot.domain.spread import Spread
from bot.scoring.facts import Answers, Source
from bot.scoring.items import Evidence as EvidenceRule
from bot.scoring.items import Item
from bot.scoring.results import Score
from bot.scoring.table import RuleSet


@dataclass(frozen=True, slots=True)
class Menu:
    """The person's front page: what waits for him, and which rooms his roles open."""

    person: Person
    organisation: str
    form: Form | None
    now: datetime
    zone: ZoneInfo
    sees_desk: bool
    sees_queue: bool
    sees_overview: bool
    waiting_ratings: int
    binds_group: bool
    has_results: bool
    imports_records: bool = False
    forms_body: bool = False
    reviews: bool = False
    waiting_reviews: int = 0
    publishes: bool = False
    delegates: bool = False
    answers_waiting: int = 0
    """How many objections wait for the person's answer."""


@dataclass(frozen=True, slots=True)
class FormCard:
    """A form with its score as it stands now, and who looks at it."""

    form: Form
    owner: Person
    viewer: Person
    rules: RuleSet
    answers: Answers
    score: Score
    now: datetime
    zone: ZoneInfo

    @property
    def asked(self) -> tuple[Item, ...]:
        """The items that the member answers himself, in table order; the others come from roll, dues and imports."""
        own = (item for item in self.rules.items if item.source is Source.MEMBER)
        claimable = (item for item in self.rules.bonus.items if item.source is Source.MEMBER)
        return (*own, *claimable)

    @property
    def must_answer(self) -> tuple[Item, ...]:
        """The asked items without which the form is not complete; bonus items need no answer."""
        return tuple(item for item in self.asked if not self.rules.is_bonus(item.id))

    @property
    def unanswered(self) -> tuple[Item, ...]:
        """What is still to be answered."""
        return tuple(item for item in self.must_answer if item.id not in self.answers)

    @property
    def lacking_evidence(self) -> tuple[Item, ...]:
        """Claims whose item demands a photo or document and has none yet."""
        proven = {piece.item for piece in self.form.evidence}
        return tuple(
            item
            for item in self.asked
            if item.evidence is EvidenceRule.REQUIRED and self.answers.get(item.id) and item.id not in proven
        )

    @property
    def by_proxy(self) -> bool:
        """Whether somebody fills it in for another."""
        return self.viewer.member_id != self.owner.member_id

    @property
    def takes_answers(self) -> bool:
        """Whether taps still change something."""
        return self.form.exempt is None and self.form.takes_answers(self.now)


@dataclass(frozen=True, slots=True)
class ComingRating:
    """From when (None: it has begun) until when a branch rates its quarter."""

    opens_at: datetime | None
    due_at: datetime


@dataclass(frozen=True, slots=True)
class BranchMonth:
    """How a branch's month went; `missing` and `returned` hold the names of those whose form is still to come.

    `spread` and `before` are the handed-in points of this month and the one before it.
    """

    branch: str
    month: Month
    expected: int
    missing: tuple[str, ...]
    returned: tuple[str, ...]
    exempt: int
    spread: Spread | None
    before: Spread | None
    next_opens_at: datetime | None
    rating: ComingRating | None
    """Of the quarter that ended with this month."""
    zone: ZoneInfo

    @property
    def submitted(self) -> int:
        """How many forms were handed in."""
        return self.expected - len(self.missing) - len(self.returned)
