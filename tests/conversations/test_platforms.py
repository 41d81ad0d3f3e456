"""A department imports a platform's export: looked at, corrected by buttons, taken over as a whole, or refused."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from bot.domain.actions.records import ApplyImport, AskRecords, OpenImport, OpenPlatforms
from bot.domain.platforms import Platform
from bot.sheets.roster import Roster
from sandbox import Person
from tests.conversations.conftest import FIRST, PEOPLE, SECOND, Stage, roster_row
from tests.conversations.rated import OCTOBER, forge, hand_in, open_rating
from tests.sheets.making import xlsx

REFUSED = "您没有此项操作的权限。"
HEADER = ("员工编号", "姓名", "单位", "参学次数", "学习时长(分钟)")


async def member_ids(stage: Stage) -> dict[str, int]:
    async with stage.app.core.store.read() as tx:
        return {person.staff_no: person.member_id for person in await tx.people.all()}


async def recorded(stage: Stage, platform: Platform = Platform.ZHINIAO) -> dict[str, dict[str, int]]:
    """What is recorded of October, by staff number."""
    numbers = {member_id: staff_no for staff_no, member_id in (await member_ids(stage)).items()}
    async with stage.app.core.store.read() as tx:
        found = await tx.platforms.values(platform, OCTOBER)
    return {numbers[one]: {measure.value: centi for measure, centi in own.items()} for one, own in found.items()}


async def ledger(stage: Stage, kind: str) -> list[dict[str, object]]:
    async with stage.app.core.store.read() as tx:
        return [json.loads(entry.body) for entry in await tx.ledger.entries() if entry.kind == kind]


async def asked_for(stage: Stage, person: Person, platform: str = "知鸟—网上党校", period: str = "2026年10月") -> None:
    """Open the page and choose platform and period."""
    await person.says("/platforms")
    await stage.settle()
    await person.taps(platform)
    await stage.settle()
    label = next(label for label in person.last.labels if label.endswith(period))
    await person.taps(label)
    await person.sees("请以文件形式发送")


async def sends(
    stage: Stage, person: Person, rows: Sequence[Sequence[object]], header: Sequence[object] = HEADER
) -> None:
    """Choose and send an export with these rows."""
    await sends_file(stage, person, xlsx([header, *rows]))


async def sends_file(stage: Stage, person: Person, content: bytes) -> None:
    """Choose and send this very file: a workbook written anew carries another time of its making."""
    await asked_for(stage, person)
    await person.sends_document(content, "知鸟导出.xlsx")
    await person.sees("读取方式")


def row(staff_no: str, name: str, count: object = 2, minutes: object = 90, unit: str = FIRST) -> tuple[object, ...]:
    return (staff_no, name, unit, count, minutes)


async def with_namesakes(stage: Stage) -> None:
    """A second 张伟 joins, in the second branch."""
    rows = [roster_row(str(n), name, branch, *offices)
            for n, (name, (branch, offices)) in enumerate(PEOPLE.items(), start=100)]  # fmt: skip
    await stage.app.core.do.import_roster(Roster((*rows, roster_row("900", "张伟", SECOND))))


async def test_a_department_sends_an_export_looks_and_takes_it_over(stage: Stage) -> None:
    """Columns are guessed, the first rows shown; after one tap it is recorded and in the ledger."""
    office = await stage.person("冯办公室")
    await office.taps("📥 导入平台记录")
    await office.sees("平台数据本身不计分")
    await sends(stage, office, [row("102", "张伟", 3, 95), row("103", "赵敏", 1, "1小时30分")])
    card = office.last.text
    assert "工号 ← A 员工编号" in card
    assert "学习次数 ← D 参学次数" in card
    assert "102 | 张伟 | 第一党支部 | 3 | 95" in card
    assert "共 2 人：新增 2，变更 0，不变 0" in card
    assert await recorded(stage) == {}
    tap = await office.taps("✅ 导入（2 人）")
    assert tap.answer.text == "已导入。"
    await office.sees("✅ 已导入 2 人。冯办公室")
    assert await recorded(stage) == {
        "102": {"study_count": 300, "study_minutes": 9500},
        "103": {"study_count": 100, "study_minutes": 9000},
    }
    assert len(await ledger(stage, "platform_recorded")) == 2
    (imported,) = await ledger(stage, "platform_imported")
    assert imported["members"] == 2
    await office.taps("‹ 平台记录")
    await office.sees("2026年10月，冯办公室于10月20日")


async def test_the_same_file_again_changes_nothing_and_a_newer_one_replaces(stage: Stage) -> None:
    """Twice is once; what a newer file changes or leaves out is kept in the ledger as it was."""
    office = await stage.person("冯办公室")
    first = xlsx([HEADER, row("102", "张伟", 3), row("103", "赵敏", 1)])
    await sends_file(stage, office, first)
    await office.taps("✅ 导入（2 人）")
    await sends_file(stage, office, first)
    await office.sees("此文件已导入过，没有任何变化")
    assert not any(label.startswith("✅ 导入") for label in office.last.labels)
    await sends(stage, office, [row("102", "张伟", 4)])
    await office.sees("共 1 人：新增 0，变更 1，不变 0")
    await office.sees("1 人原有记录，此文件中没有")
    await office.taps("✅ 导入（1 人）")
    assert await recorded(stage) == {"102": {"study_count": 400, "study_minutes": 9000}}
    *_first, changed, gone = await ledger(stage, "platform_recorded")
    assert changed["before"] == {"study_count": 300, "study_minutes": 9000}
    assert (gone["before"], gone["values"]) == ({"study_count": 100, "study_minutes": 9000}, {})


async def test_a_column_that_was_not_recognised_is_chosen_by_buttons_and_remembered(stage: Stage) -> None:
    """Headings nobody foresaw: tap the field, pick the column; the next export is read so by itself."""
    office = await stage.person("冯办公室")
    header = ("编码", "学员", "完成情况")
    await sends(stage, office, [("102", "张伟", 3)], header)
    await office.sees("请点“🔧 对应列”")
    await office.taps("🔧 对应列")
    for field, column in (("工号", "A 编码"), ("学习次数", "C 完成情况")):
        await office.taps(f"{field} ← –")
        await office.taps(next(label for label in office.last.labels if label.startswith(column)))
    await office.taps("‹ 返回")
    await office.taps("✅ 导入（1 人）")
    assert await recorded(stage) == {"102": {"study_count": 300}}
    await sends(stage, office, [("102", "张伟", 5)], header)
    await office.taps("✅ 导入（1 人）")
    assert await recorded(stage) == {"102": {"study_count": 500}}


async def test_faults_are_named_by_cell_and_nothing_is_taken(stage: Stage) -> None:
    """All or nothing: a wrong number, a name that is not the staff number's, a row twice."""
    office = await stage.person("冯办公室")
    await sends(stage, office, [row("102", "张伟", "三次"), row("103", "孙喆"), row("104", "孙喆"), row("104", "孙喆")])
    await office.sees("有 3 处错误，不能导入")
    await office.sees("D2 参学次数 “三次”不是数字")
    await office.sees("此工号属于赵敏，而此行写的是孙喆")
    await office.sees("孙喆另有一行")
    assert not any(label.startswith("✅") for label in office.last.labels)
    tap = await forge(office, ApplyImport(1, 0))
    assert tap.answer.text == "卡片已更新，请看最新内容。"
    assert await recorded(stage) == {}


async def test_namesakes_are_asked_and_strangers_are_named(stage: Stage) -> None:
    """Without a staff number a name that two members have is a question; nobody is guessed."""
    await with_namesakes(stage)
    office = await stage.person("冯办公室")
    header = ("姓名", "单位", "参学次数")
    rows = [("张伟", "工会", 3), ("张伟", SECOND, 1), ("赵敏", f"示范分行/{FIRST}", 2), ("路人甲", FIRST, 9)]
    await sends(stage, office, rows, header)
    await office.sees("有 1 行需要您确认是哪一位")
    await office.sees("有 1 行不在名册，不导入")
    await office.sees("A5 路人甲")
    await office.taps("❓ 第 2 行张伟是哪一位？")
    await office.sees("第 2 行是张伟")
    assert "张伟 · 第二党支部 · 900" not in office.last.labels  # his row stands there already
    await office.taps("都不是，此行不导入")
    await office.sees("✅ 导入（2 人）")
    await office.taps("↺ 重新选择人员")
    await office.sees("第 2 行张伟是哪一位")
    await office.taps("❓ 第 2 行张伟是哪一位？")
    await office.taps("张伟 · 第一党支部 · 102")
    await office.taps("✅ 导入（3 人）")
    found = await recorded(stage)
    assert {staff_no: own["study_count"] for staff_no, own in found.items()} == {"102": 300, "900": 100, "103": 200}


async def test_what_is_no_export_is_refused_with_a_sentence_and_still_awaited(stage: Stage) -> None:
    """A text, a picture-like file, an old workbook: the next file is still taken."""
    office = await stage.person("冯办公室")
    await asked_for(stage, office)
    await office.says("没有文件")
    await office.sees("请以文件形式（Excel 或 CSV）发送平台导出")
    await office.sends_document(b"\x89PNG....", "截图.png")
    await office.sees("既不是 Excel")
    await office.sends_document("工号,姓名,参学次数\n102,张伟,2\n".encode("gb18030"), "导出.csv")
    await office.sees("共 1 人：新增 1")


@pytest.mark.parametrize("name", ["张伟", "王书记", "陈管理"])
async def test_who_is_of_no_department_is_refused(stage: Stage, name: str) -> None:
    """A member, a secretary and an administrator see no button, and forged taps do nothing."""
    person = await stage.person(name)
    await person.says("/menu")
    assert "📥 导入平台记录" not in person.last.labels
    for action in (OpenPlatforms(), AskRecords("zhiniao", "2026-10"), OpenImport(1), ApplyImport(1, 0)):
        tap = await forge(person, action)
        assert tap.answer.text == REFUSED
    await person.says("/platforms")
    await person.sees(REFUSED)
    async with stage.app.core.store.read() as tx:
        assert await tx.platforms.in_force([OCTOBER]) == []


async def test_a_draft_is_its_authors_own(stage: Stage) -> None:
    """A colleague of another department cannot take it over for him."""
    office, party = await stage.persons("冯办公室", "郑党委")
    await sends(stage, office, [row("102", "张伟")])
    await party.says("/menu")
    tap = await forge(party, OpenImport(1))
    assert tap.answer.text == REFUSED
    await sends(stage, party, [row("102", "张伟", 5)])
    await party.taps("✅ 导入（1 人）")
    tap = await office.taps("✅ 导入（1 人）")
    assert tap.answer.text == "卡片已更新，请看最新内容。"
    await office.sees("变更 1")
    assert (await recorded(stage))["102"]["study_count"] == 500


async def test_nobody_imports_a_time_to_come(stage: Stage) -> None:
    """A forged period of next year is refused."""
    office = await stage.person("冯办公室")
    await office.says("/platforms")
    tap = await forge(office, AskRecords("zhiniao", "2027-01"))
    assert tap.answer.text == "2027年1月尚未开放，时间请见 /calendar。"


async def test_claims_that_the_records_do_not_bear_out_are_marked_for_the_rater(stage: Stage) -> None:
    """The card names claim, record and platform; such a member is not approved with the rest unseen."""
    wang, office, _zhang = await stage.open_october("王书记", "冯办公室", "张伟")
    for name in ("王书记", "李委员", "张伟", "赵敏", "孙喆"):
        await hand_in(stage, name)
    await open_rating(stage)
    await sends(stage, office, [row("102", "张伟", 1), row("103", "赵敏", 2), row("104", "孙喆", 7)])
    await office.taps("✅ 导入（3 人）")
    await wang.says("/rate")
    await wang.sees("✅ 无异议的全部通过（2）")
    await wang.taps(next(label for label in wang.last.labels if "张伟" in label))
    await wang.sees("10月学习任务：申报 2条，平台记录 1条（知鸟—网上党校）")


async def test_a_member_reads_what_the_platforms_say_of_him(stage: Stage) -> None:
    """Everything stored on a person is his to read."""
    office, zhang = await stage.persons("冯办公室", "张伟")
    await sends(stage, office, [row("102", "张伟", 3)])
    await office.taps("✅ 导入（1 人）")
    await zhang.says("/mydata")
    await zhang.sees("知鸟—网上党校，2026年10月：学习次数 3")
