"""Bands, tiers and shortfall steps: numbers that fall between two, or into two at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from bot.scoring.items import Shortfall, Tier
from bot.scoring.limits import Limits
from bot.scoring.lint.findings import Finding, error
from bot.scoring.points import ONE, ZERO
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
    limited = sorted((step for step in steps if step.limited), key=_lower_end)
    for lower, upper in pairwise(limited):
        one_sided = lower.low is None or lower.high is None
        if one_sided and lower.ends == upper.ends and rules.policies.overlaps is None:
            yield error(f"{what}_overlap", where, low=_point(lower), high=_point(upper))
        if lower.high is None and upper.high is not None and rules.policies.overlaps is None:
            yield error(f"{what}_overlap", where, low=_point(upper), high=upper.high)
        if lower.high is None or upper.low is None:
            continue  # thresholds form a ladder: no gap, and the higher one counts
        if _apart(lower, upper) and rules.policies.gaps is None:
            half = what == "band" and upper.low - lower.high <= ONE
            yield error(f"{what}_half_points" if half else f"{what}_gap", where, below=lower.high, above=upper.low)
        elif _together(lower, upper) and rules.policies.overlaps is None:
            yield error(f"{what}_overlap", where, low=upper.low, high=lower.high)


def _point(step: Limits) -> Decimal:
    return step.low if step.low is not None else step.high if step.high is not None else ZERO


def _apart(lower: Limits, upper: Limits) -> bool:
    """Whether some number is in neither: two ends apart, or one point that both leave out."""
    if lower.high is None or upper.low is None:
        return False
    return lower.high < upper.low or (
        lower.high == upper.low and not lower.holds(lower.high) and not upper.holds(upper.low)
    )


def _together(lower: Limits, upper: Limits) -> bool:
    """Whether some number is in both."""
    if lower.high is None or upper.low is None:
        return False
    return upper.low < lower.high or (upper.low == lower.high and lower.holds(upper.low) and upper.holds(upper.low))


def _lower_end(step: Limits) -> tuple[Decimal, Decimal]:
    return (
        step.low if step.low is not None else _BEFORE_ALL,
        step.high if step.high is not None else _AFTER_ALL,
    )
