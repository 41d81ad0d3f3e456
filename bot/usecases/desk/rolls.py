"""What the rolls' use cases share: which months are recorded, by which rules, and what is recorded already."""

from __future__ import annotations

from bot.domain.forms import BranchState
from bot.domain.may import Deed, Subject, may
from bot.domain.people import Person
from bot.domain.periods import Month
from bot.domain.timetable import Timetable
from bot.errors import NotFoundError, PeriodNotOpenError
from bot.scoring.facts import Source, facts_from_json
from bot.scoring.items import Item
from bot.scoring.ruleset import default_ruleset
from bot.scoring.table import RuleSet
from bot.storage.tx import Tx
from bot.usecases.rating.quarter_guard import require_quarter_open
from bot.usecases.visit import must
from bot.views.desk_facts import RollPage, RollRow

RECORDED = (Source.ROLL, Source.DUES, Source.PLATFORM)


async def is_recordable(tx: Tx, timetable: Timetable, branch_id: int, month: Month) -> bool:
    """Whether facts are taken for this month: the running one, or an opened one until its quarter is closed."""
    running = Month.of(timetable.day_of(tx.now))
    if month != running and (month > running or await tx.periods.find_month(month) is None):
        return False
    stand = await tx.periods.find_branch_quarter(branch_id, month.quarter)
    return stand is None or stand.state is BranchState.RATING


async def require_recordable(tx: Tx, timetable: Timetable, branch_id: int, month: Month) -> bool:
    """Raise what forbids recording; True while the month's quarter is being rated (it is held then)."""
    rated = await require_quarter_open(tx, branch_id, month.quarter)
    if not await is_recordable(tx, timetable, branch_id, month):
        raise PeriodNotOpenError(str(month))
    return rated


async def rules_of(tx: Tx, month: Month) -> RuleSet:
    """The month's rules; before it opens those in force, or the default table that an organisation begins with."""
    opened = await tx.periods.find_month(month)
    if opened is not None:
        return await tx.periods.rules(opened.ruleset_id)
    if not await tx.periods.has_ruleset():
        return default_ruleset()
    return await tx.periods.rules(await tx.periods.ruleset_in_force(month.first_day))


def recorded_items(rules: RuleSet) -> tuple[Item, ...]:
    """The items whose facts come from a roll, the dues or a platform, in table order."""
    return tuple(item for item in rules.items if item.source in RECORDED)


async def roll_page(tx: Tx, recorder: Person, month: Month, item_id: str) -> RollPage:
    """One item's roll of the recorder's branch, without himself; NotFoundError for an item that is not recorded."""
    must(recorder, Deed.RECORD_FACTS, Subject(branch_id=recorder.branch_id))
    item = next((one for one in recorded_items(await rules_of(tx, month)) if one.id == item_id), None)
    if item is None:
        raise NotFoundError
    people = await recorded_people(tx, recorder)
    ids = [person.member_id for person in people]
    known = {
        record.member_id: facts_from_json(record.facts).get(item_id, ())
        for record in await tx.forms.records(month, member_ids=ids)
        if record.item == item_id
    }
    exempt = await tx.forms.exempt_in(month, ids)
    rows = [
        RollRow(person, known.get(person.member_id), person.status.counts and person.member_id not in exempt)
        for person in people
    ]
    return RollPage(recorder.branch, month, item, tuple(rows))


async def recorded_people(tx: Tx, recorder: Person) -> list[Person]:
    """Everybody of the branch whose facts this person may record: all but himself."""
    return [
        person
        for person in await tx.people.in_branch(recorder.branch_id)
        if may(recorder, Deed.RECORD_FACTS, Subject.of(person))
    ]
