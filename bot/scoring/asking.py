"""How a chat may ask an item: options to tap, counters to step, and the facts that come of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from bot.scoring.acts import Act
from bot.scoring.facts import Fact
from bot.scoring.items import Add, Deduct, Either, Item, Multiplier, PerUnit, Ratio, Review, Shortfall, Tier
from bot.scoring.points import ONE, ZERO

_MOST = Decimal(99)
_NO_CAP = Decimal(10)


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a tier or an either-or; `points` is what it brings, None if that is not published."""

    id: str
    label: str
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class Counter:
    """Something to count in steps of `step` from 0 to `most`; `points` signed per unit, None if it depends."""

    id: str
    label: str
    unit: str
    step: Decimal
    most: Decimal
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class Pick:
    """An act for which a reviewer picks points from `low` to `high` and says why."""

    id: str
    label: str
    low: Decimal
    high: Decimal


def choices(item: Item) -> tuple[Choice, ...]:
    """The options of which one is chosen, in table order; none for items that are counted."""
    match item:
        case Tier():
            return tuple(Choice(grade.id, grade.label, grade.points) for grade in item.grades)
        case Multiplier():
            return tuple(Choice(grade.id, grade.label, None) for grade in item.grades)
        case Either():
            return tuple(Choice(act.id, act.label, act.each) for act in item.ways)
        case _:
            return ()


def counters(item: Item) -> tuple[Counter, ...]:
    """What can be counted, in table order; none for items with options, picks or outside scores."""
    match item:
        case Shortfall():
            per_unit = item.each_missing
            return (Counter(item.id, item.label, item.unit, item.step, item.target, per_unit),)
        case Add() | Deduct() | PerUnit():
            sign = -1 if isinstance(item, Deduct) else 1
            return tuple(_counter(item, act, sign) for act in item.ways if act.range is None and not act.grades)
        case _:
            return ()


def picks(item: Item) -> tuple[Pick, ...]:
    """The acts for which a reviewer picks points."""
    return tuple(Pick(act.id, act.label, *act.range) for act in item.ways if act.range is not None)


def needs_score(item: Item) -> bool:
    """Whether the item waits for a number from outside (a ratio, a review)."""
    return isinstance(item, (Ratio, Review))


def chosen(item: Item, choice_id: str) -> Fact:
    """The fact of choosing an option; a KeyError if the item has no such option."""
    if choice_id not in {choice.id for choice in choices(item)}:
        raise KeyError(choice_id)
    return Fact(item.id, act=choice_id) if isinstance(item, Either) else Fact(item.id, grade=choice_id)


def counted(item: Item, counts: Mapping[str, Decimal]) -> tuple[Fact, ...]:
    """The facts of counter values (zeros left out); a KeyError if the item has no such counter."""
    known = {counter.id for counter in counters(item)}
    for name in counts:
        if name not in known:
            raise KeyError(name)
    act_of = {} if isinstance(item, Shortfall) else {name: name for name in known}
    return tuple(Fact(item.id, act=act_of.get(name, ""), count=count) for name, count in counts.items() if count)


def _counter(item: Add | Deduct | PerUnit, act: Act, sign: int) -> Counter:
    if act.per is not None:
        points, a_unit = None, act.per.points / act.per.units
    else:
        points, a_unit = (None, ZERO) if act.each is None else (sign * act.each, abs(act.each))
    return Counter(act.id, act.label, act.unit, act.step, act.at_most or _most(item, act, a_unit), points)


def _most(item: Add | Deduct | PerUnit, act: Act, a_unit: Decimal) -> Decimal:
    """As many as still change something, at least one and at most 99; ten where nothing caps."""
    limits = [limit for limit in (act.cap.total, item.cap.total, item.full) if limit]
    if not limits or not a_unit:
        return _NO_CAP
    return max(ONE, min(_MOST, (min(limits) / a_unit).to_integral_value(ROUND_CEILING)))
