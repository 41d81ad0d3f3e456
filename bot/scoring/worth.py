"""What the facts of one act are worth: so much each, by grade, by a reviewer's pick, or for every so many units."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bot.scoring.acts import Act, Grade, Per
from bot.scoring.errors import FactError, RuleSilentError
from bot.scoring.facts import Fact
from bot.scoring.flow import Flow
from bot.scoring.items import ItemBase
from bot.scoring.limits import find
from bot.scoring.points import ONE, ZERO, round_to
from bot.scoring.policies import Policies
from bot.scoring.span import Span


def act_flow(item: ItemBase, act: Act, facts: Sequence[Fact], policies: Policies, span: Span) -> Flow:
    """The points of one act's facts by day, before any cap."""
    if act.per is not None:
        return _per_units(act, act.per, facts, span)
    flow: Flow = {}
    for fact in facts:
        times = ONE if act.grades and _by_count(fact) else fact.count
        points = _worth(item, act, fact, policies) * times
        flow[fact.on] = flow.get(fact.on, ZERO) + _marked(act, fact, points, times)
    return flow


def _worth(item: ItemBase, act: Act, fact: Fact, policies: Policies) -> Decimal:
    if act.each is not None:
        return act.each
    if act.range is not None:
        return _picked(item, act.range, fact)
    if act.grades:
        return grade_points(item, graded(item, act.grades, fact, policies))
    raise RuleSilentError("act_worth", item=item.id, act=act.id)


def _by_count(fact: Fact) -> bool:
    """Whether the count is the number that is graded, and so not how often it happened."""
    return not fact.grade and fact.score is None


def _picked(item: ItemBase, bounds: tuple[Decimal, Decimal], fact: Fact) -> Decimal:
    if fact.points is None:
        raise FactError("points_needed", item=item.id)
    if not bounds[0] <= fact.points <= bounds[1]:
        raise FactError("out_of_range", item=item.id, points=str(fact.points), low=str(bounds[0]), high=str(bounds[1]))
    if not fact.note.strip():
        raise FactError("reason_needed", item=item.id)
    return fact.points


def graded(item: ItemBase, grades: Sequence[Grade], fact: Fact, policies: Policies) -> Grade | None:
    """The grade a fact names or its number reaches; None below or above all of them. FactError for an unknown grade."""
    if fact.grade:
        for grade in grades:
            if grade.id == fact.grade:
                return grade
        raise FactError("unknown_grade", item=item.id, grade=fact.grade)
    if not any(grade.limited for grade in grades):
        raise FactError("grade_needed", item=item.id)
    number = fact.count if fact.score is None else fact.score
    return find("tier", grades, number, policies.gaps, policies.overlaps)


def grade_points(item: ItemBase, grade: Grade | None) -> Decimal:
    """A grade's points; none reached is nothing. RuleSilentError if the source does not print them."""
    if grade is None:
        return ZERO
    if grade.points is None:
        raise RuleSilentError("grade_worth", item=item.id, grade=grade.id)
    return grade.points


def _per_units(act: Act, per: Per, facts: Sequence[Fact], span: Span) -> Flow:
    if per.mode == "proportional":
        flow: Flow = {}
        for fact in facts:
            flow[fact.on] = flow.get(fact.on, ZERO) + _marked(act, fact, fact.count * per.points / per.units)
        return flow
    return _whole_units(act, per, facts, span)


def _whole_units(act: Act, per: Per, facts: Sequence[Fact], span: Span) -> Flow:
    gathered: dict[object, list[Fact]] = {}
    for number, fact in enumerate(facts):
        day = span.bucket(fact.on, per.collect) if fact.on and per.collect in ("day", "month") else None
        gathered.setdefault((number if per.collect == "fact" else day, fact.marks), []).append(fact)
    flow: Flow = {}
    for together in gathered.values():
        units = round_to(sum((fact.count for fact in together), ZERO) / per.units, ONE, "floor")
        last = max((fact.on for fact in together if fact.on), default=None)
        flow[last] = flow.get(last, ZERO) + _marked(act, together[0], units * per.points)
    return flow


def _marked(act: Act, fact: Fact, points: Decimal, times: Decimal = ONE) -> Decimal:
    if not fact.marks:
        return points
    for factor in act.times:
        points *= factor.by if factor.mark in fact.marks else ONE
    return points + sum((extra.points for extra in act.extra if extra.mark in fact.marks), ZERO) * times
