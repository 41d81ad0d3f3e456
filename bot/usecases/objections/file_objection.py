"""我有异议: within publicity a member says what he does not agree with; what he was shown is kept beside it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.forms import BranchQuarter, QuarterResult
from bot.domain.may import Deed, Subject
from bot.domain.objections import OBJECTION_LIMIT, Objection, ObjectionState, answerer_of
from bot.domain.people import Person
from bot.domain.periods import Month, Quarter
from bot.domain.texts import clean_text
from bot.domain.timetable import ANSWER_DUE_WORKING_DAYS, Timetable
from bot.errors import (
    AlreadyObjectedError,
    NotFoundError,
    ObjectionTooLateError,
    TextExpectedError,
    TextTooLongError,
)
from bot.outbox.letters import Letter, ObjectionFiled
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.awaited import stop_waiting
from bot.usecases.objections.objection_cards import (
    answerers,
    bench_of,
    frozen_copy,
    involved_in,
    objection_card,
    scored_months,
)
from bot.usecases.publicity.personal_quarters import points_of
from bot.usecases.visit import Visit, must
from bot.views.objection_facts import Objecting, ObjectionCard, ScoredMonth


class OpenObjecting:
    """What the visitor may object to in a quarter that is public."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._zone = timetable.zone

    async def __call__(self, visit: Visit, quarter: Quarter, month: int = 0) -> Objecting:
        """The page with the items of this month (1 to 12; 0 is the last), or an ObjectionTooLateError."""
        async with self._store.read() as tx:
            person = await visit.enter(tx)
            facts = await self._facts(tx, person, quarter, month)
        await stop_waiting(self._store, visit)
        return facts

    async def awaiting(
        self, visit: Visit, quarter: Quarter, month: int, item: str, action: str, message_id: int
    ) -> Objecting:
        """The same, and the next text is the objection."""
        async with self._store.write(visit.cause) as tx:
            person = await visit.enter(tx)
            facts = await self._facts(tx, person, quarter, month)
            await require_new(tx, person.member_id, quarter, *subject_of(facts.months, month, item))
            await tx.accounts.await_text(visit.telegram_id, action, message_id)
            return facts

    async def _facts(self, tx: Tx, person: Person, quarter: Quarter, month: int) -> Objecting:
        must(person, Deed.OBJECT, Subject.of(person))
        result, stand = await require_public(tx, person, quarter)
        months = await scored_months(tx, person.member_id, quarter)
        chosen = next((one for one in months if one.month.number == month), months[-1] if months else None)
        objected = {
            (one.month, one.item)
            for one in await tx.objections.of_member(person.member_id)
            if one.quarter == quarter and one.state is not ObjectionState.WITHDRAWN
        }
        return Objecting(
            quarter, months, chosen, points_of(result.centi), result.rank, result.ranked_of, frozenset(objected),
            stand.publicity_ends_at or tx.now, self._zone,
        )  # fmt: skip


class FileObjection:
    """Files the objection and gives it to somebody who did not decide what it is about."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, quarter: Quarter, month: int, item: str, text: str) -> ObjectionCard:
        """File it if publicity is not over; month 0 and no item mean the quarter as a whole."""
        text = written(text, OBJECTION_LIMIT)
        async with self._store.write(visit.cause) as tx:
            person = await visit.enter(tx)
            must(person, Deed.OBJECT, Subject.of(person))
            result, stand = await require_public(tx, person, quarter)
            # The branch is taken first: it cannot become final, and no second one comes between.
            stand = await tx.periods.lock_branch_quarter(stand.branch_id, quarter)
            if not stand.takes_objections(tx.now):
                raise ObjectionTooLateError(stand.publicity_ends_at)
            about = subject_of(await scored_months(tx, person.member_id, quarter), month, item)
            await require_new(tx, person.member_id, quarter, *about)
            found = await self._file(tx, person, result, stand, about, text)
            await tx.accounts.await_text(visit.telegram_id, None)
            await tx.ledger.append(
                "objection_filed", period=str(quarter), subject=person.member_id, actor=person.member_id,
                free_text=text, objection=found.objection_id, month=str(found.month) if found.month else None,
                item=found.item, branch=found.branch_id, answerer=found.answerer_id,
            )  # fmt: skip
            await give(tx, self._timetable, found)
            return await objection_card(tx, person, found, self._timetable.zone)

    async def _file(
        self, tx: Tx, person: Person, result: QuarterResult, stand: BranchQuarter,
        about: tuple[Month | None, str | None], text: str,
    ) -> Objection:  # fmt: skip
        involved = await involved_in(tx, stand, person.member_id, *about)
        bench = await bench_of(tx, stand.quarter, stand.branch_id)
        filed = Objection(
            0, person.member_id, stand.branch_id, stand.quarter, *about, text,
            await frozen_copy(tx, result, stand), ObjectionState.OPEN, 0, tx.now,
            answerer_of(person.member_id, involved, bench),
            self._timetable.answer_due_at(tx.now, await answer_days(tx, stand.quarter)),
        )  # fmt: skip
        return await tx.objections.get(await tx.objections.file(filed))


def written(text: str, limit: int) -> str:
    """The text as it is kept; an empty one is a TextExpectedError."""
    text = clean_text(text)
    if not text:
        raise TextExpectedError
    if len(text) > limit:
        raise TextTooLongError(limit)
    return text


async def require_public(tx: Tx, person: Person, quarter: Quarter) -> tuple[QuarterResult, BranchQuarter]:
    """The person's result and his branch's quarter while it is public, else an ObjectionTooLateError."""
    result = await tx.ratings.find_result(person.member_id, quarter)
    if result is None:
        raise ObjectionTooLateError(None)
    stand = await tx.periods.get_branch_quarter(result.branch_id, quarter)
    if not stand.takes_objections(tx.now):
        raise ObjectionTooLateError(stand.publicity_ends_at)
    return result, stand


async def require_new(tx: Tx, member_id: int, quarter: Quarter, month: Month | None, item: str | None) -> None:
    """Raise AlreadyObjectedError if the member objected to the very same before and did not withdraw it."""
    for one in await tx.objections.of_member(member_id):
        same = (one.quarter, one.month, one.item) == (quarter, month, item)
        if same and one.state is not ObjectionState.WITHDRAWN:
            raise AlreadyObjectedError(one.filed_at, one.state.value)


async def answer_days(tx: Tx, quarter: Quarter) -> int:
    """How many working days an answer may take, by the quarter's rules."""
    ruleset_id = (await tx.periods.get_quarter(quarter)).ruleset_id
    return (await tx.periods.rules(ruleset_id)).policies.answer_days or ANSWER_DUE_WORKING_DAYS


async def give(tx: Tx, timetable: Timetable, found: Objection) -> None:
    """Tell whoever has to answer."""
    letters: list[tuple[str, Letter, int | None, int | None]] = [
        (
            f"objection:{found.objection_id}:{found.level}:{who}",
            ObjectionFiled(found.objection_id, found.level),
            who,
            None,
        )
        for who in await answerers(tx, found)
    ]
    await tx.letters.write_many(letters, due_at=timetable.polite(tx.now))


def subject_of(months: Sequence[ScoredMonth], month: int, item: str) -> tuple[Month | None, str | None]:
    """The month and item that a button names; a NotFoundError for what is not there."""
    if not month and not item:
        return None, None
    found = next((one for one in months if one.month.number == month and one.rules.has_item(item)), None)
    if found is None:
        raise NotFoundError
    return found.month, item
