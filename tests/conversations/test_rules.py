"""A new table comes into force: proposed by file, agreed to by two of the committee, told to everybody."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from bot.domain.people import Office, Role
from bot.domain.periods import Month
from bot.scoring.ruleset import load_ruleset, template_text
from bot.sheets.roster import Roster
from bot.sheets.ruleset import ruleset_to_workbook
from sandbox import Person
from tests.conversations.conftest import PEOPLE, SECOND, Stage, roster_row

COMMITTEE = ("郑党委", "何党委", "曹党委")


@pytest.fixture(autouse=True)
async def _larger_committee(stage: Stage) -> None:
    """The stage has one of the committee; two more join."""
    roster = PEOPLE | {name: (SECOND, (Office(Role.COMMITTEE),)) for name in COMMITTEE}
    rows = [
        roster_row(f"{100 + n}", name, branch, *offices) for n, (name, (branch, offices)) in enumerate(roster.items())
    ]
    await stage.app.core.do.import_roster(Roster(tuple(rows)), from_on=date(2026, 1, 1))
    issued = await stage.app.core.do.issue_invites([f"{100 + n}" for n in range(len(PEOPLE), len(roster))])
    stage.tokens.update({one.person.name: one.token for one in issued})


def changed_table(effective_from: str = "2026-12-01", version: str = "2027.1") -> str:
    """The default table with other points for lectures, a new item, one taken out, and another line."""
    text = template_text("default")
    for before, after in {
        'version: "2026.1"': f'version: "{version}"',
        "effective_from: 2026-01-01": f"effective_from: {effective_from}",
        "{id: given, label: 主讲或发言, each: 3}": "{id: given, label: 主讲或发言, each: 2}",
        "line: 70": "line: 65",
        "    hint: 廉洁从业、制度执行的典型\n": "",
    }.items():
        assert before in text
        text = text.replace(before, after)
    start, end = text.index("  - id: suggestion"), text.index("\nbonus:")
    reading = (
        "  - {id: reading, label: 读书交流, part: contribution, dimension: thought, kind: add, full: 2,\n"
        "     acts: [{id: shared, label: 交流, each: 1}]}\n"
    )
    return text[:start] + reading + text[end:]


async def committee(stage: Stage) -> tuple[Person, Person]:
    """Two of the committee, bound."""
    return await stage.person("郑党委"), await stage.person("何党委")


async def send(person: Person, content: str | bytes, name: str = "table.yaml") -> None:
    """Ask for a new table and send its file."""
    await person.says("/rules")
    await person.taps("📝 提出新规则")
    await person.sees("请把新的积分表作为文件发来")
    await person.sends_document(content if isinstance(content, bytes) else content.encode(), name)


async def proposed(stage: Stage, author: str = "陈管理", text: str = "") -> Person:
    """A proposal that lies before the committee; its author."""
    person = await stage.person(author)
    await send(person, text or changed_table())
    await person.sees("草稿，目前只有您能看到")
    await person.taps("📨 提交党委确认")
    await stage.settle()
    return person


async def entries(stage: Stage, kind: str) -> list[str]:
    async with stage.app.core.store.read() as tx:
        return [entry.body for entry in await tx.ledger.entries() if entry.kind == kind]


async def versions(stage: Stage) -> list[tuple[str, date]]:
    found, _waiting, _current = await stage.app.core.do.list_versions()
    return [(one.version, one.effective_on) for one in found]


async def test_a_table_is_adopted_by_two_of_the_committee_and_everybody_is_told(stage: Stage) -> None:
    """Proposed by the administrator, agreed to by two others: stored, ledgered, and in every member's chat."""
    (zhang,) = await stage.open_october("张伟")
    zheng, he = await committee(stage)
    admin = await proposed(stage)
    for reader in (zheng, he):
        await reader.sees("拟自2026年12月1日起施行，接替先锋积分默认积分表（2026.1 版）")
        await reader.sees("主讲党课 · 主讲或发言：3 → 2 分")
        await reader.sees("新增：读书交流（2 分）")
        await reader.sees("取消：建议被采纳（2 分）")
        await reader.sees("警戒线：70 → 65 分")
        await reader.sees("还须 2 位党委委员同意")
    tap = await zheng.taps("✅ 同意")
    assert tap.answer.text == "已记录，还须一位委员同意。"
    await zheng.sees("✅ 郑党委 同意")
    assert await versions(stage) == [("2026.1", date(2026, 1, 1))]
    tap = await he.taps("✅ 同意")
    assert tap.answer.text == "已启用，将通知全体党员。"
    await stage.settle()
    assert await versions(stage) == [("2026.1", date(2026, 1, 1)), ("2027.1", date(2026, 12, 1))]
    for reader in (zhang, zheng, he, admin):
        await reader.sees("积分表有新版本")
        await reader.sees("此前各月仍按原表计分")
    assert len(await entries(stage, "rules_proposed")) == 1
    assert len(await entries(stage, "rules_confirmed")) == 1
    assert len(await entries(stage, "ruleset_adopted")) == 2  # the default, when October opened, and this one


async def test_past_and_open_months_keep_their_table_and_the_next_ones_take_the_new(stage: Stage) -> None:
    """November opens by the old table, December by the new one."""
    (zhang,) = await stage.open_october("张伟")
    zheng, he = await committee(stage)
    await proposed(stage)
    await zheng.taps("✅ 同意")
    await he.taps("✅ 同意")
    await stage.travel("2026-12-25 09:00")
    async with stage.app.core.store.read() as tx:
        by_month = {}
        for number in (10, 11, 12):
            month = await tx.periods.get_month(Month(2026, number))
            by_month[number] = (await tx.periods.rules(month.ruleset_id)).version
    assert by_month == {10: "2026.1", 11: "2026.1", 12: "2027.1"}
    await zhang.says("/form")
    await zhang.taps("思想先锋 0/4")
    await zhang.sees("读书交流")


async def test_the_author_counts_if_he_is_of_the_committee_and_never_twice(stage: Stage) -> None:
    """One of the committee proposes and so agrees; his own second tap is refused, a colleague's suffices."""
    await stage.open_october()
    zheng, he = await committee(stage)
    await proposed(stage, "郑党委")
    await zheng.sees("还须 1 位党委委员同意")
    tap = await zheng.taps("✅ 同意")
    assert tap.answer.text == "您已经同意，还须另一位党委委员确认。"
    assert len(await versions(stage)) == 1
    await he.taps("✅ 同意")
    assert len(await versions(stage)) == 2


async def test_a_refusal_needs_a_reason_and_ends_it(stage: Stage) -> None:
    """The reason is typed; author and colleagues read it; a late agreement is told who decided."""
    await stage.open_october()
    zheng, he = await committee(stage)
    admin = await proposed(stage)
    card = he.last
    await zheng.taps("❌ 不同意")
    await zheng.sees("请直接发送不同意的理由")
    await zheng.says("警戒线不宜调低")
    await zheng.sees("未通过：郑党委")
    await stage.settle()
    for reader in (admin, he):
        await reader.sees("警戒线不宜调低")
    tap = await he.taps("✅ 同意", on=card)
    assert "郑党委" in tap.answer.text
    assert "未通过" in tap.answer.text
    assert len(await versions(stage)) == 1
    assert "警戒线" not in "".join(await entries(stage, "rules_rejected"))


async def test_two_agreements_at_the_same_moment_adopt_once(stage: Stage) -> None:
    """Both taps count, in whatever order they are stored."""
    await stage.open_october()
    zheng, he = await committee(stage)
    await proposed(stage)
    await asyncio.gather(zheng.taps("✅ 同意"), he.taps("✅ 同意"))
    await stage.settle()
    assert len(await versions(stage)) == 2
    assert len(await entries(stage, "ruleset_adopted")) == 2
    assert zheng.screen().count("积分表有新版本") == 1


async def test_agreement_and_refusal_at_the_same_moment_leave_one_decision(stage: Stage) -> None:
    """Whoever is stored first decides; the other is told."""
    await stage.open_october()
    _zheng, he = await committee(stage)
    third = await stage.person("曹党委")
    await proposed(stage, "郑党委")
    await he.taps("❌ 不同意")
    await asyncio.gather(he.says("不妥"), third.taps("✅ 同意"))
    await stage.settle()
    adopted, refused = len(await versions(stage)) == 2, len(await entries(stage, "rules_rejected")) == 1
    assert adopted is not refused


async def test_a_day_in_an_opened_month_is_refused_with_the_next_possible_one(stage: Stage) -> None:
    """October is open, so November is the first; the corrected file is taken at once."""
    admin = await stage.person("陈管理")
    await stage.travel("2026-10-25 09:00")
    await send(admin, changed_table("2026-10-01"))
    await admin.sees("最早为2026年11月1日（2026-11-01）")
    await admin.sends_document(changed_table("2026-11-15").encode(), "table.yaml")
    await admin.sends_document(changed_table("2026-11-01").encode(), "table.yaml")
    await admin.sees("拟自2026年11月1日起施行")
    await admin.sees("生效日不在季度首月")


async def test_an_agreement_that_comes_after_the_month_opened_is_refused(stage: Stage) -> None:
    """The proposal waited too long: its month was opened by the old table."""
    await stage.open_october()
    zheng, he = await committee(stage)
    await proposed(stage, text=changed_table("2026-11-01"))
    await zheng.taps("✅ 同意")
    card = he.last
    await stage.travel("2026-11-25 09:00")
    tap = await he.taps("✅ 同意", on=card)
    assert "2026年12月1日" in tap.answer.text
    assert len(await versions(stage)) == 1


async def test_an_excel_workbook_is_taken_too(stage: Stage) -> None:
    """The edited workbook becomes the text that is kept."""
    admin = await stage.person("陈管理")
    rules = load_ruleset(changed_table())
    await send(admin, ruleset_to_workbook(rules, date(2026, 11, 1)), "table.xlsx")
    await admin.sees("新增：读书交流（2 分）")
    async with stage.app.core.store.read() as tx:
        assert load_ruleset((await tx.proposals.get(1)).text) == rules


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"id: [", "YAML"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"PK\x03\x04 no zip", "损坏"),
        (changed_table().replace("each: 2}", "each: many}").encode(), "应为数字"),
        (changed_table().replace("period: month", "period: year").encode(), "只有按月计分"),
        (changed_table(version="2026.1").encode(), "2026.1 版此前已经启用过"),
    ],
)
async def test_a_file_that_cannot_be_taken_says_why_and_another_is_awaited(
    stage: Stage, content: bytes, sentence: str
) -> None:
    """No file brings anything down; the next one is read."""
    admin = await stage.person("陈管理")
    await stage.travel("2026-10-25 09:00")
    await send(admin, content)
    await admin.sees(sentence)
    await admin.sends_document(changed_table().encode(), "table.yaml")
    await admin.sees("草稿，目前只有您能看到")


async def test_a_table_with_errors_is_shown_its_findings_and_not_kept(stage: Stage) -> None:
    """The linter's errors keep it from being proposed; a text instead of a file is told so."""
    admin = await stage.person("陈管理")
    await send(admin, changed_table().replace("  line: 65\n", ""))
    await admin.sees("暂不能提出")
    await admin.sees("低于多少分须谈话并限期整改")
    await admin.says("怎么办")
    await admin.sees("请把积分表作为文件")
    async with stage.app.core.store.read() as tx:
        assert not await tx.proposals.open_ones()


async def test_a_new_proposal_takes_the_place_of_the_one_that_waits(stage: Stage) -> None:
    """Only one lies before the committee; the old card says what became of it."""
    await stage.open_october()
    zheng, _he = await committee(stage)
    admin = await proposed(stage)
    card = zheng.last
    await proposed(stage, text=changed_table(version="2027.2"))
    tap = await zheng.taps("✅ 同意", on=card)
    assert "已被新的提案取代" in tap.answer.text
    await admin.says("/rules")
    await admin.sees("待确认：2027.2 版")
    await admin.sees_not("待确认：2027.1 版")


async def test_the_author_can_take_it_back(stage: Stage) -> None:
    """As a draft or while it waits."""
    await stage.open_october()
    zheng, _he = await committee(stage)
    admin = await proposed(stage)
    card = zheng.last
    await admin.taps("🗑 撤回")
    await admin.sees("已撤回：陈管理")
    tap = await zheng.taps("✅ 同意", on=card)
    assert "已撤回" in tap.answer.text


async def test_every_member_can_read_the_table_and_only_a_few_can_propose(stage: Stage) -> None:
    """The rules are no secret; forged buttons change nothing."""
    zhang = await stage.person("张伟")
    await zhang.says("/rules")
    await zhang.sees("先锋积分默认积分表（2026.1 版）")
    await zhang.sees("基础积分 60：三会一课 12")
    await zhang.sees_not("提出新规则")
    card = zhang.last
    await zhang.taps("📄 下载 YAML")
    await zhang.sees("default-2026.1.yaml")
    await zhang.taps("📊 下载 Excel")
    await zhang.sees("default-2026.1.xlsx")
    await proposed(stage)
    for data in ("ua", "up:1", "uS:1", "uW:1", "uC:1", "ur:1", "uD:1"):
        tap = await zhang.taps(data=data, on=card)
        assert tap.answer.text == "您没有此项操作的权限。", data
    admin = await stage.person("陈管理")
    tap = await admin.taps(data="uC:1", on=admin.last)
    assert tap.answer.text == "您没有此项操作的权限。"
    assert await versions(stage) == []


async def test_news_at_night_waits_for_the_morning(stage: Stage) -> None:
    """Quiet hours hold for a new table too."""
    (zhang,) = await stage.open_october("张伟")
    zheng, he = await committee(stage)
    await proposed(stage)
    await stage.travel("2026-10-27 22:00")
    await zheng.taps("✅ 同意")
    await he.taps("✅ 同意")
    await stage.settle()
    await zhang.sees_not("积分表有新版本")
    await stage.travel("2026-10-28 08:30")
    await zhang.sees("积分表有新版本")


async def test_an_own_table_before_the_first_month_leaves_no_month_without_one(stage: Stage) -> None:
    """Adopted for December while nothing was opened yet: October and November open by the shipped table."""
    zheng, he = await committee(stage)
    await proposed(stage)
    await zheng.taps("✅ 同意")
    await he.taps("✅ 同意")
    await stage.travel("2026-10-25 09:00")
    assert await versions(stage) == [("2026.1", date(2026, 1, 1)), ("2027.1", date(2026, 12, 1))]
    async with stage.app.core.store.read() as tx:
        assert await tx.periods.find_month(Month(2026, 10)) is not None
