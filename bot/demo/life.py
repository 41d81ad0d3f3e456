"""What the people of the demo do by themselves as the clock is moved: whatever waits for one of them, in its time."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Iterator, Mapping
from datetime import datetime, timedelta
from random import Random

from bot.demo.branches import Branches
from bot.demo.cast import LAZY, Cast
from bot.demo.extras import Extras
from bot.demo.group import Group
from bot.demo.patience import Patience, one_of
from bot.demo.phone import Phone
from bot.demo.voices import Voices
from bot.domain.forms import BranchQuarter, BranchState, Form, FormState
from bot.domain.objections import Objection, ObjectionState
from bot.domain.people import MemberStatus, Person, Role
from bot.domain.periods import Month, Quarter
from bot.domain.review import Body, Draw
from bot.domain.timetable import Timetable
from bot.storage.periods import OpenedQuarter
from bot.storage.store import Store
from bot.storage.tx import Tx
from sandbox.refusals import CannotError

OBJECTORS = 3
"""So many members object in a quarter, and one of the branch that is played."""
AT_ONCE = 8
"""So many members answer their forms at the same time."""
_EARLY, _LATEST = 0.4, 1.06
"""How many members hand in as soon as the forms open; and the last, in parts of the time: some never do."""
_RATES_EARLY, _BEFORE_THE_LAST_MORNING = 0.2, timedelta(hours=16)


class Life:
    """Everybody but those whom the visitor plays; for these, only what they left undone for too long."""

    def __init__(
        self, store: Store, timetable: Timetable, cast: Cast, people: list[Person], phones: Mapping[int, Phone],
        extras: Extras,
    ) -> None:  # fmt: skip
        self._store = store
        self._cast = cast
        self._home = cast.member.branch_id
        self._phones = phones
        self._extras = extras
        self._active = {one.member_id: one for one in people if one.status is MemberStatus.ACTIVE}
        self._patience = Patience(timetable, frozenset(lead.member_id for lead in cast.leads))
        self._branches, self._group, self._voices = Branches(store, phones), Group(phones), Voices(phones)

    async def act(self) -> None:
        """Do what is to be done by now; each sees what those before him did."""
        await self._hand_in()
        async with self._store.read() as tx:
            quarters = await tx.periods.unfinished_quarters()
        for opened in quarters:
            await self._form_group(opened)
            await self._rate(opened)
            await self._review(opened)
            await self._publish(opened)
            await self._object(opened)
        for phone in self._others():
            await phone.person.reads()

    def _others(self) -> Iterator[Phone]:
        return (phone for member_id, phone in self._phones.items() if member_id not in self._patience.played)

    # ── months ────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _hand_in(self) -> None:
        forms = iter(await self._forms_to_hand_in())

        async def one_after_the_other() -> None:
            for form in forms:
                await _undisturbed(self._extras.hand_in(form))

        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(one_after_the_other())

    async def _forms_to_hand_in(self) -> list[Form]:
        async with self._store.read() as tx:
            months = await tx.periods.unclosed_months()
            forms = list(await tx.forms.in_months([opened.month for opened in months]))
            forms += [await tx.forms.get(one.form_id) for one in await tx.waiting.returned_forms()]
            bound, now = await tx.people.bound(), tx.now
        waiting = {one.form_id: one for one in forms if one.exempt is None and one.takes_answers(now)}
        return [one for one in waiting.values() if one.member_id in bound and self._hands_in(one, now)]

    def _hands_in(self, form: Form, now: datetime) -> bool:
        if form.member_id in {lead.member_id for lead in self._cast.leads[:3]}:
            return False
        if form.member_id in {extra.member_id for extra in self._cast.extras}:
            return form.member_id not in {extra.member_id for extra in self._cast.extras[:LAZY]}
        latest = form.opens_at + _LATEST * (form.closes_at - form.opens_at)
        errand = f"{form.member_id} {form.month}"
        return form.state is FormState.RETURNED or self._patience.is_his_time(
            form.opens_at, latest, now, errand, early=_EARLY
        )

    # ── rating ────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _rate(self, opened: OpenedQuarter) -> None:
        async with self._store.read() as tx:
            stands, now = await _stands(tx, opened, BranchState.RATING), tx.now
            raters = {stand.branch_id: await tx.people.raters(stand.branch_id) for stand in stands}
        for stand in stands:
            if raters[stand.branch_id] and self._rates(opened, stand, now):
                secretary, *others = (rater.member_id for rater in raters[stand.branch_id])
                await _undisturbed(self._branches.rate(stand, secretary, others[0] if others else None))

    def _rates(self, opened: OpenedQuarter, stand: BranchQuarter, now: datetime) -> bool:
        if stand.branch_id == self._home:
            return self._patience.is_left_undone(stand.rating_due_at, now)
        begins_at = stand.rating_due_at - timedelta(days=1) if stand.was_sent_back else opened.opened_at
        latest = stand.rating_due_at - _BEFORE_THE_LAST_MORNING
        errand = f"{opened.quarter} {stand.branch_id} rating"
        return self._patience.is_his_time(begins_at, latest, now, errand, early=_RATES_EARLY)

    # ── the group ─────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _form_group(self, opened: OpenedQuarter) -> None:
        quarter, colleague = opened.quarter, self._colleague(opened.quarter)
        draw, body, now = await self._group_of(quarter)
        if draw is None or colleague is None:
            return
        if draw.drawn_at is None:
            if self._patience.is_left_undone(opened.opened_at, now):
                await _undisturbed(self._group.draw(colleague, quarter))
            return
        if body.tasks:
            return
        for seat in body.seats:
            if (
                seat.answered_at is None
                and seat.member_id not in self._patience.played
                and self._patience.has_slept_on(draw.drawn_at, now)
            ):
                await _undisturbed(self._group.answer_seat(seat.member_id, quarter))
        if self._patience.is_left_undone(draw.drawn_at, now):
            await _undisturbed(self._group.give_out(colleague, quarter))

    async def _group_of(self, quarter: Quarter) -> tuple[Draw | None, Body, datetime]:
        async with self._store.read() as tx:
            return await tx.reviews.newest_draw(quarter), await tx.reviews.body(quarter), tx.now

    def _colleague(self, quarter: Quarter) -> int | None:
        """Who of the committee does what the visitor leaves undone."""
        committee = {member_id for member_id, one in self._active.items() if one.holds(Role.COMMITTEE)}
        return one_of(committee - self._patience.played, str(quarter))

    async def _review(self, opened: OpenedQuarter) -> None:
        quarter = opened.quarter
        _, body, now = await self._group_of(quarter)
        async with self._store.read() as tx:
            stands = await _stands(tx, opened, BranchState.REVIEW)
            branches = {stand.branch_id for stand in await tx.periods.branch_quarters(quarter)}
            were_asked = {one.branch_id for one in stands if await tx.reviews.questions(one.branch_quarter_id)}
        asked = {one_of(branches - {self._home}, f"{quarter} is asked")} - were_asked
        for stand in stands:
            for member_id in body.deciders_on(stand.branch_id):
                if body.waits_for(member_id, stand.branch_id) and self._patience.may_act(
                    member_id, stand.closed_at or now, opened.review_due_at, now
                ):
                    asks = stand.branch_id in asked
                    await _undisturbed(self._group.review(member_id, quarter, stand.branch_id, asks=asks))

    async def _publish(self, opened: OpenedQuarter) -> None:
        async with self._store.read() as tx:
            stands, now = await _stands(tx, opened, BranchState.REVIEWED), tx.now
        colleague = self._colleague(opened.quarter)
        if colleague is not None and any(
            self._patience.is_left_undone(max(opened.publishes_at, stand.reviewed_at or now), now) for stand in stands
        ):
            await _undisturbed(self._group.publish(colleague, opened.quarter))

    # ── objections ────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _object(self, opened: OpenedQuarter) -> None:
        quarter = opened.quarter
        async with self._store.read() as tx:
            stands, now = await _stands(tx, opened, BranchState.PUBLIC), tx.now
            told = {one.member_id: one.branch_id for one in await tx.ratings.results_in(quarter)}
            filed = await tx.objections.in_quarter(quarter)
        for found in filed:
            await self._go_on(found, now)
        open_branches = {
            stand.branch_id
            for stand in stands
            if stand.takes_objections(now) and self._patience.has_slept_on(stand.published_at or now, now)
        }
        have_objected = {one.member_id for one in filed}
        for member_id in self._objectors(quarter) - have_objected:
            if told.get(member_id) in open_branches:
                claimed = await self._claimed(member_id, quarter.months[2])
                await _undisturbed(self._voices.objects(member_id, quarter, claimed))

    async def _claimed(self, member_id: int, month: Month) -> set[str]:
        async with self._store.read() as tx:
            form = await tx.forms.find(member_id, month)
        return {item for item, claims in json.loads(form.answers).items() if claims} if form is not None else set()

    def _objectors(self, quarter: Quarter) -> set[int]:
        ours = {extra.member_id for extra in self._cast.extras}
        ordinary = {member_id for member_id, one in self._active.items() if not one.offices}
        others = sorted(ordinary - ours - self._patience.played)
        chosen = set(Random(f"{quarter} objects").sample(others, min(OBJECTORS, len(others))))
        one = one_of(ours & ordinary, f"{quarter} objects")
        return chosen | ({one} if one is not None else set())

    async def _go_on(self, found: Objection, now: datetime) -> None:
        if found.state is ObjectionState.ANSWERED and found.member_id not in self._patience.played:
            await _undisturbed(self._voices.goes_on(found))
        answerer = found.answerer_id or self._colleague(found.quarter)
        if (
            found.state.waits_for_answer
            and answerer is not None
            and self._patience.may_act(answerer, found.filed_at, found.answer_due_at, now)
        ):
            await _undisturbed(self._voices.answers(answerer, found))


async def _stands(tx: Tx, opened: OpenedQuarter, state: BranchState) -> list[BranchQuarter]:
    return [stand for stand in await tx.periods.branch_quarters(opened.quarter) if stand.state is state]


async def _undisturbed(act: Awaitable[None]) -> None:
    """Whoever finds his chat otherwise than he thought, for the visitor was there, leaves it for the next time."""
    with contextlib.suppress(AssertionError, CannotError):
        await act
