"""An export of a learning platform: its headings, which column holds what, and what each row says of somebody."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeVar

from bot.domain.platforms import Columns, Field, Period, Platform, Values, event_measure, holds
from bot.sheets.amounts import amount_centi, minutes_centi
from bot.sheets.faults import CellError, Fault, FaultCode
from bot.sheets.grid import Cell, CellKind, Table
from bot.sheets.header import plain_word
from bot.sheets.values import MAX_BRANCH, branch_text, name_text, past_day, staff_number

T = TypeVar("T")

WORDS: Final[Mapping[Field, tuple[str, ...]]] = {
    Field.STAFF_NO: ("工号", "员工编号", "员工号", "员工工号", "人员编号", "用户编号", "staff_no", "staff_number"),
    Field.NAME: ("姓名", "党员姓名", "学员姓名", "用户姓名", "人员姓名", "name", "full_name"),
    Field.BRANCH: (
        *("单位", "所在单位", "支部", "党支部", "所属支部", "所在支部", "所属党支部", "所在党支部", "党支部名称"),
        *("所属党组织", "所在党组织", "组织名称", "部门", "所属部门", "机构", "branch"),
    ),
    Field.DAY: ("日期", "学习日期", "完成日期", "完成时间", "参学日期", "活动日期", "date"),
    Field.STUDY_COUNT: (
        *("参学次数", "学习次数", "学习记录", "学习记录数", "学习条数", "学习篇数", "课程数", "完成课程数", "完成门数"),
        "study_count",
    ),
    Field.STUDY_MINUTES: ("学习时长", "时长", "学习时间", "累计时长", "总时长", "学习分钟数", "study_minutes"),
    Field.POINTS: ("积分", "总积分", "学习积分", "本月积分", "本季积分", "本期积分", "得分", "points"),
    Field.MEETINGS_ATTENDED: (
        *("参加次数", "参会次数", "出席次数", "到会次数", "参加组织生活次数", "三会一课参加次数"),
        "meetings_attended",
    ),
    Field.MEETINGS_MISSED: ("缺席次数", "缺会次数", "未参加次数", "无故缺席", "无故缺席次数", "meetings_missed"),
}
_KNOWN: Final = {plain_word(word): name for name, words in WORDS.items() for word in words}
_SUMS: Final = {"合计", "总计", "小计", "平均", "total"}
_SEARCHED_ROWS = 20
_LONGEST_HEADING = 40
_HOURS, _SECONDS = re.compile(r"小时|[（(]h"), re.compile(r"秒")


@dataclass(frozen=True, slots=True)
class Export:
    """A table with its heading row found: column number to heading, and the rows below."""

    headings: Mapping[int, str]
    body: tuple[dict[int, Cell], ...]


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One row: whom it names (as far as it does) and what it counts; `address` is where the person stands."""

    row: int
    address: str
    staff_no: str
    name: str
    branch: str
    values: Values


@dataclass(frozen=True, slots=True)
class Reading:
    """All rows, or every fault in the order of the sheet; with faults, nothing may be taken."""

    rows: tuple[ExportRow, ...]
    faults: tuple[Fault, ...]


def find_export(table: Table) -> Export:
    """The table from its heading row on: the top row with most words that exports use, else the first of several texts.

    A table without any such row has no headings and no rows.
    """
    top = table.rows[:_SEARCHED_ROWS]
    known = [sum(plain_word(cell.text) in _KNOWN for cell in row.values()) for row in top]
    texts = [sum(cell.kind is CellKind.TEXT for cell in row.values()) for row in top]
    found = next((place for place, count in enumerate(known) if count == max(known) >= 2), None)
    if found is None:
        found = next((place for place, count in enumerate(texts) if count >= 2), None)
    if found is None:
        return Export({}, ())
    headings = {
        column: " ".join(cell.text.split())[:_LONGEST_HEADING]
        for column, cell in sorted(table.rows[found].items())
        if cell.text.strip()
    }
    return Export(headings, table.rows[found + 1 :])


def guess_columns(export: Export, remembered: Mapping[Field, str]) -> dict[Field, int]:
    """Which column holds which field: under the heading remembered for it, else under one of the usual words."""
    plain = {column: plain_word(heading) for column, heading in export.headings.items()}
    columns: dict[Field, int] = {}
    for name in Field:
        heading = remembered.get(name)
        known = [column for column, text in plain.items() if _KNOWN.get(text) is name]
        kept = [column for column, text in plain.items() if heading is not None and text == plain_word(heading)]
        free = [column for column in (*kept, *known) if column not in columns.values()]
        if free and heading != "":
            columns[name] = free[0]
    return columns


def headings_to_remember(export: Export, columns: Columns) -> dict[Field, str]:
    """The heading of each field, to be found again in the next export; "" for one that was guessed and is not meant."""
    guessed = guess_columns(export, {})
    return {name: export.headings.get(columns.get(name, 0), "") for name in Field if name in columns or name in guessed}


def is_complete(columns: Columns) -> bool:
    """Whether these columns say who and what."""
    says_who = Field.STAFF_NO in columns or Field.NAME in columns
    return says_who and any(name is Field.DAY or name.measure is not None for name in columns)


def read_export(export: Export, columns: Columns, platform: Platform, period: Period) -> Reading:
    """Every row that names somebody; rows of sums and blank rows are skipped. The columns must be complete."""
    reader = _Reader(export.headings, columns, platform, period)
    for cells in export.body:
        reader.take(cells)
    if not reader.rows and not reader.faults:
        reader.faults.append(Fault(0, "", "", FaultCode.NO_ROWS))
    return Reading(tuple(reader.rows), tuple(reader.faults))


@dataclass(slots=True)
class _Reader:
    headings: Mapping[int, str]
    columns: Columns
    platform: Platform
    period: Period
    rows: list[ExportRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def take(self, cells: Mapping[int, Cell]) -> None:
        """Read one row."""
        found = {name: cells[column] for name, column in self.columns.items() if column in cells}
        if not any(cell.text.strip() for cell in found.values()):
            return
        who = [found[name] for name in (Field.NAME, Field.STAFF_NO) if name in found and found[name].text.strip()]
        if any(plain_word(cell.text) in _SUMS for cell in who):
            return
        row = next(iter(cells.values())).row
        if not who:
            column = self.columns.get(Field.NAME, self.columns.get(Field.STAFF_NO, 1))
            self._note(Cell(row, column, CellKind.EMPTY, None), CellError(FaultCode.NOBODY_NAMED))
            return
        values = {
            measure: centi
            for name, cell in found.items()
            if (measure := name.measure) is not None and (centi := self._amount(name, cell)) is not None
        }
        day = self._read(found.get(Field.DAY), lambda cell: past_day(cell, date.max))
        if day is not None:
            self._check_day(found[Field.DAY], day)
            # A row with a day is one event; without a count of its own it counts as one.
            values.setdefault(event_measure(self.platform), 100)
        staff_no, name, branch = (
            self._read(found.get(Field.STAFF_NO), staff_number) or "",
            self._read(found.get(Field.NAME), name_text) or "",
            self._read(found.get(Field.BRANCH), branch_text) or "",
        )
        self.rows.append(ExportRow(row, who[0].address, staff_no, name, branch, values))

    def _read(self, cell: Cell | None, meaning: Callable[[Cell], T]) -> T | None:
        """What the cell means; None where it is blank or at fault."""
        try:
            return meaning(cell) if cell is not None and cell.text.strip() else None
        except CellError as error:
            self._note(cell, error)
            return None

    def _amount(self, name: Field, cell: Cell) -> int | None:
        if name is Field.STUDY_MINUTES:
            return self._read(cell, lambda one: minutes_centi(one, self._unit(one.column)))
        return self._read(cell, amount_centi)

    def _unit(self, column: int) -> int:
        """How many seconds one is, under this heading: minutes unless it says otherwise."""
        heading = self.headings.get(column, "")
        return 3600 if _HOURS.search(heading) else 1 if _SECONDS.search(heading) else 60

    def _check_day(self, cell: Cell, day: date) -> None:
        if not holds(self.period, day):
            self._note(cell, CellError(FaultCode.DAY_OUTSIDE_PERIOD, day.isoformat(), str(self.period)))

    def _note(self, cell: Cell | None, error: CellError) -> None:
        if cell is not None:
            heading = self.headings.get(cell.column, "")
            self.faults.append(Fault(cell.row, heading, cell.address, error.code, error.value, error.other))


def sample_rows(export: Export, most: int) -> Iterator[Mapping[int, str]]:
    """The first rows as they are written, by column, for a look."""
    for cells in export.body[:most]:
        yield {column: " ".join(cell.text.split())[:MAX_BRANCH] for column, cell in cells.items()}
