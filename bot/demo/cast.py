"""Who of the demo organisation is played by the visitor, and who plays himself."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from bot.domain.people import MemberStatus, Person, Role

LAZY = 2
"""So many of the extras never hand in, so that there is somebody to remind."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Five people of interest; the extras are the rest of the first three's branch."""

    member: Person
    commissioner: Person
    secretary: Person
    committee: Person
    reviewer: Person
    extras: tuple[Person, ...]

    @property
    def leads(self) -> tuple[Person, ...]:
        """Those whom the visitor plays, the first to play first."""
        return tuple(dict.fromkeys((self.member, self.commissioner, self.secretary, self.committee, self.reviewer)))


def choose_cast(people: list[Person]) -> Cast:
    """The cast from a branch of middling size; somebody of the committee from elsewhere if there is anybody."""
    branches: dict[int, list[Person]] = defaultdict(list)
    for person in people:
        if person.status is MemberStatus.ACTIVE:
            branches[person.branch_id].append(person)
    complete = [branch for branch in branches.values() if _has_all(branch)]
    branch = sorted(complete, key=len)[len(complete) // 2]
    ordinary = [person for person in branch if not person.offices]
    member = ordinary[0] if ordinary else next(person for person in branch if not person.holds(Role.SECRETARY))
    commissioner, secretary = (_holder(branch, role) for role in (Role.COMMISSIONER, Role.SECRETARY))
    members_of_committee = [person for person in people if person.holds(Role.COMMITTEE)]
    committee = next(
        (one for one in members_of_committee if one.branch_id != member.branch_id), members_of_committee[0]
    )
    seated = [person for person in people if person.holds(Role.DEPARTMENT)]
    seated += [person for person in people if person.holds(Role.SECRETARY) and person not in seated]
    reviewer = next((one for one in seated if one.branch_id != member.branch_id), committee)
    played = {person.member_id for person in (member, commissioner, secretary, committee, reviewer)}
    extras = tuple(person for person in branch if person.member_id not in played)
    return Cast(member, commissioner, secretary, committee, reviewer, extras)


def _has_all(branch: list[Person]) -> bool:
    return all(any(person.holds(role) for person in branch) for role in (Role.SECRETARY, Role.COMMISSIONER))


def _holder(branch: list[Person], role: Role) -> Person:
    return next(person for person in branch if person.holds(role))
