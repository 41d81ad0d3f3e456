"""A fact sheet: one member's period written as YAML, to try a table out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from bot.scoring.acts import Length
from bot.scoring.admission import VETO
from bot.scoring.engine import score_answers
from bot.scoring.errors import Problem, RuleSetError
from bot.scoring.facts import ONCE, Answers, Fact, Source
from bot.scoring.items import Item, Multiplier, Ratio, Tier
from bot.scoring.limits import Number, Spec
from bot.scoring.reading import check, read_document
from bot.scoring.results import Context, Override, Score
from bot.scoring.span import Span
from bot.scoring.table import RuleSet


class _Fact(Spec):
    act: str = ""
    count: Number = ONCE
    on: date | None = None
    grade: str = ""
    score: Number | None = None
    points: Number | None = None
    marks: frozenset[str] = frozenset()
    source: Source = Source.MEMBER
    note: str = ""


class _Override(Spec):
    item: str
    points: Number
    reason: str
    by: str = ""


class _Sheet(Spec):
    period: Annotated[str, BeforeValidator(str)]
    facts: Mapping[str, tuple[_Fact, ...]] = {}
    overrides: tuple[_Override, ...] = ()
    veto: tuple[str, ...] = ()
    member_class: str = ""
    exempt: str = ""
    exempt_items: frozenset[str] = frozenset()
    last_year: Number | None = None
    credited: Mapping[str, Mapping[Length, Number]] = Field({}, description="points that longer caps have used up")


@dataclass(frozen=True, slots=True)
class FactSheet:
    """What `score_answers` takes for one member."""

    period: Span
    answers: Answers
    overrides: tuple[Override, ...]
    context: Context

    def score(self, rules: RuleSet) -> Score:
        """The sheet's score by a rule set; the errors of `engine.score`."""
        return score_answers(rules, self.answers, self.overrides, period=self.period, context=self.context)


def load_facts(text: str, rules: RuleSet, name: str = "facts") -> FactSheet:
    """A fact sheet from its YAML; RuleSetError with `problems` if it is none.

    Short forms: `study: 2` is a count (of a ratio: a score), `post: mostly` a grade or an act, `study: []` an answer of
    nothing; an item left out has not been answered.
    """
    value, lines = read_document(text, name)
    if isinstance(value, dict) and isinstance(value.get("facts"), dict):
        spelled = {item: _spelled(rules, str(item), one) for item, one in value["facts"].items()}
        value = value | {"facts": spelled}
    sheet = check(_Sheet, value, lines, name)
    try:
        span = Span.parse(sheet.period)
    except ValueError as error:
        raise RuleSetError(name, (Problem(lines[("period",)], "period", str(error), sheet.period),)) from error
    answers = {item: tuple(Fact(item, **dict(one)) for one in facts) for item, facts in sheet.facts.items()}
    if sheet.veto:
        answers[VETO] = tuple(Fact(VETO, act) for act in sheet.veto)
    credited = {
        (key, length): points for key, by_length in sheet.credited.items() for length, points in by_length.items()
    }
    context = Context(sheet.member_class, sheet.exempt, sheet.exempt_items, sheet.last_year, credited)
    return FactSheet(span, answers, tuple(Override(**dict(one)) for one in sheet.overrides), context)


def _spelled(rules: RuleSet, item_id: str, value: Any) -> Any:
    """The short forms of an item's facts written out as a list of mappings."""
    item = rules.item(item_id) if rules.has_item(item_id) else None
    listed = value if isinstance(value, list) else [value]
    return [_one(item, one) for one in listed]


def _one(item: Item | None, value: Any) -> Any:
    if isinstance(value, Decimal):
        return {"score" if isinstance(item, Ratio) else "count": value}
    if isinstance(value, str):
        return {"grade" if isinstance(item, (Tier, Multiplier)) else "act": value}
    return value
