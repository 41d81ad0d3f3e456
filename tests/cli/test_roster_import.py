"""The roster comes in as a whole, or every fault is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.catalog import load_catalog
from bot.sheets.faults import Fault, FaultCode, SheetCode, SheetError
from bot.views.roster import fault_rows, fault_sentence, sheet_refused
from tests.cli.conftest import Office

HEADER = "工号,姓名,支部,党内职务,人员类别,入党日期,状态\n"


def csv(office: Office, *rows: str) -> str:
    file = office.folder / "名册.csv"
    file.write_text(HEADER + "\n".join(rows), encoding="utf-8")
    return str(file)


def staff_numbers(office: Office) -> list[str]:
    async def all_of_them(core):
        async with core.store.read() as tx:
            return [person.staff_no for person in await tx.people.all()]

    return office.ask(all_of_them)


def test_the_report_counts_who_came(office: Office):
    """After the first import the office reads how many joined and what to do next."""
    office.does("migrate")
    printed = office.does("roster", "import", office.roster())
    assert "12  joined" in printed
    assert "3  new branches" in printed
    assert "xianfeng invites" in printed


def test_the_same_file_again_changes_nothing(ready: Office):
    """Importing twice is harmless."""
    printed = ready.does("roster", "import", ready.roster())
    assert "12  unchanged" in printed
    assert " 0  joined" in printed


def test_who_is_not_listed_any_more_has_left(ready: Office):
    """A later roster without somebody lets him go; the report says so."""
    printed = ready.does("roster", "import", csv(ready, "000101,甲,办公室党支部,书记,在职,2001-07-01,在册"))
    assert "11  left" in printed


def test_a_rehearsal_stores_nothing(office: Office):
    """--dry-run shows the numbers and leaves the database as it was."""
    office.does("migrate")
    printed = office.does("roster", "import", office.roster(), "--dry-run")
    assert "12  joined" in printed
    assert "nothing is stored" in printed
    assert staff_numbers(office) == []


def test_faults_come_as_a_table_and_nothing_is_imported(office: Office):
    """Row, column, cell and what to correct, for every fault at once."""
    office.does("migrate")
    printed = office.is_refused(
        "roster", "import", csv(office, "1,,一支部,书记,在职,2001-07-01,在册", "1,乙,一支部,书记,在职,2001-02-30,在册")
    )
    assert "4 faults; nothing was imported." in printed
    lines = [line.split(maxsplit=3) for line in printed.splitlines()]
    assert ["2", "姓名", "B2", "姓名 is empty."] in lines
    assert ["3", "工号", "A3", "The staff number 1 is also at A2."] in lines
    assert ["3", "入党日期", "F3", "The date 2001-02-30 does not exist or lies before July 1921."] in lines
    assert staff_numbers(office) == []


def test_the_import_is_in_the_ledger_as_the_operators(ready: Office):
    """Whoever reads the ledger sees that the command line did it."""

    async def imports(core):
        async with core.store.read() as tx:
            return [entry.body for entry in await tx.ledger.entries() if entry.kind == "roster_imported"]

    (body,) = ready.ask(imports)
    assert '"by":"cli"' in body
    assert '"joined":12' in body


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.xlsx", b"", "The file is empty."),
        ("a.pdf", b"%PDF", "neither an Excel workbook"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + b"0" * 600, "old .xls workbook"),
    ],
)
def test_a_file_that_is_no_table_is_named(office: Office, name: str, content: bytes, sentence: str):
    """The wrong file is refused with what to do."""
    office.does("migrate")
    Path(name).write_bytes(content)
    assert sentence in office.is_refused("roster", "import", name)


def test_a_file_that_is_not_there_is_one_sentence(office: Office):
    """A wrong path is told, not traced."""
    office.does("migrate")
    assert (
        office.is_refused("roster", "import", "nowhere.xlsx")
        == "nowhere.xlsx cannot be used: No such file or directory.\n"
    )


@pytest.mark.parametrize("code", FaultCode)
def test_every_fault_has_its_sentence(code: FaultCode):
    """No fault shows a code or an empty field, in either language."""
    fault = Fault(7, "工号", "A7", code, "张伟", "A3")
    for words in load_catalog().values():
        sentence = fault_sentence(words, fault)
        assert "{" not in sentence
        assert len(sentence) > 5
        assert fault_rows(words, (fault,))[1][:3] == ("7", "工号", "A7")


@pytest.mark.parametrize("code", SheetCode)
def test_every_refused_file_has_its_sentence(code: SheetCode):
    """The limit is named where there is one."""
    for words in load_catalog().values():
        sentence = sheet_refused(words, SheetError(code, 5))
        assert code.value not in sentence
        assert ("5" in sentence) == (code.value.startswith("too_"))
