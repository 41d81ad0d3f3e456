"""What the whole comes to: lines that nobody reaches or the dutiful miss, parts that cannot fill, adds that drown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from bot.scoring.acts import Caps
from bot.scoring.items import Add, Carry, Deduct, Either, Item, Multiplier, PerUnit, Range, Tier
from bot.scoring.lint.findings import Finding, warning
from bot.scoring.points import ZERO
from bot.scoring.span import MONTHS_IN
from bot.scoring.table import Part, RuleSet

_ENDLESS = Decimal("Infinity")
_DAYS = {"month": 31, "quarter": 92, "half_year": 184, "year": 366}


def sum_findings(rules: RuleSet) -> Iterator[Finding]:
    """`line_unreachable`, `duty_below_line`, `band_unreachable`, `part_unreachable`, `adds_drown`."""
    line, dutiful, most = rules.policies.line, dutiful_total(rules), most_total(rules)
    if line is not None and most < line:
        yield warning("line_unreachable", "policies.line", line=line, most=most)
    elif line is not None and 0 < dutiful < line:
        yield warning("duty_below_line", "policies.line", line=line, dutiful=dutiful, missing=line - dutiful)
    for band in rules.bands:
        if band.low is not None and band.low > most + (_or_endless(rules.bonus.cap) if rules.bonus.items else ZERO):
            yield warning("band_unreachable", band.id, label=band.label, low=band.low, most=most)
    for part in rules.parts:
        filled = part.start + _sum(rules, rules.items_of(part=part.id))
        if part.full is not None and filled < part.full:
            yield warning("part_unreachable", part.id, label=part.label, full=part.full, most=filled)
    yield from _drowning(rules)
    yield from _bonus(rules)


def dutiful_total(rules: RuleSet) -> Decimal:
    """What a member has who does every duty and nothing more: duty parts at their most, all else as it starts.

    Zero for a table that marks no duties and gives nothing to start with: there what is earned may be the duty.
    """
    total = rules.total.start + sum((_start(item) for item in rules.items_of(part="")), ZERO)
    for part in rules.parts:
        if part.duty:
            total += _capped_part(rules, part) * part.weight
        else:
            total += sum((_start(item) for item in rules.items_of(part=part.id)), part.start) * part.weight
    return total if rules.total.full is None else min(total, rules.total.full)


def most_total(rules: RuleSet) -> Decimal:
    """The most anybody can reach without the bonus; infinite if something has no cap."""
    total = rules.total.start + sum((_capped_part(rules, part) * part.weight for part in rules.parts), ZERO)
    total += _sum(rules, rules.items_of(part=""))
    return total if rules.total.full is None else min(total, rules.total.full)


def _capped_part(rules: RuleSet, part: Part) -> Decimal:
    most = part.start + _sum(rules, rules.items_of(part=part.id))
    return most if part.full is None else min(most, part.full)


def _sum(rules: RuleSet, items: Sequence[Item]) -> Decimal:
    """The most that several items can bring together, each group's common cap counted once."""
    left = {item.id: _most(rules, item) for item in items}
    total = ZERO
    for group in rules.groups:
        members = [left.pop(name) for name in group.items if name in left]
        together = max(members, default=ZERO) if group.pick == "best" else sum(members, ZERO)
        total += min(together, _act_most(rules, group.cap))
    return total + sum(left.values(), ZERO)


def _start(item: Item) -> Decimal:
    match item.kind:
        case "deduct" | "shortfall":
            return item.full or ZERO
        case "tier":
            silent = (grade.points for grade in item.grades if grade.id == item.when_silent)
            return next(silent, ZERO) or ZERO
        case _:
            return ZERO


def _most(rules: RuleSet, item: Item) -> Decimal:
    """The most an item can bring in one period."""
    match item:
        case Deduct():
            return item.full
        case Tier():
            known = max((grade.points for grade in item.grades if grade.points is not None), default=_ENDLESS)
            ceiling = _ENDLESS if item.several == "sum" else known
            return ceiling if item.full is None else min(ceiling, item.full)
        case Add() | PerUnit() | Range() | Either():
            acts = [_act_most(rules, act.cap) for act in item.ways]
            of_acts = max(acts) if isinstance(item, Either) else sum(acts, ZERO)
            return min(of_acts, _act_most(rules, item.cap), _or_endless(item.full), _grouped(rules, item))
        case Carry():
            return min(_act_most(rules, item.cap), _or_endless(item.full))
        case Multiplier():
            return _or_endless(item.full)
        case _:
            return item.full


def _act_most(rules: RuleSet, cap: Caps) -> Decimal:
    """What caps let through in one period: a cap a day times its days, and so on."""
    most = _ENDLESS if cap.total is None else cap.total
    for length, limit in cap.by_length:
        times = _DAYS[rules.period] if length == "day" else max(1, MONTHS_IN[rules.period] // MONTHS_IN[length])
        most = min(most, limit * times)
    return most


def _grouped(rules: RuleSet, item: Item) -> Decimal:
    caps = [_act_most(rules, group.cap) for group in rules.groups if item.id in group.items]
    return min(caps, default=_ENDLESS)


def _drowning(rules: RuleSet) -> Iterator[Finding]:
    """An item that nothing caps, or that alone outweighs all the rest and whose part does not hold it."""
    fulls: dict[str, Decimal | None] = {part.id: part.full for part in rules.parts} | {"": None}
    most = {item.id: min(_most(rules, item), _or_endless(fulls[item.part])) for item in rules.items}
    starts = rules.total.start + sum((part.start for part in rules.parts), ZERO)
    for item in rules.items:
        if not isinstance(item, (Add, PerUnit, Range)) or not _worth_something(item) or fulls[item.part] is not None:
            continue
        rest = starts + sum((points for name, points in most.items() if name != item.id), ZERO)
        if most[item.id] == _ENDLESS or (len(most) > 1 and most[item.id] > rest):
            yield warning("adds_drown", item.id, label=item.label, most=most[item.id], rest=rest)


def _worth_something(item: Item) -> bool:
    return any(act.published for act in item.ways)


def _or_endless(value: Decimal | None) -> Decimal:
    return _ENDLESS if value is None else value


def _bonus(rules: RuleSet) -> Iterator[Finding]:
    earning = [item for item in rules.bonus.items if _worth_something(item)]
    if rules.bonus.cap is None and any(_most(rules, item) == _ENDLESS for item in earning):
        yield warning("adds_drown", "bonus", label=rules.bonus.label, most=_ENDLESS, rest=most_total(rules))
