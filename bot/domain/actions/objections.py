"""Objections and their answers."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.actions.base import Action


@dataclass(frozen=True, slots=True)
class OpenObjections(Action):
    """One's own objections and those that wait for one's answer."""

    code = "o"


@dataclass(frozen=True, slots=True)
class AskObjection(Action):
    """What the objection is about: what was changed or deducted first, then by group; month 0 means any."""

    code = "oa"
    quarter: str
    month: int = 0


@dataclass(frozen=True, slots=True)
class AskObjectionItem(Action):
    """Which item of one month and one group (a dimension); month 0 is the quarter's last."""

    code = "og"
    quarter: str
    month: int
    group: str


@dataclass(frozen=True, slots=True)
class AskObjectionText(Action):
    """As the awaited field it takes the objection; month 0 and no item mean the quarter as a whole."""

    code = "ot"
    quarter: str
    month: int
    item: str


@dataclass(frozen=True, slots=True)
class OpenObjection(Action):
    code = "oo"
    objection_id: int


@dataclass(frozen=True, slots=True)
class WithdrawObjection(Action):
    code = "oW"
    objection_id: int
    revision: int


@dataclass(frozen=True, slots=True)
class AcceptAnswer(Action):
    code = "oA"
    objection_id: int
    revision: int


@dataclass(frozen=True, slots=True)
class EscalateObjection(Action):
    """The member asks the review group to look at the answer."""

    code = "oE"
    objection_id: int
    revision: int


@dataclass(frozen=True, slots=True)
class AskOutcome(Action):
    """Whether an upheld objection changes points."""

    code = "oc"
    objection_id: int
    revision: int
    outcome: str


@dataclass(frozen=True, slots=True)
class AskCorrection(Action):
    """Which item is corrected; month 0 asks for the month first."""

    code = "oi"
    objection_id: int
    revision: int
    outcome: str
    month: int


@dataclass(frozen=True, slots=True)
class AskCorrectedPoints(Action):
    """As the awaited field it takes a typed number of points."""

    code = "op"
    objection_id: int
    revision: int
    outcome: str
    month: int
    item: str


@dataclass(frozen=True, slots=True)
class AskWrittenAnswer(Action):
    """As the awaited field it takes the written answer; month 0 leaves the points as they are."""

    code = "oT"
    objection_id: int
    revision: int
    outcome: str
    month: int = 0
    item: str = ""
    centi: int = 0


@dataclass(frozen=True, slots=True)
class ExportObjections(Action):
    """The quarter's file of objections and answers."""

    code = "oX"
    quarter: str
