"""Giving an office into another's hands for some days: whom, from when to when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta

from bot.domain.delegation import BRANCH_ROLES, LONGEST_DAYS, may_be_delegated, office_code, office_of, unfit
from bot.domain.may import Deed, Subject, may
from bot.domain.people import Office, Person, told_apart
from bot.domain.timetable import Timetable
from bot.errors import (
    AlreadyDelegatedError,
    DayOutOfRangeError,
    DelegateUnfitError,
    ForbiddenError,
    NotFoundError,
    OfficeNotHeldError,
)
from bot.outbox.addressed import Addressed
from bot.outbox.letters import DelegationGiven, MenuChanged
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.awaited import stop_waiting
from bot.usecases.people.delegation_cards import card_of, delegation_page
from bot.usecases.visit import Visit, must
from bot.views.delegation_facts import DelegationCard, DelegationDraft, DelegationPage, StandInChoice

_DAY = timedelta(days=1)


class OpenDelegations:
    """The visitor's page; everybody may look, for anybody may have been given something."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit) -> DelegationPage:
        """What he gave and what was given to him."""
        async with self._store.read() as tx:
            page = await delegation_page(tx, await visit.enter(tx), self._timetable)
        await stop_waiting(self._store, visit)
        return page


class ChooseStandIn:
    """Whom the visitor could give his office to, and the days of it."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, office: str, action: str, message_id: int) -> StandInChoice:
        """The own branch's members for a branch's office; for others the next text (this packed action) is a name."""
        async with self._store.write(visit.cause) as tx:
            person, held = await self._enter(tx, visit, office)
            is_branch = held.role in BRANCH_ROLES
            await tx.accounts.await_text(visit.telegram_id, None if is_branch else action, message_id)
            found = await tx.people.in_branch(person.branch_id) if is_branch else []
            return StandInChoice(held, await _fit(tx, person, held, found), is_branch)

    async def search(self, visit: Visit, office: str, text: str) -> StandInChoice:
        """Those whose name or staff number holds this text."""
        wanted = text.strip()
        async with self._store.read() as tx:
            person, held = await self._enter(tx, visit, office)
            everybody = [one for one in await tx.people.all() if wanted and wanted in (one.name, one.staff_no)] or [
                one for one in await tx.people.all() if wanted and wanted in one.name
            ]
            fitting = await _fit(tx, person, held, told_apart(everybody))
            if len(everybody) == 1 and not fitting:
                await require_fit(tx, person, held, everybody[0])
            return StandInChoice(held, fitting, held.role in BRANCH_ROLES, wanted)

    async def awaiting(
        self, visit: Visit, office: str, member_id: int, action: str, message_id: int = 0, *, first: date | None = None
    ) -> DelegationDraft:
        """The draft so far, and the next text completes this packed action; what cannot be is refused first."""
        async with self._store.write(visit.cause) as tx:
            person, held = await self._enter(tx, visit, office)
            draft = await self._draft(tx, person, held, member_id, first)
            await tx.accounts.await_text(visit.telegram_id, action, message_id or visit.account.awaiting_message_id)
            return draft

    async def checked(self, visit: Visit, office: str, member_id: int, first: date, last: date) -> DelegationDraft:
        """The whole once more, before the last tap."""
        async with self._store.read() as tx:
            person, held = await self._enter(tx, visit, office)
            draft = await self._draft(tx, person, held, member_id, first, last)
            await require_free(tx, self._timetable, person, held, first, last)
        await stop_waiting(self._store, visit)
        return draft

    async def _enter(self, tx: Tx, visit: Visit, office: str) -> tuple[Person, Office]:
        person = await visit.enter(tx)
        must(person, Deed.DELEGATE, Subject.of(person))
        held = office_of(office)
        if held is None:
            raise NotFoundError
        if held not in person.own_offices:
            raise ForbiddenError
        return person, held

    async def _draft(
        self, tx: Tx, person: Person, held: Office, member_id: int, first: date | None, last: date | None = None
    ) -> DelegationDraft:
        delegate = await tx.people.get(member_id)
        await require_fit(tx, person, held, delegate)
        today = self._timetable.day_of(tx.now)
        if first is not None:
            require_days(today, first, last)
        return DelegationDraft(person, held, delegate, today, first, last)


class DelegateOffice:
    """Gives the office away for these days."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, office: str, member_id: int, first: date, last: date) -> DelegationPage:
        """From the first day to the last, both inclusive; the delegate is told."""
        async with self._store.write(visit.cause) as tx:
            person = await visit.enter(tx)
            must(person, Deed.DELEGATE, Subject.of(person))
            held = office_of(office)
            if held is None or held not in person.own_offices:
                raise ForbiddenError
            await self._give(tx, person, held, await tx.people.get(member_id), first, last, person.member_id)
            return await delegation_page(tx, person, self._timetable)

    async def by_admin(
        self, staff_no: str, to_staff_no: str, office: str, first: date | None, last: date
    ) -> DelegationCard:
        """The same by who runs the bot, for somebody who cannot do it himself; today if no first day is named."""
        async with self._store.write() as tx:
            principal, delegate = [await _of_number(tx, number) for number in (staff_no, to_staff_no)]
            held = own_office(principal, office)
            first = first or self._timetable.day_of(tx.now)
            delegation_id = await self._give(tx, principal, held, delegate, first, last, None)
            return await card_of(tx, await tx.delegations.get(delegation_id), self._timetable)

    async def _give(
        self, tx: Tx, principal: Person, held: Office, delegate: Person, first: date, last: date, by: int | None
    ) -> int:
        # The principal is taken first, so that he does not give the same days away twice at once.
        await tx.delegations.hold(principal.member_id)
        await require_fit(tx, principal, held, delegate)
        require_days(self._timetable.day_of(tx.now), first, last)
        await require_free(tx, self._timetable, principal, held, first, last)
        starts_at = max(self._timetable.at(first, time.min), tx.now)
        ends_at = self._timetable.at(last + _DAY, time.min)
        added = await tx.delegations.add(principal.member_id, delegate.member_id, held, starts_at, ends_at, by)
        told = [delegate.member_id, *([principal.member_id] if by is None else [])]
        await tx.letters.write_many(
            [Addressed(f"delegation_given:{added}:{who}", DelegationGiven(added), who) for who in told],
            due_at=self._timetable.polite(tx.now),
        )
        for at in (starts_at, ends_at):
            key = f"menu:{delegate.member_id}:{added}:{at.isoformat()}"
            await tx.letters.write(key, MenuChanged(), to_member=delegate.member_id, due_at=at)
        await tx.ledger.append(
            "delegation_given", subject=principal.member_id, actor=by, to=delegate.member_id, role=held.role,
            department=held.department, first_on=first.isoformat(), last_on=last.isoformat(),
        )  # fmt: skip
        return added


def own_office(person: Person, office: str) -> Office:
    """The person's own office of this name; without a name his only one. OfficeNotHeldError if there is none."""
    mine = sorted((one for one in person.own_offices if may_be_delegated(one)), key=office_code)
    wanted = mine if not office and len(mine) == 1 else [one for one in mine if one == office_of(office)]
    if not wanted or not may(person, Deed.DELEGATE, Subject.of(person)):
        raise OfficeNotHeldError(person.name)
    return wanted[0]


async def require_fit(tx: Tx, principal: Person, office: Office, delegate: Person) -> None:
    """Raise DelegateUnfitError unless this person can hold the office for the other."""
    bound = await tx.accounts.find_of(delegate.member_id) is not None
    reason = unfit(principal, office, delegate, bound=bound)
    if reason is not None:
        raise DelegateUnfitError(delegate.name, reason.value)


def require_days(today: date, first: date, last: date | None) -> None:
    """From today on, and for no longer than half a year."""
    if not today <= first <= today + LONGEST_DAYS * _DAY:
        raise DayOutOfRangeError(today, today + LONGEST_DAYS * _DAY)
    if last is not None and not first <= last < first + LONGEST_DAYS * _DAY:
        raise DayOutOfRangeError(first, first + (LONGEST_DAYS - 1) * _DAY)


async def require_free(
    tx: Tx, timetable: Timetable, principal: Person, office: Office, first: date, last: date
) -> None:
    """Raise AlreadyDelegatedError if somebody else holds the office on one of these days."""
    starts_at, ends_at = timetable.at(first, time.min), timetable.at(last + _DAY, time.min)
    for one in await tx.delegations.unended(principal.member_id):
        is_his = one.principal_id == principal.member_id and one.office == office
        if is_his and one.overlaps(max(starts_at, tx.now), ends_at):
            name = (await tx.people.get(one.delegate_id)).name
            raise AlreadyDelegatedError(name, timetable.day_of(one.ends_at - timedelta(microseconds=1)))


async def _fit(tx: Tx, principal: Person, office: Office, found: Sequence[Person]) -> tuple[Person, ...]:
    bound = await tx.people.bound()
    return tuple(one for one in found if unfit(principal, office, one, bound=one.member_id in bound) is None)


async def _of_number(tx: Tx, staff_no: str) -> Person:
    person = await tx.people.find_by_staff_no(staff_no)
    if person is None:
        raise NotFoundError
    return person
