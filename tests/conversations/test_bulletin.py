"""The bulletin's figures, counted once more from the rows by other means."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from statistics import fmean, median

import pytest

from bot.domain.objections import Objection, ObjectionAnswer, ObjectionState, Outcome
from bot.domain.periods import Quarter
from bot.errors import ChartsNotReadyError, PeriodNotOpenError
from bot.outbox.prompts import PROMPTS
from bot.storage.retention import Retention
from bot.views.paper_facts import BulletinFacts
from tests.conversations.closing import LECTURES, MORE, close, rated_with, result_of
from tests.conversations.conftest import FIRST, SECOND, Stage
from tests.conversations.rated import Q4, rated_stage
from tests.conversations.shown import PLANNED, review

Q3 = Quarter(2026, 3)


@pytest.fixture
def rows(stage: Stage, tmp_path: Path) -> sqlite3.Connection:
    """The database, read without any of our code."""
    return sqlite3.connect(tmp_path / "stage.sqlite3")


async def shown(stage: Stage, *bound: str) -> None:
    """Both branches are published; 张伟 did most."""
    await rated_with(stage, *bound, 张伟=MORE, 赵敏=LECTURES)
    await review(stage, FIRST)
    await review(stage, SECOND)
    await stage.travel(PLANNED)
    await stage.app.core.do.publish_quarter.by_admin(Q4)
    await stage.settle()


async def bulletin(stage: Stage) -> BulletinFacts:
    """The quarter's figures."""
    return await stage.app.core.do.read_bulletin(Q4)


async def was(stage: Stage, name: str, change: int) -> None:
    """The member had so many hundredths more in the quarter before."""
    found = await result_of(stage, name)
    async with stage.app.core.store.write() as tx:
        await tx.ratings.add_results([replace(found, quarter=Q3, centi=(found.centi or 0) + change)])


async def object_to(stage: Stage, name: str, state: ObjectionState, outcome: Outcome | None, days: int) -> None:
    """The member objects, and is answered after so many days."""
    found = await result_of(stage, name)
    async with stage.app.core.store.write() as tx:
        objection = Objection(
            0, found.member_id, found.branch_id, Q4, None, None, "请复核。", {}, state, 0, tx.now, None, tx.now
        )
        objection_id = await tx.objections.file(objection)
        if outcome is not None:
            answer = ObjectionAnswer(1, outcome, "已复核。", found.member_id, tx.now + timedelta(days=days))
            await tx.objections.add_answer(objection_id, answer)


async def test_the_spread_is_that_of_all_rated_members(stage: Stage, rows: sqlite3.Connection) -> None:
    """Median, ends and mean over both branches, and how many are under the line."""
    await shown(stage)
    facts, points = await bulletin(stage), [row[0] / 100 for row in rows.execute("select centi from result")]
    assert facts.spread is not None
    assert float(facts.spread.median) == pytest.approx(median(points))
    assert float(facts.spread.mean) == pytest.approx(fmean(points))
    assert (float(facts.spread.low), float(facts.spread.high)) == (min(points), max(points))
    assert facts.spread.of == len(points)
    assert facts.under_line == sum(one < 70 for one in points)
    assert facts.before is None


async def test_the_heat_map_holds_each_branch_s_means(stage: Stage, rows: sqlite3.Connection) -> None:
    """By dimension and in all, the best branch first."""
    await shown(stage)
    facts = await bulletin(stage)
    assert [one.branch for one in facts.branches] == [FIRST, SECOND]
    for one in facts.branches:
        stored = rows.execute(
            "select centi, detail from result join branch on branch.id = branch_id where name = ?", (one.branch,)
        ).fetchall()
        assert one.rated == len(stored)
        assert float(one.mean or 0) == pytest.approx(fmean(centi for centi, _ in stored) / 100)
        by_dimension = [json.loads(detail)["by_dimension"] for _, detail in stored]
        for at, dimension in enumerate(("thought", "conduct", "duty", "welfare")):
            expected = fmean(each[dimension] for each in by_dimension) / 100
            assert float(one.by_dimension[at] or 0) == pytest.approx(expected)


async def test_completion_counts_forms_and_the_first_closing(stage: Stage, rows: sqlite3.Connection) -> None:
    """Five of the members' forms came in; both branches closed in time and were reviewed."""
    await shown(stage)
    done = (await bulletin(stage)).completion
    states = Counter(row[0] for row in rows.execute("select state from form where exempt is null"))
    assert (done.forms_in, done.forms) == (states["submitted"], states.total())
    assert (done.rated_in_time, done.reviewed, done.final, done.branches) == (2, 2, 0, 2)


async def test_a_branch_that_was_sent_back_had_still_rated_in_time(stage: Stage) -> None:
    """What counts is when it first closed, not when it closed again after the group's question."""
    await shown(stage)
    async with stage.app.core.store.write() as tx:
        stand = (await tx.periods.branch_quarters(Q4))[0]
        await tx.ledger.append("quarter_closed", period=str(Q4), branch=stand.branch_id, members=5)
    assert (await bulletin(stage)).completion.rated_in_time == 2


async def test_a_branch_that_closed_late_is_not_counted_in_time(stage: Stage) -> None:
    """The end of the 7th has passed."""
    await rated_stage(stage)
    await review(stage, FIRST)
    await stage.travel("2027-01-09 10:00")
    await review(stage, SECOND)
    await stage.app.core.do.publish_quarter.by_admin(Q4)
    assert (await bulletin(stage)).completion.rated_in_time == 1


async def test_movers_are_counted_and_only_who_rose_is_named(stage: Stage) -> None:
    """One up, one down, one level, the others new; nobody who is under the line is named for rising."""
    await shown(stage)
    await was(stage, "张伟", -300)
    await was(stage, "赵敏", 250)
    await was(stage, "孙喆", 0)
    moved = (await bulletin(stage)).movers
    assert (moved.up, moved.down, moved.level, moved.new) == (1, 1, 1, 8)
    assert moved.risers == ()
    facts = await bulletin(stage)
    assert [one.change is None for one in facts.branches] == [False, True]


async def test_the_names_of_risers_follow_the_red_list_s_switch(stage: Stage) -> None:
    """Shown as wide as the red list is; inside the branch only, they are a count here."""
    (_,) = await rated_with(stage, "张伟", 张伟=MORE)
    await close(stage)
    await was(stage, "张伟", -300)
    (riser,) = (await bulletin(stage)).movers.risers
    assert (riser.name, riser.gain) == ("张伟", Decimal(3))
    await stage.app.core.do.change_switch("red_list", "branch")
    assert (await bulletin(stage)).movers.risers == ()


async def test_objections_are_counted_by_what_became_of_them(stage: Stage) -> None:
    """Filed, upheld, in part, not, withdrawn, open; and how long the first answers took."""
    await shown(stage)
    await object_to(stage, "张伟", ObjectionState.CLOSED, Outcome.UPHELD, 1)
    await object_to(stage, "赵敏", ObjectionState.CLOSED, Outcome.PARTLY, 2)
    await object_to(stage, "孙喆", ObjectionState.ANSWERED, Outcome.REJECTED, 6)
    await object_to(stage, "吴芳", ObjectionState.WITHDRAWN, None, 0)
    await object_to(stage, "李委员", ObjectionState.OPEN, None, 0)
    found = (await bulletin(stage)).objections
    assert (found.filed, found.upheld, found.partly, found.rejected) == (5, 1, 1, 1)
    assert (found.withdrawn, found.unsettled, found.mean_days) == (1, 2, Decimal(3))


async def test_the_burden_is_the_prompts_of_each_member_and_month(stage: Stage, rows: sqlite3.Connection) -> None:
    """Counted from the letters themselves, over every month that counts for somebody."""
    await shown(stage, "张伟", "吴芳")
    found = (await bulletin(stage)).burden
    marks = ",".join("?" * len(PROMPTS))
    told = rows.execute(f"select member_id, body from letter where kind in ({marks})", PROMPTS).fetchall()
    months = dict(rows.execute("select id, month from form"))
    counts = Counter((member, months[json.loads(body)["form_id"]]) for member, body in told)
    counted = rows.execute("select count(*) from form where exempt is null").fetchone()[0]
    assert found.most == max(counts.values()) <= found.ceiling == 4
    assert found.member_months == counted
    assert float(found.mean) == pytest.approx(counts.total() / counted)


async def test_the_burden_is_known_when_what_letters_spoke_of_is_forgotten(stage: Stage) -> None:
    """A quarter that objections hold for months is counted like any other."""
    await shown(stage, "张伟")
    before = (await bulletin(stage)).burden
    async with stage.app.core.store.write() as tx:
        assert await Retention(tx.connection).letter_bodies(tx.now + timedelta(days=1))
    assert (await bulletin(stage)).burden == before
    assert before.most > 0


async def test_the_head_is_the_ledger_s_end(stage: Stage, rows: sqlite3.Connection) -> None:
    """As it stands, or as it was published with the letter."""
    await shown(stage)
    (last,) = rows.execute("select seq, hash from ledger order by seq desc limit 1").fetchall()
    assert str((await bulletin(stage)).head) == f"{last[0]}:{last[1]}"


async def test_before_anything_is_shown_there_is_no_bulletin(stage: Stage) -> None:
    """A quarter that nobody opened, and one that is still being rated."""
    with pytest.raises(PeriodNotOpenError):
        await bulletin(stage)
    await rated_stage(stage)
    with pytest.raises(ChartsNotReadyError):
        await bulletin(stage)
