"""Facts: what happened to one member in one period, and their lossless JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

ONCE = Decimal(1)


class Source(StrEnum):
    """Who says so."""

    MEMBER = "member"
    ROLL = "roll"
    DUES = "dues"
    PLATFORM = "platform"
    REVIEWER = "reviewer"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened, or one answer.

    `item` is an item id; `act` one of its acts, options or panels; `count` how often, or how many units; `grade` a
    grade id; `score` an outside score; `points` what a reviewer picked within a range; `marks` switch on multipliers
    and extras.
    """

    item: str
    act: str = ""
    count: Decimal = ONCE
    on: date | None = None
    grade: str = ""
    score: Decimal | None = None
    points: Decimal | None = None
    marks: frozenset[str] = frozenset()
    source: Source = Source.MEMBER
    note: str = ""


Answers = Mapping[str, tuple[Fact, ...]]
"""Item id → facts. A missing key: nobody has answered. An empty tuple: answered, nothing happened."""


def answers_of(facts: Iterable[Fact]) -> Answers:
    """Facts grouped by their item, each group in the order given."""
    grouped: dict[str, tuple[Fact, ...]] = {}
    for fact in facts:
        grouped[fact.item] = (*grouped.get(fact.item, ()), fact)
    return grouped


def facts_to_json(answers: Answers) -> str:
    """One form's answers as compact, canonical JSON: defaults left out, decimals as strings, keys sorted."""
    document = {item: [fact_to_dict(fact) for fact in facts] for item, facts in answers.items()}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def facts_from_json(text: str) -> Answers:
    """The answers that `facts_to_json` wrote."""
    return {item: tuple(_fact_from_dict(item, one) for one in facts) for item, facts in json.loads(text).items()}


def fact_to_dict(fact: Fact) -> dict[str, object]:
    """One fact as plain data without its item, defaults left out."""
    fields: dict[str, object] = {
        "act": fact.act,
        "count": "" if fact.count == 1 else str(fact.count),
        "on": fact.on.isoformat() if fact.on else "",
        "grade": fact.grade,
        "score": "" if fact.score is None else str(fact.score),
        "points": "" if fact.points is None else str(fact.points),
        "marks": sorted(fact.marks),
        "source": "" if fact.source is Source.MEMBER else fact.source.value,
        "note": fact.note,
    }
    return {name: value for name, value in fields.items() if value}


def _fact_from_dict(item: str, fields: Mapping[str, str]) -> Fact:
    return Fact(
        item=item,
        act=fields.get("act", ""),
        count=Decimal(fields.get("count", "1")),
        on=date.fromisoformat(fields["on"]) if "on" in fields else None,
        grade=fields.get("grade", ""),
        score=Decimal(fields["score"]) if "score" in fields else None,
        points=Decimal(fields["points"]) if "points" in fields else None,
        marks=frozenset(fields.get("marks", ())),
        source=Source(fields.get("source", Source.MEMBER)),
        note=fields.get("note", ""),
    )
