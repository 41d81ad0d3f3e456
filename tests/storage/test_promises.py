"""The machinery of promises on both databases: once, first come, and not lost."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import StatementError

from bot.domain.forms import Exemption, FormState, RatingState
from bot.domain.periods import Month, Quarter
from bot.errors import ReplayedUpdateError
from bot.outbox.letters import FormOpened, MenuChanged
from bot.scoring.ruleset import default_ruleset, template_text
from bot.storage.forms import NewForm
from bot.storage.letters import LEASE
from bot.storage.periods import OpenedQuarter
from bot.storage.schema import setting
from bot.storage.store import Cause, Store
from sandbox import SimClock

OCTOBER = Month(2026, 10)


async def open_form(store: Store, member_id: int) -> int:
    """A form of this member in October."""
    async with store.write() as tx:
        rules_id = await tx.periods.add_ruleset(default_ruleset(), template_text("default"), date(2026, 1, 1), tx.now)
        await tx.periods.open_month(OCTOBER, rules_id, tx.now, tx.now + timedelta(days=6))
        branch_id = (await tx.people.get(member_id)).branch_id
        await tx.forms.add(OCTOBER, [NewForm(member_id, branch_id, "{}", 6000, None)])
        form = await tx.forms.find(member_id, OCTOBER)
    assert form is not None
    return form.form_id


# ── handled updates ───────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_repeated_update_has_its_effect_once(store: Store) -> None:
    """Telegram may deliver an update again; it is recognised before anything happens."""
    async with store.write(Cause("u1")) as tx:
        await tx.ledger.append("tried")
    with pytest.raises(ReplayedUpdateError):
        async with store.write(Cause("u1")) as tx:
            await tx.ledger.append("tried")
    async with store.read() as tx:
        assert (await tx.ledger.head()).seq == 1


async def test_an_update_that_failed_may_come_again(store: Store) -> None:
    """The key is stored with the effect or not at all."""
    with pytest.raises(RuntimeError):
        async with store.write(Cause("u1")):
            raise RuntimeError
    async with store.write(Cause("u1")) as tx:
        await tx.ledger.append("tried")


async def test_the_same_update_handled_twice_at_once_has_one_effect(store: Store) -> None:
    """Two processes that got the same update do not both act."""

    async def handle() -> bool:
        try:
            async with store.write(Cause("u1")) as tx:
                await asyncio.sleep(0.01)
                await tx.ledger.append("tried")
        except ReplayedUpdateError:
            return False
        return True

    assert sorted(await asyncio.gather(*(handle() for _ in range(5)))) == [False] * 4 + [True]


# ── compare-and-set ───────────────────────────────────────────────────────────────────────────────────────────────────


async def test_of_two_who_saw_the_same_form_one_changes_it(store: Store, members: list[int]) -> None:
    """The loser of a race is told so, whatever the database."""
    form_id = await open_form(store, members[0])
    async with store.read() as tx:
        seen = await tx.forms.get(form_id)

    async def change(total_centi: int) -> bool:
        async with store.write() as tx:
            return await tx.forms.change(seen, total_centi=total_centi)

    outcomes = await asyncio.gather(*(change(total) for total in range(6100, 6900, 100)))
    assert sum(outcomes) == 1
    async with store.read() as tx:
        form = await tx.forms.get(form_id)
    assert (form.revision, form.total_centi) == (seen.revision + 1, 6100 + 100 * outcomes.index(True))


async def test_a_form_in_another_state_is_not_changed(store: Store, members: list[int]) -> None:
    """Who read the form before it was handed in cannot write into it afterwards."""
    form_id = await open_form(store, members[0])
    async with store.write() as tx:
        seen = await tx.forms.get(form_id)
        assert await tx.forms.change(seen, state=FormState.SUBMITTED)
    async with store.write() as tx:
        assert not await tx.forms.change(seen, answers="{}")


async def test_what_the_roster_says_of_a_form_is_not_lost_to_a_tap(store: Store, members: list[int]) -> None:
    """A member may answer in the moment in which he is put on leave: he is on leave, and what he answered is there."""
    form_id = await open_form(store, members[0])
    async with store.read() as tx:
        seen = await tx.forms.get(form_id)
    async with store.write() as tx:
        assert await tx.forms.change(seen, total_centi=6100)
    async with store.write() as tx:
        await tx.forms.settle(form_id, seen.branch_id, Exemption.ON_LEAVE)
        assert not await tx.forms.change(seen, total_centi=6200)
    async with store.read() as tx:
        form = await tx.forms.get(form_id)
    assert (form.exempt, form.total_centi, form.revision) == (Exemption.ON_LEAVE, 6100, seen.revision + 2)


async def test_of_two_who_decide_on_the_same_member_one_does(store: Store, members: list[int]) -> None:
    """A rating is approved or sent back, never both; its revision tells every later decision that it is late."""
    await open_form(store, members[0])
    async with store.write() as tx:
        rules_id = await tx.periods.ruleset_in_force(OCTOBER.first_day)
        due_at = tx.now + timedelta(days=80)
        await tx.periods.open_quarter(OpenedQuarter(OCTOBER.quarter, rules_id, tx.now, due_at, due_at, due_at))
        await tx.ratings.add(OCTOBER.quarter, [(members[0], (await tx.people.get(members[0])).branch_id)])
        seen = await tx.ratings.find(members[0], OCTOBER.quarter)
    assert seen is not None

    async def decide(state: RatingState) -> bool:
        async with store.write() as tx:
            return await tx.ratings.change(seen, state=state, decided_by=members[1], decided_at=tx.now)

    states = [RatingState.APPROVED, RatingState.RETURNED, RatingState.PENDING] * 2
    outcomes = await asyncio.gather(*(decide(state) for state in states))
    assert sum(outcomes) == 1
    async with store.read() as tx:
        rating = await tx.ratings.get(seen.rating_id)
    assert (rating.revision, rating.state) == (seen.revision + 1, states[outcomes.index(True)])


# ── work of the clock ─────────────────────────────────────────────────────────────────────────────────────────────────


async def test_work_is_claimed_once(store: Store) -> None:
    """Two processes and a clock that jumps do the same work once."""

    async def claim() -> bool:
        async with store.write() as tx:
            return await tx.dues.claim("month_opens", "2026-10", "2026-10-25")

    assert sorted(await asyncio.gather(*(claim() for _ in range(4)))) == [False, False, False, True]
    async with store.read() as tx:
        assert await tx.dues.claimed(["2026-10"]) == {("month_opens", "2026-10", "2026-10-25")}


async def test_a_claim_of_work_that_failed_is_given_back(store: Store) -> None:
    """What was not done can be claimed again."""
    with contextlib.suppress(RuntimeError):
        async with store.write() as tx:
            await tx.dues.claim("month_opens", "2026-10")
            raise RuntimeError
    async with store.write() as tx:
        assert await tx.dues.claim("month_opens", "2026-10")


# ── letters ───────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_letter_with_the_same_key_is_written_once(store: Store, members: list[int]) -> None:
    """A reminder does not multiply."""
    for _ in range(3):
        async with store.write() as tx:
            await tx.letters.write("menu:1", MenuChanged(), to_member=members[0])
    async with store.read() as tx:
        assert await tx.letters.counts() == {"due": 1}


async def test_two_postmen_never_take_the_same_letter(store: Store, members: list[int]) -> None:
    """Several processes share the letters."""
    async with store.write() as tx:
        await tx.letters.write_many([(f"menu:{n}", MenuChanged(), members[n % 3], None) for n in range(40)])

    async def carry() -> list[int]:
        async with store.write() as tx:
            return [taken.letter_id for taken in await tx.letters.claim(7)]

    taken = [letter_id for batch in await asyncio.gather(*(carry() for _ in range(6))) for letter_id in batch]
    assert len(taken) == len(set(taken)) == 40


@pytest.mark.postgres
async def test_a_postman_does_not_wait_for_letters_that_another_is_taking(
    migrated_postgres_url: str, clock: SimClock
) -> None:
    """On PostgreSQL the rows that somebody holds are passed over."""
    from bot.storage.store import open_engine

    engine = open_engine(migrated_postgres_url)
    store = Store(engine, clock)
    async with store.write() as tx:
        await tx.letters.write_many([(f"menu:{n}", MenuChanged(), None, None) for n in range(6)])
    async with store.write() as first:
        held = {one.letter_id for one in await first.letters.claim(3)}
        async with asyncio.timeout(5), store.write() as second:
            assert held.isdisjoint(one.letter_id for one in await second.letters.claim(6))
    await store.close()


async def test_a_dead_postmans_letters_are_free_after_the_lease(
    store: Store, members: list[int], clock: SimClock
) -> None:
    """Whoever took a letter and died does not keep it."""
    async with store.write() as tx:
        await tx.letters.write("menu:1", MenuChanged(), to_member=members[0])
    async with store.write() as tx:
        assert len(await tx.letters.claim(5)) == 1
    async with store.write() as tx:
        assert await tx.letters.claim(5) == []
    clock.travel(clock.now() + LEASE + timedelta(seconds=1))
    async with store.write() as tx:
        (taken,) = await tx.letters.claim(5)
    assert taken.attempts == 2


async def test_a_letter_is_not_taken_before_it_is_due(store: Store, members: list[int], clock: SimClock) -> None:
    """Quiet hours are kept, and a retry waits, over restarts too."""
    async with store.write() as tx:
        await tx.letters.write("menu:1", MenuChanged(), to_member=members[0], due_at=tx.now + timedelta(hours=1))
    async with store.write() as tx:
        assert await tx.letters.claim(5) == []
    clock.travel(clock.now() + timedelta(hours=1))
    async with store.write() as tx:
        (taken,) = await tx.letters.claim(5)
        await tx.letters.postpone(taken.letter_id, tx.now + timedelta(seconds=30), "retry after")
    async with store.write() as tx:
        assert await tx.letters.claim(5) == []


async def test_a_letters_facts_come_back_as_they_were_written(store: Store, members: list[int]) -> None:
    """The body is JSON on both databases."""
    async with store.write() as tx:
        await tx.letters.write("form:1", FormOpened(form_id=77), to_member=members[0])
    async with store.write() as tx:
        (taken,) = await tx.letters.claim(1)
    assert taken.letter == FormOpened(form_id=77)


# ── values ────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_an_instant_comes_back_aware_and_equal(store: Store, members: list[int]) -> None:
    """An hour in Shanghai is stored in UTC and is the same hour again."""
    shanghai = datetime(2026, 11, 1, 0, 30, 15, 123456, tzinfo=ZoneInfo("Asia/Shanghai"))
    async with store.write() as tx:
        await tx.accounts.set_group_code((await tx.people.branches())[0].branch_id, "12345678", shanghai)
        await tx.letters.write("menu:1", MenuChanged(), to_member=members[0], due_at=shanghai)
    async with store.read() as tx:
        due_at = await tx.letters.next_due_at()
    assert due_at == shanghai
    assert due_at is not None
    assert due_at.tzinfo == UTC


async def test_an_instant_without_its_zone_is_refused(store: Store, members: list[int]) -> None:
    """A naive time is a mistake that must not reach the database."""
    naive = datetime(2026, 11, 1)  # noqa: DTZ001
    async with store.write() as tx:
        with pytest.raises(StatementError, match="an instant needs its zone"):
            await tx.letters.write("menu:1", MenuChanged(), to_member=members[0], due_at=naive)


async def test_a_document_comes_back_as_it_was(store: Store) -> None:
    """Nested values, Chinese, empty ones and whole numbers survive on both databases."""
    document = {"名称": "先锋", "list": [1, 2.5, None, True], "empty": {}, "text": "a\\u0000b".replace("\\u0000", " ")}
    async with store.write() as tx:
        await tx.connection.execute(insert(setting).values(key="k", value=document))
    async with store.read() as tx:
        assert await tx.connection.scalar(select(setting.c.value)) == document


async def test_a_rolled_back_transaction_leaves_nothing(store: Store) -> None:
    """All or nothing."""
    with contextlib.suppress(RuntimeError):
        async with store.write() as tx:
            await tx.people.add_branch("第二党支部")
            raise RuntimeError
    async with store.read() as tx:
        assert await tx.people.branches() == []


async def test_a_look_is_consistent(store: Store, members: list[int]) -> None:
    """What is committed meanwhile is not half seen: all of a look is of one instant."""
    async with store.read() as look:
        before = await look.people.get(members[0])
        async with store.write() as tx:
            await tx.people.change_member(members[0], name="改名")
        assert (await look.people.get(members[0])).name == before.name
    async with store.read() as look:
        assert (await look.people.get(members[0])).name == "改名"


async def test_a_look_asks_without_holding(store: Store, members: list[int]) -> None:
    """Where a decision would hold the branch's quarter, who only looks is told where it stands and holds nothing."""
    quarter = Quarter(2026, 3)
    async with store.write() as tx:
        branch_id = (await tx.people.get(members[0])).branch_id
    async with store.read() as look:
        assert await look.periods.hold_branch_quarter(branch_id, quarter) is None
        assert await look.periods.hold_quarter_of_member(members[0], branch_id, quarter) is None
