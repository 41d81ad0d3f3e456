"""Facts and periods that fit no table are refused, never ignored."""

from datetime import date
from decimal import Decimal

import pytest

from bot.domain.periods import Month
from bot.scoring.engine import score_month
from bot.scoring.errors import FactError, RuleSilentError
from bot.scoring.facts import Fact
from bot.scoring.span import Span
from tests.scoring.tables import NOVEMBER, YEAR, on, table, times, total

DEDUCT = (
    "  - {id: a, label: a, kind: deduct, full: 10, acts: [{id: x, label: x, each: 4}, {id: y, label: y, each: 0.5}]}"
)


def test_an_unpublished_value_is_a_question():
    """An act whose value the source does not print stops the score as soon as it happens."""
    rules = table("  - {id: a, label: a, kind: add, acts: [{id: x, label: x}]}")
    assert total(rules) == 0
    with pytest.raises(RuleSilentError) as asked:
        total(rules, Fact("a"))
    assert asked.value.question_code == "act_worth"


@pytest.mark.parametrize(
    ("fact", "code"),
    [
        (Fact("z"), "unknown_item"),
        (Fact("a", "z"), "unknown_act"),
        (Fact("a", "x", Decimal(-1)), "out_of_bounds"),
        (Fact("a", "x", Decimal(100_001)), "out_of_bounds"),
        (Fact("a", "x", score=Decimal(-100_001)), "out_of_bounds"),
        (Fact("a", "x", on=on(12, 1)), "outside_period"),
        (Fact("veto", "z"), "unknown_veto"),
    ],
)
def test_facts_that_fit_nothing_are_refused(fact, code):
    """A fact for another table, another act, another month or beyond all bounds is refused, never ignored."""
    with pytest.raises(FactError) as refused:
        total(table(DEDUCT), fact)
    assert refused.value.code == code


def test_the_largest_numbers_are_let_in():
    """A count and an outside score of a hundred thousand are within the bounds."""
    most = Decimal(100_000)
    assert total(table(DEDUCT), Fact("a", "x", most)) == 0
    rules = table("  - {id: a, label: a, kind: ratio, full: 10}")
    assert [total(rules, Fact("a", score=score)) for score in (most, -most)] == [10, 0]


def test_a_fact_stands_under_its_own_item():
    """A fact filed under another item is refused."""
    rules = table(DEDUCT + "\n" + DEDUCT.replace("id: a,", "id: b,"))
    with pytest.raises(FactError) as refused:
        score_month(rules, {"a": (Fact("b", "x"),)}, month=NOVEMBER)
    assert refused.value.code == "wrong_item"


def test_a_table_scores_its_own_kind_of_period_only():
    """A yearly table refuses a month."""
    with pytest.raises(FactError) as refused:
        total(table(DEDUCT, period="year"), period=NOVEMBER)
    assert refused.value.code == "wrong_period"


def test_a_year_from_july_to_june():
    """A year of points may begin in July; its facts are from July to June, and caps follow."""
    rules = table(
        "  - {id: a, label: a, kind: add, cap: {quarter: 2, half_year: 3, year: 5}, "
        "acts: [{id: x, label: x, each: 1}]}",
        period="year",
        more="year_starts: 7",
    )
    span = Span.parse("2026-07..2027-06")
    days = [
        date(2026, 7, 1),
        date(2026, 9, 30),
        date(2026, 9, 30),
        date(2026, 12, 31),
        date(2026, 12, 31),
        date(2027, 6, 30),
    ]
    assert total(rules, *(Fact("a", on=day) for day in days), period=span) == 4
    with pytest.raises(FactError):
        total(rules, Fact("a", on=date(2026, 6, 30)), period=span)
    with pytest.raises(FactError):
        total(rules, period=YEAR)


def test_half_years_and_quarters_are_periods_too():
    """A half-yearly table scores 2026H2, and nothing longer or shorter."""
    rules = table(DEDUCT, period="half_year")
    assert total(rules, times("a", 1, "x", on=on(12, 31)), period=Span.parse("2026H2")) == 6
    with pytest.raises(FactError):
        total(rules, period=YEAR)


def test_month_names_a_month():
    """A day of the month before does not belong."""
    with pytest.raises(FactError):
        total(table(DEDUCT), times("a", 1, "x", on=on(10, 31)), period=Month(2026, 11))
