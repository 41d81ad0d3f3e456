"""The month's form."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.actions.base import Action


@dataclass(frozen=True, slots=True)
class OpenForm(Action):
    """The form's front page: the dimensions and the total so far."""

    code = "f"
    form_id: int


@dataclass(frozen=True, slots=True)
class OpenDimension(Action):
    code = "fd"
    form_id: int
    dimension: str


@dataclass(frozen=True, slots=True)
class OpenItem(Action):
    code = "fi"
    form_id: int
    item: str


@dataclass(frozen=True, slots=True)
class AnswerGrade(Action):
    """One of the item's choices."""

    code = "fg"
    form_id: int
    item: str
    grade: str


@dataclass(frozen=True, slots=True)
class AnswerCount(Action):
    """How often an act happened; absolute, so that a tap delivered twice counts once."""

    code = "fc"
    form_id: int
    item: str
    act: str
    count: int


@dataclass(frozen=True, slots=True)
class AnswerNothing(Action):
    """Nothing happened under this item."""

    code = "fn"
    form_id: int
    item: str


@dataclass(frozen=True, slots=True)
class AnswerRest(Action):
    """Everything not answered yet was as usual: duties done, nothing to claim."""

    code = "fr"
    form_id: int


@dataclass(frozen=True, slots=True)
class AskNote(Action):
    """The next text is the note of this item; as the awaited field it takes texts and pictures."""

    code = "fN"
    form_id: int
    item: str


@dataclass(frozen=True, slots=True)
class DropEvidence(Action):
    code = "fx"
    form_id: int
    item: str
    evidence_id: int


@dataclass(frozen=True, slots=True)
class ReviewForm(Action):
    """The summary before handing in."""

    code = "fs"
    form_id: int


@dataclass(frozen=True, slots=True)
class SubmitForm(Action):
    """Hand in what was seen: the revision is the one on the card."""

    code = "fS"
    form_id: int
    revision: int


@dataclass(frozen=True, slots=True)
class WithdrawForm(Action):
    code = "fW"
    form_id: int
    revision: int


@dataclass(frozen=True, slots=True)
class NotToday(Action):
    """No more reminders today."""

    code = "ft"
    form_id: int
