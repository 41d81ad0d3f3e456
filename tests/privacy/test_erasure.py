"""Erasing somebody who has left, as the committee does it in chat; and what is left of him then."""

from __future__ import annotations

import asyncio
import json

from bot.domain.forms import BranchState
from bot.domain.people import Category, MemberStatus, Office, Role
from bot.outbox.letters import FormReturned
from bot.sheets.roster import Roster, RosterRow
from bot.storage.schema import branch_quarter
from sandbox import Person
from tests.conversations.closing import asks, close, rated_with
from tests.conversations.conftest import FIRST, SECOND, Stage, demo_people, roster_row
from tests.conversations.rated import Q4, form_of
from tests.privacy.filling import everything

NAME, NUMBER, NOTE, REASON, FILE = "慕容离", "XF-70917", "帮助邻居修好水管", "缺少签到照片", "file-id-of-his-photo"
SECOND_OF_COMMITTEE = roster_row("130", "林党委", SECOND, Office(Role.COMMITTEE))


def people(*, left: bool) -> Roster:
    """The usual people, one more of the committee, and one who will go."""
    status = MemberStatus.LEFT if left else MemberStatus.ACTIVE
    going = RosterRow(NUMBER, NAME, FIRST, (), Category.STAFF, None, status)
    return Roster((*demo_people().rows, SECOND_OF_COMMITTEE, going))


async def a_closed_quarter(stage: Stage) -> tuple[Person, list[Person]]:
    """He answered, was written to, rated and ranked; then he left. Returns him and two of the committee."""
    do, store = stage.app.core.do, stage.app.core.store
    await do.import_roster(people(left=False))
    stage.tokens |= {one.person.name: one.token for one in await do.issue_invites([NUMBER, "130"])}
    his, *committee = await stage.persons(NAME, "郑党委", "林党委")
    await rated_with(stage)
    form = await form_of(stage, NAME)
    async with store.write() as tx:
        await tx.forms.change(form, notes={"post": NOTE}, returned_reason=REASON)
        await tx.forms.add_evidence(
            form.form_id, item="innovation", kind="photo", file_id=FILE, sha256="x", size_bytes=1, now=tx.now
        )
        await tx.ledger.append("form_returned", subject=form.member_id, free_text=REASON)
        await tx.letters.write("returned:his", FormReturned(form.form_id, form.member_id), to_member=form.member_id)
    raw = {"message": {"from": {"id": his.user_id}, "text": NOTE}}
    await do.bury_update(7, json.dumps(raw, ensure_ascii=False), "TypeError")
    await close(stage)
    await do.import_roster(people(left=True))
    await stage.settle()
    return his, committee


async def make_final(stage: Stage) -> None:
    """The quarter was public and nobody objected."""
    async with stage.app.core.store.write() as tx:
        await tx.connection.execute(branch_quarter.update().values(state=BranchState.FINAL, final_at=tx.now))


async def others_results(stage: Stage) -> list[tuple[int, int | None, int | None]]:
    """Everybody's points and ranks."""
    async with stage.app.core.store.read() as tx:
        return [(one.member_id, one.centi, one.rank) for one in await tx.ratings.results_in(Q4)]


async def dump(stage: Stage) -> str:
    """All rows of all tables."""
    async with stage.app.core.store.read() as tx:
        return await everything(tx)


async def test_two_of_the_committee_erase_him(stage: Stage) -> None:
    """Nothing of him is found in any table; the ledger holds, and everybody's points and ranks are as they were."""
    his, (zheng, lin) = await a_closed_quarter(stage)
    await make_final(stage)
    before, results = await dump(stage), await others_results(stage)
    for trace in (NAME, NUMBER, NOTE, REASON, FILE, str(his.user_id)):
        assert trace in before
    await stage.app.core.do.propose_erasure(NUMBER)
    await stage.settle()
    await zheng.sees(f"删除 {NAME} 的资料")
    assert (await zheng.taps("🗑 同意删除")).answer.text == "已记录，还须一位委员同意。"
    assert NAME in await dump(stage)
    await lin.taps("🔄 刷新")
    await lin.sees("郑党委 已同意")
    assert (await lin.taps("🗑 同意删除")).answer.text == "已删除。"
    await lin.sees("郑党委、林党委 两人确认")
    after = await dump(stage)
    for trace in (NAME, NUMBER, NOTE, REASON, FILE, str(his.user_id)):
        assert trace not in after, trace
    assert (await stage.app.core.do.verify_ledger()).flaw is None
    assert await others_results(stage) == results


async def test_others_still_see_their_board(stage: Stage) -> None:
    """With his place in it, without his name; to him the bot is a stranger's again."""
    his, (zheng, lin) = await a_closed_quarter(stage)
    await make_final(stage)
    zhang = await stage.person("张伟")
    await stage.app.core.do.propose_erasure(NUMBER)
    await stage.settle()
    for one in (zheng, lin):
        await one.taps("🗑 同意删除")
    board = await asks(stage, zhang, "/board")
    assert NAME not in board
    assert "张伟" in zhang.screen()
    assert "只为本单位党员服务" in await asks(stage, his, "/menu")


async def test_one_person_is_not_enough(stage: Stage) -> None:
    """The same person twice is told so."""
    _, (zheng, _) = await a_closed_quarter(stage)
    await make_final(stage)
    await stage.app.core.do.propose_erasure(NUMBER)
    await stage.settle()
    await zheng.taps("🗑 同意删除")
    tap = await zheng.taps("🗑 同意删除")
    assert "另一" in tap.answer.text
    assert NAME in await dump(stage)


async def test_two_at_the_same_moment_erase_once(stage: Stage) -> None:
    """Both taps count, and the ledger says it once."""
    _, committee = await a_closed_quarter(stage)
    await make_final(stage)
    await stage.app.core.do.propose_erasure(NUMBER)
    await stage.settle()
    await asyncio.gather(*(one.taps("🗑 同意删除") for one in committee))
    async with stage.app.core.store.read() as tx:
        kinds = [entry.kind for entry in await tx.ledger.entries()]
    assert kinds.count("member_erased") == 1
    assert NAME not in await dump(stage)


async def test_one_of_the_committee_can_turn_it_down(stage: Stage) -> None:
    """Then nothing is erased, and a later agreement is told who was first."""
    _, (zheng, lin) = await a_closed_quarter(stage)
    await make_final(stage)
    await stage.app.core.do.propose_erasure(NUMBER)
    await stage.settle()
    await zheng.taps("不同意")
    tap = await lin.taps("🗑 同意删除")
    assert "郑党委" in tap.answer.text
    assert NAME in await dump(stage)


async def test_before_the_quarter_is_final_he_stays(stage: Stage) -> None:
    """An agreement that comes too early is refused, too: the state may have changed since it was proposed."""
    _, (zheng, _) = await a_closed_quarter(stage)
    await make_final(stage)
    await stage.app.core.do.propose_erasure(NUMBER)
    await stage.settle()
    async with stage.app.core.store.write() as tx:
        await tx.connection.execute(branch_quarter.update().values(state=BranchState.PUBLIC))
    tap = await zheng.taps("🗑 同意删除")
    assert "尚未定稿" in tap.answer.text
