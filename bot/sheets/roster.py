"""The roster of an organisation: all of it is right, or every fault is named and nothing is taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, TypeVar

from bot.domain.people import Category, MemberStatus, Office
from bot.sheets.faults import CellError, Fault, FaultCode, RosterFaults
from bot.sheets.grid import Cell, CellKind, Table
from bot.sheets.header import find_header
from bot.sheets.values import branch_text, name_text, past_day, staff_number
from bot.sheets.wording import category_of, offices_of, status_of
from bot.sheets.words import COMMISSIONER, HEADERS, SECRETARY

T = TypeVar("T")

_ONE_A_BRANCH: Final = {SECRETARY: FaultCode.SECOND_SECRETARY, COMMISSIONER: FaultCode.SECOND_COMMISSIONER}


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One person on the roster; `offices` beyond being a member, in the order written, none once he has left."""

    staff_no: str
    name: str
    branch: str
    offices: tuple[Office, ...]
    category: Category
    joined_party_on: date | None
    status: MemberStatus


@dataclass(frozen=True, slots=True)
class Roster:
    """A faultless roster in the order of the sheet."""

    rows: tuple[RosterRow, ...]

    @property
    def branches(self) -> tuple[str, ...]:
        """The branches in the order in which they first appear."""
        return tuple(dict.fromkeys(row.branch for row in self.rows))


def read_roster(table: Table, today: date) -> Roster:
    """Read the table's rows below its header; `today` is the last day that a date may name.

    An empty 党内职务 is an ordinary member, an empty 人员类别 在职, an empty 状态 在册.
    Raises RosterFaults with every fault in the order of the sheet.
    """
    header = find_header(table, HEADERS)
    if header is None:
        raise RosterFaults((Fault(0, "", "", FaultCode.NO_HEADER),))
    if header.faults:
        raise RosterFaults(header.faults)
    reader = _Reader(header.columns, today)
    for cells in header.body:
        reader.take(cells)
    if reader.faults:
        raise RosterFaults(tuple(sorted(reader.faults, key=lambda fault: (fault.row, header.columns[fault.column]))))
    if not reader.rows:
        raise RosterFaults((Fault(0, "", "", FaultCode.NO_ROWS),))
    return Roster(tuple(reader.rows))


@dataclass(slots=True)
class _Reader:
    """Takes rows one by one and remembers what must not come twice."""

    columns: Mapping[str, int]
    today: date
    rows: list[RosterRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    _staff_nos: dict[str, Cell] = field(default_factory=dict)
    _holders: dict[tuple[str, Office], Cell] = field(default_factory=dict)

    def take(self, cells: Mapping[int, Cell]) -> None:
        """Read one row; a row with nothing in the roster's columns is skipped."""
        places = [cells[column] for column in self.columns.values() if column in cells]
        if all(cell.kind is CellKind.TEXT and not cell.text.strip() for cell in places):
            return
        number = places[0].row
        found = {name: cells.get(column) or _blank(number, column) for name, column in self.columns.items()}
        row = RosterRow(
            staff_no=self._read("工号", found, staff_number, ""),
            name=self._read("姓名", found, name_text, ""),
            branch=self._read("支部", found, branch_text, ""),
            offices=self._read("党内职务", found, offices_of, ()),
            category=self._read("人员类别", found, category_of, Category.STAFF),
            joined_party_on=self._read("入党日期", found, lambda cell: past_day(cell, self.today), None),
            status=self._read("状态", found, status_of, MemberStatus.ACTIVE),
        )
        if row.status is MemberStatus.LEFT:
            row = replace(row, offices=())
        self._check_staff_no(row, found["工号"])
        self._check_holders(row, found["党内职务"])
        self.rows.append(row)

    def _read(self, column: str, found: Mapping[str, Cell], parse: Callable[[Cell], T], instead: T) -> T:
        """The cell's meaning; `instead`, once its fault is noted and the roster lost anyway."""
        cell = found[column]
        try:
            return parse(cell)
        except CellError as error:
            self._note(column, cell, error.code, error.value, error.other)
            return instead

    def _check_staff_no(self, row: RosterRow, cell: Cell) -> None:
        first = self._staff_nos.setdefault(row.staff_no.casefold(), cell)
        if row.staff_no and first is not cell:
            self._note("工号", cell, FaultCode.DUPLICATE_STAFF_NO, row.staff_no, first.address)

    def _check_holders(self, row: RosterRow, cell: Cell) -> None:
        for office, code in _ONE_A_BRANCH.items():
            if row.branch and office in row.offices:
                first = self._holders.setdefault((row.branch, office), cell)
                if first is not cell:
                    self._note("党内职务", cell, code, row.branch, first.address)

    def _note(self, column: str, cell: Cell, code: FaultCode, value: str, other: str) -> None:
        self.faults.append(Fault(cell.row, column, cell.address, code, value, other))


def _blank(row: int, column: int) -> Cell:
    return Cell(row, column, CellKind.EMPTY, None)
