"""Who a person is to the bot: offices, categories, states, and the roles that follow from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class Role(StrEnum):
    """What a person may be for; one person may hold several."""

    MEMBER = "member"
    COMMISSIONER = "commissioner"
    SECRETARY = "secretary"
    REVIEWER = "reviewer"
    DEPARTMENT = "department"
    COMMITTEE = "committee"
    ADMIN = "admin"


class Department(StrEnum):
    """The three offices that sit in every review group."""

    ORGANISATION = "organisation"
    OFFICE = "office"
    DISCIPLINE = "discipline"


class Category(StrEnum):
    """人员类别: how a member belongs to the staff."""

    STAFF = "staff"
    NEW_STAFF = "new_staff"
    SPECIALIST = "specialist"
    MANAGER = "manager"
    PROBATIONARY = "probationary"
    RETIRED = "retired"
    MOBILE = "mobile"


class MemberStatus(StrEnum):
    """状态 on the roster; only ACTIVE members answer and are ranked."""

    ACTIVE = "active"
    ON_LEAVE = "on_leave"
    SECONDED = "seconded"
    SUSPENDED = "suspended"
    LEFT = "left"

    @property
    def counts(self) -> bool:
        """Whether months in this state are scored; the others are exempt."""
        return self is MemberStatus.ACTIVE


@dataclass(frozen=True, slots=True, order=True)
class Office:
    """A role that a person holds beyond being a member; `department` only where the role is DEPARTMENT.

    `on_behalf_of` is the member id of who delegated it, where it is not the person's own.
    """

    role: Role
    department: Department | None = None
    on_behalf_of: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the organisation as everything but the roster needs him: who, where, and with what right.

    `member_id` is ours for ever; the staff number, the name and the branch may change.
    """

    member_id: int
    staff_no: str
    name: str
    branch_id: int
    branch: str
    category: Category
    status: MemberStatus
    offices: frozenset[Office] = frozenset()

    def holds(self, role: Role) -> bool:
        """Whether this person has the role; everyone on the roster is a member."""
        return role is Role.MEMBER or any(office.role is role for office in self.offices)

    @property
    def own_offices(self) -> frozenset[Office]:
        """What the roster gives him, without what was delegated to him."""
        return frozenset(office for office in self.offices if office.on_behalf_of is None)

    @property
    def roles(self) -> frozenset[Role]:
        """All roles of this person."""
        return frozenset({Role.MEMBER, *(office.role for office in self.offices)})


def told_apart(persons: Iterable[Person]) -> list[Person]:
    """The same persons; namesakes among them carry the end of their staff number behind the name."""
    everyone = list(persons)
    shared = Counter(person.name for person in everyone)
    return [
        person if shared[person.name] == 1 else replace(person, name=f"{person.name}·{person.staff_no[-3:]}")
        for person in everyone
    ]
