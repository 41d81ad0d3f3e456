"""What a quarter becomes on paper: the poster for the Party room, the bulletin for the committee, the ledger's head."""

from __future__ import annotations

import re

import pytest

from bot.catalog import load_catalog
from bot.charts.papers.poster import posters
from bot.domain.accounts import Language
from bot.domain.actions.menu import PrintBulletin, PrintPoster
from bot.domain.chain import Head
from bot.views.poster import poster_facts
from sandbox import Person
from tests.charts.paper_reader import text
from tests.conversations.closing import LECTURES, MORE, asks, branch_id_of, close, close_all, rated_with
from tests.conversations.conftest import FIRST, SECOND, Stage
from tests.conversations.rated import EVERYBODY, Q4, forge, rated_stage
from tests.conversations.shown import PLANNED, review

POSTER = "🖨 公示海报（A3）"


def is_pdf(person: Person, name: str) -> bool:
    """Whether the newest message brought a PDF of this name."""
    paper = person.last.document
    return paper is not None and paper.name == name and paper.data.startswith(b"%PDF")


async def published(stage: Stage, *bound: str) -> list[Person]:
    """Both branches are reviewed and shown by the committee on the planned day."""
    found = await rated_with(stage, "郑党委", *bound, 张伟=MORE, 赵敏=LECTURES)
    await review(stage, FIRST)
    await review(stage, SECOND)
    await stage.travel(PLANNED)
    await found[0].taps("📢 公示这 2 个支部")
    await found[0].taps("📢 确认公示")
    await stage.settle()
    return found


def heads_in(person: Person) -> list[Head]:
    """The ledger's heads that were sent to this person."""
    return [Head.parse(text) for text in re.findall(r"\d+:[0-9a-f]{64}", person.screen())]


async def test_the_secretary_gets_the_poster_of_his_own_branch(stage: Stage) -> None:
    """A button under the board sends it as a file in private."""
    _, wang = await published(stage, "王书记")
    await asks(stage, wang, "/board")
    await wang.taps(POSTER)
    await stage.settle()
    assert is_pdf(wang, "poster-2026Q4-第一党支部.pdf")
    await wang.sees("🖨 第一党支部2026年第4季度公示海报（A3 竖版），请张贴于党员活动室。")


async def test_a_member_finds_no_button_and_a_forged_one_is_refused(stage: Stage) -> None:
    """Whoever leads the branch hangs it up."""
    _, zhang = await published(stage, "张伟")
    await asks(stage, zhang, "/board")
    await zhang.sees_not(POSTER)
    tap = await forge(zhang, PrintPoster(str(Q4), await branch_id_of(stage, FIRST)))
    assert "权限" in tap.answer.text
    assert zhang.last.document is None


async def test_another_branch_s_poster_is_the_committee_s_alone(stage: Stage) -> None:
    """A secretary prints his own, the committee any."""
    zheng, wang = await published(stage, "王书记")
    second = await branch_id_of(stage, SECOND)
    tap = await forge(wang, PrintPoster(str(Q4), second))
    assert "权限" in tap.answer.text
    await forge(zheng, PrintPoster(str(Q4), await branch_id_of(stage, FIRST)))
    await stage.settle()
    assert is_pdf(zheng, "poster-2026Q4-第一党支部.pdf")


async def test_the_committee_gets_all_posters_and_the_bulletin_again_from_its_publicity_page(stage: Stage) -> None:
    """Each tap sends the file anew; while not all is final, the bulletin says so."""
    (zheng,) = await published(stage)
    await asks(stage, zheng, "/publish")
    await zheng.taps("🖨 全部海报（PDF）")
    await stage.settle()
    assert is_pdf(zheng, "posters-2026Q4.pdf")
    await zheng.sees("🖨 2026年第4季度：2 个支部公示海报，每个支部一页（A3 竖版）。")
    await asks(stage, zheng, "/publish")
    await zheng.taps("📊 季度通报（PDF）")
    await stage.settle()
    assert is_pdf(zheng, "bulletin-2026Q4.pdf")
    await zheng.sees("暂计：0/2 个支部已定稿")


async def test_the_bulletin_is_under_the_board_and_the_overview_for_those_who_read_it(stage: Stage) -> None:
    """The committee and the departments find the button; a secretary does not, and a forged one is refused."""
    zheng, feng, wang = await published(stage, "冯办公室", "王书记")
    await asks(stage, zheng, "/board")
    assert "📊 季度通报（PDF）" in zheng.last.labels
    await asks(stage, feng, "/overview")
    await feng.taps("📊 季度通报（PDF）")
    await stage.settle()
    assert is_pdf(feng, "bulletin-2026Q4.pdf")
    for command in ("/board", "/overview"):
        await asks(stage, wang, command)
        assert "📊 季度通报（PDF）" not in wang.last.labels
    tap = await forge(wang, PrintBulletin(str(Q4)))
    assert "权限" in tap.answer.text
    tap = await forge(wang, PrintPoster(str(Q4), 0))
    assert "权限" in tap.answer.text


async def test_before_publication_there_is_no_poster(stage: Stage) -> None:
    """What members have not been shown is not printed either."""
    (wang,) = await rated_stage(stage, "王书记")
    tap = await forge(wang, PrintPoster(str(Q4), await branch_id_of(stage, FIRST)))
    assert tap.answer.text
    assert wang.last.document is None


async def poster_text(stage: Stage) -> str:
    """What stands on the first branch's sheet, in Chinese."""
    (facts,) = await stage.app.core.do.print_poster.by_operator(Q4, FIRST)
    return text(posters((poster_facts(load_catalog()[Language.ZH], facts),)))


async def test_the_wall_shows_what_the_branch_s_own_group_may_see(stage: Stage) -> None:
    """Everybody by name with his rank; until when to object and where; nobody as being under the line."""
    await published(stage)
    written = await poster_text(stage)
    assert all(name in written for name in EVERYBODY)
    assert "公示期：2027年1月15日至1月21日" in written
    assert "异议截止：1月21日24:00" in written
    assert "/objection" in written
    assert "70分以下" not in written
    await stage.app.core.do.change_switch("board_names", "own_only")
    hidden = await poster_text(stage)
    assert not any(name in hidden for name in EVERYBODY)
    assert hidden.count("某同志") == len(EVERYBODY)


async def test_when_it_is_final_the_wall_says_so(stage: Stage) -> None:
    """Printed anew, the sheet asks for no more objections."""
    await published(stage)
    await stage.travel("2027-01-22 09:00")
    written = await poster_text(stage)
    assert "已于1月22日定稿" in written
    assert "异议期已结束" in written
    assert "异议截止" not in written


async def test_the_red_list_is_marked_as_far_as_the_switch_lets_it(stage: Stage) -> None:
    """Beside the name; not at all where the organisation shows none."""
    await rated_with(stage, 张伟=MORE)
    await close(stage)
    written = await poster_text(stage)
    assert "张伟红榜" in written
    assert "红榜：本支部积分前10%。" in written
    await stage.app.core.do.change_switch("red_list", "off")
    assert "红榜" not in await poster_text(stage)


async def test_the_head_of_the_ledger_is_kept_in_the_committee_s_chat(stage: Stage) -> None:
    """At each publication, one line; and it still proves the ledger when the quarter is final."""
    zheng, feng = await published(stage, "冯办公室")
    await zheng.sees("🔗 2026年第4季度已公示。台账链首：")
    await feng.sees_not("台账链首")
    (head,) = heads_in(zheng)
    await stage.travel("2027-01-22 09:00")
    proof = await stage.app.core.do.verify_ledger(head)
    assert proof.flaw is None
    assert proof.head.seq > head.seq


async def test_the_bulletin_comes_on_the_working_morning_after_the_last_branch_is_final(stage: Stage) -> None:
    """To committee and departments, once, with the same facts in words."""
    zheng, feng, wang = await published(stage, "冯办公室", "王书记")
    await stage.travel("2027-01-22 08:59")
    await zheng.sees_not("积分通报")
    await stage.travel("2027-01-22 09:00")
    for reader in (zheng, feng):
        await reader.sees("📊 2026年第4季度积分通报")
        await reader.sees("已于2027年1月22日定稿")
        assert is_pdf(reader, "bulletin-2026Q4.pdf")
    await wang.sees_not("积分通报")
    before = len(zheng.messages)
    await stage.travel("2027-01-24 12:00")
    assert len(zheng.messages) == before


async def test_the_bulletin_waits_for_a_branch_that_is_not_final(stage: Stage) -> None:
    """One objection holds its branch, and with it the figures of all."""
    zheng, zhang = await published(stage, "张伟")
    await zhang.taps("⚖️ 我有异议")
    await zhang.taps("整体（本季总分、名次）")
    await zhang.says("少计了一次主讲党课。")
    await stage.settle()
    await stage.travel("2027-01-22 09:00")
    await zheng.sees_not("积分通报")


async def test_without_a_review_group_the_bulletin_comes_just_the_same(stage: Stage) -> None:
    """Publicity ends by itself; the first working morning after it brings the bulletin, which counts no reviews."""
    (zheng,) = await rated_with(stage, "郑党委", 张伟=MORE)
    await close_all(stage)
    await stage.travel("2026-11-09 09:00")
    await zheng.sees("📊 2026年第4季度积分通报")
    await zheng.sees_not("复评")


@pytest.mark.parametrize("office", ["郑党委", "冯办公室"])
async def test_the_text_fits_under_the_file(stage: Stage, office: str) -> None:
    """Nothing of it is cut off."""
    found = await published(stage, *([office] if office != "郑党委" else []))
    await stage.travel("2027-01-22 09:00")
    caption = found[-1].last.caption
    assert heads_in(found[-1])
    assert caption is not None
    assert len(caption) <= 1024
