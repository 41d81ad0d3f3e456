"""What an import of the roster did, or every fault that keeps it from being done."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.sheets.faults import Fault, FaultCode, SheetCode, SheetError
from bot.views.terms import period_name
from bot.views.words import Words

Sentence = Callable[[Words, Fault], str]


def change_rows(_: Words, counts: Mapping[str, int]) -> list[tuple[str, ...]]:
    """What an import did (or would do), in numbers."""
    names = {
        "branches_added": _.plain("new branches"),
        "joined": _.plain("joined"),
        "moved": _.plain("moved to another branch"),
        "changed": _.plain("changed (name, office, category or status)"),
        "left": _.plain("left"),
        "unchanged": _.plain("unchanged"),
    }
    return [(f"{counts[key]:>5}", name) for key, name in names.items()]


def sheet_refused(_: Words, error: SheetError) -> str:
    """Why the file as a whole cannot be read."""
    limit = error.limit or 0
    match error.code:
        case SheetCode.EMPTY_FILE:
            return _.plain("The file is empty.")
        case SheetCode.TOO_LARGE:
            return _.plain("The file is larger than {limit} MB.", limit=limit)
        case SheetCode.TOO_LARGE_UNPACKED:
            return _.plain("The file unpacks to more than {limit} MB.", limit=limit)
        case SheetCode.TOO_MANY_ROWS:
            return _.plain("The sheet has more than {limit} rows.", limit=limit)
        case SheetCode.TOO_MANY_COLUMNS:
            return _.plain("The sheet has more than {limit} columns.", limit=limit)
        case SheetCode.UNKNOWN_FORMAT:
            return _.plain("This is neither an Excel workbook (.xlsx) nor a CSV file.")
        case SheetCode.OLD_OR_PROTECTED:
            return _.plain("This is an old .xls workbook or one with a password: save it as .xlsx without a password.")
        case SheetCode.UNREADABLE_TEXT:
            return _.plain("The text is neither UTF-8 nor GB18030: save it as CSV UTF-8.")
        case SheetCode.BROKEN:
            return _.plain("The file is damaged: open it in Excel and save it anew.")


def fault_rows(_: Words, faults: tuple[Fault, ...]) -> list[tuple[str, ...]]:
    """The faults as a table under its header: row, column, cell, what to correct."""
    header = (_.plain("row"), _.plain("column"), _.plain("cell"), _.plain("what is wrong"))
    return [
        header,
        *(
            (str(fault.row or "–"), fault.column or "–", fault.address or "–", fault_sentence(_, fault))
            for fault in faults
        ),
    ]


def fault_sentence(_: Words, fault: Fault) -> str:
    """What is wrong and, where that helps, what to write instead."""
    return _SENTENCES[fault.code](_, fault)


_SENTENCES: dict[FaultCode, Sentence] = {
    FaultCode.NO_HEADER: lambda _, fault: _.plain(
        "No row with the headers 工号 姓名 支部 党内职务 人员类别 入党日期 状态 was found."
    ),
    FaultCode.MISSING_COLUMN: lambda _, fault: _.plain("The column {column} is missing.", column=fault.column),
    FaultCode.DUPLICATE_COLUMN: lambda _, fault: _.plain(
        "The column {column} appears again; it is also at {other}.", column=fault.column, other=fault.other
    ),
    FaultCode.NO_ROWS: lambda _, fault: _.plain("There is nobody below the header."),
    FaultCode.FORMULA: lambda _, fault: _.plain(
        "{column} holds a formula or an error value: paste it as a plain value.", column=fault.column
    ),
    FaultCode.FORBIDDEN_CHARACTER: lambda _, fault: _.plain(
        "{column} holds an invisible control or direction character ({other}).", column=fault.column, other=fault.other
    ),
    FaultCode.UNREADABLE_CHARACTER: lambda _, fault: _.plain(
        "{column} holds a character that was lost when the file was saved ({value}).",
        column=fault.column, value=fault.value,
    ),
    FaultCode.TOO_LONG: lambda _, fault: _.plain(
        "{column} is longer than {other} characters.", column=fault.column, other=fault.other
    ),
    FaultCode.EMPTY_STAFF_NO: lambda _, fault: _.plain("{column} is empty.", column=fault.column),
    FaultCode.EMPTY_NAME: lambda _, fault: _.plain("{column} is empty.", column=fault.column),
    FaultCode.EMPTY_BRANCH: lambda _, fault: _.plain("{column} is empty.", column=fault.column),
    FaultCode.INVALID_STAFF_NO: lambda _, fault: _.plain(
        "{value} is not a staff number: letters, digits, - _ . / only.", value=fault.value
    ),
    FaultCode.STAFF_NO_LOST_DIGITS: lambda _, fault: _.plain(
        "Excel keeps only 15 digits of {value}: make the column text and type it again.", value=fault.value
    ),
    FaultCode.DUPLICATE_STAFF_NO: lambda _, fault: _.plain(
        "The staff number {value} is also at {other}.", value=fault.value, other=fault.other
    ),
    FaultCode.UNKNOWN_OFFICE: lambda _, fault: _unknown(_, fault),
    FaultCode.UNKNOWN_CATEGORY: lambda _, fault: _unknown(_, fault),
    FaultCode.UNKNOWN_STATUS: lambda _, fault: _unknown(_, fault),
    FaultCode.INVALID_DATE: lambda _, fault: _.plain(
        "{value} is not a date: write 2005-07-01.", value=fault.value
    ),
    FaultCode.INCOMPLETE_DATE: lambda _, fault: _.plain("{value} has no day: write 2005-07-01.", value=fault.value),
    FaultCode.IMPOSSIBLE_DATE: lambda _, fault: _.plain(
        "The date {value} does not exist or lies before July 1921.", value=fault.value
    ),
    FaultCode.FUTURE_DATE: lambda _, fault: _.plain("The date {value} lies in the future.", value=fault.value),
    FaultCode.SECOND_SECRETARY: lambda _, fault: _.plain(
        "{value} has a second secretary; the first is at {other}.", value=fault.value, other=fault.other
    ),
    FaultCode.SECOND_COMMISSIONER: lambda _, fault: _.plain(
        "{value} has a second organisation commissioner; the first is at {other}.",
        value=fault.value, other=fault.other,
    ),
    FaultCode.NOBODY_NAMED: lambda _, fault: _.plain("The row names nobody."),
    FaultCode.NAME_DIFFERS: lambda _, fault: _.plain(
        "This staff number belongs to {other}, but the row says {value}.", value=fault.value, other=fault.other
    ),
    FaultCode.SAME_PERSON: lambda _, fault: _.plain(
        "{value} stands in another row, too: {other}.", value=fault.value, other=fault.other
    ),
    FaultCode.NOT_A_NUMBER: lambda _, fault: _.plain("{value} is not a number.", value=fault.value),
    FaultCode.NOT_A_DURATION: lambda _, fault: _.plain(
        "{value} is not a stretch of time: write minutes, 1:30:00 or 1小时30分.", value=fault.value
    ),
    FaultCode.NUMBER_OUT_OF_RANGE: lambda _, fault: _.plain(
        "{value} must lie between 0 and {other}.", value=fault.value, other=fault.other
    ),
    FaultCode.DAY_OUTSIDE_PERIOD: lambda _, fault: _.plain(
        "{value} lies outside {other}.", value=fault.value, other=period_name(_, fault.other)
    ),
}  # fmt: skip


def _unknown(_: Words, fault: Fault) -> str:
    return _.plain("{value} is not known as {column}.", value=fault.value, column=fault.column)
