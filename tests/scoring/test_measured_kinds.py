"""Items measured against a target or an outside score, by examples and edges."""

from decimal import Decimal

import pytest

from bot.scoring.errors import FactError
from bot.scoring.facts import Fact
from tests.scoring.tables import table, times, total

SHORT = "  - {id: a, label: a, kind: shortfall, full: 6, target: 4, each_missing: 2.5}"


@pytest.mark.parametrize(("done", "points"), [(4, "6"), (7, "6"), (3, "3.5"), (2, "1"), (1, "0"), (0, "0")])
def test_shortfall_takes_for_each_missing_one(done, points):
    """Every one that is missing from the target takes its points, down to zero; more than the target brings nothing."""
    assert total(table(SHORT), times("a", done)) == Decimal(points)


def test_shortfall_of_silence_is_full():
    """Nobody answered: nothing is missing yet."""
    assert total(table(SHORT)) == 6


STEPS = (
    "  - {id: a, label: a, kind: shortfall, full: 20, target: 50, by: percent, floor: null, "
    "steps: [{more_than: 0, cut: 2}, {at_least: 10, cut: 5}, {at_least: 30, cut: 25}]}"
)


@pytest.mark.parametrize(("done", "points"), [(50, 20), (49, 18), ("45.01", 18), (45, 15), (36, 15), (35, -5), (0, -5)])
def test_shortfall_by_bands_of_percent(done, points):
    """What is missing in percent of the target falls into a band, and the band says what is cut."""
    assert total(table(STEPS), times("a", done)) == points


def test_ratio_is_a_share_of_an_outside_score():
    """20 points × 87.5 / 100 are 17.5; above the scale it stays 20, below zero 0."""
    rules = table("  - {id: a, label: a, kind: ratio, full: 20}")
    scores = ["87.5", "0", "100", "120", "-5"]
    assert [total(rules, Fact("a", score=Decimal(score))) for score in scores] == [Decimal("17.5"), 0, 20, 20, 0]
    assert total(rules) == 0


def test_ratio_of_several_scores_and_beyond_full():
    """Several scores count by their mean or the best one; `may_pass` lets a ratio pass its full points."""
    mean = table("  - {id: a, label: a, kind: ratio, full: 10, of: 3, when_silent: 4}")
    best = table("  - {id: a, label: a, kind: ratio, full: 10, of: 5, several: best, may_pass: true}")
    facts = [Fact("a", score=Decimal(1)), Fact("a", score=Decimal(6))]
    assert total(mean, Fact("a", score=Decimal(1))) == Decimal("3.33")
    assert total(mean) == 4
    assert total(best, *facts) == 12
    with pytest.raises(FactError):
        total(best, Fact("a"))
