"""What a bulletin reads over all branches, on both databases."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.periods import Month, Quarter
from bot.outbox.letters import FormOpened, FormReminded, FormReturned, MonthSummarised
from bot.scoring.ruleset import load_ruleset, template_text
from bot.storage.forms import NewForm
from bot.storage.periods import OpenedQuarter
from bot.storage.store import Store
from bot.storage.tx import Tx
from sandbox import SimClock

Q4 = Quarter(2026, 4)
DAY = timedelta(days=1)


async def adopt(tx: Tx) -> int:
    """The default table."""
    text = template_text("default")
    return await tx.periods.add_ruleset(load_ruleset(text, "default.yaml"), text, Q4.first_day, tx.now)


async def open_quarter(tx: Tx, branches: int) -> list[int]:
    """The quarter is rated by so many branches; their ids."""
    due_at = tx.now + 7 * DAY
    await tx.periods.open_quarter(OpenedQuarter(Q4, await adopt(tx), tx.now, due_at, due_at, due_at))
    ids = [await tx.people.add_branch(f"党支部{number}") for number in range(branches)]
    await tx.periods.add_branch_quarters(Q4, ids)
    return ids


async def test_a_quarter_is_finished_with_its_last_branch(store: Store) -> None:
    """Not before all are final; the instant is the last one's; and what is long past is not asked for."""
    async with store.write() as tx:
        first, second = await open_quarter(tx, 2)
        assert await tx.bulletins.finished_since(tx.now - DAY) == []
        assert await tx.periods.finish_branch(await tx.periods.get_branch_quarter(first, Q4), tx.now - DAY)
        assert await tx.bulletins.finished_since(tx.now - 2 * DAY) == []
        assert await tx.periods.finish_branch(await tx.periods.get_branch_quarter(second, Q4), tx.now)
    async with store.read() as tx:
        assert await tx.bulletins.finished_since(tx.now - DAY) == [(Q4, tx.now)]
        assert await tx.bulletins.finished_since(tx.now + DAY) == []


async def test_a_branch_is_first_closed_once(store: Store, clock: SimClock) -> None:
    """Closing again after the group's question does not make it late."""
    async with store.write() as tx:
        first, second = await open_quarter(tx, 2)
        await tx.ledger.append("quarter_closed", period=str(Q4), branch=first)
        at = tx.now
    clock.travel(clock.now() + DAY)
    async with store.write() as tx:
        await tx.ledger.append("quarter_closed", period=str(Q4), branch=first)
        await tx.ledger.append("quarter_closed", period=str(Q4.previous), branch=second)
    async with store.read() as tx:
        assert await tx.bulletins.first_closings(Q4) == {first: at}


async def test_prompts_are_counted_by_the_form_in_their_key(store: Store, members: list[int]) -> None:
    """Those of the quarter's months, however much of them is forgotten; what somebody did to a form is none."""
    october, november, january = Month(2026, 10), Month(2026, 11), Month(2027, 1)
    async with store.write() as tx:
        ruleset_id = await adopt(tx)
        forms = {}
        for month in (october, november, january):
            await tx.periods.open_month(month, ruleset_id, tx.now, tx.now + 9 * DAY)
            await tx.forms.add(month, [NewForm(members[0], 1, "{}", 0, None)])
            forms[month] = (await tx.forms.in_months([month]))[0].form_id
        for month, form in forms.items():
            await tx.letters.write(f"form_opened:{form}", FormOpened(form), to_member=members[0])
            await tx.letters.write(f"form_returned:{form}:1", FormReturned(form, 1), to_member=members[0])
            if month is october:
                await tx.letters.write(f"form_reminded:{form}:form_t3:x", FormReminded(form), to_member=members[0])
                await tx.letters.write(f"month_summary:{form}", MonthSummarised(form), to_member=members[0])
    async with store.read() as tx:
        found = await tx.bulletins.prompts(Q4.months)
    assert found == {("2026-10", members[0]): 3, ("2026-11", members[0]): 1}
