"""What the rating's views are told: a branch's queue, one member's card, and the choices of an adjustment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from zlib import crc32
from zoneinfo import ZoneInfo

from bot.domain.forms import BranchQuarter, BranchState, Form, Rating, RatingState
from bot.domain.people import Person
from bot.domain.periods import Month, Quarter
from bot.domain.remarks import Remark
from bot.domain.review import Question
from bot.scoring.facts import Fact
from bot.scoring.items import Item
from bot.scoring.means import PeriodScore
from bot.scoring.results import Override, Score
from bot.scoring.table import RuleSet


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One member in the queue; `mine` says that the viewer decides on him."""

    rating: Rating
    person: Person
    points: Decimal | None
    remarks: tuple[Remark, ...]
    mine: bool
    counts: bool

    @property
    def is_open(self) -> bool:
        """Whether the branch owes a decision; who has no month that counts needs none."""
        return self.counts and self.rating.state is not RatingState.APPROVED

    @property
    def waits(self) -> bool:
        """Whether the viewer has to decide now."""
        return self.mine and self.counts and self.rating.state is RatingState.PENDING

    @property
    def is_plain(self) -> bool:
        """Whether the viewer may approve it without opening the card."""
        return self.waits and not self.remarks


@dataclass(frozen=True, slots=True)
class Queue:
    """A branch's quarter without the viewer himself, who is `own`; those put off come last.

    `leads` says that the branch's rating as a whole is the viewer's.
    """

    branch: str
    stand: BranchQuarter
    rows: tuple[QueueRow, ...]
    own: QueueRow | None
    entitled: int
    leads: bool
    may_meet: bool
    may_close: bool
    leads_back: bool
    today: date
    zone: ZoneInfo
    question: Question | None = None
    asked_by: str = ""

    @property
    def quarter(self) -> Quarter:
        """The quarter that is rated."""
        return self.stand.quarter

    @property
    def is_open(self) -> bool:
        """Whether decisions are still taken."""
        return self.stand.state is BranchState.RATING

    @property
    def waiting(self) -> tuple[QueueRow, ...]:
        """Those on whom the viewer has to decide, in the order of the queue."""
        return tuple(row for row in self.rows if row.waits)

    @property
    def plain(self) -> tuple[QueueRow, ...]:
        """Those whom the viewer may approve together."""
        return tuple(row for row in self.rows if row.is_plain)

    @property
    def undecided(self) -> tuple[QueueRow, ...]:
        """Everybody on whom somebody still has to decide, the viewer himself included."""
        return tuple(row for row in (*self.rows, *((self.own,) if self.own else ())) if row.is_open)

    @property
    def owing(self) -> int:
        """How many members need a decision at all."""
        return sum(row.counts for row in (*self.rows, *((self.own,) if self.own else ())))

    @property
    def seal(self) -> int:
        """A checksum of just those who would be approved together, as they were seen."""
        seen = sorted((row.rating.rating_id, row.rating.revision) for row in self.plain)
        return crc32(repr(seen).encode())


@dataclass(frozen=True, slots=True)
class BranchProgress:
    """One branch's line for the committee; `waiting` counts those on whom only the committee can decide."""

    branch_id: int
    branch: str
    decided: int
    total: int
    state: BranchState
    waiting: int


@dataclass(frozen=True, slots=True)
class BranchList:
    """How far all branches are with a quarter."""

    quarter: Quarter
    branches: tuple[BranchProgress, ...]


@dataclass(frozen=True, slots=True)
class RatedMonth:
    """One month of the card; without a form the month was never opened for the member."""

    month: Month
    form: Form | None = None
    rules: RuleSet | None = None
    score: Score | None = None

    @property
    def counts(self) -> bool:
        """Whether the month is part of the quarter."""
        return self.form is not None and self.form.exempt is None


@dataclass(frozen=True, slots=True)
class Claim:
    """An item of a month that is not as usual: what was said of it and what it brings; `before` an adjustment."""

    month: Month
    item: Item
    facts: tuple[Fact, ...]
    points: Decimal | None
    before: Decimal | None
    note: str
    pieces: int
    lacks_evidence: bool
    for_the_year: bool
    override: Override | None


@dataclass(frozen=True, slots=True)
class RatingCard:
    """One member's quarter as a rater sees it; `names` are of those who decided or adjusted something.

    `reviews` says that the viewer checks the branch for the review group.
    """

    rating: Rating
    owner: Person
    viewer: Person
    months: tuple[RatedMonth, ...]
    value: PeriodScore
    last: Decimal | None
    claims: tuple[Claim, ...]
    remarks: tuple[Remark, ...]
    stand: BranchQuarter
    place: int
    of: int
    previous_id: int | None
    next_id: int | None
    mine: bool
    names: Mapping[int, str]
    zone: ZoneInfo
    reviews: bool = False
    decided_for: str = ""
    """Whose office it was, where somebody who stood in decided."""

    @property
    def is_open(self) -> bool:
        """Whether the branch still decides."""
        return self.stand.state is BranchState.RATING

    @property
    def in_review(self) -> bool:
        """Whether the viewer is somebody of the review group who may give other points."""
        return self.mine and self.stand.state is BranchState.REVIEW

    @property
    def counted(self) -> tuple[RatedMonth, ...]:
        """The months that are part of the quarter."""
        return tuple(month for month in self.months if month.counts)

    @property
    def pieces(self) -> int:
        """How many pieces of evidence the three forms have."""
        return sum(len(month.form.evidence) for month in self.months if month.form is not None)

    @property
    def is_adjusted(self) -> bool:
        """Whether the branch has decided against an answer."""
        return any(month.form is not None and month.form.overrides for month in self.months)

    def month(self, number: int) -> RatedMonth | None:
        """The counting month of this number (1 to 12)."""
        return next((month for month in self.counted if month.month.number == number), None)


@dataclass(frozen=True, slots=True)
class EvidencePiece:
    """A file to be looked at: whose, of which item and month."""

    owner: str
    month: Month
    item: str
    note: str
    kind: str
    file_id: str
