"""How points are spread, beside another's way of counting."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.spread import spread_of

POINTS = st.lists(st.integers(0, 12000).map(lambda centi: Decimal(centi) / 100), min_size=1, max_size=60)


@given(POINTS)
def test_quartiles_are_those_of_a_spreadsheet(values: list[Decimal]):
    """The same as NumPy's linear percentiles, whatever the number of members and in whatever order."""
    found = spread_of(values)
    assert found is not None
    five = (found.low, found.lower, found.median, found.upper, found.high)
    expected = np.percentile([float(value) for value in values], [0, 25, 50, 75, 100])
    assert [float(value) for value in five] == pytest.approx(list(expected))
    assert found.of == len(values)
    assert found.mean * len(values) == pytest.approx(sum(values))


def test_nobody_has_no_spread():
    """Where nobody is rated there is nothing to show."""
    assert spread_of([]) is None
