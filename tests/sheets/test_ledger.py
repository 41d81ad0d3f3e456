"""The ledger as a workbook: real types, a header that stays, nothing that Excel would compute, however long it is."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import load_workbook

from bot.sheets import ledger as sheet
from bot.sheets.ledger import COLUMNS, Cover, LedgerBook, LedgerRow

AT = datetime(2026, 11, 22, 17, 30, 5)  # noqa: DTZ001 - a wall-clock time, as Excel knows it
ROW = LedgerRow(
    7, AT, "调整积分", "2026年10月", "第一党支部", "张伟", "00102", "王书记", "党员承诺", Decimal(4), Decimal("2.50"),
    '=HYPERLINK("https://x")', "", "default 1", "ab" * 32,
)  # fmt: skip
COVER = Cover("台账", [("组织", "=1+1"), ("条数", 1), ("导出时间", AT)], "完整", whole=True)


def written(*rows: LedgerRow) -> bytes:
    buffer = BytesIO()
    book = LedgerBook(buffer, datetime(2026, 11, 22, tzinfo=UTC))
    book.add(rows)
    book.finish(COVER)
    return buffer.getvalue()


def read(content: bytes, name: str = sheet.SHEET_NAME) -> list[list[object]]:
    return load_workbook(BytesIO(content)).get_sheet_by_name(name).to_python()


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(name).decode()


def test_every_value_keeps_its_type() -> None:
    """Instants can be sorted, points summed, a staff number keeps its zeros, a reason is what was typed."""
    header, row = read(written(ROW))
    assert header == [heading for heading, _width in COLUMNS]
    assert row[0] == 7
    assert row[1] == AT
    assert row[6] == "00102"
    assert row[9:12] == [4, 2.5, '=HYPERLINK("https://x")']


def test_nothing_is_a_formula_or_a_link() -> None:
    """On no sheet, whatever people typed."""
    content = written(ROW)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode(errors="ignore")
            assert "<f>" not in text
            assert "<hyperlink" not in text


def test_the_header_stays_in_sight_and_filters_all_rows() -> None:
    """The number stays in sight, too, when one scrolls to the reasons."""
    markup = part(written(ROW, replace(ROW, seq=8)), "xl/worksheets/sheet2.xml")
    assert '<pane xSplit="1" ySplit="1"' in markup
    assert '<autoFilter ref="A1:O3"/>' in markup
    assert '<col min="12" max="12" width="40' in markup


def test_the_cover_comes_first_and_says_what_the_file_is() -> None:
    """Whoever opens it sees what it holds before he sees names."""
    content = written(ROW)
    assert load_workbook(BytesIO(content)).sheet_names[0] == sheet.COVER_NAME
    cover = read(content, sheet.COVER_NAME)
    assert cover[0][0] == "台账"
    assert ["组织", "=1+1"] in cover
    assert ["", "完整"] in cover


def test_an_empty_export_is_a_workbook_too() -> None:
    """A quarter in which nothing happened."""
    assert len(read(written())) == 1


def test_a_full_sheet_is_followed_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """No entry is lost where Excel's sheets end."""
    monkeypatch.setattr(sheet, "_MOST_ROWS", 3)
    content = written(*(replace(ROW, seq=number) for number in range(1, 8)))
    names = load_workbook(BytesIO(content)).sheet_names[1:]
    assert names == ["台账 Ledger", "台账 Ledger 2", "台账 Ledger 3"]
    assert [row[0] for name in names for row in read(content, name)[1:]] == list(range(1, 8))


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=60))
def test_any_reason_reads_back_as_it_was_typed(reason: str) -> None:
    """Formulas, markup, other scripts."""
    _header, row = read(written(replace(ROW, reason=reason)))
    assert row[11] == reason
