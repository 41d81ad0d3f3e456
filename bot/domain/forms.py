"""A month's form and the quarter's rating as values: their states and what may follow on what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bot.domain.periods import Month, Quarter

NOTE_LIMIT = 500
REASON_LIMIT = 500
EVIDENCE_LIMIT_MB = 20


class FormState(StrEnum):
    """自评表: open → submitted → (withdrawn to open, or returned) → submitted …"""

    OPEN = "open"
    SUBMITTED = "submitted"
    RETURNED = "returned"


class RatingState(StrEnum):
    """初评 of one member: pending → approved, or returned until the form comes back."""

    PENDING = "pending"
    APPROVED = "approved"
    RETURNED = "returned"


class BranchState(StrEnum):
    """A branch's quarter: rated → with the review group (which may send it back) → reviewed → public → final."""

    RATING = "rating"
    REVIEW = "review"
    REVIEWED = "reviewed"
    PUBLIC = "public"
    FINAL = "final"

    @property
    def is_published(self) -> bool:
        """Whether the members have been shown their points."""
        return self in {BranchState.PUBLIC, BranchState.FINAL}


PUBLISHED = tuple(state for state in BranchState if state.is_published)


class MeetingKind(StrEnum):
    """Which body of the branch decided: 支委会 or 党员大会."""

    COMMITTEE = "committee"
    GENERAL = "general"


class Exemption(StrEnum):
    """Why a month does not count for a member."""

    ON_LEAVE = "on_leave"
    SECONDED = "seconded"
    SUSPENDED = "suspended"
    JOINED_LATER = "joined_later"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Evidence:
    """佐证: a photo or document that Telegram keeps and we know by hash."""

    evidence_id: int
    item: str
    kind: str
    file_id: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Form:
    """One member, one month; `answers` is the scoring room's JSON, `overrides` what the branch decided against it."""

    form_id: int
    member_id: int
    branch_id: int
    month: Month
    ruleset_id: int
    state: FormState
    revision: int
    answers: str
    notes: Mapping[str, str]
    overrides: list[Any]
    total_centi: int
    opens_at: datetime
    closes_at: datetime
    exempt: Exemption | None = None
    submitted_at: datetime | None = None
    submitted_by: int | None = None
    returned_reason: str | None = None
    snoozed_on: date | None = None
    evidence: tuple[Evidence, ...] = ()

    def takes_answers(self, now: datetime) -> bool:
        """Whether the member may still change it: open before the close, or sent back to him."""
        if self.state is FormState.SUBMITTED:
            return False
        return self.state is FormState.RETURNED or now < self.closes_at

    def may_be_withdrawn(self, now: datetime) -> bool:
        """Whether it can be taken back: handed in, and the month not closed."""
        return self.state is FormState.SUBMITTED and now < self.closes_at

    @property
    def by_proxy(self) -> bool:
        """Whether somebody else handed it in."""
        return self.submitted_by is not None and self.submitted_by != self.member_id


@dataclass(frozen=True, slots=True)
class Rating:
    """The branch's decision on one member's quarter."""

    rating_id: int
    member_id: int
    branch_id: int
    quarter: Quarter
    ruleset_id: int
    state: RatingState
    revision: int
    postponed_at: datetime | None = None
    decided_by: int | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """The deciding meeting: more than half of those entitled must have been present."""

    kind: MeetingKind
    held_on: date
    present: int
    entitled: int

    @property
    def has_quorum(self) -> bool:
        """More than half were present (MISSION §7)."""
        return 0 < self.present <= self.entitled and self.present * 2 > self.entitled


@dataclass(frozen=True, slots=True)
class BranchQuarter:
    """Where one branch stands in one quarter; `rating_due_at` is its own where it was sent back."""

    branch_quarter_id: int
    branch_id: int
    quarter: Quarter
    state: BranchState
    revision: int
    rating_due_at: datetime
    meeting: Meeting | None = None
    closed_at: datetime | None = None
    closed_by: int | None = None
    was_sent_back: bool = False
    reviewed_at: datetime | None = None
    reviewed_by: int | None = None
    published_at: datetime | None = None
    published_by: int | None = None
    publicity_ends_at: datetime | None = None
    final_at: datetime | None = None

    @property
    def is_rated(self) -> bool:
        """Whether the branch has closed its rating; only the group or an upheld objection changes points then."""
        return self.state is not BranchState.RATING

    def takes_objections(self, now: datetime) -> bool:
        """Whether its members may object: while it is public."""
        return self.state is BranchState.PUBLIC and self.publicity_ends_at is not None and now < self.publicity_ends_at


@dataclass(frozen=True, slots=True)
class QuarterResult:
    """A member's quarter as it was closed: hundredths, rank within the branch, and the numbers of the portrait."""

    member_id: int
    branch_id: int
    quarter: Quarter
    centi: int | None
    rank: int | None
    ranked_of: int
    detail: Mapping[str, Any] = field(default_factory=dict)
