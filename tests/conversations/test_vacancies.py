"""Somebody leaves in the middle of a quarter: what was his to do is another's, and nothing waits for him."""

from __future__ import annotations

from bot.domain.forms import RatingState
from bot.domain.people import MemberStatus, Office, Role
from bot.domain.review import ConflictKind
from bot.sheets.roster import Roster
from bot.usecases.objections.objection_cards import answerers, bench_of
from tests.conversations.closing import branch_id_of
from tests.conversations.conftest import FIRST, PEOPLE, SECOND, Stage, roster_row
from tests.conversations.rated import Q4, rated_stage, rating_of
from tests.conversations.reviewed import at_work, group_of, kinds
from tests.conversations.test_objections import objection_of, objects, shown
from tests.conversations.test_roster_changes import new_roster

IDS = {name: number for number, name in enumerate((*PEOPLE, "韩党委"), start=1)}


async def roster_with_han(stage: Stage, without: str = "") -> None:
    """The roster with a second person on the committee, and without somebody."""
    rows = [
        roster_row(f"{99 + IDS[name]}", name, branch, *offices)
        for name, (branch, offices) in {**PEOPLE, "韩党委": (SECOND, (Office(Role.COMMITTEE),))}.items()
        if name != without
    ]
    await stage.app.core.do.import_roster(Roster(tuple(rows)))
    await stage.settle()


async def test_a_reviewer_who_left_gives_way_to_another(stage: Stage) -> None:
    """The committee is asked the next working morning, and one tap gives his branch to somebody who is there."""
    await at_work(stage)
    first, holder = await branch_id_of(stage, FIRST), IDS["冯办公室"]
    assert [task.member_id for task in (await group_of(stage)).tasks_on(first)] == [holder]
    await new_roster(stage, without="冯办公室")
    zheng = await stage.person("郑党委")
    await stage.travel("2026-10-27 09:00")
    await zheng.sees("尚无复评人：第一党支部")
    await zheng.says("/body")
    await zheng.taps("📤 分配复评任务")
    assert holder not in {task.member_id for task in (await group_of(stage)).tasks}
    assert len((await group_of(stage)).tasks_on(first)) == 1
    assert (await kinds(stage))[-2:] == ["review_taken_away", "review_assigned"]


async def test_an_objection_whose_answerer_left_goes_to_who_did_not_decide_it(stage: Stage) -> None:
    """One of the committee had rated the member; when the answerer leaves, only the other one is asked."""
    await roster_with_han(stage)
    (zhang,) = await shown(stage, "张伟")
    rating = await rating_of(stage, "张伟")
    async with stage.app.core.store.write() as tx:
        await tx.ratings.change(rating, decided_by=IDS["郑党委"])
    await objects(zhang, stage)
    found = await objection_of(stage)
    assert found.answerer_id == IDS["王书记"]
    await roster_with_han(stage, without="王书记")
    async with stage.app.core.store.read() as tx:
        assert await answerers(tx, found) == (IDS["韩党委"],)


async def test_who_is_on_leave_or_stays_away_from_a_branch_answers_none_of_its_objections(stage: Stage) -> None:
    """The commissioner on leave is passed over, and so is a department's seat that declared a conflict."""
    await at_work(stage)
    first = await branch_id_of(stage, FIRST)
    async with stage.app.core.store.write() as tx:
        bench = await bench_of(tx, Q4, first)
        assert (bench.commissioner, bench.departments) == ((IDS["李委员"],), (IDS["冯办公室"],))
        await tx.reviews.declare(IDS["冯办公室"], first, ConflictKind.KINSHIP, tx.now)
    await new_roster(stage, 李委员=MemberStatus.ON_LEAVE)
    async with stage.app.core.store.read() as tx:
        bench = await bench_of(tx, Q4, first)
        assert (bench.commissioner, bench.departments) == ((), ())


async def test_the_committee_is_asked_to_close_for_a_secretary_on_leave(stage: Stage) -> None:
    """His commissioner has rated everybody and may not close; the committee, which may, is told in the morning."""
    li, zheng = await rated_stage(stage, "李委员", "郑党委")
    await new_roster(stage, 王书记=MemberStatus.ON_LEAVE)
    async with stage.app.core.store.write() as tx:
        for rating in await tx.ratings.in_branch(await branch_id_of(stage, FIRST), Q4):
            await tx.ratings.change(rating, state=RatingState.APPROVED, decided_by=IDS["李委员"], decided_at=tx.now)
    await stage.travel("2026-10-27 10:00")
    await zheng.sees("第一党支部2026年第4季度：均已初评，请结束初评")
    await li.sees_not("请结束初评")
