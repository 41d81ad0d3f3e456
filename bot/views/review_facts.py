"""What the views of the review group are told: the group itself, one seat, what is reviewed, and one branch's card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.domain.flags import Hint, Leniency, weight
from bot.domain.forms import BranchQuarter, BranchState
from bot.domain.people import Person
from bot.domain.periods import Month, Quarter
from bot.domain.review import Conflict, Draw, Question, Seat, SeatKind, Task, TaskState
from bot.views.rating_facts import QueueRow


@dataclass(frozen=True, slots=True)
class SeatLine:
    """One seat: who has it (nobody yet where `seat` is None), and the drawn branch he speaks for."""

    kind: SeatKind
    seat: Seat | None
    name: str = ""
    branch: str = ""
    tasks: int = 0


@dataclass(frozen=True, slots=True)
class BodyCard:
    """机构; `unplaced` are open branches without enough reviewers once work was given out.

    Who does not form the group sees its draw alone (`forms` is False).
    """

    quarter: Quarter
    draw: Draw
    source_hash: str
    seats: tuple[SeatLine, ...]
    branches: Mapping[int, str]
    drawn_by: str
    is_assigned: bool
    unplaced: tuple[str, ...]
    zone: ZoneInfo
    forms: bool = True

    @property
    def has_lead(self) -> bool:
        """Whether somebody leads the group."""
        return any(line.kind is SeatKind.LEAD and line.seat is not None for line in self.seats)

    @property
    def unanswered(self) -> tuple[SeatLine, ...]:
        """Seats whose holders have not said yet which branches they stay away from."""
        return tuple(line for line in self.seats if line.seat is not None and line.seat.answered_at is None)


@dataclass(frozen=True, slots=True)
class SeatChoice:
    """Who could take a seat."""

    quarter: Quarter
    kind: SeatKind
    holder: str
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class SeatCard:
    """A seat for its holder, or a drawn branch's seat for the secretary who sent somebody (`seat_of` names him)."""

    quarter: Quarter
    viewer: Person
    seat: Seat | None
    lead: str
    represents: str
    conflicts: tuple[Conflict, ...]
    branches: Mapping[int, str]
    may_send: bool
    seat_of: str
    principal: str = ""
    """Whose seat it is, where the viewer stands in."""


@dataclass(frozen=True, slots=True)
class DelegateChoice:
    """Whom a drawn branch could send."""

    quarter: Quarter
    branch: str
    holder: str
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One branch in a reviewer's list; `flagged` counts members to look at first, `mine` that he decides now."""

    branch_id: int
    branch: str
    state: BranchState
    mine: bool
    task: Task | None
    is_disputed: bool
    flagged: int


@dataclass(frozen=True, slots=True)
class ReviewList:
    """What the visitor reviews, and until when; `sees_all` opens the progress of all branches."""

    quarter: Quarter
    due_at: datetime
    is_late: bool
    rows: tuple[ReviewRow, ...]
    is_assigned: bool
    has_seat: bool
    sees_all: bool
    zone: ZoneInfo

    @property
    def waiting(self) -> tuple[ReviewRow, ...]:
        """The branches on which he has to decide now."""
        return tuple(row for row in self.rows if row.mine)


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """One branch's review for the committee: who holds it."""

    branch_id: int
    branch: str
    state: BranchState
    holders: tuple[str, ...]
    is_disputed: bool


@dataclass(frozen=True, slots=True)
class ReviewProgress:
    """How far the review of a quarter is."""

    quarter: Quarter
    due_at: datetime
    rows: tuple[ProgressRow, ...]
    zone: ZoneInfo

    @property
    def reviewed(self) -> int:
        """How many branches are reviewed."""
        return sum(row.state not in {BranchState.RATING, BranchState.REVIEW} for row in self.rows)

    @property
    def waiting(self) -> tuple[ProgressRow, ...]:
        """The branches that wait for the group."""
        return tuple(row for row in self.rows if row.state is BranchState.REVIEW)


@dataclass(frozen=True, slots=True)
class ReviewedMember:
    """One member on the branch's card; who gave other points than he claimed: the branch, or the group.

    `hints` say why to look at him first, the heaviest first; `silent` are the months that he did not hand in.
    """

    row: QueueRow
    hints: tuple[Hint, ...]
    silent: tuple[Month, ...]
    adjusted_by_branch: bool
    adjusted: bool

    @property
    def is_flagged(self) -> bool:
        """Whether to look at him first."""
        return bool(self.hints)


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One reviewer of the branch and what he said; `principal` is whose seat it is where he stands in."""

    name: str
    task: Task
    principal: str = ""


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """One branch as the group checks it; `mine` says that the viewer decides now, `task` is his own."""

    branch: str
    stand: BranchQuarter
    members: tuple[ReviewedMember, ...]
    leniency: Leniency | None
    lowest: Decimal | None
    highest: Decimal | None
    unchanged: int
    rated: int
    tasks: tuple[TaskLine, ...]
    reviewed_for: str
    arbiter: str
    is_disputed: bool
    questions: tuple[Question, ...]
    names: Mapping[int, str]
    viewer: Person
    mine: bool
    task: Task | None
    zone: ZoneInfo

    @property
    def quarter(self) -> Quarter:
        """The quarter that is reviewed."""
        return self.stand.quarter

    @property
    def flagged(self) -> tuple[ReviewedMember, ...]:
        """Those to look at first: with the heaviest hints before the others."""
        found = [member for member in self.members if member.is_flagged]
        return tuple(sorted(found, key=lambda one: weight(one.hints)))

    @property
    def counted(self) -> tuple[ReviewedMember, ...]:
        """Those who have points at all."""
        return tuple(member for member in self.members if member.row.points is not None)

    @property
    def is_last_word(self) -> bool:
        """Whether nobody else has to confirm after the viewer."""
        others = [line.task for line in self.tasks if line.task != self.task]
        return self.is_disputed or all(one.state is TaskState.CONFIRMED for one in others)
