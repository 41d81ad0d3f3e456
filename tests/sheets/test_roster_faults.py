"""Every fault of a roster is named with its row and column, and nothing of a faulty roster is taken."""

from __future__ import annotations

from datetime import date

import pytest

from bot.sheets.faults import Fault, FaultCode, RosterFaults
from bot.sheets.roster import read_roster
from bot.sheets.table import read_table
from tests.sheets.making import HEADER, TODAY, Formula, fault_of, faults_of, person, xlsx

SECRETARY = {"党内职务": "支部书记"}
COMMISSIONER = {"党内职务": "组织委员"}


def test_a_sheet_without_the_headers_is_refused():
    """A table of something else is not taken for a roster."""
    assert faults_of(["1", "2"], header=["日期", "金额"]) == (Fault(0, "", "", FaultCode.NO_HEADER),)


@pytest.mark.parametrize("column", HEADER)
def test_each_missing_column_is_named(column):
    """Leaving out a column is refused: the next import would otherwise wipe what it holds."""
    header = [name for name in HEADER if name != column]
    assert faults_of(header=header) == (Fault(1, column, "", FaultCode.MISSING_COLUMN),)


def test_a_column_that_stands_twice_is_refused():
    """Two name columns: nobody can know which one counts."""
    assert faults_of(person(), header=[*HEADER, "姓 名"]) == (
        Fault(1, "姓名", "H1", FaultCode.DUPLICATE_COLUMN, "姓 名", "B1"),
    )


def test_a_roster_without_people_is_refused():
    """A header alone does not make everybody leave."""
    assert faults_of() == (Fault(0, "", "", FaultCode.NO_ROWS),)


@pytest.mark.parametrize(
    ("column", "code"),
    [("工号", FaultCode.EMPTY_STAFF_NO), ("姓名", FaultCode.EMPTY_NAME), ("支部", FaultCode.EMPTY_BRANCH)],
)
@pytest.mark.parametrize("empty", ["", "  ", "\u3000", "\u200b"])
def test_an_empty_key_cell_is_named(column, code, empty):
    """Staff number, name and branch must be there; blanks do not count, not even invisible ones."""
    fault = fault_of(**{column: empty})
    assert (fault.row, fault.column, fault.code) == (2, column, code)


def test_a_staff_number_used_twice_is_named_with_the_first_place():
    """The second holder of a number is shown where the first one stands."""
    assert faults_of(person(), person(姓名="李堃")) == (
        Fault(3, "工号", "A3", FaultCode.DUPLICATE_STAFF_NO, "000101", "A2"),
    )


def test_staff_numbers_that_differ_in_width_or_case_only_are_the_same():
    """a１ and A1 are one number to everybody but a computer."""
    (fault,) = faults_of(person(工号="A1"), person(工号="a１"))
    assert fault.code is FaultCode.DUPLICATE_STAFF_NO


@pytest.mark.parametrize("value", ["12 34", "0=1", "-5", -5, 10.5, date(2020, 1, 1), "①#", "<b>1</b>"])
def test_what_cannot_be_a_staff_number_is_refused(value):
    """Signs, fractions and dates are slips of the hand."""
    assert fault_of(工号=value).code is FaultCode.INVALID_STAFF_NO


def test_a_long_number_that_excel_has_rounded_is_refused():
    """An eighteen digit number typed as a number has lost its end before we see it."""
    fault = fault_of(工号=110101199003071234)
    assert (fault.address, fault.code) == ("A2", FaultCode.STAFF_NO_LOST_DIGITS)


@pytest.mark.parametrize(("column", "longest"), [("工号", 32), ("姓名", 40), ("支部", 60)])
def test_a_text_that_is_too_long_is_refused(column, longest):
    """A pasted paragraph is not a name; the longest one that is allowed still passes."""
    fault = fault_of(**{column: "9" * (longest + 1)})
    assert (fault.code, fault.other) == (FaultCode.TOO_LONG, str(longest))
    assert not faults_of(person(**{column: "9" * longest}))


@pytest.mark.parametrize("hidden", ["\u202e", "\u2066", "\u200f", "\u200d", "\x01", "\x7f", "\x85\x86"])
@pytest.mark.parametrize("column", ["工号", "姓名", "支部", "党内职务", "人员类别", "入党日期", "状态"])
def test_control_and_direction_characters_are_refused(column, hidden):
    """Nobody may turn a name round or hide something in it."""
    fault = fault_of(**{column: f"张{hidden}伟"})
    assert (fault.column, fault.code) == (column, FaultCode.FORBIDDEN_CHARACTER)
    assert fault.other == f"U+{ord(hidden[-1]):04X}"


@pytest.mark.parametrize("lost", ["?", "？", "\ufffd", "\ue863"])
def test_a_name_that_lost_a_character_in_saving_is_refused(lost):
    """王? was 王喆 until somebody saved the file in an old encoding."""
    fault = fault_of(姓名=f"王{lost}")
    assert (fault.code, fault.value) == (FaultCode.UNREADABLE_CHARACTER, f"王{lost}")


@pytest.mark.parametrize("column", HEADER)
def test_a_formula_is_refused_in_every_column(column):
    """What a formula shows today it may not show tomorrow."""
    fault = fault_of(**{column: Formula("=TRIM(K2)", "007")})
    assert (fault.row, fault.column, fault.code) == (2, column, FaultCode.FORMULA)


def test_an_error_value_is_refused():
    """#N/A is what is left of a broken lookup."""
    assert fault_of(支部=Formula("=NA()", "#N/A")).code is FaultCode.FORMULA


def test_every_cell_of_an_array_formula_is_refused():
    """Only the first cell of an array says that it is computed; the others are found as well."""

    def spread(_workbook, sheet):
        sheet.write_array_formula("B2:B3", "{=K2:K3}", None, "张伟")
        sheet.write_string("B3", "李堃")

    data = xlsx([HEADER, person(), person(工号="000102")], spread)
    with pytest.raises(RosterFaults) as refusal:
        read_roster(read_table(data, "a.xlsx"), TODAY)
    assert [(fault.address, fault.code) for fault in refusal.value.faults] == [
        ("B2", FaultCode.FORMULA),
        ("B3", FaultCode.FORMULA),
    ]


def test_a_formula_in_a_csv_file_is_refused():
    """Excel would compute it on opening, so it is not the text that it seems to be."""
    data = f"{','.join(HEADER)}\r\n007,=1+1,一支部,,,,\r\n".encode()
    with pytest.raises(RosterFaults) as refusal:
        read_roster(read_table(data, "a.csv"), TODAY)
    assert refusal.value.faults == (Fault(2, "姓名", "B2", FaultCode.FORMULA),)


@pytest.mark.parametrize(
    ("column", "code"),
    [
        ("党内职务", FaultCode.UNKNOWN_OFFICE),
        ("人员类别", FaultCode.UNKNOWN_CATEGORY),
        ("状态", FaultCode.UNKNOWN_STATUS),
    ],
)
def test_a_word_that_is_not_known_is_named(column, code):
    """A word outside the closed lists is shown, not guessed at."""
    fault = fault_of(**{column: "船长"})
    assert (fault.column, fault.code, fault.value) == (column, code, "船长")


def test_the_one_unknown_office_among_several_is_named():
    """Of several offices the one that is not known is quoted."""
    assert fault_of(党内职务="支部书记、船长").value == "船长"


@pytest.mark.parametrize(
    ("office", "code"), [(SECRETARY, FaultCode.SECOND_SECRETARY), (COMMISSIONER, FaultCode.SECOND_COMMISSIONER)]
)
def test_a_branch_has_one_secretary_and_one_commissioner(office, code):
    """The second one is named with the place of the first; another branch may have its own."""
    other = person(工号="3", 支部="营业部党支部", **office)
    assert faults_of(person(工号="1", **office), other, person(工号="2", **office)) == (
        Fault(4, "党内职务", "D4", code, "公司业务部党支部", "D2"),
    )


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("2005-02-30", FaultCode.IMPOSSIBLE_DATE),
        ("20051301", FaultCode.IMPOSSIBLE_DATE),
        ("1921-06-30", FaultCode.IMPOSSIBLE_DATE),
        (date(1901, 5, 4), FaultCode.IMPOSSIBLE_DATE),
        ("2026-01-16", FaultCode.FUTURE_DATE),
        (date(2026, 1, 16), FaultCode.FUTURE_DATE),
        ("2005.07", FaultCode.INCOMPLETE_DATE),
        ("2005年7月", FaultCode.INCOMPLETE_DATE),
        (2005.7, FaultCode.INCOMPLETE_DATE),
        (2005, FaultCode.INCOMPLETE_DATE),
        (200507, FaultCode.INCOMPLETE_DATE),
        (38534, FaultCode.INVALID_DATE),
        ("05-7-1", FaultCode.INVALID_DATE),
        ("前年", FaultCode.INVALID_DATE),
    ],
)
def test_a_day_that_cannot_be_is_refused(value, code):
    """Days that do not exist, lie ahead, or lack their day are named, never repaired by guessing."""
    fault = fault_of(入党日期=value)
    assert (fault.address, fault.code) == ("F2", code)


def test_all_faults_are_named_at_once():
    """The office corrects its sheet in one go, in the order of the sheet."""
    faults = faults_of(
        person(姓名="", 状态="休眠"),
        person(工号="000102"),
        person(工号="000102", 入党日期="2005-02-30"),
    )
    assert [(fault.address, fault.code) for fault in faults] == [
        ("B2", FaultCode.EMPTY_NAME),
        ("G2", FaultCode.UNKNOWN_STATUS),
        ("A4", FaultCode.DUPLICATE_STAFF_NO),
        ("F4", FaultCode.IMPOSSIBLE_DATE),
    ]


def test_rows_are_counted_as_excel_shows_them():
    """Title rows and blank rows keep their numbers, so that the office finds the cell."""
    rows = [["党员名册"], [], HEADER, [], person(姓名="")]
    with pytest.raises(RosterFaults) as refusal:
        read_roster(read_table(xlsx(rows), "a.xlsx"), TODAY)
    assert refusal.value.faults == (Fault(5, "姓名", "B5", FaultCode.EMPTY_NAME),)
