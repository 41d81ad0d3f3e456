"""What a rater may give instead of the computed points: the bounds of an item, and the values worth a button."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from bot.scoring.bounds import bounds
from bot.scoring.items import Add, Deduct, Either, Item, PerUnit, Range, Shortfall, Tier
from bot.scoring.points import HUNDREDTH, ZERO
from bot.scoring.table import RuleSet

MOST_SUGGESTIONS = 12
_OPEN_END = Decimal(100)


def limits(rules: RuleSet, item: Item) -> tuple[Decimal, Decimal]:
    """The least and the most points that may be typed for an item; an open end is closed at a hundred."""
    low, high = bounds(item)
    if isinstance(item, Range):
        high = max(act.range[1] for act in item.ways if act.range is not None)
    if rules.is_bonus(item.id) and rules.bonus.cap is not None:
        high = rules.bonus.cap if high is None else min(high, rules.bonus.cap)
    return -_OPEN_END if low is None else low, _OPEN_END if high is None else high


def allowed(rules: RuleSet, item: Item, points: Decimal) -> bool:
    """Whether a rater may give these points: within the limits and in whole hundredths; a range is all or nothing."""
    low, high = limits(rules, item)
    if not low <= points <= high or points % HUNDREDTH:
        return False
    if isinstance(item, Range) and points:
        return any(act.range is not None and act.range[0] <= points <= act.range[1] for act in item.ways)
    return True


def suggestions(rules: RuleSet, item: Item) -> tuple[Decimal, ...]:
    """At most twelve values that the item's own steps lead to, the most first."""
    _, high = limits(rules, item)
    fitting = {value for value in (ZERO, *_steps(item, high)) if allowed(rules, item, value)}
    return tuple(sorted(fitting, reverse=True)[:MOST_SUGGESTIONS])


def _steps(item: Item, high: Decimal) -> Iterable[Decimal]:
    match item:
        case Tier():
            return [grade.points for grade in item.grades if grade.points is not None]
        case Deduct():
            return [item.full - loss for act in item.ways for loss in _multiples(act.each, item.full)]
        case Shortfall():
            steps = [item.full - step.cut for step in item.steps]
            return [*steps, *(item.full - loss for loss in _multiples(item.each_missing, item.full))]
        case PerUnit():
            return _multiples(item.per.points, high)
        case Range():
            return _multiples(Decimal(1), high)
        case Add() | Either():
            most = high if item.full is not None else max((act.each or ZERO for act in item.ways), default=ZERO)
            return [gain for act in item.ways for gain in _multiples(act.each, most)]
        case _:
            return [high * share / 4 for share in range(5)]


def _multiples(step: Decimal | None, most: Decimal) -> list[Decimal]:
    if not step or step < 0:
        return [ZERO, most]
    return [step * times for times in range(int(most / step) + 1)]
