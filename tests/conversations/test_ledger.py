"""The ledger 台账 as a file in chat: for the secretary his own branch, for the committee any, for nobody else."""

from __future__ import annotations

from io import BytesIO

import pytest
from python_calamine import load_workbook

from bot.domain.actions.ledger import DownloadLedger, OpenLedger
from bot.storage.ledger import Entry
from sandbox import Person
from tests.conversations.closing import branch_id_of
from tests.conversations.conftest import FIRST, SECOND, Stage
from tests.conversations.rated import forge, rated_stage


async def downloads(stage: Stage, person: Person, button: str) -> list[list[object]]:
    """The rows of the file that a tap on this button brings."""
    await person.taps(button)
    await stage.box.idle()
    assert person.last.document is not None
    assert person.last.document.name.endswith(".xlsx")
    sheets = load_workbook(BytesIO(person.last.document.data))
    assert sheets.sheet_names == ["说明 About", "台账 Ledger"]
    return sheets.get_sheet_by_name("台账 Ledger").to_python()[1:]


async def opens(stage: Stage, person: Person) -> None:
    """/ledger, and its card is there."""
    await person.says("/ledger")
    await stage.box.idle()


async def test_a_secretary_gets_his_own_branchs_ledger(stage: Stage) -> None:
    """Who, what, when, points before and after, the reason as it was typed (never a formula), by which rules."""
    (wang,) = await rated_stage(stage, "王书记")
    await wang.says("/rate")
    await wang.taps("⏳ 张伟 60")
    await wang.taps("✏️ 调整")
    await wang.taps("党员承诺")
    await wang.taps("2")
    await wang.says("=1+1 走访记录只有一次")
    await wang.sees("4 → 2 分")
    await opens(stage, wang)
    await wang.sees("台账 · 第一党支部")
    rows = await downloads(stage, wang, "2026年第4季度")
    await wang.sees("台账完整，链首：")
    assert {row[4] for row in rows} == {FIRST}
    (row,) = [row for row in rows if row[2] == "积分调整"]
    assert row[3:8] == ["2026年10月", FIRST, "张伟", "102", "王书记"]
    assert row[8:12] == ["党员承诺", 4, 2, "=1+1 走访记录只有一次"]
    assert "原合计 60；合计 58" in str(row[12])
    assert str(row[13]).startswith("default")


async def test_the_committee_gets_any_branch_or_all(stage: Stage) -> None:
    """One choice more: which branch."""
    zheng, _zhang, _wu = await stage.open_october("郑党委", "张伟", "吴芳")
    await opens(stage, zheng)
    await zheng.sees("台账 · 全部支部")
    assert {row[4] for row in await downloads(stage, zheng, "全部")} >= {FIRST, SECOND}
    await opens(stage, zheng)
    await zheng.taps(SECOND)
    await zheng.sees("台账 · 第二党支部")
    rows = await downloads(stage, zheng, "全部")
    assert {row[4] for row in rows} == {SECOND}
    assert "绑定账号" in {row[2] for row in rows if row[5] == "吴芳"}


@pytest.mark.parametrize("name", ["张伟", "李委员", "陈管理", "冯办公室"])
async def test_nobody_else_gets_any(stage: Stage, name: str) -> None:
    """A member reads what concerns him in his own data; the other offices have no need of the whole."""
    (person,) = await stage.open_october(name)
    await opens(stage, person)
    await person.sees("您没有此项操作的权限")
    await forge(person, DownloadLedger(await branch_id_of(stage, FIRST), ""))
    assert person.last.document is None


async def test_a_secretary_cannot_forge_his_way_to_another_branch(stage: Stage) -> None:
    """Whatever a changed client sends, his right ends with his branch."""
    (wang,) = await stage.open_october("王书记")
    for branch_id in (await branch_id_of(stage, SECOND), 99):
        await forge(wang, OpenLedger(branch_id))
        await forge(wang, DownloadLedger(branch_id, ""))
    await forge(wang, DownloadLedger(0, ""))
    await forge(wang, DownloadLedger(await branch_id_of(stage, FIRST), "2026Q9"))
    assert [message for message in wang.messages if message.document] == []


async def test_an_export_is_noted_in_the_ledger(stage: Stage) -> None:
    """Who took the branch's data out of the house, and when."""
    (wang,) = await stage.open_october("王书记")
    await opens(stage, wang)
    await downloads(stage, wang, "全部")

    async def noted() -> list[Entry]:
        async with stage.app.core.store.read() as tx:
            return [entry for entry in await tx.ledger.entries() if entry.kind == "ledger_exported"]

    (entry,) = await noted()
    assert entry.actor_id is not None
