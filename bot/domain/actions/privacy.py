"""Personal data: the notice, and erasing."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.actions.base import Action


@dataclass(frozen=True, slots=True)
class ShowNotice(Action):
    """What is stored, for what, for how long and who sees it; open to everybody."""

    code = "pn"


@dataclass(frozen=True, slots=True)
class AcceptNotice(Action):
    """The person has read this version of the notice."""

    code = "pa"
    version: int


@dataclass(frozen=True, slots=True)
class OpenErasure(Action):
    """Whose data is to be erased, and what of it."""

    code = "pe"
    erasure_id: int


@dataclass(frozen=True, slots=True)
class ConfirmErasure(Action):
    """Agree; what is erased never changes, so no revision is needed."""

    code = "pC"
    erasure_id: int


@dataclass(frozen=True, slots=True)
class RejectErasure(Action):
    code = "pR"
    erasure_id: int
