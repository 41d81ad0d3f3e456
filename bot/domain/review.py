"""The review group 考核组 as values: its seats, its draw, who is kept away from which branch, and who checks what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.people import Department, Office, Role
from bot.domain.periods import Quarter

QUESTION_DAYS = (2, 3, 5)
"""How many working days a branch may be given when it is sent back."""
USUAL_REVIEWERS = 1


class SeatKind(StrEnum):
    """1 + 3 + N."""

    LEAD = "lead"
    ORGANISATION = "organisation"
    OFFICE = "office"
    DISCIPLINE = "discipline"
    DRAWN = "drawn"

    @property
    def department(self) -> Department | None:
        """The department whose seat it is."""
        return Department(self.value) if self in DEPARTMENT_SEATS else None

    def goes_with(self, office: Office) -> bool:
        """Whether who holds this office for another sits in that other's place; the committee may fill any seat."""
        if self is SeatKind.DRAWN:
            return office.role is Role.SECRETARY
        own = office.role is Role.DEPARTMENT and office.department is self.department
        return own or office.role is Role.COMMITTEE


DEPARTMENT_SEATS = (SeatKind.ORGANISATION, SeatKind.OFFICE, SeatKind.DISCIPLINE)


class ConflictKind(StrEnum):
    """Why somebody stays away from a branch: 亲属关系, 其他利害关系."""

    KINSHIP = "kinship"
    CONFLICT = "conflict"


class TaskState(StrEnum):
    """One reviewer's view of one branch."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    DISAGREES = "disagrees"


@dataclass(frozen=True, slots=True)
class Draw:
    """One draw; it is announced before it is carried out. `number` counts the repetitions from 0."""

    draw_id: int
    quarter: Quarter
    number: int
    source_seq: int
    seed: str
    candidates: tuple[int, ...]
    places: int
    announced_at: datetime
    drawn: tuple[int, ...] | None = None
    drawn_at: datetime | None = None
    drawn_by: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """Who sits where; `branch_id` is the drawn branch that he represents."""

    seat_id: int
    kind: SeatKind
    member_id: int
    branch_id: int | None
    named_by: int | None
    named_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody in the group stays away from a branch."""

    member_id: int
    branch_id: int
    kind: ConflictKind


@dataclass(frozen=True, slots=True)
class Task:
    """A branch that somebody reviews; `decided_at` with WAITING says that he is asked again."""

    task_id: int
    branch_id: int
    member_id: int
    state: TaskState
    revision: int
    decided_at: datetime | None

    @property
    def is_asked_again(self) -> bool:
        """Whether he had confirmed before somebody else adjusted something."""
        return self.state is TaskState.WAITING and self.decided_at is not None


@dataclass(frozen=True, slots=True)
class Question:
    """What the group asked when it sent the branch back, and the branch's answer."""

    question_id: int
    question: str
    asked_by: int
    asked_at: datetime
    due_at: datetime
    answer: str | None = None
    answered_by: int | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """机构: the quarter's group as it stands; `homes` is the own branch of each who sits or stands in.

    `gone` are seated members who may not act any more: they have left or are suspended. `stand_ins` says who holds
    for a seated member the office by which he sits, while that is delegated.
    """

    quarter: Quarter
    draw: Draw | None
    seats: tuple[Seat, ...]
    conflicts: tuple[Conflict, ...]
    homes: Mapping[int, int]
    tasks: tuple[Task, ...]
    gone: frozenset[int] = frozenset()
    stand_ins: Mapping[int, int] = field(default_factory=dict)

    def holder(self, kind: SeatKind) -> Seat | None:
        """Who has this seat; the drawn seats are several."""
        return next((seat for seat in self.seats if seat.kind is kind), None)

    def seat_of(self, member_id: int) -> Seat | None:
        """The seat of this member."""
        return next((seat for seat in self.seats if seat.member_id == member_id), None)

    def seat_for(self, member_id: int) -> Seat | None:
        """The seat in which this member acts: his own, or that of somebody for whom he stands in."""
        own = self.seat_of(member_id)
        return own or next((seat for seat in self.seats if self.stand_ins.get(seat.member_id) == member_id), None)

    @property
    def present(self) -> tuple[int, ...]:
        """Everybody who sits in the group or stands in for one of it."""
        return tuple(dict.fromkeys([*(seat.member_id for seat in self.seats), *self.stand_ins.values()]))

    def is_led_by(self, member_id: int) -> bool:
        """Whether this member leads the group, or stands in for who does."""
        lead = self.holder(SeatKind.LEAD)
        return lead is not None and member_id in {lead.member_id, self.stand_ins.get(lead.member_id)}

    @property
    def drawn_seats(self) -> tuple[Seat, ...]:
        """The seats of the drawn branches."""
        return tuple(seat for seat in self.seats if seat.kind is SeatKind.DRAWN)

    @property
    def is_formed(self) -> bool:
        """Whether it is led and drawn, so that work can be given out."""
        return self.holder(SeatKind.LEAD) is not None and self.draw is not None and self.draw.drawn is not None

    @property
    def reviewers(self) -> tuple[int, ...]:
        """Who checks branches: everybody but the lead, who decides where two disagree."""
        return tuple(seat.member_id for seat in self.seats if seat.kind is not SeatKind.LEAD)

    @property
    def have_answered(self) -> bool:
        """Whether everybody who is there has said which branches he stays away from."""
        return all(seat.answered_at is not None for seat in self.seats if seat.member_id not in self.gone)

    def is_kept_from(self, member_id: int, branch_id: int) -> bool:
        """Whether it is his own branch, the one he represents, or one that he declared; who is gone from all."""
        seat = self.seat_of(member_id)
        own = {self.homes.get(member_id), seat.branch_id if seat is not None else None}
        declared = any(one.member_id == member_id and one.branch_id == branch_id for one in self.conflicts)
        return member_id in self.gone or branch_id in own or declared

    def blocked(self, branches: Iterable[int]) -> set[tuple[int, int]]:
        """All pairs of branch and reviewer that must not be."""
        return {
            (branch_id, member_id)
            for branch_id in branches
            for member_id in self.reviewers
            if self.is_kept_from(member_id, branch_id)
        }

    def tasks_on(self, branch_id: int) -> tuple[Task, ...]:
        """Who reviews this branch."""
        return tuple(task for task in self.tasks if task.branch_id == branch_id)

    def tasks_of(self, member_id: int) -> tuple[Task, ...]:
        """What this member reviews."""
        return tuple(task for task in self.tasks if task.member_id == member_id)

    def is_disputed(self, branch_id: int) -> bool:
        """Whether one of two reviewers disagrees with the other."""
        return any(task.state is TaskState.DISAGREES for task in self.tasks_on(branch_id))

    def acting_for(self, holder_id: int, branch_id: int) -> int:
        """Who decides on this branch in a seated member's place: his stand-in if the branch allows it, else himself."""
        stand_in = self.stand_ins.get(holder_id)
        if stand_in is None or not self.may_stand_in(stand_in, branch_id):
            return holder_id
        # Who stands in for two reviewers of a branch has one voice there.
        his = [task.member_id for task in self.tasks_on(branch_id) if self.stand_ins.get(task.member_id) == stand_in]
        return holder_id if holder_id in his[1:] else stand_in

    def may_stand_in(self, member_id: int, branch_id: int) -> bool:
        """Whether this member may speak for another on the branch: not kept from it, and with no voice of his own."""
        own = any(task.member_id == member_id for task in self.tasks_on(branch_id))
        return not own and not self.is_kept_from(member_id, branch_id)

    def task_of(self, member_id: int, branch_id: int) -> Task | None:
        """The task on this branch that this member decides, his own or another's."""
        return next((t for t in self.tasks_on(branch_id) if self.acting_for(t.member_id, branch_id) == member_id), None)

    def principal_of(self, member_id: int, branch_id: int) -> int | None:
        """For whom this member decides on the branch; None for himself."""
        task = self.task_of(member_id, branch_id)
        holder = self._arbiter_seat(branch_id) if self.is_disputed(branch_id) else task.member_id if task else None
        return holder if holder != member_id else None

    def arbiter_of(self, branch_id: int) -> int | None:
        """Who decides alone where two disagree: the lead, or a department's seat where the lead is kept from it."""
        holder = self._arbiter_seat(branch_id)
        return self.acting_for(holder, branch_id) if holder is not None else None

    def _arbiter_seat(self, branch_id: int) -> int | None:
        tasks = self.tasks_on(branch_id)
        spoken = {one for task in tasks for one in (task.member_id, self.acting_for(task.member_id, branch_id))}
        order = [self.holder(kind) for kind in (SeatKind.LEAD, *DEPARTMENT_SEATS)]
        return next(
            (
                seat.member_id
                for seat in order
                if seat is not None
                and not spoken & {seat.member_id, self.acting_for(seat.member_id, branch_id)}
                and not self.is_kept_from(seat.member_id, branch_id)
            ),
            None,
        )

    def deciders_on(self, branch_id: int) -> tuple[int, ...]:
        """Who may adjust, confirm or send back this branch now."""
        if self.is_disputed(branch_id):
            arbiter = self.arbiter_of(branch_id)
            return (arbiter,) if arbiter is not None else ()
        return tuple(
            self.acting_for(task.member_id, branch_id)
            for task in self.tasks_on(branch_id)
            if not self.is_kept_from(task.member_id, branch_id)
        )

    def readers_of(self, branch_id: int) -> tuple[int, ...]:
        """Who may look at this branch's cards: who reviews it, and who decides a dispute."""
        return tuple({*self.deciders_on(branch_id), *(
            task.member_id for task in self.tasks_on(branch_id) if not self.is_kept_from(task.member_id, branch_id)
        )})  # fmt: skip

    def waits_for(self, member_id: int, branch_id: int) -> bool:
        """Whether this member still has to say something on the branch, once it is with the group."""
        if member_id not in self.deciders_on(branch_id):
            return False
        own = self.task_of(member_id, branch_id)
        return self.is_disputed(branch_id) or own is None or own.state is TaskState.WAITING
