"""Everything stored about a person can be read and kept by him, and by nobody else."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest
from sqlalchemy import Column

from bot.outbox.letters import LETTERS as LETTER_KINDS
from bot.storage.personal import about_tables, covered
from bot.storage.schema import ledger, member, metadata
from bot.views.stored_lines import LINES, TITLES
from bot.views.stored_names import ENTRIES, LETTERS
from tests.conversations.closing import MORE, asks, close, rated_with
from tests.conversations.conftest import Stage

USE_CASES = Path(__file__).resolve().parents[2] / "bot" / "usecases"
COLUMNS = [column for table in metadata.sorted_tables for column in table.columns]
PERSONAL_NAMES = ("member_id", "telegram_id", "subject_id", "actor_id", "staff_no")


def is_personal(column: Column) -> bool:
    """Whether a column says of whom a row is: by a key to a member or what is his, or by its name."""
    belongs_to = {member, ledger, *about_tables()}
    keys = any(key.column.table in belongs_to for key in column.foreign_keys)
    return keys or column.name.endswith(PERSONAL_NAMES)


@pytest.mark.parametrize("column", [c for c in COLUMNS if is_personal(c)], ids=str)
def test_no_personal_column_is_forgotten(column: Column) -> None:
    """A new table or column about a person must be in what he can read."""
    assert covered(column)


def test_the_check_of_personal_columns_bites() -> None:
    """It finds the columns that it is meant for, and rows that are only somebody's raw message too."""
    names = {str(column) for column in COLUMNS if is_personal(column)}
    assert {
        "form.member_id",
        "evidence.form_id",
        "ledger.subject_id",
        "rating.decided_by",
        "account.telegram_id",
    } <= names


def test_every_table_of_a_person_has_a_line_and_a_title() -> None:
    """Nothing is shown as a bare row."""
    assert {table.name for table in about_tables()} <= set(LINES)
    assert set(LINES) <= set(TITLES)


async def test_a_member_reads_what_is_stored_and_how_to_have_it_corrected(stage: Stage) -> None:
    """Roster, forms, results, ledger and messages in plain words."""
    (zhang,) = await rated_with(stage, "张伟", 张伟=MORE)
    await close(stage)
    read = await asks(stage, zhang, "/mydata")
    assert "张伟，工号 102，第一党支部，在职员工，在册" in read
    assert "如有不符，请告知本支部组织委员" in read
    assert "2026年10月：已提交，73 分" in read
    assert "主讲党课 主讲或发言 2次" in read
    assert "2026年第4季度：73 分，第 1 名（共 5 人）" in read
    assert "发出邀请" in read


async def test_the_file_holds_every_row_and_nobody_elses(stage: Stage) -> None:
    """JSON with all columns; of others only that he acted, never their data."""
    wang, zhang = await rated_with(stage, "王书记", "张伟", 张伟=MORE)
    await close(stage)
    for person in (wang, zhang):
        await asks(stage, person, "/mydata")
        await person.taps("⬇️ 下载全部（文件）")
    ours, his = [json.loads(person.last.document.data) for person in (wang, zhang)]
    assert his["person"] == {"name": "张伟", "staff_no": "102", "branch": "第一党支部"}
    assert his["about_you"]["form"][0]["answers"]["lecture"] == [{"count": "2"}]
    assert his["about_you"]["result"][0]["centi"] == 7300
    assert set(his["about_you"]["account"][0]) >= {"telegram_id", "language", "bound_at"}
    assert "done_by_you" not in his or not his["done_by_you"].get("rating")
    assert {row["quarter"] for row in ours["done_by_you"]["rating"]} == {"2026Q4"}
    assert not any({"member_id", "name", "state"} & set(row) for row in ours["done_by_you"]["rating"])
    assert "张伟" not in json.dumps(ours, ensure_ascii=False)


async def test_failed_messages_belong_to_it_too(stage: Stage) -> None:
    """What could not be handled was kept as it came, so it is part of what is stored."""
    (zhang,) = await stage.persons("张伟")
    raw = json.dumps({"message": {"from_user": {"id": zhang.user_id, "is_bot": False}}}, ensure_ascii=False)
    await stage.app.core.do.bury_update(7, raw, "TypeError")
    assert "您的一条消息未能处理" in await asks(stage, zhang, "/mydata")


async def test_a_stranger_reads_nothing(stage: Stage) -> None:
    """Only a polite sentence."""
    stranger = stage.box.person("路人")
    assert "本机器人只为本单位党员服务" in await asks(stage, stranger, "/mydata")


def kinds_written_about_members() -> set[str]:
    """The kind of every ledger entry that a use case writes with a subject."""
    found = set()
    for path in USE_CASES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
                about = node.func.attr == "_note" or any(keyword.arg == "subject" for keyword in node.keywords)
                if about and isinstance(node.args[0], ast.Constant):
                    found.add(node.args[0].value)
    return found


def test_every_entry_and_letter_about_a_person_has_a_name() -> None:
    """A code is no word: whatever is written of a member is called something."""
    written = kinds_written_about_members()
    assert {"form_submitted", "rating_approved", "member_joined"} <= written
    assert written | {"result"} <= set(ENTRIES)
    assert set(LETTERS) == set(LETTER_KINDS)
