"""Bands, tiers and shortfall steps: numbers that fall between two, or into two at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from bot.scoring.items import Shortfall, Tier
from bot.scoring.limits import Limits
from bot.scoring.lint.findings import Finding, error
from bot.scoring.points import ONE
from bot.scoring.table import RuleSet

_BEFORE_ALL = Decimal("-Infinity")
_AFTER_ALL = Decimal("Infinity")


def limit_findings(rules: RuleSet) -> Iterator[Finding]:
    """`band_half_points`, `band_gap`, `band_overlap`, the same for `tier_` and `step_`, and `bands_not_thresholds`."""
    for key in dict.fromkeys((band.member_class, band.per) for band in rules.bands):
        bands = [band for band in rules.bands if (band.member_class, band.per) == key]
        yield from _between("band", key[0] or "bands", bands, rules)
    if rules.policies.bands_as == "thresholds":
        yield from (error("bands_not_thresholds", band.id, label=band.label) for band in rules.bands if band.range)
    for item in (*rules.items, *rules.bonus.items):
        if isinstance(item, Tier):
            yield from _between("tier", item.id, item.grades, rules)
        if isinstance(item, Shortfall):
            yield from _between("step", item.id, item.steps, rules)
        for act in item.ways:
            yield from _between("tier", f"{item.id}.{act.id}", act.grades, rules)


def _between(what: str, where: str, steps: Sequence[Limits], rules: RuleSet) -> Iterator[Finding]:
    """What stands between each step and the next higher one."""
    for lower, upper in pairwise(sorted((step for step in steps if step.limited), key=_ends)):
        low, high = upper.low, lower.high
        if rules.policies.overlaps is None and _overlap(lower, upper):
            ends = {name: end for name, end in (("low", low), ("high", high)) if end is not None}
            yield error(f"{what}_overlap", where, **ends)
        elif rules.policies.gaps is None and low is not None and high is not None and _gap(lower, upper, low, high):
            half = what == "band" and low - high <= ONE
            yield error(f"{what}_half_points" if half else f"{what}_gap", where, below=high, above=low)


def _overlap(lower: Limits, upper: Limits) -> bool:
    """Whether two steps claim the same number; thresholds on the same side are a ladder, and claim nothing twice."""
    if lower.ends == upper.ends:
        return True
    if upper.low is None or (lower.high is None and upper.high is None):
        return False
    if lower.high is None or upper.low < lower.high:
        return True
    return upper.low == lower.high and lower.holds(upper.low) and upper.holds(upper.low)


def _gap(lower: Limits, upper: Limits, low: Decimal, high: Decimal) -> bool:
    """Whether some number is in neither: two ends apart, or one point that both leave out."""
    return high < low or (high == low and not lower.holds(high) and not upper.holds(low))


def _ends(step: Limits) -> tuple[Decimal, Decimal]:
    return (
        step.low if step.low is not None else _BEFORE_ALL,
        step.high if step.high is not None else _AFTER_ALL,
    )
