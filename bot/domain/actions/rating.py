"""The branch's rating, its meeting and its close."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.actions.base import Action


@dataclass(frozen=True, slots=True)
class OpenQueue(Action):
    """A branch's quarter; without a branch the visitor's own, or all branches for the committee."""

    code = "q"
    quarter: str = ""
    branch_id: int = 0
    page: int = 0


@dataclass(frozen=True, slots=True)
class ListBranches(Action):
    """How far all branches are, for the committee."""

    code = "ql"
    quarter: str = ""


@dataclass(frozen=True, slots=True)
class OpenRating(Action):
    code = "r"
    rating_id: int


@dataclass(frozen=True, slots=True)
class ShowEvidence(Action):
    """Send the photos and files of the quarter's three forms."""

    code = "re"
    rating_id: int


@dataclass(frozen=True, slots=True)
class ApproveRating(Action):
    code = "ra"
    rating_id: int
    revision: int


@dataclass(frozen=True, slots=True)
class PostponeRating(Action):
    code = "rl"
    rating_id: int
    revision: int


@dataclass(frozen=True, slots=True)
class AskAdjust(Action):
    """Which item (of all months) is adjusted."""

    code = "rj"
    rating_id: int
    revision: int


@dataclass(frozen=True, slots=True)
class AskAdjustMonth(Action):
    code = "rm"
    rating_id: int
    revision: int
    item: str


@dataclass(frozen=True, slots=True)
class AskAdjustPoints(Action):
    """As the awaited field it takes a typed number of points."""

    code = "rp"
    rating_id: int
    revision: int
    item: str
    month: int


@dataclass(frozen=True, slots=True)
class AskAdjustReason(Action):
    """As the awaited field it takes the typed reason."""

    code = "rr"
    rating_id: int
    revision: int
    item: str
    month: int
    centi: int


@dataclass(frozen=True, slots=True)
class AdjustRating(Action):
    code = "rJ"
    rating_id: int
    revision: int
    item: str
    month: int
    centi: int
    preset: int


@dataclass(frozen=True, slots=True)
class DropAdjustments(Action):
    code = "rD"
    rating_id: int
    revision: int


@dataclass(frozen=True, slots=True)
class AskReturnRating(Action):
    """Which month's form goes back."""

    code = "rb"
    rating_id: int
    revision: int


@dataclass(frozen=True, slots=True)
class AskReturnReason(Action):
    """As the awaited field it takes the typed reason."""

    code = "rq"
    rating_id: int
    revision: int
    month: int


@dataclass(frozen=True, slots=True)
class ReturnRating(Action):
    code = "rR"
    rating_id: int
    revision: int
    month: int
    preset: int


@dataclass(frozen=True, slots=True)
class AskApproveAll(Action):
    code = "qa"
    quarter: str
    branch_id: int


@dataclass(frozen=True, slots=True)
class ApproveAll(Action):
    """Approve all without remarks, if they still are just those who were named; `seal` is their checksum."""

    code = "qA"
    quarter: str
    branch_id: int
    seal: int


@dataclass(frozen=True, slots=True)
class AskMeeting(Action):
    """The deciding meeting: its kind."""

    code = "qm"
    quarter: str
    branch_id: int


@dataclass(frozen=True, slots=True)
class AskMeetingDay(Action):
    """As the awaited field it takes a typed day."""

    code = "qd"
    quarter: str
    branch_id: int
    kind: str


@dataclass(frozen=True, slots=True)
class AskMeetingCount(Action):
    """As the awaited field it takes "present/entitled"; `day` is 20261203."""

    code = "qc"
    quarter: str
    branch_id: int
    kind: str
    day: int


@dataclass(frozen=True, slots=True)
class RecordMeeting(Action):
    code = "qM"
    quarter: str
    branch_id: int
    kind: str
    day: int
    present: int
    entitled: int


@dataclass(frozen=True, slots=True)
class AskCloseBranch(Action):
    code = "qx"
    quarter: str
    branch_id: int


@dataclass(frozen=True, slots=True)
class CloseBranch(Action):
    code = "qX"
    quarter: str
    branch_id: int
    revision: int
