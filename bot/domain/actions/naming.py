"""Names on the black list by a branch's decision."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.actions.base import Action


@dataclass(frozen=True, slots=True)
class OpenNaming(Action):
    """Whom to name: `chosen` has a bit for each member under the line, in the order of their ids."""

    code = "n"
    quarter: str
    branch_id: int
    chosen: int = 0


@dataclass(frozen=True, slots=True)
class AskNamingMeeting(Action):
    """Which body decided."""

    code = "nm"
    quarter: str
    branch_id: int
    chosen: int


@dataclass(frozen=True, slots=True)
class AskNamingDay(Action):
    """As the awaited field it takes a typed day."""

    code = "nd"
    quarter: str
    branch_id: int
    chosen: int
    kind: str


@dataclass(frozen=True, slots=True)
class AskNamingCount(Action):
    """As the awaited field it takes "present/entitled"; `day` is 20270125."""

    code = "nc"
    quarter: str
    branch_id: int
    chosen: int
    kind: str
    day: int


@dataclass(frozen=True, slots=True)
class AskNamingEnd(Action):
    """As the awaited field it takes the typed last day; `attendance` is 7009 for 7 of 9."""

    code = "ne"
    quarter: str
    branch_id: int
    chosen: int
    kind: str
    day: int
    attendance: int


@dataclass(frozen=True, slots=True)
class AskNameMembers(Action):
    """The whole decision once more before anything is shown; `days` counts from today, today included."""

    code = "na"
    quarter: str
    branch_id: int
    chosen: int
    kind: str
    day: int
    attendance: int
    days: int


@dataclass(frozen=True, slots=True)
class NameMembers(Action):
    code = "nN"
    quarter: str
    branch_id: int
    chosen: int
    kind: str
    day: int
    attendance: int
    days: int


@dataclass(frozen=True, slots=True)
class EndNaming(Action):
    """Take a name down before its time."""

    code = "nE"
    quarter: str
    branch_id: int
    member_id: int
