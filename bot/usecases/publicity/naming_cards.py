"""What the use cases of naming share: who may be named by whom, the card, and taking names down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.domain.forms import BranchQuarter, BranchState
from bot.domain.may import Deed, Subject, may
from bot.domain.naming import Naming
from bot.domain.people import Person, told_apart
from bot.domain.periods import Quarter
from bot.domain.switches import BlackList
from bot.domain.timetable import Timetable
from bot.errors import NamingOffError, NamingTooEarlyError, NotFoundError
from bot.outbox.letters import NamesTakenDown
from bot.scoring.ranks import under_line
from bot.storage.letters import LEASE
from bot.storage.tx import Tx
from bot.usecases.publicity.boards import ranked
from bot.usecases.publicity.personal_quarters import points_of
from bot.usecases.rating.show_queue import parsed
from bot.usecases.visit import Visit, must
from bot.views.naming_facts import Nameable, NamingCard

_MOMENT = timedelta(seconds=1)


async def may_name(tx: Tx, person: Person, stand: BranchQuarter) -> bool:
    """Whether this person may record that the branch names somebody: the switch allows it and the points are final."""
    if not may(person, Deed.NAME_MEMBERS, Subject(branch_id=stand.branch_id)):
        return False
    switches = await tx.settings.switches()
    return switches.black_list is BlackList.BY_DECISION and stand.state is BranchState.FINAL


async def naming_card(tx: Tx, visit: Visit, timetable: Timetable, quarter: str, branch_id: int) -> NamingCard:
    """The branch's members under the line, for its secretary; raises what forbids naming."""
    person = await visit.enter(tx)
    must(person, Deed.NAME_MEMBERS, Subject(branch_id=branch_id))
    which = parsed(quarter)
    if which is None:
        raise NotFoundError
    stand = await tx.periods.get_branch_quarter(branch_id, which)
    if stand.state is not BranchState.FINAL:
        raise NamingTooEarlyError
    card = await _card(tx, timetable, stand)
    if not card.named:
        await require_naming_on(tx)
    return card


async def require_naming_on(tx: Tx) -> None:
    """Raise NamingOffError unless the organisation lets branches name somebody."""
    if (await tx.settings.switches()).black_list is not BlackList.BY_DECISION:
        raise NamingOffError


async def _card(tx: Tx, timetable: Timetable, stand: BranchQuarter) -> NamingCard:
    branch = await tx.people.get_branch(stand.branch_id)
    results = await tx.ratings.results_in(stand.quarter, branch_id=stand.branch_id)
    rules = await tx.periods.rules((await tx.periods.get_quarter(stand.quarter)).ruleset_id)
    below = sorted(under_line(rules, ranked(results)))
    people = {person.member_id: person for person in told_apart(await tx.people.of(below))}
    points = {one.member_id: points_of(one.centi) for one in results}
    named = {one.member_id: one for one in await tx.namings.of_branch(stand.quarter, stand.branch_id)}
    return NamingCard(
        branch=branch.name,
        branch_id=branch.branch_id,
        quarter=stand.quarter,
        members=tuple(Nameable(who, people[who].name, points[who], named.get(who)) for who in below if who in people),
        entitled=len(results),
        has_group=branch.group_chat_id is not None,
        line=rules.policies.line,
        today=timetable.day_of(tx.now),
        zone=timetable.zone,
    )


def names_key(quarter: Quarter, branch_id: int, naming: Naming) -> str:
    """The key of the letter by which the group reads this decision's names."""
    return f"names:{quarter}:{branch_id}:{naming.decided_at.isoformat()}"


async def take_down(tx: Tx, namings: Sequence[Naming], actor: int | None) -> int:
    """End these namings at once: what the group reads is edited; returns how many still ran."""
    ended = 0
    for one in namings:
        if not await tx.namings.end([one.naming_id], tx.now):
            continue
        ended += 1
        await tx.ledger.append(
            "member_unnamed", period=str(one.quarter), subject=one.member_id, actor=actor, branch=one.branch_id
        )
        key = names_key(one.quarter, one.branch_id, one)
        # A message that is just being sent can only be edited when it is known as which.
        due_at = tx.now + LEASE + _MOMENT if await tx.letters.is_under_way(key) else tx.now
        letter = NamesTakenDown(one.branch_id, str(one.quarter), one.decided_at.isoformat())
        await tx.letters.write(f"{key}:down:{one.naming_id}", letter, to_branch=one.branch_id, due_at=due_at)
    return ended
