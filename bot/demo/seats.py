"""Where everybody of the demo sits in the sandbox: an account each, and a group for a few branches."""

from __future__ import annotations

from collections.abc import Mapping

from bot.demo.cast import choose_cast
from bot.domain.people import Person as Member
from bot.domain.people import Role
from bot.views.terms import listed, role_name
from bot.views.words import Words
from sandbox import Person, Sandbox

GROUPS = 3
FIRST_ACCOUNT = 700_000_000


async def seat(box: Sandbox, _: Words, people: list[Member], tokens: Mapping[int, str]) -> dict[int, Person]:
    """Give everybody an account in the sandbox, and the first branches a group with the bot in it."""
    persons = {
        member.member_id: box.person(
            member.name, user_id=account_of(member), tags={"branch": member.branch, "role": _roles(_, member)},
            start_link=tokens.get(member.member_id, ""),
        )
        for member in people
    }  # fmt: skip
    branches: dict[str, list[Member]] = {}
    for member in people:
        branches.setdefault(member.branch, []).append(member)
    ours = choose_cast(people).member.branch
    for branch in sorted(branches, key=lambda name: name != ours)[:GROUPS]:
        owner = next(member for member in branches[branch] if member.holds(Role.SECRETARY))
        others = [persons[member.member_id] for member in branches[branch] if member is not owner]
        group = box.group(_.plain("{branch} group", branch=branch), owner=persons[owner.member_id], members=others)
        for person in others:
            await person.reads(group)
    return persons


def account_of(member: Member) -> int:
    """The same Telegram account for the same person each time."""
    return FIRST_ACCOUNT + member.member_id


def _roles(_: Words, member: Member) -> str:
    return listed(_, (sorted(role_name(_, office.role) for office in member.offices))) or role_name(_, Role.MEMBER)
