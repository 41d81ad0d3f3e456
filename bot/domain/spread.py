"""How a group's points are spread: lowest, quartiles, highest and mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from statistics import quantiles


@dataclass(frozen=True, slots=True)
class Spread:
    """Points of `of` persons, exact: a quartile between two persons lies on the straight line between them."""

    of: int
    low: Decimal
    lower: Decimal
    median: Decimal
    upper: Decimal
    high: Decimal
    mean: Decimal


def spread_of(values: Iterable[Decimal]) -> Spread | None:
    """The spread of these points (Hyndman and Fan's type 7, as spreadsheets count); None of nothing."""
    found = sorted(values)
    if not found:
        return None
    lower, median, upper = quantiles(found, n=4, method="inclusive") if len(found) > 1 else found * 3
    return Spread(len(found), found[0], lower, median, upper, found[-1], sum(found, Decimal(0)) / len(found))
