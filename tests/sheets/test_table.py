"""Whatever program saved the file, the cells arrive with their place and type."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from xlsxwriter import Workbook

from bot.sheets.faults import SheetCode, SheetError
from bot.sheets.grid import column_letters
from bot.sheets.table import Cell, CellKind, read_table
from tests.sheets.making import SHEET_PART, Formula, csv_text, with_part, xlsx

ROWS = [["工号", "姓名"], ["007", "陈䶮"], ["008", "阿依古丽·买买提"]]


def texts(data, filename="名册.csv"):
    """The table's cells as texts, row by row."""
    return [[cell.text for cell in row.values()] for row in read_table(data, filename).rows]


def code_of(data, filename="名册.csv"):
    """Why the file is refused."""
    with pytest.raises(SheetError) as refusal:
        read_table(data, filename)
    return refusal.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_as_excel_saves_it(encoding, delimiter):
    """UTF-8, GB18030 and Unicode text; commas, semicolons and tabs."""
    assert texts(csv_text(ROWS, delimiter).encode(encoding)) == ROWS


def test_a_first_line_that_names_the_separator_is_obeyed():
    """Excel's own sep= line counts as a row of the sheet, but not as its content."""
    table = read_table("sep=;\r\n工号;姓名,别名\r\n".encode(), "a.csv")
    assert [cell.text for cell in table.rows[0].values()] == ["工号", "姓名,别名"]
    assert table.rows[0][1].address == "A2"


def test_quoted_cells_may_hold_anything():
    """Line breaks, quotes and delimiters inside a cell stay inside it, and rows are still counted as Excel does."""
    table = read_table(csv_text([["工号", "姓名"], ["1", '张\r\n"伟",\u2028x'], ["2", "b"]]).encode(), "a.csv")
    assert table.rows[1][2].text == '张\r\n"伟",\u2028x'
    assert table.rows[2][2].address == "B3"


def test_an_office_list_does_not_decide_the_delimiter():
    """Semicolons inside one cell do not make the file a semicolon file."""
    rows = [["工号", "姓名", "党内职务"], ["1", "张伟", "支部书记;党委;管理员;组织部"]]
    assert texts(csv_text(rows).encode()) == rows


def test_blank_rows_and_cells_keep_their_places():
    """What is empty is left out, and what is there knows where it stands."""
    (row,) = read_table(b",,\r\n,  ,x\r\n", "a.csv").rows
    assert row == {3: Cell(2, 3, CellKind.TEXT, "x")}
    assert row[3].address == "C2"


def test_workbook_cells_have_types():
    """Texts, numbers, dates and formulas are told apart; a text that looks like a formula is a text."""
    data = xlsx([["=1+1", 7, 0.1, date(2005, 7, 1), Formula("=1+1", 2), True, None, "007"]])
    (row,) = read_table(data, "a.xlsx").rows
    assert [(cell.kind, cell.value) for cell in row.values()] == [
        (CellKind.TEXT, "=1+1"),
        (CellKind.NUMBER, Decimal(7)),
        (CellKind.NUMBER, Decimal("0.1")),
        (CellKind.DATE, date(2005, 7, 1)),
        (CellKind.FORMULA, "2.0"),
        (CellKind.TEXT, "TRUE"),
        (CellKind.TEXT, "007"),
    ]


@pytest.mark.parametrize("number_format", [14, 27, 31, 57, 58, 'yyyy"年"m"月"d"日"', "[$-804]yyyy/m/d;@"])
def test_chinese_date_formats_are_dates(number_format):
    """The formats that a Chinese Excel offers for days are known."""

    def write(workbook, sheet):
        day = workbook.add_format()
        day.set_num_format(number_format)
        sheet.write_number("A1", 38534, day)

    ((cell,),) = [row.values() for row in read_table(xlsx([], write), "a.xlsx").rows]
    assert (cell.kind, cell.value) == (CellKind.DATE, date(2005, 7, 1))


def test_days_count_from_1904_where_the_workbook_says_so():
    """A workbook from an old Mac means the same day."""
    buffer = BytesIO()
    with Workbook(buffer, {"date_1904": True}) as workbook:
        day = workbook.add_format({"num_format": 14})
        workbook.add_worksheet().write_datetime("A1", date(2005, 7, 1), day)
    assert read_table(buffer.getvalue(), "a.xlsx").rows[0][1].value == date(2005, 7, 1)


@pytest.mark.parametrize(
    ("number_format", "kind", "text"),
    [
        ("000000", CellKind.TEXT, "000101"),
        ("00", CellKind.TEXT, "101"),
        ("0", CellKind.NUMBER, "101"),
        ("0.00", CellKind.NUMBER, "101"),
    ],
)
def test_a_number_shown_with_leading_zeros_is_the_text_that_is_shown(number_format, kind, text):
    """Who formats a staff number as 000000 sees 000101 and means it."""

    def write(workbook, sheet):
        sheet.write_number("A1", 101, workbook.add_format({"num_format": number_format}))

    cell = read_table(xlsx([], write), "a.xlsx").rows[0][1]
    assert (cell.kind, cell.text) == (kind, text)


def test_cells_without_an_address_are_counted():
    """Some programs leave the addresses out; the formula is still found in its place."""
    data = with_part(
        xlsx([[1, Formula("=1+1", 2)]]),
        SHEET_PART,
        lambda content: content.replace(b' r="A1"', b"").replace(b' r="B1"', b"").replace(b'<row r="1"', b"<row"),
    )
    assert [cell.kind for cell in read_table(data, "a.xlsx").rows[0].values()] == [CellKind.NUMBER, CellKind.FORMULA]


def test_the_first_visible_sheet_with_content_is_read():
    """An empty first sheet and a hidden one are passed over."""

    def more(workbook, sheet):
        sheet.activate()
        hidden = workbook.add_worksheet("旧")
        hidden.write("A1", "旧")
        hidden.hide()
        workbook.add_worksheet("名册 & 备注").write("A1", "新")

    table = read_table(xlsx([], more), "a.xlsx")
    assert (table.name, table.rows[0][1].text) == ("名册 & 备注", "新")


def test_a_workbook_without_content_is_an_empty_table():
    """Nothing is not a fault of the file."""
    assert read_table(xlsx([]), "a.xlsx").rows == ()


def test_a_workbook_is_known_by_its_content():
    """A wrong ending does not matter."""
    assert texts(xlsx(ROWS), "名册.csv") == ROWS


@pytest.mark.parametrize(
    ("data", "filename", "code"),
    [
        (b"", "a.csv", SheetCode.EMPTY_FILE),
        (b"x" * (5 * 1024 * 1024 + 1), "a.csv", SheetCode.TOO_LARGE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "a.xls", SheetCode.OLD_OR_PROTECTED),
        (b"%PDF-1.7", "a.pdf", SheetCode.UNKNOWN_FORMAT),
        (b"a,b\0c", "a.csv", SheetCode.UNREADABLE_TEXT),
        (b"\xff\xff\xff", "a.csv", SheetCode.UNREADABLE_TEXT),
        (b"\xff\xfea", "a.csv", SheetCode.UNREADABLE_TEXT),
        (b'a,"b\r\n', "a.csv", SheetCode.BROKEN),
        (b"a\r\n" * 100_001, "a.csv", SheetCode.TOO_MANY_ROWS),
        (b"," * 64 + b"x", "a.csv", SheetCode.TOO_MANY_COLUMNS),
    ],
    ids=lambda value: value if isinstance(value, SheetCode) else "",
)
def test_a_file_that_cannot_be_read_says_why(data, filename, code):
    """One clear reason a file, never a traceback."""
    assert code_of(data, filename) is code


@pytest.mark.parametrize(("column", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_columns_are_lettered_as_in_excel(column, letters):
    """Z is followed by AA."""
    assert column_letters(column) == letters
