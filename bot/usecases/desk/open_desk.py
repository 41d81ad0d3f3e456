"""The branch desk: a month's forms side by side, and one member's form for those who collect it."""

from __future__ import annotations

from bot.domain.forms import Form, FormState
from bot.domain.may import Deed, Subject, may
from bot.domain.people import Person
from bot.domain.periods import Month
from bot.domain.timetable import Timetable
from bot.errors import NotFoundError, StaleCardError
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.awaited import stop_waiting
from bot.usecases.desk.rolls import is_recordable
from bot.usecases.months.form_cards import card_of
from bot.usecases.rating.quarter_guard import require_form_open
from bot.usecases.rating.rating_cards import claims_of
from bot.usecases.visit import Visit, must
from bot.views.desk_facts import Desk, DeskRow, MemberForm
from bot.views.rating_facts import RatedMonth

NUDGED = "nudged"


class OpenDesk:
    """A month of the visitor's own branch; the newest opened one if none is named."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, month: str = "") -> Desk:
        """Who has handed in and who has not."""
        async with self._store.read() as tx:
            person = await visit.enter(tx)
            must(person, Deed.SEE_DESK, Subject(branch_id=person.branch_id))
            this_month = Month.of(self._timetable.day_of(tx.now))
            newest = await tx.periods.newest_month()
            which = parsed_month(month) or (newest.month if newest is not None else this_month)
            opened = await tx.periods.find_month(which)
            before, after = which.previous, which.next
            return Desk(
                branch=person.branch, month=which, rows=await _rows(tx, person, which),
                closes_at=opened.closes_at if opened else None,
                previous=before if await tx.periods.find_month(before) else None,
                following=after if after <= this_month or await tx.periods.find_month(after) else None,
                records=await is_recordable(tx, self._timetable, person.branch_id, which),
                nudged=await was_nudged(tx, self._timetable, person.branch_id, which),
                now=tx.now, zone=self._timetable.zone,
            )  # fmt: skip


async def _rows(tx: Tx, viewer: Person, month: Month) -> tuple[DeskRow, ...]:
    people = await tx.people.in_branch(viewer.branch_id)
    forms = {
        form.member_id: form
        for form in await tx.forms.in_months([month], member_ids=[person.member_id for person in people])
    }
    reachable = await tx.people.reachable()
    return tuple(
        DeskRow(person, forms.get(person.member_id), person.member_id in reachable,
                own=person.member_id == viewer.member_id)
        for person in people
    )  # fmt: skip


def parsed_month(month: str) -> Month | None:
    """The month that a button names; an impossible one does not exist."""
    try:
        return Month.parse(month) if month else None
    except ValueError as error:
        raise NotFoundError from error


async def was_nudged(tx: Tx, timetable: Timetable, branch_id: int, month: Month) -> bool:
    """Whether the branch was asked for this month's forms today."""
    subject = nudge_subject(timetable, tx, branch_id)
    return (NUDGED, str(month), subject) in await tx.dues.claimed([str(month)])


def nudge_subject(timetable: Timetable, tx: Tx, branch_id: int) -> str:
    """Under what a branch's asking of today is claimed."""
    return f"{branch_id}:{timetable.day_of(tx.now)}"


class OpenMemberForm:
    """One member's form, for those who lead his branch."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, form_id: int) -> MemberForm:
        """The form with what may be done about it now."""
        async with self._store.read() as tx:
            facts = await _member_form(tx, visit, form_id, self._timetable)
        await stop_waiting(self._store, visit)
        return facts


class AskReturn:
    """A form is about to be sent back: the next text is the reason."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, form_id: int, revision: int, awaiting: str, message_id: int) -> MemberForm:
        """The form as it was seen, or a StaleCardError."""
        async with self._store.write(visit.cause) as tx:
            facts = await _member_form(tx, visit, form_id, self._timetable)
            await require_form_open(tx, facts.card.form)
            if not facts.may_return or facts.card.form.revision != revision:
                raise StaleCardError
            await tx.accounts.await_text(visit.telegram_id, awaiting, message_id)
            return facts


async def _member_form(tx: Tx, visit: Visit, form_id: int, timetable: Timetable) -> MemberForm:
    person = await visit.enter(tx)
    card = await card_of(tx, person, await tx.forms.get(form_id), timetable.zone)
    subject = Subject.of(card.owner)
    must(person, Deed.SEE_DESK, subject)
    account = await tx.accounts.find_of(card.owner.member_id)
    reachable = account is not None and account.unreachable_since is None
    is_open = await _takes_changes(tx, card.form)
    return MemberForm(
        card=card, claims=tuple(claims_of(RatedMonth(card.form.month, card.form, card.rules, card.score))),
        reachable=reachable,
        may_return=is_open and card.form.state is FormState.SUBMITTED and may(person, Deed.RETURN_FORM, subject),
        may_enter=is_open and not reachable and card.takes_answers and may(person, Deed.ENTER_FOR_MEMBER, subject),
    )  # fmt: skip


async def _takes_changes(tx: Tx, form: Form) -> bool:
    """Whether the branch that rates the form's member, who may have moved since the month, has not closed yet."""
    rating = await tx.ratings.find(form.member_id, form.month.quarter)
    rated_in = rating.branch_id if rating else form.branch_id
    stand = await tx.periods.find_branch_quarter(rated_in, form.month.quarter)
    return stand is None or not stand.is_rated
