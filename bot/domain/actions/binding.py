"""Binding a person's account and a branch's group."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.actions.base import Action


@dataclass(frozen=True, slots=True)
class ConfirmBinding(Action):
    code = "bc"
    invite_id: int


@dataclass(frozen=True, slots=True)
class DeclineBinding(Action):
    code = "bd"
    invite_id: int


@dataclass(frozen=True, slots=True)
class ShowGroupCode(Action):
    """The secretary asks for the code that binds the branch's group."""

    code = "bg"


@dataclass(frozen=True, slots=True)
class AskUnbind(Action):
    """An admin is asked whether he really means it."""

    code = "bU"
    member_id: int


@dataclass(frozen=True, slots=True)
class Unbind(Action):
    """An admin loosens a person's account."""

    code = "bu"
    member_id: int


@dataclass(frozen=True, slots=True)
class Reinvite(Action):
    code = "br"
    member_id: int
