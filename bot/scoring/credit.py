"""What earlier periods have used up of caps that are longer than a period: a yearly cap in a monthly table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from bot.domain.periods import Month
from bot.scoring.acts import Caps, Length
from bot.scoring.items import Add, Carry, Deduct, Either, Item, PerUnit, Range
from bot.scoring.points import ZERO
from bot.scoring.results import Line, Score
from bot.scoring.span import MONTHS_IN, Span
from bot.scoring.table import RuleSet

Credited = Mapping[tuple[str, Length], Decimal]


def credited(rules: RuleSet, earlier: Sequence[tuple[Span, Score]], now: Span) -> Credited:
    """The `Context.credited` of a period from the scores before it: points per cap in the stretch that holds `now`."""
    used: dict[tuple[str, Length], Decimal] = {}
    for key, caps, items in _long_caps(rules):
        for length, _ in caps.by_length:
            if length == "day" or MONTHS_IN[length] <= MONTHS_IN[rules.period]:
                continue
            stretch = _stretch(now.first, length, rules.year_starts)
            within = [
                score for span, score in earlier if stretch.holds(span.first.first_day) and span.first < now.first
            ]
            points = sum((_credit(line, key) for score in within for line in score.lines if line.item in items), ZERO)
            used[key, length] = abs(points)
    return used


def _long_caps(rules: RuleSet) -> list[tuple[str, Caps, frozenset[str]]]:
    """Every cap with the key it is counted by and the items that fall under it."""
    found: list[tuple[str, Caps, frozenset[str]]] = []
    for item in rules.items:
        found += [(f"{item.id}.{act.id}", act.cap, frozenset({item.id})) for act in item.ways]
        found.append((item.id, _cap(item), frozenset({item.id})))
    return found + [(group.id, group.cap, frozenset(group.items)) for group in rules.groups]


def _cap(item: Item) -> Caps:
    return item.cap if isinstance(item, (Deduct, Add, PerUnit, Range, Either, Carry)) else Caps()


def _credit(line: Line, key: str) -> Decimal:
    """What a line has used of a cap: of an act's, what its reason says; of a deduction's, what was lost."""
    if "." in key:
        act = key.partition(".")[2]
        told = (one.params["points"] for one in line.reasons if one.code == "act" and one.params["act"] == act)
        return sum((Decimal(points) for points in told), ZERO)
    lost = [Decimal(one.params["points"]) for one in line.reasons if one.code == "act"]
    return sum(lost, ZERO) if lost and max(lost) <= 0 else line.points


def _stretch(month: Month, length: Length, year_starts: int) -> Span:
    months = MONTHS_IN[length]
    first = month.shifted(-((month.number - (year_starts if months == 12 else 1)) % months))
    return Span(first, first.shifted(months - 1))
