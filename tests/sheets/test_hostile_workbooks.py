"""A workbook made to do harm is refused with a reason; it takes neither memory nor the process with it."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from bot.sheets.faults import SheetCode, SheetError
from bot.sheets.table import read_table
from tests.sheets.making import SHEET_PART, with_part, xlsx

SMALL = xlsx([["工号"], [None, 5]])
STRINGS_PART = "xl/sharedStrings.xml"


def code_of(data):
    """Why the workbook is refused."""
    with pytest.raises(SheetError) as refusal:
        read_table(data, "a.xlsx")
    return refusal.value.code


def in_sheet(old, new):
    """The small workbook with this in its sheet instead of that."""
    assert old in zipfile.ZipFile(BytesIO(SMALL)).read(SHEET_PART)
    return with_part(SMALL, SHEET_PART, lambda content: content.replace(old, new))


@pytest.mark.parametrize(
    ("address", "code"),
    [
        (b"A1048576", SheetCode.TOO_MANY_ROWS),
        (b"XFD2", SheetCode.TOO_MANY_COLUMNS),
        (b"XFD1048576", SheetCode.TOO_MANY_ROWS),
        (b"ZZZZZZZZZZZ99999999999999", SheetCode.BROKEN),
        (b"2B", SheetCode.BROKEN),
    ],
)
def test_a_cell_far_away_is_not_reached_for(address, code):
    """One cell in the last corner would make a reader reserve the whole sheet."""
    assert code_of(in_sheet(b'<c r="B2"', b'<c r="' + address + b'"')) is code


def test_a_formatted_cell_far_away_does_no_harm():
    """Offices paint whole sheets; a cell without content is not a large sheet."""
    data = in_sheet(b"</row></sheetData>", b'<c r="XFD2" s="0"/></row></sheetData>')
    assert len(read_table(data, "a.xlsx").rows) == 2


@pytest.mark.parametrize("claim", [b"4294967295", b"99999999", b"-1", b"x"])
def test_a_false_count_of_strings_is_refused(claim):
    """A reader that believed the count would reserve a hundred gigabytes."""
    data = with_part(
        SMALL, STRINGS_PART, lambda content: content.replace(b'uniqueCount="1"', b'uniqueCount="' + claim + b'"')
    )
    assert code_of(data) is SheetCode.BROKEN


def test_a_false_count_cannot_hide_in_another_encoding():
    """The same claim in UTF-16 is refused as well."""
    data = with_part(
        SMALL,
        STRINGS_PART,
        lambda content: content.decode().replace("UTF-8", "UTF-16").replace('t="1"', 't="4294967295"').encode("utf-16"),
    )
    assert code_of(data) is SheetCode.BROKEN


def test_entities_are_refused():
    """A document type declaration is the door of the billion laughs."""
    data = in_sheet(b"<worksheet", b'<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet')
    assert code_of(data) is SheetCode.BROKEN


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    """A hundred megabytes of blanks fit in a hundred kilobytes."""
    data = with_part(SMALL, STRINGS_PART, lambda content: content + b" " * 100_000_000)
    assert len(data) < 200_000
    assert code_of(data) is SheetCode.TOO_LARGE_UNPACKED


def test_a_zip_bomb_that_lies_about_its_size_is_refused():
    """The directory says ten bytes; what comes out is more."""
    data = with_part(SMALL, STRINGS_PART, lambda content: content + b" " * 100_000_000)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        true_size = archive.getinfo(STRINGS_PART).file_size
    lying = data.replace(true_size.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != data
    assert code_of(lying) is SheetCode.BROKEN


def test_thousands_of_parts_are_refused():
    """A workbook has dozens of parts, not thousands."""
    buffer = BytesIO(SMALL)
    with zipfile.ZipFile(buffer, "a") as archive:
        for number in range(1_001):
            archive.writestr(f"xl/{number}.xml", b"")
    assert code_of(buffer.getvalue()) is SheetCode.TOO_LARGE_UNPACKED


def test_an_array_formula_over_the_whole_sheet_is_refused():
    """Marking every cell of it would take the memory of a hundred rosters."""
    data = in_sheet(b"<v>5</v>", b'<f t="array" ref="A1:XFD1048576">1</f><v>5</v>')
    assert code_of(data) is SheetCode.BROKEN


def test_of_overlapping_merged_ranges_the_first_counts():
    """A thousand ranges over one another cost no more than one."""
    merged = b'</sheetData><mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="A2:A3"/></mergeCells>'
    rows = xlsx([["甲", 1], [None, 2], [None, 3]])
    data = with_part(rows, SHEET_PART, lambda content: content.replace(b"</sheetData>", merged))
    assert [row[1].text if 1 in row else "" for row in read_table(data, "a.xlsx").rows] == ["甲", "甲", ""]


@pytest.mark.parametrize("reference", [b"A1:XFD1048576", b"B9:A1", b"A1:A9999999"])
def test_a_merged_range_of_any_size_is_survived(reference):
    """Merged ranges may lie about their size; only rows that are there are filled."""
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="' + reference + b'"/></mergeCells>'
    assert len(read_table(in_sheet(b"</sheetData>", merged), "a.xlsx").rows) == 2


def with_number(number_format, value):
    """A workbook whose one cell has this format and, whatever a program would write, this value."""

    def write(workbook, sheet):
        sheet.write_number("A1", 5, workbook.add_format({"num_format": number_format}))

    return with_part(xlsx([], write), SHEET_PART, lambda content: content.replace(b"<v>5<", b"<v>" + value + b"<"))


@pytest.mark.parametrize("value", [b"1e300", b"nan", b"inf", b"99999999999", b"-1"])
@pytest.mark.parametrize("number_format", ["yyyy/m/d", "h:mm", "000", "General"])
def test_a_number_beyond_all_time_is_a_value_like_any_other(number_format, value):
    """A day that no calendar holds is shown as it stands; whoever asked for a day will refuse it."""
    assert read_table(with_number(number_format, value), "a.xlsx").rows[0][1].text


@pytest.mark.parametrize("number_format", ["yyyy/m/d", "h:mm", "[h]:mm:ss"])
@pytest.mark.parametrize("value", [b"-1e300", b"-inf"])
def test_a_day_before_all_time_is_refused(number_format, value):
    """The fast reader panics at it; the bot does not."""
    assert code_of(with_number(number_format, value)) is SheetCode.BROKEN


@pytest.mark.parametrize("value", [b"1e300", b"inf", b"99999999999"])
def test_a_time_span_beyond_all_time_is_refused(value):
    """More hours than Python can count are a damaged file."""
    assert code_of(with_number("[h]:mm:ss", value)) is SheetCode.BROKEN


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04",
        SMALL[: len(SMALL) // 2],
        SMALL[:-30],
        in_sheet(b"</sheetData>", b""),
        in_sheet(b"<v>0</v>", b"<v>9</v>"),
        with_part(SMALL, STRINGS_PART, lambda content: content.replace("工号".encode(), b"\xff\xff")),
        with_part(SMALL, "xl/_rels/workbook.xml.rels", lambda content: content.replace(b"sheet1.xml", b"../../x")),
        with_part(SMALL, "xl/workbook.xml", lambda _content: b""),
    ],
)
def test_a_damaged_workbook_is_refused(data):
    """Torn, cut or inconsistent: one clear sentence."""
    assert code_of(data) is SheetCode.BROKEN


def test_another_kind_of_zip_is_not_a_workbook():
    """A zip of photos is told apart from a damaged workbook."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("photo.jpg", b"")
    assert code_of(buffer.getvalue()) is SheetCode.UNKNOWN_FORMAT
