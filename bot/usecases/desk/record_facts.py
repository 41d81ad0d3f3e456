"""Recording what roll, dues or a platform say of a member's month, before his form opens or after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.forms import Form, RatingState
from bot.domain.may import Deed, Subject
from bot.domain.people import Person
from bot.domain.periods import Month
from bot.domain.timetable import Timetable
from bot.errors import NotFoundError, StaleCardError
from bot.scoring.asking import choices
from bot.scoring.facts import Fact, facts_from_json, facts_to_json
from bot.scoring.items import Item
from bot.scoring.points import hundredths
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.desk.open_desk import parsed_month
from bot.usecases.desk.rolls import recorded_items, recorded_people, require_recordable, roll_page, rules_of
from bot.usecases.months.answer_item import Count, Grade, Nothing
from bot.usecases.months.form_cards import score_form
from bot.usecases.rating.rate_member import change, too_late
from bot.usecases.visit import Visit, must
from bot.views.desk_facts import RollBook, RollPage


class OpenRoll:
    """What is recorded for a month, item by item."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, month: str) -> RollBook:
        """The items with how many members have a record; PeriodClosedError once the quarter is closed."""
        which = _month(month)
        async with self._store.read() as tx:
            person = await visit.enter(tx)
            must(person, Deed.RECORD_FACTS, Subject(branch_id=person.branch_id))
            await require_recordable(tx, self._timetable, person.branch_id, which)
            people = [one for one in await recorded_people(tx, person) if one.status.counts]
            records = await tx.forms.records(which, member_ids=[one.member_id for one in people])
            items = recorded_items(await rules_of(tx, which))
            counted = tuple((item, sum(record.item == item.id for record in records)) for item in items)
            return RollBook(person.branch, which, counted, len(people))


class OpenRollItem:
    """One item's roll."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, month: str, item_id: str) -> RollPage:
        """All members of the branch but the visitor with what is recorded of them."""
        which = _month(month)
        async with self._store.read() as tx:
            person = await visit.enter(tx)
            await require_recordable(tx, self._timetable, person.branch_id, which)
            return await roll_page(tx, person, which, item_id)


class RecordFacts:
    """Records one tap on one member."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(
        self, visit: Visit, month: str, item_id: str, member_id: int, said: Grade | Count | Nothing
    ) -> RollPage:
        """Replace what was recorded; absolute, so that the same tap twice is one record."""
        which = _month(month)
        async with self._store.write(visit.cause) as tx:
            person = await visit.enter(tx)
            owner = await tx.people.get(member_id)
            must(person, Deed.RECORD_FACTS, Subject.of(owner))
            rated = await require_recordable(tx, self._timetable, person.branch_id, which)
            page = await roll_page(tx, person, which, item_id)
            row = page.row(member_id)
            try:
                facts = said.facts(page.item, row.facts or () if row is not None else ())
            except KeyError as error:
                raise NotFoundError from error
            return await _record(tx, person, [owner], page, facts, rated=rated)


class RecordAllPresent:
    """Everybody who counts and has no record of this item yet had nothing amiss."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, month: str, item_id: str) -> tuple[int, RollPage]:
        """How many were recorded, and the roll after it; those whom the branch has rated already are left alone."""
        which = _month(month)
        async with self._store.write(visit.cause) as tx:
            person = await visit.enter(tx)
            rated = await require_recordable(tx, self._timetable, person.branch_id, which)
            page = await roll_page(tx, person, which, item_id)
            if choices(page.item):
                raise NotFoundError
            owners = [
                row.person
                for row in page.unrecorded
                if not (rated and await _approved(tx, row.person, which))
            ]  # fmt: skip
            return len(owners), await _record(tx, person, owners, page, (), rated=rated)


async def _record(
    tx: Tx, recorder: Person, owners: Sequence[Person], page: RollPage, facts: tuple[Fact, ...], *, rated: bool
) -> RollPage:
    """Record the same of these members, with the ledger's entries; returns the roll after it."""
    month, item, ids = page.month, page.item, [owner.member_id for owner in owners]
    if rated:
        for owner in owners:
            await _before_record(tx, owner, month)
    facts = tuple(replace(fact, source=item.source) for fact in facts)
    document = facts_to_json({item.id: facts})
    await tx.forms.put_records(ids, month, item.id, document, recorder.member_id, tx.now)
    totals = {
        form.member_id: await _answer(tx, form, item, facts)
        for form in await tx.forms.in_months([month], member_ids=ids)
    }  # fmt: skip
    # Last: the ledger is held from here on, and a member who hands in holds his form while he waits for it.
    await tx.ledger.append_many([
        {
            "kind": "facts_recorded", "period": str(month), "subject": member_id, "actor": recorder.member_id,
            "item": item.id, "facts": document, "total_centi": totals.get(member_id),
        }
        for member_id in ids
    ])  # fmt: skip
    return page.recorded(ids, facts)


async def _answer(tx: Tx, form: Form, item: Item, facts: tuple[Fact, ...]) -> int:
    """Write what was recorded into the month's form; returns its new total."""
    answers = {**facts_from_json(form.answers), item.id: facts}
    total = hundredths(score_form(await tx.periods.rules(form.ruleset_id), form, answers).total)
    if not await tx.forms.change(form, answers=facts_to_json(answers), total_centi=total):
        raise StaleCardError
    return total


async def _approved(tx: Tx, owner: Person, month: Month) -> bool:
    rating = await tx.ratings.find(owner.member_id, month.quarter)
    return rating is not None and rating.state is RatingState.APPROVED


async def _before_record(tx: Tx, owner: Person, month: Month) -> None:
    """A member whom the branch has approved keeps his facts; cards drawn before this record are out of date."""
    rating = await tx.ratings.find(owner.member_id, month.quarter)
    if rating is None:
        return
    if rating.state is RatingState.APPROVED:
        await too_late(tx, rating)
    await change(tx, rating)


def _month(month: str) -> Month:
    which = parsed_month(month)
    if which is None:
        raise NotFoundError
    return which
