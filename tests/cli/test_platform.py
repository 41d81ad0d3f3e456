"""The platforms' records on the command line: taken over as a whole, or every reason against it named."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.periods import Month
from bot.domain.platforms import Platform
from tests.cli.conftest import Office

PERIOD = ("--period", "2026-01")


def examples(office: Office) -> dict[str, str]:
    printed = office.does("platform", "example", "--out", str(office.folder / "out"), *PERIOD)
    files = [Path(line) for line in printed.splitlines()]
    assert all(file.exists() for file in files)
    return dict(zip(("dengta", "zhiniao", "xuexi"), map(str, files), strict=True))


def in_force(office: Office) -> int:
    async def count(core):
        async with core.store.read() as tx:
            return len(await tx.platforms.in_force([Month(2026, 1)]))

    return office.ask(count)


def csv(office: Office, text: str) -> str:
    file = office.folder / "导出.csv"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_an_export_is_taken_over_and_the_second_time_changes_nothing(ready: Office):
    """The report names the columns and counts; twice is once."""
    file = examples(ready)["zhiniao"]
    printed = ready.does("platform", "import", file, "--platform", "zhiniao", *PERIOD)
    assert "staff number            A 工号" in printed
    assert " new" in printed
    again = ready.does("platform", "import", file, "--platform", "zhiniao", *PERIOD)
    assert "It changes nothing." in again
    assert in_force(ready) == 1


def test_a_rehearsal_stores_nothing(ready: Office):
    """--dry-run shows the numbers only."""
    printed = ready.does(
        "platform", "import", examples(ready)["dengta"], "--platform", "dengta", *PERIOD, "--dry-run"
    )  # fmt: skip
    assert "nothing is stored" in printed
    assert in_force(ready) == 0


def test_faults_come_as_a_table_and_nothing_is_taken_over(ready: Office):
    """Row, column, cell and what to correct."""
    file = csv(ready, "工号,姓名,参学次数\n000101,谁,两次\n")
    printed = ready.is_refused("platform", "import", file, "--platform", "xuexi", *PERIOD)
    assert "faults in the file; nothing was taken over." in printed
    assert "C2" in printed
    assert "两次 is not a number." in printed
    assert in_force(ready) == 0


def test_unknown_headings_are_named_on_the_command_line(ready: Office):
    """--column says which is which; it is remembered."""
    file = csv(ready, "编码,完成情况\n000101,3\n000999,1\n")
    told = ready.is_refused("platform", "import", file, "--platform", "xuexi", *PERIOD)
    assert "--column" in told
    columns = ("--column", "staff_no=编码", "--column", "study_count=完成情况")
    printed = ready.does("platform", "import", file, "--platform", "xuexi", *PERIOD, *columns)
    assert "not on the roster, left out: 000999 (A3)" in printed
    ready.does("platform", "import", file, "--platform", "xuexi", *PERIOD)
    assert in_force(ready) == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--platform", "tiktok", *PERIOD), f"one of: {', '.join(Platform)}"),
        (("--platform", "xuexi", "--period", "2026-13"), "A month is written 2026-11"),
        (("--platform", "xuexi", "--period", "2199-01"), "has not been opened yet"),
        (("--platform", "xuexi", *PERIOD, "--column", "shoe=鞋"), "Not shoe, but one of"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_sentence(ready: Office, words: tuple[str, ...], sentence: str):
    """A platform, period or field that is none."""
    file = csv(ready, "工号,参学次数\n000101,3\n")
    assert sentence in ready.is_refused("platform", "import", file, *words)


def test_who_could_be_several_is_named_with_those_it_could_be(ready: Office):
    """Nobody can be asked here, so nothing is taken over."""
    header = "工号,姓名,支部,党内职务,人员类别,入党日期,状态\n"
    rows = [f"{number},何苗,{branch},党员,在职,2001-07-01,在册\n" for number, branch in ((1, "一支部"), (2, "二支部"))]
    ready.does("roster", "import", csv(ready, header + "".join(rows)))
    file = csv(ready, "姓名,参学次数\n何苗,3\n")
    printed = ready.is_refused("platform", "import", file, "--platform", "xuexi", *PERIOD)
    assert "A2 何苗: 1 一支部、2 二支部" in printed
    assert in_force(ready) == 0
