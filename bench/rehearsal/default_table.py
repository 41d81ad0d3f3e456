"""The default table worked out a second time, in whole hundredths and without the scoring room: the checker's own sums.

Written from the table in the mission, not from the code under test.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Facts = Sequence[Mapping[str, Any]]
Answers = Mapping[str, Facts]


@dataclass(frozen=True, slots=True)
class Row:
    """One item: `each` points an act (negative ones from the full), or `grades`; `usual` when nobody said anything."""

    part: str
    dimension: str
    full: int
    each: Mapping[str, int]
    grades: Mapping[str, int]
    usual: str = ""
    by: str = "member"


def _row(part: str, dimension: str, full: int, *, usual: str = "", by: str = "member", **each: int) -> Row:
    graded = bool(usual)
    return Row(part, dimension, full, {} if graded else each, each if graded else {}, usual, by)


ROWS: Mapping[str, Row] = {
    "meetings": _row("base", "thought", 12, by="roll", absent=-4, late=-2),
    "party_day": _row("base", "thought", 6, by="roll", absent=-6),
    "study": _row("base", "thought", 6),
    "dues": _row("base", "conduct", 6, by="dues", late=-3, unpaid=-6),
    "decisions": _row("base", "conduct", 6, failed=-3),
    "discipline": _row("base", "conduct", 8, notice=-4),
    "post": _row("base", "duty", 10, usual="full", full_=10, mostly=8, partly=6, not_=0),
    "pledge": _row("base", "duty", 4, usual="kept", kept=4, partly=2, not_=0),
    "masses": _row("base", "welfare", 2, usual="done", done=2, not_=0),
    "lecture": _row("vanguard", "thought", 6, given=3),
    "warning_essay": _row("vanguard", "thought", 2, essay=1),
    "integrity": _row("vanguard", "conduct", 4, example=2),
    "innovation": _row("vanguard", "duty", 8, project=4),
    "performance": _row("vanguard", "duty", 6, usual="rest", by="platform", high=6, good=3, rest=0),
    "pairing": _row("vanguard", "welfare", 4, help=2),
    "volunteer": _row("contribution", "welfare", 4),
    "disabled_help": _row("contribution", "welfare", 4, help=2),
    "suggestion": _row("contribution", "duty", 2, adopted=1),
}
PART_FULL = {"base": 6000, "vanguard": 3000, "contribution": 1000}
STUDY_RECORDS, EACH_MISSING_RECORD = 2, 3
HOURS_A_POINT = 2
# The grades "full" and "not" are Python's own words, or the name of the column.
_SPELLED = {"full": "full_", "not": "not_"}


def item_centi(item: str, facts: Facts | None) -> int:
    """Points of one item in hundredths; no facts at all (None) is never a deduction."""
    row = ROWS[item]
    if item == "study":
        return _study(facts)
    if item == "volunteer":
        hours = sum((_count(fact) for fact in facts or ()), Decimal(0))
        return min(int(hours // HOURS_A_POINT), row.full) * 100
    if row.grades:
        grade = facts[0]["grade"] if facts else row.usual
        return row.grades[_SPELLED.get(grade, grade)] * 100
    points = sum(_count(fact) * row.each[fact.get("act") or next(iter(row.each))] for fact in facts or ())
    lost = any(each < 0 for each in row.each.values())
    return int((max(Decimal(0), row.full + points) if lost else min(Decimal(row.full), Decimal(points))) * 100)


def _study(facts: Facts | None) -> int:
    full = ROWS["study"].full
    if facts is None:
        return full * 100
    missing = max(Decimal(0), STUDY_RECORDS - sum((_count(fact) for fact in facts), Decimal(0)))
    return int(max(Decimal(0), full - missing * EACH_MISSING_RECORD) * 100)


def _count(fact: Mapping[str, Any]) -> Decimal:
    return Decimal(fact.get("count", "1"))


def month_lines(answers: Answers, overrides: Sequence[Mapping[str, Any]] = ()) -> dict[str, int]:
    """Every item's points in hundredths; what the branch decided stands for what the facts give."""
    lines = {item: item_centi(item, answers.get(item)) for item in ROWS}
    for override in overrides:
        if override["item"] in lines:
            lines[override["item"]] = int(Decimal(override["points"]) * 100)
    return lines


def month_total(lines: Mapping[str, int]) -> int:
    """The month in hundredths: the parts added, each within its full."""
    parts = dict.fromkeys(PART_FULL, 0)
    for item, centi in lines.items():
        parts[ROWS[item].part] += centi
    return sum(min(centi, PART_FULL[part]) for part, centi in parts.items())


def quarter_total(months: Sequence[int]) -> int | None:
    """The mean of the countable months, half up to a hundredth; None where there is none."""
    return (2 * sum(months) + len(months)) // (2 * len(months)) if months else None


def ranks(totals: Mapping[int, int | None]) -> dict[int, int | None]:
    """Each member's rank: one more than there are better ones; equal points share a rank."""
    rated = [centi for centi in totals.values() if centi is not None]
    return {
        member: None if centi is None else 1 + sum(other > centi for other in rated) for member, centi in totals.items()
    }


def shown(centi: int) -> str:
    """Points as people read them: to a tenth, half up, no useless nought."""
    tenths = (centi + 5) // 10
    return f"{tenths // 10}" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}"
