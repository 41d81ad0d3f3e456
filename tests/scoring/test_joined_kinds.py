"""Items that draw on others' voices, on other items or on last year, by examples and edges."""

from decimal import Decimal

import pytest

from bot.scoring.engine import Context
from bot.scoring.errors import FactError, RuleSilentError
from bot.scoring.facts import Fact
from tests.scoring.tables import table, times, total, worked

REVIEW = (
    "  - {id: a, label: a, kind: review, full: 20, of: 100, panels: "
    "[{id: lead, label: l, weight: 40}, {id: peers, label: p, weight: 60}]}"
)


def test_review_weighs_panels_of_several_voices():
    """40 % of the leader's 90 and 60 % of the peers' mean of 80 are 84 of 100, so 16.8 of 20."""
    facts = [
        Fact("a", "lead", score=Decimal(90)),
        Fact("a", "peers", score=Decimal(70)),
        Fact("a", "peers", score=Decimal(90)),
    ]
    assert total(table(REVIEW), *facts) == Decimal("16.8")
    assert total(table(REVIEW)) == 0


def test_review_without_a_panel_is_a_question():
    """A panel that gave nothing is asked about; the table may reweigh the others or count zero."""
    fact = Fact("a", "lead", score=Decimal(90))
    with pytest.raises(RuleSilentError) as asked:
        total(table(REVIEW), fact)
    assert asked.value.question_code == "missing_panel"
    assert total(table(REVIEW.replace("of: 100,", "of: 100, missing_panel: reweigh,")), fact) == 18
    assert total(table(REVIEW.replace("of: 100,", "of: 100, missing_panel: zero,")), fact) == Decimal("7.2")
    with pytest.raises(FactError):
        total(table(REVIEW), Fact("a", "odd", score=Decimal(1)))


MULTIPLIED = (
    "  - {id: a, label: a, kind: add, acts: [{id: x, label: x, each: 4}]}\n"
    "  - {id: b, label: b, kind: add, acts: [{id: x, label: x, each: 1}]}\n"
    "  - {id: m, label: m, kind: multiplier, of: [a], full: 3, grades: "
    "[{id: hard, label: h, by: 1.5}, {id: easy, label: e, by: 0.5}]}"
)


def test_multiplier_shows_its_own_line():
    """A factor of 1.5 on 4 points brings 2 more, on a line of its own; other items are not touched."""
    score = worked(table(MULTIPLIED), times("a", 1), times("b", 1), Fact("m", grade="hard"))
    assert [(line.item, line.points) for line in score.lines] == [("a", 4), ("b", 1), ("m", 2)]


def test_multiplier_refuses_what_it_does_not_know():
    """An unknown grade and two grades at once are refused."""
    for grades, code in [(["odd"], "unknown_grade"), (["hard", "easy"], "several_grades")]:
        with pytest.raises(FactError) as refused:
            worked(table(MULTIPLIED), *(Fact("m", grade=grade) for grade in grades))
        assert refused.value.code == code


def test_multiplier_without_a_grade_is_refused():
    """A fact that names no grade is refused, and nothing is made up in its place."""
    with pytest.raises(FactError) as refused:
        worked(table(MULTIPLIED), Fact("m"))
    assert (refused.value.code, refused.value.params["grade"]) == ("unknown_grade", "")


def test_review_is_out_of_a_hundred_unless_said_otherwise():
    """80 without a scale is 80 of 100."""
    rules = table("  - {id: a, label: a, kind: review, full: 20, panels: [{id: lead, label: l, weight: 3}]}")
    assert total(rules, Fact("a", "lead", score=Decimal(80))) == 16


def test_review_of_silence_is_what_the_table_says():
    """Who has not been reviewed yet has the points that the table names for it."""
    assert total(table(REVIEW.replace("of: 100,", "of: 100, when_silent: 12,"))) == 12


@pytest.mark.parametrize(("count", "grade", "points"), [(2, "hard", 11), (1, "easy", 2), (1, None, 4)])
def test_multiplier_may_take_away_and_is_capped(count, grade, points):
    """A small factor takes away, a large one is held by its cap, and none changes nothing."""
    facts = [Fact("m", grade=grade)] if grade else []
    assert total(table(MULTIPLIED), times("a", count), *facts) == points


CARRY = "  - {id: a, label: a, kind: carry, share: 0.5, above: 80, cap: 5}"


@pytest.mark.parametrize(("last", "points"), [("86", "3"), ("80", "0"), ("70", "0"), ("95", "5")])
def test_carry_over_from_last_year(last, points):
    """Half of what last year brought above 80 is carried over, at most 5."""
    assert total(table(CARRY), context=Context(last_year=Decimal(last))) == Decimal(points)


def test_who_has_no_last_year_carries_nothing():
    """A new member starts at zero, and the line says why."""
    line = worked(table(CARRY)).line("a")
    assert (line.points, [reason.code for reason in line.reasons]) == (0, ["silent", "no_last_year"])
