"""Showing a quarter."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.actions.base import Action


@dataclass(frozen=True, slots=True)
class OpenPublicity(Action):
    """How far a quarter's publication is; an empty quarter means the oldest that is not shown everywhere."""

    code = "x"
    quarter: str = ""


@dataclass(frozen=True, slots=True)
class AskPublish(Action):
    code = "xa"
    quarter: str


@dataclass(frozen=True, slots=True)
class PublishQuarter(Action):
    """Show the branches that were named, if they still are just those; `seal` is their checksum."""

    code = "xP"
    quarter: str
    seal: int
