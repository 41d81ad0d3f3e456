"""Items that are graded, by name or by a number, by examples and edges."""

from decimal import Decimal

import pytest

from bot.scoring.errors import FactError, RuleSilentError
from bot.scoring.facts import Fact
from tests.scoring.tables import on, table, times, total

TIER = (
    "  - {id: a, label: a, kind: tier, full: 10, when_silent: good, grades: "
    "[{id: best, label: b, points: 10}, {id: good, label: g, points: 8}, {id: bad, label: n, points: 0}]}"
)


def test_tier_takes_the_grade_and_silence_the_named_one():
    """A grade brings its points; nobody's grade brings the one the table names."""
    rules = table(TIER)
    assert total(rules, Fact("a", grade="bad")) == 0
    assert total(rules, Fact("a", grade="best")) == 10
    assert total(rules) == 8


def test_tier_refuses_what_it_does_not_know():
    """An unknown grade, no grade at all, and two different ones are refused."""
    rules = table(TIER)
    for facts, code in [
        ([Fact("a", grade="odd")], "unknown_grade"),
        ([Fact("a")], "grade_needed"),
        ([Fact("a", grade="best"), Fact("a", grade="bad")], "several_grades"),
    ]:
        with pytest.raises(FactError) as refused:
            total(rules, *facts)
        assert refused.value.code == code


@pytest.mark.parametrize(("several", "points"), [("best", 10), ("worst", 0), ("mean", "4.5"), ("sum", "10")])
def test_tier_of_several_grades(several, points):
    """Where the table allows several grades it says what counts; their sum stays within the full points."""
    rules = table(TIER.replace("full: 10,", f"full: 10, several: {several},"))
    grades = ["best", "bad", "good", "bad"]
    assert total(rules, *(Fact("a", grade=grade) for grade in grades)) == Decimal(points)


NUMBERS = (
    "  - {id: a, label: a, kind: tier, when_silent: none, grades: "
    "[{id: low, label: l, at_least: 60, points: 0.5}, {id: mid, label: m, at_least: 80, points: 1}, "
    "{id: high, label: h, more_than: 90, points: 1.5}]}"
)


@pytest.mark.parametrize(
    ("score", "points"),
    [("59.99", 0), ("60", "0.5"), ("79.99", "0.5"), ("80", 1), ("90", 1), ("90.01", "1.5"), ("100", "1.5")],
)
def test_tier_on_a_number_climbs_thresholds(score, points):
    """A number reaches the highest threshold it passes, `at_least` including the threshold and `more_than` not."""
    assert total(table(NUMBERS), Fact("a", score=Decimal(score))) == Decimal(points)


def test_a_number_between_two_ranges_is_a_question():
    """45 days between "up to 30" and "60 and more" is asked, not guessed."""
    grades = (
        "[{id: s, label: s, less_than: 7, points: 1}, {id: w, label: w, range: [7, 30], points: 2}, "
        "{id: m, label: m, at_least: 60, points: 3}]"
    )
    rules = table(f"  - {{id: a, label: a, kind: add, acts: [{{id: x, label: x, grades: {grades}}}]}}")
    assert [total(rules, Fact("a", score=Decimal(days))) for days in (6, 7, 30, 60)] == [1, 2, 2, 3]
    with pytest.raises(RuleSilentError) as asked:
        total(rules, Fact("a", score=Decimal(45)))
    assert (asked.value.question_code, asked.value.params["below"], asked.value.params["above"]) == (
        "tier_gap",
        "30",
        "60",
    )


def test_a_number_in_two_ranges_is_a_question():
    """80 in both 60–80 and 80–90 is asked; the policy answers."""
    items = (
        "  - {id: a, label: a, kind: tier, when_silent: none, grades: "
        "[{id: l, label: l, range: [60, 80], points: 1}, {id: h, label: h, range: [80, 90], points: 2}]}"
    )
    with pytest.raises(RuleSilentError) as asked:
        total(table(items), Fact("a", score=Decimal(80)))
    assert asked.value.question_code == "tier_overlap"
    assert total(table(items, more="policies: {overlaps: lower}"), Fact("a", score=Decimal(80))) == 1
    assert total(table(items, more="policies: {overlaps: upper}"), Fact("a", score=Decimal(80))) == 2


def test_counts_of_one_tier_are_one_number():
    """Two lates on one day and one on another are three, and three fall into the second step."""
    rules = table(
        "  - {id: a, label: a, kind: tier, when_silent: none, grades: "
        "[{id: some, label: s, at_least: 1, points: -1}, {id: many, label: m, at_least: 3, points: -5}]}"
    )
    assert total(rules, times("a", 2, on=on(11, 2)), times("a", 1, on=on(11, 9))) == -5


@pytest.mark.parametrize(("place", "points"), [(1, 5), (2, 3), (3, 3), (4, 1), (10, 1), (11, 0)])
def test_upper_limits_form_a_ladder_too(place, points):
    """First place 5, up to third 3, up to tenth 1."""
    rules = table(
        "  - {id: a, label: a, kind: tier, when_silent: none, grades: [{id: one, label: f, at_most: 1, points: 5}, "
        "{id: three, label: t, at_most: 3, points: 3}, {id: ten, label: n, at_most: 10, points: 1}]}"
    )
    assert total(rules, Fact("a", score=Decimal(place))) == points


@pytest.mark.parametrize("limit", ["at_least", "at_most", "more_than", "less_than"])
def test_two_steps_with_the_same_limit_are_a_question(limit):
    """Two grades at the same threshold leave open which one counts."""
    grades = f"[{{id: l, label: l, {limit}: 5, points: 1}}, {{id: h, label: h, {limit}: 5, points: 2}}]"
    rules = table(f"  - {{id: a, label: a, kind: tier, when_silent: none, grades: {grades}}}")
    inside = Decimal(6) if limit in ("at_least", "more_than") else Decimal(4)
    with pytest.raises(RuleSilentError) as asked:
        total(rules, Fact("a", score=inside))
    assert asked.value.question_code == "tier_overlap"


def test_more_than_stands_above_at_least():
    """At 90.5, "more than 90" is above "at least 90"; at 90 it is not reached; "less than" is below "at most"."""
    up = "[{id: l, label: l, at_least: 90, points: 1}, {id: h, label: h, more_than: 90, points: 2}]"
    down = "[{id: l, label: l, less_than: 10, points: 1}, {id: h, label: h, at_most: 10, points: 2}]"
    for grades, score, points in [(up, "90", 1), (up, "90.5", 2), (down, "10", 2), (down, "9.5", 1)]:
        rules = table(f"  - {{id: a, label: a, kind: tier, when_silent: none, grades: {grades}}}")
        assert total(rules, Fact("a", score=Decimal(score))) == points


def test_an_act_is_graded_by_its_count_or_counted_by_its_grade():
    """Three lates are one number and cost 5 together; two of a named grade cost its points twice."""
    grades = "[{id: some, label: s, at_least: 1, points: 1}, {id: many, label: m, at_least: 3, points: 5}]"
    rules = table(f"  - {{id: a, label: a, kind: deduct, full: 20, acts: [{{id: x, label: x, grades: {grades}}}]}}")
    assert total(rules, times("a", 3)) == 15
    assert total(rules, times("a", 2, grade="many")) == 10
    assert total(rules, times("a", 2, score=Decimal(4))) == 10


def test_a_number_that_two_steps_leave_out_is_a_question():
    """Ninety between "less than 90" and "more than 90" is asked."""
    grades = "[{id: l, label: l, less_than: 90, points: 1}, {id: h, label: h, more_than: 90, points: 2}]"
    rules = table(f"  - {{id: a, label: a, kind: tier, when_silent: none, grades: {grades}}}")
    with pytest.raises(RuleSilentError) as asked:
        total(rules, Fact("a", score=Decimal(90)))
    assert asked.value.question_code == "tier_gap"
