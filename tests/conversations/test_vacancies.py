"""Somebody leaves in the middle of a quarter: what was his to do is another's, and nothing waits for him."""

from __future__ import annotations

from tests.conversations.closing import branch_id_of
from tests.conversations.conftest import FIRST, Stage
from tests.conversations.reviewed import at_work, group_of, kinds
from tests.conversations.test_roster_changes import new_roster


async def test_a_reviewer_who_left_gives_way_to_another(stage: Stage) -> None:
    """The committee is asked the next working morning, and one tap gives his branch to somebody who is there."""
    await at_work(stage)
    first, holder = await branch_id_of(stage, FIRST), 1 + 9
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
