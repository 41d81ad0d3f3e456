"""What can be wrong with a spreadsheet, as codes and facts; the words for people are made elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.errors import XianfengError


class SheetCode(StrEnum):
    """Why a file as a whole cannot be read; `{limit}` is `SheetError.limit`.

    - EMPTY_FILE: "The file is empty."
    - TOO_LARGE: "The file is larger than {limit} MB."
    - TOO_LARGE_UNPACKED: "The file unpacks to more than {limit} MB."
    - TOO_MANY_ROWS: "The sheet has more than {limit} rows."
    - TOO_MANY_COLUMNS: "The sheet has more than {limit} columns."
    - UNKNOWN_FORMAT: "This is neither an Excel workbook (.xlsx) nor a CSV file."
    - OLD_OR_PROTECTED: "This is an old .xls workbook or one with a password: save it as .xlsx without a password."
    - UNREADABLE_TEXT: "The text is neither UTF-8 nor GB18030: save it as CSV UTF-8."
    - BROKEN: "The file is damaged: open it in Excel and save it anew."
    """

    EMPTY_FILE = "empty_file"
    TOO_LARGE = "too_large"
    TOO_LARGE_UNPACKED = "too_large_unpacked"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    UNKNOWN_FORMAT = "unknown_format"
    OLD_OR_PROTECTED = "old_or_protected"
    UNREADABLE_TEXT = "unreadable_text"
    BROKEN = "broken"


class SheetError(XianfengError):
    """The file cannot be read as a table."""

    def __init__(self, code: SheetCode, limit: int | None = None) -> None:
        super().__init__(code.value)
        self.code = code
        self.limit = limit


class FaultCode(StrEnum):
    """What is wrong with a roster or an export; `{column}`, `{value}` and `{other}` are the fields of `Fault`.

    About the table:

    - NO_HEADER: "No row with the headers 工号 姓名 支部 党内职务 人员类别 入党日期 状态 was found."
    - MISSING_COLUMN: "The column {column} is missing."
    - DUPLICATE_COLUMN: "The column {column} appears again; it is also at {other}."
    - NO_ROWS: "There is nobody below the header."

    About any cell:

    - FORMULA: "{column} holds a formula or an error value: paste it as a plain value."
    - FORBIDDEN_CHARACTER: "{column} holds an invisible control or direction character ({other})."
    - UNREADABLE_CHARACTER: "{column} holds a character that was lost when the file was saved ({value})."
    - TOO_LONG: "{column} is longer than {other} characters."

    About one column:

    - EMPTY_STAFF_NO, EMPTY_NAME, EMPTY_BRANCH: "{column} is empty."
    - INVALID_STAFF_NO: "{value} is not a staff number: letters, digits, - _ . / only."
    - STAFF_NO_LOST_DIGITS: "Excel keeps only 15 digits of {value}: make the column text and type it again."
    - DUPLICATE_STAFF_NO: "The staff number {value} is also at {other}."
    - UNKNOWN_OFFICE, UNKNOWN_CATEGORY, UNKNOWN_STATUS: "{value} is not known as {column}."
    - INVALID_DATE: "{value} is not a date: write 2005-07-01."
    - INCOMPLETE_DATE: "{value} has no day: write 2005-07-01."
    - IMPOSSIBLE_DATE: "The date {value} does not exist or lies before July 1921."
    - FUTURE_DATE: "The date {value} lies in the future."
    - SECOND_SECRETARY: "{value} has a second secretary; the first is at {other}."
    - SECOND_COMMISSIONER: "{value} has a second organisation commissioner; the first is at {other}."

    About an export of a platform:

    - NOBODY_NAMED: "The row names nobody."
    - NAME_DIFFERS: "This staff number belongs to {other}, but the row says {value}."
    - SAME_PERSON: "{value} stands in another row, too: {other}."
    - NOT_A_NUMBER: "{value} is not a number."
    - NOT_A_DURATION: "{value} is not a stretch of time: write minutes, 1:30:00 or 1小时30分."
    - NUMBER_OUT_OF_RANGE: "{value} must lie between 0 and {other}."
    - DAY_OUTSIDE_PERIOD: "{value} lies outside {other}."
    """

    NO_HEADER = "no_header"
    MISSING_COLUMN = "missing_column"
    DUPLICATE_COLUMN = "duplicate_column"
    NO_ROWS = "no_rows"
    FORMULA = "formula"
    FORBIDDEN_CHARACTER = "forbidden_character"
    UNREADABLE_CHARACTER = "unreadable_character"
    TOO_LONG = "too_long"
    EMPTY_STAFF_NO = "empty_staff_no"
    EMPTY_NAME = "empty_name"
    EMPTY_BRANCH = "empty_branch"
    INVALID_STAFF_NO = "invalid_staff_no"
    STAFF_NO_LOST_DIGITS = "staff_no_lost_digits"
    DUPLICATE_STAFF_NO = "duplicate_staff_no"
    UNKNOWN_OFFICE = "unknown_office"
    UNKNOWN_CATEGORY = "unknown_category"
    UNKNOWN_STATUS = "unknown_status"
    INVALID_DATE = "invalid_date"
    INCOMPLETE_DATE = "incomplete_date"
    IMPOSSIBLE_DATE = "impossible_date"
    FUTURE_DATE = "future_date"
    SECOND_SECRETARY = "second_secretary"
    SECOND_COMMISSIONER = "second_commissioner"
    NOBODY_NAMED = "nobody_named"
    NAME_DIFFERS = "name_differs"
    SAME_PERSON = "same_person"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_DURATION = "not_a_duration"
    NUMBER_OUT_OF_RANGE = "number_out_of_range"
    DAY_OUTSIDE_PERIOD = "day_outside_period"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to correct: `row` and `address` as Excel shows them (0 and "" where the whole table is meant)."""

    row: int
    column: str
    address: str
    code: FaultCode
    value: str = ""
    other: str = ""


class RosterFaults(XianfengError):  # noqa: N818
    """The roster is refused as a whole; every fault is named, in the order of the sheet."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(f"{len(faults)} faults, the first: {faults[0].code} at {faults[0].address or 'the table'}")
        self.faults = faults


class CellError(Exception):
    """One cell does not say what its column asks for; whoever knows the column makes a `Fault` of it."""

    def __init__(self, code: FaultCode, value: str = "", other: str = "") -> None:
        super().__init__(code.value)
        self.code = code
        self.value = value
        self.other = other
