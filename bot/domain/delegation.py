"""委托: somebody holds an office for another for some days; both names stand on what he decides in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.people import Department, MemberStatus, Office, Person, Role

LONGEST_DAYS = 184
"""Half a year; who is away for longer needs a successor."""
BRANCH_ROLES = (Role.SECRETARY, Role.COMMISSIONER)
"""Offices of a branch: only its own members can hold them for another."""
_ROLES = (*BRANCH_ROLES, Role.COMMITTEE)

_BRANCH = BRANCH_ROLES
_BRANCH_AND_COMMITTEE = (*BRANCH_ROLES, Role.COMMITTEE)
_WIDE = (Role.COMMITTEE, Role.DEPARTMENT)

DECIDED_IN: Mapping[str, tuple[Role, ...]] = {
    "form_returned": _BRANCH_AND_COMMITTEE,
    "form_adjusted": _BRANCH_AND_COMMITTEE,
    "form_submitted": (Role.COMMISSIONER,),
    "adjustments_dropped": _BRANCH_AND_COMMITTEE,
    "facts_recorded": (Role.COMMISSIONER, Role.SECRETARY),
    "rating_approved": _BRANCH_AND_COMMITTEE,
    "rating_postponed": _BRANCH_AND_COMMITTEE,
    "meeting_recorded": _BRANCH_AND_COMMITTEE,
    "quarter_closed": (Role.SECRETARY, Role.COMMITTEE),
    "question_answered": (Role.SECRETARY, Role.COMMITTEE),
    "group_bound": (Role.SECRETARY,),
    "member_named": (Role.SECRETARY,),
    "member_unnamed": (Role.SECRETARY,),
    "branches_drawn": (Role.COMMITTEE,),
    "draw_repeated": (Role.COMMITTEE,),
    "quarter_published": (Role.COMMITTEE,),
    "quarter_moved": (Role.COMMITTEE,),
    "rules_proposed": (Role.COMMITTEE,),
    "rules_confirmed": (Role.COMMITTEE,),
    "rules_rejected": (Role.COMMITTEE,),
    "ruleset_adopted": (Role.COMMITTEE,),
    "erasure_confirmed": (Role.COMMITTEE,),
    "erasure_rejected": (Role.COMMITTEE,),
    "member_erased": (Role.COMMITTEE,),
    "platform_imported": _WIDE,
    "ledger_exported": (Role.SECRETARY, *_WIDE),
    "objections_exported": _WIDE,
}
"""In which offices each kind of ledger entry is decided, the one that is meant first; others need none."""


class Unfit(StrEnum):
    """Why somebody cannot hold an office for another."""

    HIMSELF = "himself"
    AWAY = "away"
    ELSEWHERE = "elsewhere"
    HOLDER = "holder"
    UNBOUND = "unbound"


@dataclass(frozen=True, slots=True)
class Delegation:
    """Who holds which office for whom, from one instant to another (exclusive); `office` is the principal's own."""

    delegation_id: int
    principal_id: int
    delegate_id: int
    office: Office
    starts_at: datetime
    ends_at: datetime
    given_by: int | None
    given_at: datetime
    ended_at: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Whether it was in force at this instant."""
        return self.starts_at <= at < self.until

    @property
    def until(self) -> datetime:
        """The instant (exclusive) until which it was in force, or will be."""
        return self.ends_at if self.ended_at is None else min(self.ends_at, self.ended_at)

    def overlaps(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether another one of these days would meet it."""
        return max(starts_at, self.starts_at) < min(ends_at, self.until)


def unfit(principal: Person, office: Office, delegate: Person, *, bound: bool) -> Unfit | None:
    """What speaks against this delegate; `bound` says that he can be reached in chat. None: nothing."""
    if delegate.member_id == principal.member_id:
        return Unfit.HIMSELF
    if office.role in BRANCH_ROLES and delegate.branch_id != principal.branch_id:
        return Unfit.ELSEWHERE
    if delegate.status is not MemberStatus.ACTIVE:
        return Unfit.AWAY
    if office in delegate.own_offices:
        return Unfit.HOLDER
    return None if bound else Unfit.UNBOUND


def may_be_delegated(office: Office) -> bool:
    """Offices with decisions in them, as far as they are the person's own; who runs the bot cannot pass that on."""
    return office.on_behalf_of is None and office.role in {*_ROLES, Role.DEPARTMENT}


def office_code(office: Office) -> str:
    """The office as a button and the command line name it: the role, or which department."""
    return office.department.value if office.department is not None else office.role.value


def office_of(code: str) -> Office | None:
    """The office of this name, None for anything else."""
    if code in {department.value for department in Department}:
        return Office(Role.DEPARTMENT, Department(code))
    return Office(Role(code)) if code in {role.value for role in _ROLES} else None


def office_behind(person: Person, kind: str, subject_id: int | None) -> Office | None:
    """In which office the person decided this, his own before another's; nobody acts on his principal.

    None where it needs no office, or is about himself.
    """
    if subject_id == person.member_id:
        return None
    for role in DECIDED_IN.get(kind, ()):
        held = sorted((one for one in person.offices if one.role is role), key=lambda one: one.on_behalf_of or 0)
        found = next((one for one in held if one.on_behalf_of is None or one.on_behalf_of != subject_id), None)
        if found is not None:
            return found
    return None


def principal_behind(person: Person, kind: str, subject_id: int | None) -> int | None:
    """For whom the person decided this, if he did it in an office that is another's."""
    office = office_behind(person, kind, subject_id)
    return office.on_behalf_of if office is not None else None


def signed_by(person: Person, kind: str, subject_id: int) -> tuple[int, str, int]:
    """Who did this, in which office ("" for none), and for whom (0 for his own), as a letter keeps it."""
    office = office_behind(person, kind, subject_id)
    if office is None:
        return person.member_id, "", 0
    return person.member_id, office.role.value, office.on_behalf_of or 0
