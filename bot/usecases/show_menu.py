"""The person's front page."""

from __future__ import annotations

from bot.domain.forms import BranchState, RatingState
from bot.domain.may import Deed, Subject, may
from bot.domain.people import Person, Role
from bot.domain.review import Body
from bot.domain.timetable import Timetable
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.objections.show_objections import waiting_for
from bot.usecases.visit import Visit
from bot.views.facts import Menu


class ShowMenu:
    """Gathers what waits for the person."""

    def __init__(self, store: Store, timetable: Timetable, organisation: str) -> None:
        self._store = store
        self._timetable = timetable
        self._organisation = organisation

    async def __call__(self, visit: Visit) -> Menu:
        """The front page of whoever visits."""
        async with self._store.read() as tx:
            person = await visit.enter(tx)
            newest = await tx.periods.newest_month()
            form = await tx.forms.find(person.member_id, newest.month) if newest else None
            own_branch = Subject(branch_id=person.branch_id)
            quarter = await tx.periods.newest_quarter()
            body = await tx.reviews.body(quarter.quarter) if quarter else None
            return Menu(
                person=person,
                organisation=self._organisation,
                form=form,
                now=tx.now,
                zone=self._timetable.zone,
                sees_desk=may(person, Deed.SEE_DESK, own_branch),
                sees_queue=may(person, Deed.SEE_QUEUE, own_branch),
                sees_overview=may(person, Deed.SEE_OVERVIEW, Subject()),
                waiting_ratings=await _waiting(tx, person),
                binds_group=may(person, Deed.BIND_GROUP, own_branch),
                imports_records=may(person, Deed.IMPORT_RECORDS, Subject()),
                forms_body=may(person, Deed.FORM_BODY, Subject()),
                reviews=body is not None and body.seat_for(person.member_id) is not None,
                waiting_reviews=await _to_review(tx, person, body),
                delegates=may(person, Deed.DELEGATE, Subject.of(person)) or person.offices != person.own_offices,
                publishes=may(person, Deed.PUBLISH, Subject()),
                answers_waiting=len(await waiting_for(tx, person, self._timetable.zone)),
                has_results=await tx.ratings.newest_result_quarter() is not None,
            )


async def _to_review(tx: Tx, person: Person, body: Body | None) -> int:
    """How many branches wait for this person's word."""
    if body is None or body.seat_for(person.member_id) is None:
        return 0
    return sum(
        stand.state is BranchState.REVIEW and body.waits_for(person.member_id, stand.branch_id)
        for stand in await tx.periods.branch_quarters(body.quarter)
    )


async def _waiting(tx: Tx, person: Person) -> int:
    if not (person.holds(Role.SECRETARY) or person.holds(Role.COMMISSIONER)):
        return 0
    quarter = await tx.periods.quarter_being_rated(person.branch_id)
    if quarter is None:
        return 0
    raters = await tx.people.raters(person.branch_id)
    pending = [
        rating.member_id
        for rating in await tx.ratings.in_branch(person.branch_id, quarter)
        if rating.state is RatingState.PENDING
        and may(person, Deed.RATE, Subject(person.branch_id, rating.member_id, raters))
    ]
    forms = await tx.forms.in_months(quarter.months, member_ids=pending) if pending else []
    return len({form.member_id for form in forms if form.exempt is None})
