"""Whom the rows of an export mean: by staff number, else by name within the branch; who stays open is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.people import MemberStatus, Person
from bot.domain.platforms import Measure, Values
from bot.sheets.faults import Fault, FaultCode
from bot.sheets.platform import ExportRow


@dataclass(frozen=True, slots=True)
class Question:
    """A row that several members fit, or one of another branch than the row says."""

    row: ExportRow
    candidates: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """What an export says by member id; rows of persons nobody knows, rows left out, and questions still open."""

    values: Mapping[int, Values]
    questions: tuple[Question, ...]
    unknown: tuple[ExportRow, ...]
    faults: tuple[Fault, ...]


def match_rows(
    rows: Sequence[ExportRow], people: Iterable[Person], chosen: Mapping[int, int | None], *, events: bool
) -> Matched:
    """Find everybody; `chosen` answers questions by the sheet's row (None: leave it out).

    A member's rows are added up if they are `events`; otherwise a second row of the same member is a fault.
    """
    known = _Known([person for person in people if person.status is not MemberStatus.LEFT])
    questions, unknown, faults = [], [], []
    found: dict[int, list[ExportRow]] = defaultdict(list)
    for row in rows:
        candidates = known.fitting(row)
        if isinstance(candidates, Fault):
            faults.append(candidates)
        elif not candidates:
            unknown.append(row)
        elif len(candidates) == 1 and known.is_sure(row, candidates[0]):
            found[candidates[0].member_id].append(row)
        elif row.row not in chosen:
            questions.append(Question(row, candidates))
        elif (member_id := chosen[row.row]) in {one.member_id for one in candidates} and member_id is not None:
            found[member_id].append(row)
    if not events:
        questions = [replace(one, candidates=_free(one.candidates, found.keys())) for one in questions]
        faults += [_doubled(first, second) for first, *others in found.values() for second in others]
    values = {member_id: _added(own) for member_id, own in found.items()}
    faults.sort(key=lambda fault: fault.row)
    return Matched(values, tuple(questions), tuple(unknown), tuple(faults))


class _Known:
    def __init__(self, people: Sequence[Person]) -> None:
        self._by_staff_no = {person.staff_no.casefold(): person for person in people}
        self._by_name: dict[str, list[Person]] = defaultdict(list)
        for person in people:
            self._by_name[person.name].append(person)
        self._branches = sorted({person.branch for person in people}, key=len, reverse=True)

    def fitting(self, row: ExportRow) -> tuple[Person, ...] | Fault:
        """Who may be meant: the holder of the staff number, else those of the name (in the row's branch)."""
        holder = self._by_staff_no.get(row.staff_no.casefold()) if row.staff_no else None
        if holder is not None:
            if row.name and row.name != holder.name:
                return Fault(row.row, "", row.address, FaultCode.NAME_DIFFERS, row.name, holder.name)
            return (holder,)
        named = self._by_name.get(row.name, [])
        within = [person for person in named if person.branch == self._branch(row)]
        return tuple(within or named)

    def is_sure(self, row: ExportRow, person: Person) -> bool:
        """Whether the one who fits needs no question: his number stands there, or his branch is not another."""
        branch = self._branch(row)
        return row.staff_no.casefold() == person.staff_no.casefold() or branch in {"", person.branch}

    def _branch(self, row: ExportRow) -> str:
        """Which of our branches the unit is: its name, a longer path with it, or a short form of just one."""
        if not row.branch:
            return ""
        longer = next((branch for branch in self._branches if branch in row.branch), "")
        shorter = [branch for branch in self._branches if row.branch in branch]
        return longer or (shorter[0] if len(shorter) == 1 else "")


def _free(candidates: tuple[Person, ...], taken: Collection[int]) -> tuple[Person, ...]:
    """Those who have no row yet; all of them where that leaves nobody."""
    return tuple(one for one in candidates if one.member_id not in taken) or candidates


def _added(rows: Sequence[ExportRow]) -> Values:
    total: dict[Measure, int] = defaultdict(int)
    for row in rows:
        for measure, centi in row.values.items():
            total[measure] += centi
    return dict(total)


def _doubled(first: ExportRow, second: ExportRow) -> Fault:
    name = second.name or second.staff_no
    return Fault(second.row, "", second.address, FaultCode.SAME_PERSON, name, first.address)
