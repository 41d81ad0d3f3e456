"""Items that are graded or measured: tiers, targets missed, outside scores, weighted reviews."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from bot.scoring.draft import Desk, Draft
from bot.scoring.errors import FactError, RuleSilentError
from bot.scoring.facts import Fact
from bot.scoring.items import Ratio, Review, Shortfall, Tier
from bot.scoring.limits import find
from bot.scoring.points import ZERO, mean
from bot.scoring.worth import grade_points, graded


def tier(item: Tier, made: Draft, desk: Desk) -> None:
    """The points of the grade; of several grades, what the table says. A grade that nobody gave is no reason."""
    silent = next((grade for grade in item.grades if grade.id == item.when_silent), None)
    given = [graded(item, item.grades, fact, desk.policies) for fact in _marks(made.facts)]
    grades = given or [silent]
    if len(set(grades)) > 1 and item.several is None:
        raise FactError("several_grades", item=item.id)
    for grade in given:
        if grade is not None:
            made.because("grade", grade=grade.id, label=grade.label, points=grade_points(item, grade))
    made.raw = made.points = _several([grade_points(item, grade) for grade in grades], item.several)
    made.end_at(None, item.full)


def _marks(facts: Sequence[Fact]) -> Sequence[Fact]:
    """The facts to grade: counts without grade or score are one number together."""
    if len(facts) < 2 or any(fact.grade or fact.score is not None for fact in facts):
        return facts
    return [replace(facts[0], count=sum((fact.count for fact in facts), ZERO))]


def _several(values: Sequence[Decimal], how: str | None) -> Decimal:
    match how:
        case "sum":
            return sum(values, ZERO)
        case "worst":
            return min(values)
        case "mean":
            return mean(values) or ZERO
        case _:
            return max(values)


def shortfall(item: Shortfall, made: Draft, desk: Desk) -> None:
    """Full less what the missing part of the target costs; unanswered, nothing is missing."""
    made.raw = made.points = item.full
    if not made.answered:
        return
    done = sum((fact.count if fact.score is None else fact.score for fact in made.facts), ZERO)
    missing = max(ZERO, item.target - done)
    made.because("target", target=item.target, counted=done, missing=missing, unit=item.unit)
    if item.each_missing is not None:
        loss = missing * item.each_missing
    else:
        measured = missing if item.by == "count" else missing * 100 / item.target
        step = find("step", item.steps, measured, desk.policies.gaps, desk.policies.overlaps) if missing else None
        loss = step.cut if step else ZERO
    made.raw = made.points = item.full - loss
    made.end_at(item.floor, None)


def ratio(item: Ratio, made: Draft, desk: Desk) -> None:
    """A share of the full points."""
    scores = [_score(fact) for fact in made.facts]
    if not scores:
        made.raw = made.points = item.when_silent
        return
    score = (mean(scores) or ZERO) if item.several == "mean" else max(scores)
    made.because("ratio", score=score, of=item.of, full=item.full)
    made.raw = made.points = item.full * score / item.of
    made.end_at(ZERO, None if item.may_pass else item.full)


def _score(fact: Fact) -> Decimal:
    if fact.score is None:
        raise FactError("score_needed", item=fact.item)
    return fact.score


def review(item: Review, made: Draft, desk: Desk) -> None:
    """The weighted mean of the panels, each the mean of its voices."""
    if not made.facts:
        made.raw = made.points = item.when_silent
        return
    given: dict[str, list[Decimal]] = {panel.id: [] for panel in item.panels}
    for fact in made.facts:
        if fact.act not in given:
            raise FactError("unknown_panel", item=item.id, panel=fact.act)
        given[fact.act].append(_score(fact))
    if not all(given.values()) and item.missing_panel is None:
        raise RuleSilentError("missing_panel", item=item.id)
    counted, weights = ZERO, ZERO
    for panel in item.panels:
        voice = mean(given[panel.id])
        if voice is not None or item.missing_panel == "zero":
            weights += panel.weight
            counted += panel.weight * (voice or ZERO)
            made.because("panel", panel=panel.id, label=panel.label, score=voice or ZERO, weight=panel.weight)
    made.raw = made.points = item.full * counted / (item.of * weights)
    made.end_at(ZERO, item.full)
