"""What we write opens in Excel as an office expects it."""

from __future__ import annotations

import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO

from bot.sheets.table import CellKind, read_table
from bot.sheets.workbook import Sheet, write_workbook

DAY = date(2026, 1, 15)
SHEET = Sheet("名册", ("姓名", "入党日期", "积分"), [("张伟", DAY, Decimal("81.25")), ("=1+1", None, 7)])


def sheet_markup(sheet):
    """The XML of the one sheet, as Excel will read it."""
    with zipfile.ZipFile(BytesIO(write_workbook([sheet], DAY))) as archive:
        return archive.read("xl/worksheets/sheet1.xml").decode()


def test_values_keep_their_types():
    """Dates are dates, points are numbers, and a text is never a formula or a link."""
    table = read_table(write_workbook([SHEET], DAY), "a.xlsx")
    assert [[(cell.kind, cell.value) for cell in row.values()] for row in table.rows[1:]] == [
        [(CellKind.TEXT, "张伟"), (CellKind.DATE, DAY), (CellKind.NUMBER, Decimal("81.25"))],
        [(CellKind.TEXT, "=1+1"), (CellKind.NUMBER, Decimal(7))],
    ]


def test_titles_and_headers_are_texts_too():
    """A title that looks like a formula or a link is neither."""
    markup = sheet_markup(Sheet("名册", ("=1+1", "https://example.org"), [], title="=1+1"))
    assert "<f>" not in markup
    assert "hyperlink" not in markup


def test_the_day_of_making_is_the_one_that_was_given():
    """The clock of the machine leaves no trace in the file."""
    with zipfile.ZipFile(BytesIO(write_workbook([SHEET], DAY))) as archive:
        assert b">2026-01-15T00:00:00Z</dcterms:created>" in archive.read("docProps/core.xml")


def test_the_header_stays_in_sight_and_filters():
    """The rows below the header scroll, and the header's arrows filter all of them."""
    markup = sheet_markup(SHEET)
    assert '<pane ySplit="1"' in markup
    assert '<autoFilter ref="A1:C3"/>' in markup


def test_a_title_stands_merged_above_the_header():
    """The header moves one row down and stays in sight together with the title."""
    markup = sheet_markup(Sheet("名册", ("姓名", "状态"), [("张伟", "在册")], title="党员名册"))
    assert '<mergeCell ref="A1:B1"/>' in markup
    assert '<pane ySplit="2"' in markup
    assert '<autoFilter ref="A2:B3"/>' in markup


def test_several_sheets_stand_in_order():
    """A workbook holds one sheet for each that was asked for."""
    data = write_workbook([SHEET, Sheet("空", ("姓名",), [])], DAY)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        workbook = archive.read("xl/workbook.xml").decode()
    assert workbook.index("名册") < workbook.index("空")


def test_the_same_content_gives_the_same_bytes():
    """Two exports of the same state can be compared by their hash."""
    assert write_workbook([SHEET], DAY) == write_workbook([SHEET], DAY)
