"""What the use cases of delegations share: one of them with its names, and a person's page."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.delegation import DECIDED_IN, Delegation, may_be_delegated, office_code
from bot.domain.may import Deed, Subject, may
from bot.domain.people import Person, Role
from bot.domain.timetable import Timetable
from bot.storage.tx import Tx
from bot.views.delegation_facts import DelegationCard, DelegationPage

RATED_BY, CLOSED_BY = DECIDED_IN["rating_approved"], DECIDED_IN["quarter_closed"]
_MOMENT = timedelta(microseconds=1)


async def card_of(tx: Tx, found: Delegation, timetable: Timetable) -> DelegationCard:
    """One delegation with both names."""
    names = await tx.people.names([found.principal_id, found.delegate_id])
    return DelegationCard(
        found, names[found.principal_id], names[found.delegate_id], timetable.day_of(found.starts_at),
        timetable.day_of(found.ends_at - _MOMENT), found.holds(tx.now),
    )  # fmt: skip


async def delegation_page(tx: Tx, person: Person, timetable: Timetable) -> DelegationPage:
    """What the person may give, what he gave and what was given to him."""
    cards = [await card_of(tx, one, timetable) for one in await tx.delegations.unended(person.member_id)]
    allowed = may(person, Deed.DELEGATE, Subject.of(person))
    own = [one for one in person.own_offices if allowed and may_be_delegated(one)]
    return DelegationPage(
        person=person,
        offices=tuple(sorted(own, key=office_code)),
        given=tuple(card for card in cards if card.delegation.principal_id == person.member_id),
        received=tuple(card for card in cards if card.delegation.delegate_id == person.member_id),
    )


async def speak_with_one_voice(tx: Tx, first_id: int | None, first_at: datetime | None, second_id: int) -> bool:
    """Whether two agreements are one: the same person's, or of one of the committee and who stands in for him."""
    if first_id is None or first_id == second_id:
        return first_id is not None
    pair = {first_id, second_id}
    return any(
        {one.principal_id, one.delegate_id} == pair
        and one.office.role is Role.COMMITTEE
        and (one.holds(tx.now) or (first_at is not None and one.holds(first_at)))
        for one in await tx.delegations.covering(pair)
    )


async def on_behalf_of(tx: Tx, member_id: int | None, at: datetime | None, *roles: Role) -> str:
    """The name of whose office (the first of these roles that he held) the person decided in then; "" for his own."""
    if member_id is None or at is None:
        return ""
    held = [one for one in await tx.delegations.covering([member_id]) if one.holds(at)]
    if not held:
        return ""
    person = await tx.people.get(member_id)
    for role in roles:
        if any(office.role is role for office in person.own_offices):
            return ""
        found = next((one for one in held if one.office.role is role), None)
        if found is not None:
            return (await tx.people.get(found.principal_id)).name
    return ""
