"""The commissioner's desk: who has handed in, roll and dues."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.actions.base import Action


@dataclass(frozen=True, slots=True)
class OpenDesk(Action):
    """The branch's month: who has handed in and who has not."""

    code = "d"
    month: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class NudgeAll(Action):
    code = "dn"
    month: str


@dataclass(frozen=True, slots=True)
class OpenMemberForm(Action):
    """The commissioner looks at one member's form."""

    code = "df"
    form_id: int


@dataclass(frozen=True, slots=True)
class EnterForMember(Action):
    """The commissioner fills in the form of a member without a phone."""

    code = "dp"
    form_id: int


@dataclass(frozen=True, slots=True)
class AskReturnForm(Action):
    """Why the form goes back; as the awaited field it takes the typed reason."""

    code = "dr"
    form_id: int
    revision: int


@dataclass(frozen=True, slots=True)
class ReturnForm(Action):
    """Send a form back for one of the usual reasons."""

    code = "dR"
    form_id: int
    revision: int
    preset: int


@dataclass(frozen=True, slots=True)
class OpenRoll(Action):
    """The rolls of a month: which item is recorded."""

    code = "do"
    month: str


@dataclass(frozen=True, slots=True)
class OpenRollItem(Action):
    code = "di"
    month: str
    item: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenRollMember(Action):
    code = "dm"
    month: str
    item: str
    member_id: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class RecordCount(Action):
    """The roll says how often an act happened for a member; absolute."""

    code = "dc"
    month: str
    item: str
    member_id: int
    act: str
    count: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class RecordNothing(Action):
    """The roll says that nothing was amiss with a member."""

    code = "dN"
    month: str
    item: str
    member_id: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class RecordGrade(Action):
    code = "dg"
    month: str
    item: str
    member_id: int
    grade: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class RecordAllPresent(Action):
    """Everyone without a record of this item had nothing amiss."""

    code = "da"
    month: str
    item: str
