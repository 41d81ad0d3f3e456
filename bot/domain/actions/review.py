"""The review group: its seats, its draw, its cards."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.actions.base import Action


@dataclass(frozen=True, slots=True)
class OpenBody(Action):
    """The quarter's review group: who sits where, the draw, and who reviews what."""

    code = "g"
    quarter: str = ""


@dataclass(frozen=True, slots=True)
class ShowDraw(Action):
    """How anybody recomputes the draw."""

    code = "gw"
    quarter: str


@dataclass(frozen=True, slots=True)
class AskSeat(Action):
    """Who takes this seat."""

    code = "gs"
    quarter: str
    seat: str


@dataclass(frozen=True, slots=True)
class NameSeat(Action):
    code = "gS"
    quarter: str
    seat: str
    member_id: int


@dataclass(frozen=True, slots=True)
class DrawBranches(Action):
    """Carry out the draw of this number, as it was announced."""

    code = "gd"
    quarter: str
    number: int


@dataclass(frozen=True, slots=True)
class AskRedraw(Action):
    """Why it is drawn again; as the awaited field it takes the typed reason. `number` is the draw that was seen."""

    code = "gr"
    quarter: str
    number: int


@dataclass(frozen=True, slots=True)
class AssignReviews(Action):
    """Give out the branches, whoever has not answered yet."""

    code = "ga"
    quarter: str


@dataclass(frozen=True, slots=True)
class OpenSeat(Action):
    """The visitor's own seat: the branches he stays away from."""

    code = "gc"
    quarter: str


@dataclass(frozen=True, slots=True)
class AskConflict(Action):
    """Why he stays away from this branch."""

    code = "gk"
    quarter: str
    branch_id: int


@dataclass(frozen=True, slots=True)
class DeclareConflict(Action):
    """For "kinship" or another "conflict"; "none" takes it back."""

    code = "gK"
    quarter: str
    branch_id: int
    conflict: str


@dataclass(frozen=True, slots=True)
class AnswerSeat(Action):
    """Nothing more to declare."""

    code = "gn"
    quarter: str


@dataclass(frozen=True, slots=True)
class AskDelegate(Action):
    """Who represents the drawn branch instead of its secretary."""

    code = "gg"
    quarter: str


@dataclass(frozen=True, slots=True)
class SendDelegate(Action):
    code = "gG"
    quarter: str
    member_id: int


@dataclass(frozen=True, slots=True)
class OpenReviews(Action):
    """What the visitor reviews."""

    code = "v"
    quarter: str = ""


@dataclass(frozen=True, slots=True)
class ListReviews(Action):
    """How far the review of all branches is, for the committee and the lead."""

    code = "vp"
    quarter: str


@dataclass(frozen=True, slots=True)
class OpenReview(Action):
    """One branch as the group checks it."""

    code = "vb"
    quarter: str
    branch_id: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class AskConfirmReview(Action):
    """What would be confirmed, once more by name."""

    code = "vc"
    quarter: str
    branch_id: int
    revision: int


@dataclass(frozen=True, slots=True)
class ConfirmReview(Action):
    code = "vC"
    quarter: str
    branch_id: int
    revision: int


@dataclass(frozen=True, slots=True)
class DisputeReview(Action):
    """Not agreed with what the other reviewer adjusted: the lead decides."""

    code = "vD"
    quarter: str
    branch_id: int
    revision: int


@dataclass(frozen=True, slots=True)
class AskSendBack(Action):
    """How many working days the branch gets."""

    code = "va"
    quarter: str
    branch_id: int
    revision: int


@dataclass(frozen=True, slots=True)
class AskQuestion(Action):
    """As the awaited field it takes the question with which the branch is sent back."""

    code = "vq"
    quarter: str
    branch_id: int
    revision: int
    days: int


@dataclass(frozen=True, slots=True)
class AskAnswer(Action):
    """As the awaited field it takes the branch's answer."""

    code = "vA"
    quarter: str
    branch_id: int
