"""Holding an office for another."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.actions.base import Action


@dataclass(frozen=True, slots=True)
class OpenDelegations(Action):
    """What the visitor has given into others' hands, and what was given to him."""

    code = "e"


@dataclass(frozen=True, slots=True)
class AskStandIn(Action):
    """Who holds this office meanwhile; where it is not a branch's, the awaited field takes a name or staff number."""

    code = "ea"
    office: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class AskFirstDay(Action):
    """As the awaited field it takes a typed day."""

    code = "ef"
    office: str
    member_id: int


@dataclass(frozen=True, slots=True)
class AskLastDay(Action):
    """As the awaited field it takes a typed day; `first` is 20261203."""

    code = "el"
    office: str
    member_id: int
    first: int


@dataclass(frozen=True, slots=True)
class AskGiveOffice(Action):
    """The whole delegation once more."""

    code = "ec"
    office: str
    member_id: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class GiveOffice(Action):
    code = "eG"
    office: str
    member_id: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class EndDelegation(Action):
    code = "eE"
    delegation_id: int
