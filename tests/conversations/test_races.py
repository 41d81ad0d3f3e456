"""Two taps at once, on SQLite and on PostgreSQL: exactly one decides, the other is told truly, nothing is lost."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Coroutine
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.clock import Clock
from bot.config import Settings
from bot.core import Core, open_core
from bot.domain.accounts import Language
from bot.domain.forms import Form, FormState, Meeting, MeetingKind, Rating, RatingState
from bot.domain.periods import Month, Quarter
from bot.errors import AlreadyDecidedError, PeriodClosedError, ReplayedUpdateError, StaleCardError, XianfengError
from bot.sheets.roster import Roster
from bot.usecases.months.answer_item import Count
from bot.usecases.rating.adjust_rating import Giving
from bot.usecases.visit import Cause, Visit
from sandbox import SimClock
from tests.conversations.conftest import PEOPLE, at, roster_row

OCTOBER, Q4 = Month(2026, 10), Quarter(2026, 4)
ROUNDS = 8


@dataclass
class House:
    """The organisation without Telegram: everybody bound, October handed in, the quarter being rated."""

    core: Core
    ids: dict[str, int]
    causes: Any = field(default_factory=lambda: itertools.count(1))

    def visit(self, name: str) -> Visit:
        """A new update of this person."""
        return Visit(self.ids[name], Cause(f"u{next(self.causes)}"))

    async def rating(self, name: str) -> Rating:
        """The member's rating as it is now."""
        async with self.core.store.read() as tx:
            rating = await tx.ratings.find(self.ids[name], Q4)
        assert rating is not None
        return rating

    async def form(self, name: str) -> Form:
        """The member's form as it is now."""
        async with self.core.store.read() as tx:
            form = await tx.forms.find(self.ids[name], OCTOBER)
        assert form is not None
        return form

    async def decisions(self, name: str) -> list[str]:
        """What the ledger says of this member's rating, in order."""
        kinds = {"rating_approved", "rating_postponed", "form_returned", "form_adjusted", "facts_recorded"}
        async with self.core.store.read() as tx:
            assert await tx.ledger.first_bad() is None
            entries = await tx.ledger.entries(subject=self.ids[name])
        return [entry.kind for entry in entries if entry.kind in kinds]

    async def start_again(self, name: str) -> Rating:
        """Put the member's card back to where everything waits."""
        async with self.core.store.write() as tx:
            rating, form = await tx.ratings.find(self.ids[name], Q4), await tx.forms.find(self.ids[name], OCTOBER)
            assert rating is not None
            assert form is not None
            await tx.ratings.change(rating, state=RatingState.PENDING, decided_by=None, decided_at=None)
            await tx.forms.change(form, state=FormState.SUBMITTED, submitted_at=tx.now, submitted_by=form.member_id)
        return await self.rating(name)


@pytest.fixture
async def house(migrated_url: str) -> AsyncIterator[House]:
    """October closed, the rating of the quarter open; account ids are the member ids."""
    clock: Clock = SimClock(at("2026-10-25 10:00"))
    settings = Settings(_env_file=None, bot_token="42:TEST", database_url=migrated_url)
    async with open_core(settings, clock) as core:
        rows = (
            roster_row(f"{100 + n}", name, branch, *offices)
            for n, (name, (branch, offices)) in enumerate(PEOPLE.items())
        )
        await core.do.import_roster(Roster(tuple(rows)))
        async with core.store.write() as tx:
            ids = {person.name: person.member_id for person in await tx.people.all()}
            for member_id in ids.values():
                await tx.accounts.bind(member_id, member_id, Language.ZH, tx.now)
        await core.do.open_month(OCTOBER)
        house = House(core, ids)
        for name in ids:
            form = await house.form(name)
            await core.do.answer_rest(house.visit(name), form.form_id)
            await core.do.submit_form(house.visit(name), form.form_id, (await house.form(name)).revision)
        await core.do.close_month(OCTOBER)
        await core.do.open_quarter(Q4)
        yield house


async def together(*deeds: Coroutine[Any, Any, object]) -> list[object]:
    """Let these happen at once; what each returned or was refused with."""
    return await asyncio.gather(*deeds, return_exceptions=True)


def refusals(outcomes: list[object]) -> list[XianfengError]:
    """The refusals among the outcomes; anything else that went wrong fails the test."""
    for outcome in outcomes:
        if isinstance(outcome, BaseException) and not isinstance(outcome, XianfengError):
            raise outcome
    return [outcome for outcome in outcomes if isinstance(outcome, XianfengError)]


async def test_of_ten_taps_at_once_one_approves(house: House) -> None:
    """A nervous thumb: one decision, nine are told that it was decided already, by whom."""
    rating = await house.rating("张伟")
    outcomes = await together(
        *(house.core.do.approve_rating(house.visit("王书记"), rating.rating_id, rating.revision) for _ in range(10))
    )
    refused = refusals(outcomes)
    assert len(refused) == 9
    assert all(isinstance(error, AlreadyDecidedError) and error.by == "王书记" for error in refused)
    assert await house.decisions("张伟") == ["rating_approved"]


async def test_of_opposite_decisions_exactly_one_wins(house: House) -> None:
    """Approve, send back, adjust and put off at once from four devices: one counts, three are told truly."""
    do = house.core.do
    for _ in range(ROUNDS):
        rating = await house.start_again("张伟")
        before = len(await house.decisions("张伟"))
        card = (rating.rating_id, rating.revision)
        outcomes = await together(
            do.approve_rating(house.visit("王书记"), *card),
            do.return_rating(house.visit("王书记"), *card, 10, "请补充佐证"),
            do.adjust_rating(house.visit("王书记"), *card, Giving("lecture", 10, 300), "支委会集体议定"),
            do.postpone_rating(house.visit("王书记"), *card),
        )
        refused = refusals(outcomes)
        assert len(refused) == 3
        made = (await house.decisions("张伟"))[before:]
        assert len(made) == 1
        now = await house.rating("张伟")
        assert now.state.value == {
            "rating_approved": "approved", "form_returned": "returned",
        }.get(made[0], "pending")  # fmt: skip
        for error in refused:
            if now.state is RatingState.PENDING:
                assert isinstance(error, StaleCardError)
            else:
                assert isinstance(error, AlreadyDecidedError)
                assert error.decision == now.state.value


async def test_a_fact_recorded_at_the_same_instant_is_seen_or_refused(house: House) -> None:
    """Approve and roll at once: either the approval came first and the roll is refused, or the card was stale."""
    do = house.core.do
    for round_ in range(ROUNDS):
        rating = await house.start_again("张伟")
        count = Count("absent", round_ % 2)
        outcomes = await together(
            do.approve_rating(house.visit("王书记"), rating.rating_id, rating.revision),
            do.record_facts(house.visit("李委员"), "2026-10", "meetings", house.ids["张伟"], count),
        )
        assert len(refusals(outcomes)) == 1
        async with house.core.store.read() as tx:
            approved = [one for one in await tx.ledger.entries() if one.kind == "rating_approved"]
        form = await house.form("张伟")
        if (await house.rating("张伟")).state is RatingState.APPROVED:
            assert json.loads(approved[-1].body)["centi"] == form.total_centi


async def test_approving_together_and_one_adjustment_at_once(house: House) -> None:
    """Nobody is approved with points that were changed under the rater's hand."""
    do = house.core.do
    queue = await do.show_queue(house.visit("王书记"))
    rating = await house.rating("张伟")
    outcomes = await together(
        do.approve_all(house.visit("王书记"), str(Q4), queue.stand.branch_id, queue.seal),
        do.adjust_rating(
            house.visit("王书记"), rating.rating_id, rating.revision, Giving("lecture", 10, 300), "支委会集体议定"
        ),
    )
    assert len(refusals(outcomes)) == 1
    adjusted = bool((await house.form("张伟")).overrides)
    assert (await house.rating("张伟")).state is (RatingState.PENDING if adjusted else RatingState.APPROVED)
    assert (await house.rating("赵敏")).state is (RatingState.PENDING if adjusted else RatingState.APPROVED)


async def test_two_forms_back_at_once_wait_once(house: House) -> None:
    """The secretary from the card and the commissioner from the desk send the same form back: one letter, one entry."""
    rating, form = await house.rating("张伟"), await house.form("张伟")
    outcomes = await together(
        house.core.do.return_rating(house.visit("王书记"), rating.rating_id, rating.revision, 10, "请补充佐证"),
        house.core.do.return_form(house.visit("李委员"), form.form_id, form.revision, "请核对次数"),
    )
    assert len(refusals(outcomes)) == 1
    assert await house.decisions("张伟") == ["form_returned"]
    assert (await house.rating("张伟")).state is RatingState.RETURNED


async def test_closing_and_adjusting_at_once_leave_no_points_behind(house: House) -> None:
    """The branch closes while its secretary adjusts: what is closed is what stands on the form."""
    do = house.core.do
    for name in ("李委员", "张伟", "赵敏", "孙喆"):
        rating = await house.rating(name)
        await do.approve_rating(house.visit("王书记"), rating.rating_id, rating.revision)
    own = await house.rating("王书记")
    await do.approve_rating(house.visit("李委员"), own.rating_id, own.revision)
    queue = await do.show_queue(house.visit("王书记"))
    held = Meeting(MeetingKind.COMMITTEE, at("2026-10-25 09:00").date(), 3, 3)
    queue = await do.record_meeting(house.visit("王书记"), str(Q4), queue.stand.branch_id, held)
    rating = await house.rating("张伟")
    outcomes = await together(
        do.close_branch(house.visit("王书记"), Q4, queue.stand.branch_id, queue.stand.revision),
        do.adjust_rating(
            house.visit("王书记"), rating.rating_id, rating.revision, Giving("lecture", 10, 300), "支委会集体议定"
        ),
    )
    refused = refusals(outcomes)
    assert len(refused) == 1
    async with house.core.store.read() as tx:
        stand = await tx.periods.get_branch_quarter(queue.stand.branch_id, Q4)
    form = await house.form("张伟")
    if stand.is_rated:
        assert isinstance(refused[0], PeriodClosedError | StaleCardError)
    assert form.total_centi == (6000 if stand.is_rated else 6300)


async def test_an_update_delivered_twice_decides_once(house: House) -> None:
    """The same update again is recognised and changes nothing."""
    rating = await house.rating("张伟")
    visit = house.visit("王书记")
    await house.core.do.approve_rating(visit, rating.rating_id, rating.revision)
    with pytest.raises(ReplayedUpdateError):
        await house.core.do.approve_rating(Visit(visit.telegram_id, visit.cause), rating.rating_id, rating.revision)
    assert await house.decisions("张伟") == ["rating_approved"]
