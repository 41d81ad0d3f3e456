"""What the views of results are told: a member's quarter, a branch's board, all branches, the why of a month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.domain.board import Reader
from bot.domain.forms import Exemption, Form, FormState, Rating
from bot.domain.people import Person
from bot.domain.periods import Month, Quarter, Year
from bot.scoring.facts import Answers
from bot.scoring.means import PeriodScore
from bot.scoring.results import Override, Score
from bot.scoring.table import RuleSet
from bot.views.publicity_facts import Corrected, Publicity


@dataclass(frozen=True, slots=True)
class ClosedBranch:
    """A branch's quarter as it was just closed; `still_rating` counts the other branches that are not."""

    branch: str
    branch_id: int
    quarter: Quarter
    rated: int
    not_rated: int
    mean: Decimal | None
    has_group: bool
    still_rating: int
    is_published: bool


@dataclass(frozen=True, slots=True)
class MonthTotal:
    """One month of a member: no points where it does not count; no `state` where it was closed with its quarter."""

    month: Month
    points: Decimal | None
    exempt: Exemption | None = None
    state: FormState | None = None


@dataclass(frozen=True, slots=True)
class PersonalQuarter:
    """A member's quarter: published with its rank, or (without `publicity`) running and by his own assessment.

    `months` are the twelve that end with the quarter.
    """

    person: Person
    branch: str
    quarter: Quarter
    rules: RuleSet
    points: Decimal | None
    rank: int | None
    ranked_of: int
    to_next: Decimal | None
    by_part: Mapping[str, Decimal]
    by_dimension: Mapping[str, Decimal]
    branch_dimensions: Mapping[str, Decimal]
    months: tuple[MonthTotal, ...]
    zone: ZoneInfo
    publicity: Publicity | None = None
    sharing: int = 1
    """How many have the same rank, the member himself included."""
    decided: bool = False
    """Whether the branch has approved the running quarter already."""
    vetoed: bool = False
    earlier: Quarter | None = None
    later: Quarter | None = None

    @property
    def own_months(self) -> tuple[MonthTotal, ...]:
        """The months of the quarter itself, as far as they were opened."""
        return tuple(one for one in self.months if one.month in self.quarter.months)

    @property
    def below_line(self) -> Decimal | None:
        """How many points are missing to the line, if any are."""
        line = self.rules.policies.line
        return line - self.points if line is not None and self.points is not None and self.points < line else None


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One member on the board; the name is None where this reader may not see it."""

    name: str | None
    rank: int | None
    points: Decimal | None
    parts: tuple[Decimal, ...]
    own: bool


@dataclass(frozen=True, slots=True)
class Board:
    """A branch's closed quarter as this reader may see it: whatever he may not see is left out already."""

    branch: str
    branch_id: int
    quarter: Quarter
    rules: RuleSet
    rows: tuple[BoardRow, ...]
    red_list: tuple[str, ...]
    under_line: tuple[str, ...] | None
    """Names under the line, for the responsible; None for the others."""
    under_line_count: int
    reader: Reader
    is_own: bool
    """Whether it is the reader's own branch."""
    publicity: Publicity
    zone: ZoneInfo
    corrections: tuple[Corrected, ...] = ()
    """What upheld objections changed since it was shown."""
    may_name: bool = False
    """Whether the reader may record a decision of the branch to name those under the line."""
    may_print: bool = False
    """Whether he may have the poster for the wall."""
    sees_bulletin: bool = False
    """Whether the quarter's bulletin is for him."""
    earlier: Quarter | None = None
    later: Quarter | None = None

    @property
    def rated(self) -> int:
        """How many members have points."""
        return sum(row.points is not None for row in self.rows)

    @property
    def own(self) -> BoardRow | None:
        """The reader's own row."""
        return next((row for row in self.rows if row.own), None)


@dataclass(frozen=True, slots=True)
class BranchLine:
    """One branch among all; `decided` of `entitled` members, points once it is closed."""

    branch_id: int
    branch: str
    mean: Decimal | None
    low: Decimal | None
    high: Decimal | None
    decided: int
    entitled: int
    is_closed: bool
    own: bool
    red_list: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BranchesSideBySide:
    """All branches of a quarter: the closed ones by their mean, then those that still rate."""

    organisation: str
    quarter: Quarter
    branches: tuple[BranchLine, ...]
    mean: Decimal | None
    rated: int
    under_line_count: int
    line: Decimal | None
    zone: ZoneInfo
    opens_boards: bool
    sees_bulletin: bool
    publicity: Publicity | None = None
    """The last to end among the branches, once every branch is shown."""
    earlier: Quarter | None = None
    later: Quarter | None = None

    @property
    def closed(self) -> int:
        """How many branches have closed."""
        return sum(one.is_closed for one in self.branches)


@dataclass(frozen=True, slots=True)
class OwnPoints:
    """The running quarter, the closed ones, and the year so far; `begins_on` the first form's day where none is yet."""

    person: Person
    running: PersonalQuarter | None
    closed: tuple[PersonalQuarter, ...]
    year: Year
    so_far: PeriodScore | None
    begins_on: date | None = None


@dataclass(frozen=True, slots=True)
class Adjusted:
    """One decision of the branch against an answer, with the name of who decided."""

    override: Override
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class WhyMonth:
    """One month of a member with everything that led to its points; `months` are those he can page to.

    `stands` is whether it counts yet: handed in, or over.
    """

    person: Person
    form: Form
    stands: bool
    rules: RuleSet
    answers: Answers
    score: Score
    adjusted: Mapping[str, Adjusted]
    recorded: Mapping[str, str]
    """Items whose facts others recorded (roll, dues), with who did."""
    rating: Rating | None
    rater: str
    submitted_by: str
    months: tuple[Month, ...]
    zone: ZoneInfo
    publicity: Publicity | None = None
    """Of the month's quarter, once it is shown."""
    rated_for: str = ""
    """Whose office it was, where somebody who stood in rated."""
