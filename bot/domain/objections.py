"""异议 as values: what a member objects to, how it goes on, and who answers it: never who decided it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.domain.periods import Month, Quarter

OBJECTION_LIMIT = 500
ANSWER_LIMIT = 500


class ObjectionState(StrEnum):
    """异议: open → answered → closed, or once more to the group (escalated → closed); an open one may be withdrawn."""

    OPEN = "open"
    ANSWERED = "answered"
    ESCALATED = "escalated"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"

    @property
    def waits_for_answer(self) -> bool:
        """Whether somebody owes the member an answer."""
        return self in {ObjectionState.OPEN, ObjectionState.ESCALATED}


UNSETTLED = (ObjectionState.OPEN, ObjectionState.ANSWERED, ObjectionState.ESCALATED)
"""While an objection is in one of these, its branch's points are not final."""


class Outcome(StrEnum):
    """成立, 部分成立, 不成立."""

    UPHELD = "upheld"
    PARTLY = "partly"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Objection:
    """What one member objects to: an item of a month, or (without both) the quarter as a whole.

    `frozen` is what he was shown when he filed it. Without `answerer_id` the committee answers.
    """

    objection_id: int
    member_id: int
    branch_id: int
    quarter: Quarter
    month: Month | None
    item: str | None
    text: str
    frozen: Mapping[str, Any]
    state: ObjectionState
    revision: int
    filed_at: datetime
    answerer_id: int | None
    answer_due_at: datetime
    escalates_until: datetime | None = None
    closed_at: datetime | None = None

    @property
    def level(self) -> int:
        """Which answer comes next: 1, or 2 for the group's after an escalation."""
        return 2 if self.state is ObjectionState.ESCALATED else 1

    def may_be_escalated(self, now: datetime) -> bool:
        """Whether the member may still ask the group to look at the answer."""
        return self.state is ObjectionState.ANSWERED and self.escalates_until is not None and now < self.escalates_until


@dataclass(frozen=True, slots=True)
class Correction:
    """Other points for one item of one month, and what they made of the quarter; in hundredths."""

    month: Month
    item: str
    before_centi: int | None
    after_centi: int
    result_before_centi: int | None
    result_after_centi: int | None

    @property
    def result(self) -> tuple[int | None, int | None]:
        """The quarter before and after."""
        return self.result_before_centi, self.result_after_centi


@dataclass(frozen=True, slots=True)
class ObjectionAnswer:
    """A written answer; without a correction the points stay, only their explanation is another."""

    level: int
    outcome: Outcome
    text: str
    answered_by: int
    answered_at: datetime
    correction: Correction | None = None


@dataclass(frozen=True, slots=True)
class Bench:
    """Who might answer, by office and each in order; `drawn` are seats that neither come from nor review the branch."""

    secretary: tuple[int, ...] = ()
    commissioner: tuple[int, ...] = ()
    drawn: tuple[int, ...] = ()
    departments: tuple[int, ...] = ()
    lead: tuple[int, ...] = ()
    committee: tuple[int, ...] = ()


def answerer_of(member_id: int, involved: Collection[int], bench: Bench) -> int | None:
    """Who answers first: the nearest who neither is the member nor decided on him; None leaves it to the committee."""
    order = (*bench.secretary, *bench.commissioner, *bench.drawn, *bench.departments, *bench.committee)
    return _independent(order, {member_id, *involved})


def reviewer_of(member_id: int, involved: Collection[int], bench: Bench) -> int | None:
    """Who answers for the group after an escalation: its lead, else a seat that had no part in it (nor answered)."""
    order = (*bench.lead, *bench.departments, *bench.drawn, *bench.committee)
    return _independent(order, {member_id, *involved})


def _independent(order: Iterable[int], excluded: Collection[int]) -> int | None:
    return next((one for one in order if one not in excluded), None)
