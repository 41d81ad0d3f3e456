"""Items by whole units, by a reviewer's pick, or by the better of two ways, by examples and edges."""

from decimal import Decimal

import pytest

from bot.scoring.errors import FactError
from bot.scoring.facts import Fact
from tests.scoring.tables import YEAR, on, table, times, total, worked


@pytest.mark.parametrize(("hours", "points"), [("1.99", 0), ("2", 1), ("3.5", 1), ("8", 4), ("100", 4)])
def test_per_unit_counts_whole_units_up_to_the_cap(hours, points):
    """A point for every two full hours, at most four."""
    rules = table("  - {id: a, label: a, kind: per_unit, full: 4, per: {units: 2, points: 1}}")
    assert total(rules, times("a", hours)) == points


def test_per_unit_in_proportion():
    """In proportion three hours at three points per two are four and a half."""
    rules = table("  - {id: a, label: a, kind: per_unit, per: {units: 2, points: 3, mode: proportional}}")
    assert total(rules, times("a", 1), times("a", 2)) == Decimal("4.5")


@pytest.mark.parametrize("mode", ["floor", "proportional"])
def test_a_mark_adds_to_units_once(mode):
    """Four hours on a Sunday bring two points and one more for the day, not one for every hour."""
    rules = table(
        f"  - {{id: a, label: a, kind: per_unit, per: {{units: 2, points: 1, mode: {mode}}}, "
        "extra: [{mark: sunday, points: 1}]}"
    )
    assert total(rules, times("a", 4, marks=frozenset({"sunday"}))) == 3


@pytest.mark.parametrize(("collect", "points"), [("fact", 0), ("day", 1), ("month", 2), ("period", 3)])
def test_per_unit_says_what_is_collected_first(collect, points):
    """Pieces of hours become whole units within a fact, a day, a month or the whole period."""
    rules = table(
        f"  - {{id: a, label: a, kind: per_unit, per: {{units: 10, points: 1, collect: {collect}}}}}", period="year"
    )
    pieces = [(1, 1, 5), (1, 1, 5), (1, 2, 5), (2, 3, 8), (2, 4, 7)]
    assert total(rules, *(times("a", n, on=on(month, day)) for month, day, n in pieces), period=YEAR) == points


def test_range_is_picked_within_bounds_with_a_reason():
    """A reviewer picks points within the range and says why; without either it is refused."""
    rules = table("  - {id: a, label: a, kind: range, range: [1, 3], cap: 4}")
    assert total(rules, Fact("a", points=Decimal("2.5"), note="r")) == Decimal("2.5")
    assert total(rules, Fact("a", points=Decimal(3), note="r"), Fact("a", points=Decimal(3), note="s")) == 4
    for fact, code in [
        (Fact("a", note="r"), "points_needed"),
        (Fact("a", points=Decimal(2), note=" "), "reason_needed"),
        (Fact("a", points=Decimal("3.01"), note="r"), "out_of_range"),
        (Fact("a", points=Decimal("0.99"), note="r"), "out_of_range"),
    ]:
        with pytest.raises(FactError) as refused:
            total(rules, fact)
        assert refused.value.code == code


def test_either_counts_the_better_way():
    """A lecture or an article: the one that brings more counts, the other is shown as cut."""
    rules = table(
        "  - {id: a, label: a, kind: either, full: 5, acts: [{id: x, label: x, each: 3}, {id: y, label: y, each: 2}]}"
    )
    line = worked(rules, times("a", 1, "x"), times("a", 2, "y")).line("a")
    assert (line.raw, line.points) == (7, 4)
    assert [(cut.code, cut.scope, cut.amount) for cut in line.cuts] == [("either", "a.x", 3)]
    assert total(rules, times("a", 2, "x")) == 5
    assert total(rules) == 0
