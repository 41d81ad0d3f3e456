"""Items that count acts: deductions, additions and their caps, by examples and edges."""

from decimal import Decimal

import pytest

from bot.scoring.engine import Context
from bot.scoring.errors import FactError
from bot.scoring.facts import Fact
from tests.scoring.tables import YEAR, on, table, times, total, worked

DEDUCT = (
    "  - {id: a, label: a, kind: deduct, full: 10, acts: [{id: x, label: x, each: 4}, {id: y, label: y, each: 0.5}]}"
)


@pytest.mark.parametrize(("x", "y", "points"), [(0, 0, "10"), (1, 0, "6"), (1, 3, "4.5"), (2, 4, "0"), (3, 9, "0")])
def test_deduct_ends_at_its_floor(x, y, points):
    """Every fault takes its points from the full ones, and none are taken from zero."""
    rules = table(DEDUCT)
    assert total(rules, times("a", x, "x"), times("a", y, "y")) == Decimal(points)


def test_deduct_explains_what_the_floor_gave_back():
    """Three faults of 4 from 10 are −2 raw; the floor gives 2 back."""
    line = worked(table(DEDUCT), times("a", 3, "x")).line("a")
    assert (line.raw, line.points) == (-2, 0)
    assert [(cut.code, cut.amount) for cut in line.cuts] == [("floor", -2)]
    assert [(one.code, one.params["label"], one.params["points"]) for one in line.reasons] == [("act", "x", -12)]


def test_how_often_is_told_over_all_facts():
    """Once on one day and twice on another are three times."""
    line = worked(table(DEDUCT), times("a", 1, "y", on=on(11, 2)), times("a", 2, "y", on=on(11, 3))).line("a")
    assert [(one.params["count"], one.params["points"]) for one in line.reasons] == [(3, Decimal("-1.5"))]


def test_deduct_may_go_below_zero():
    """`floor: null` lets an item go into the negative; a number stops it there."""
    open_floor = table("  - {id: a, label: a, kind: deduct, full: 2, floor: null, acts: [{id: x, label: x, each: 4}]}")
    floored = table("  - {id: a, label: a, kind: deduct, full: 2, floor: -6, acts: [{id: x, label: x, each: 4}]}")
    assert total(open_floor, times("a", 3)) == -10
    assert total(floored, times("a", 3)) == -6


def test_deduct_with_a_capped_act():
    """A capped fault takes at most its cap, and the other faults still take theirs."""
    rules = table(
        "  - {id: a, label: a, kind: deduct, full: 20, acts: "
        "[{id: x, label: x, each: 3, cap: 6}, {id: y, label: y, each: 5}]}"
    )
    score = worked(rules, times("a", 3, "x"), times("a", 1, "y"))
    assert score.total == 9
    assert [(cut.code, cut.scope, cut.amount) for cut in score.line("a").cuts] == [("cap", "a.x", -3)]


def test_add_stops_at_full():
    """What is earned above the full points is cut, and the cut is said."""
    rules = table("  - {id: a, label: a, kind: add, full: 6, acts: [{id: x, label: x, each: 4}]}")
    line = worked(rules, times("a", 2)).line("a")
    assert (line.raw, line.points) == (8, 6)
    assert [(cut.code, cut.amount, cut.limit) for cut in line.cuts] == [("cap", 2, 6)]


CAPPED = (
    "  - {id: a, label: a, kind: add, cap: {day: 2, month: 5, quarter: 9, half_year: 14, year: 20}, "
    "acts: [{id: x, label: x, each: 1}]}"
)


@pytest.mark.parametrize(
    ("days", "points"),
    [
        ([on(1, 5)] * 3, 2),
        ([on(1, 5), on(1, 6), on(1, 7)] * 2, 5),
        ([on(1, day) for day in range(1, 9)] + [on(2, day) for day in range(1, 9)], 9),
        ([on(month, day) for month in range(1, 7) for day in range(1, 7)], 14),
        ([on(month, day) for month in range(1, 13) for day in range(1, 7)], 20),
    ],
)
def test_caps_per_day_month_quarter_half_year_and_year(days, points):
    """Each stretch has its own cap, and all of them hold at once."""
    rules = table(CAPPED, period="year")
    assert total(rules, *(Fact("a", on=day) for day in days), period=YEAR) == points


def test_a_cap_a_day_holds_each_day_of_a_month():
    """Three on one day and three on the next are two and two, also where the table is scored by the month."""
    rules = table("  - {id: a, label: a, kind: add, cap: {day: 2}, acts: [{id: x, label: x, each: 1}]}")
    line = worked(rules, times("a", 3, on=on(11, 2)), times("a", 3, on=on(11, 3))).line("a")
    assert line.points == 4
    assert [(cut.code, cut.scope, cut.amount, cut.limit) for cut in line.cuts] == [("cap_day", "a", 2, 2)]


def test_a_cap_that_bites_needs_the_day():
    """Where a cap a day would cut, facts without a day are asked for it; where it cannot cut, they are not."""
    rules = table(CAPPED, period="year")
    assert total(rules, times("a", 2), period=YEAR) == 2
    with pytest.raises(FactError) as refused:
        total(rules, times("a", 3), period=YEAR)
    assert refused.value.code == "date_needed"


def test_a_cap_longer_than_the_period_counts_what_was_used():
    """A yearly cap of 12 in a monthly table leaves 2 points when 10 were credited before."""
    rules = table("  - {id: a, label: a, kind: add, cap: {year: 12}, acts: [{id: x, label: x, each: 3}]}")
    assert total(rules, times("a", 3), context=Context(credited={("a", "year"): Decimal(10)})) == 2
    assert total(rules, times("a", 3)) == 9


def test_a_mark_multiplies_and_another_adds():
    """Praise counts double in a named medium, and an essay with an award gets three more."""
    rules = table(
        "  - {id: a, label: a, kind: add, acts: [{id: x, label: x, each: 1.5, times: [{mark: media, by: 2}],"
        " extra: [{mark: award, points: 3}]}]}"
    )
    assert total(rules, times("a", 2, marks=frozenset({"media"}))) == 6
    assert total(rules, times("a", 2, marks=frozenset({"award"}))) == 9
    assert total(rules, times("a", 1, marks=frozenset({"media", "award"}))) == 6


def test_an_add_with_setbacks_may_not_pass_its_cap():
    """Praise and criticism balance before the cap."""
    rules = table(
        "  - {id: a, label: a, kind: add, full: 5, floor: 0, acts: "
        "[{id: x, label: x, each: 4}, {id: y, label: y, each: -2}]}"
    )
    assert total(rules, times("a", 2, "x"), times("a", 1, "y")) == 5
    assert total(rules, times("a", 1, "x"), times("a", 1, "y")) == 2
    assert total(rules, times("a", 1, "y")) == 0
