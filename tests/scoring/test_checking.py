"""Claims against records: marked where a point may hang on it, and never held against who claimed nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.periods import Quarter
from bot.domain.platforms import Book, Field, FileState, Measure, Platform, PlatformFile
from bot.scoring.checking import ClaimedMonth, disagreements, scored_by_platform
from bot.scoring.errors import RuleSetError
from bot.scoring.facts import Fact
from bot.scoring.lint import lint
from bot.scoring.ruleset import default_ruleset, load_ruleset

Q4 = Quarter(2026, 4)
OCTOBER, NOVEMBER, DECEMBER = Q4.months
ME = 7
ITEM = "id: t\nversion: '1'\ntitle: t\nitems:\n  - {{id: i, label: 项目, {}}}\n"


def month(which=OCTOBER, rules=None, **counts):
    """A month in which the member claims so many of each item."""
    answers = {item: (Fact(item, count=Decimal(count)),) if count else () for item, count in counts.items()}
    return ClaimedMonth(which, rules or default_ruleset(), answers)


def book(platform=Platform.ZHINIAO, period=OCTOBER, measure=Measure.STUDY_COUNT, mine=None):
    """An export that holds this measure; `mine` is what it has of the member."""
    columns = {Field.NAME: 1, Field(measure.value): 2}
    at = datetime(2026, 11, 1, tzinfo=UTC)
    file = PlatformFile(1, platform, period, "x.csv", "", FileState.APPLIED, 0, columns, {}, None, at)
    return Book(file, {} if mine is None else {ME: {measure: mine * 100}})


def found(months, *books):
    """Period, claimed and recorded of each difference."""
    return [
        (one.period, one.claimed, one.recorded, one.platforms) for one in disagreements(ME, Q4, months, books)
    ]  # fmt: skip


ZHINIAO, BOTH = (Platform.ZHINIAO,), (Platform.ZHINIAO, Platform.XUEXI)


@pytest.mark.parametrize(
    ("claimed", "recorded", "differs"),
    [
        (2, 1, True),
        (2, 2, False),
        (2, 9, False),
        (5, 2, False),
        (1, 2, True),
        (0, 1, True),
        (0, 0, False),
        (2, 0, True),
    ],
)
def test_only_what_can_move_a_point_is_a_difference(claimed, recorded, differs):
    """Two records a month are asked; more on either side changes nothing."""
    expected = [(OCTOBER, claimed, recorded, ZHINIAO)] if differs else []
    assert found([month(study=claimed)], book(mine=recorded)) == expected


def test_platforms_are_added_up_as_far_as_they_are_there():
    """One record here and one there are two; an export that is not there yet is not counted as nothing."""
    zhiniao, xuexi = book(mine=1), book(Platform.XUEXI, mine=1)
    assert found([month(study=2)], zhiniao, xuexi) == []
    assert found([month(study=2)], zhiniao) == [(OCTOBER, 2, 1, ZHINIAO)]
    assert found([month(study=2)], zhiniao, book(Platform.XUEXI)) == [(OCTOBER, 2, 1, BOTH)]
    assert found([month(study=2)]) == []


def test_another_month_or_measure_says_nothing():
    """October's claim is compared with October's count of records only."""
    assert found([month(study=2)], book(period=NOVEMBER, mine=0)) == []
    assert found([month(study=2)], book(measure=Measure.STUDY_MINUTES, mine=0)) == []


def test_who_answered_nothing_claims_nothing():
    """Silence is neither a claim nor a difference."""
    assert found([ClaimedMonth(OCTOBER, default_ruleset(), {})], book(mine=0)) == []


def test_an_export_of_the_quarter_is_compared_with_the_whole_quarter():
    """Months add up; with one platform by the month and one by the quarter, both count over the quarter."""
    months = [month(which, study=2) for which in Q4.months]
    assert found(months, book(period=Q4, mine=5)) == [(Q4, 6, 5, ZHINIAO)]
    assert found(months, book(period=Q4, mine=5), book(Platform.XUEXI, DECEMBER, mine=1)) == []


def test_where_points_are_taken_only_what_is_kept_silent_is_a_difference():
    """An absence that the platform knows and the roll does not; lateness is no absence."""
    dengta = book(Platform.DENGTA, measure=Measure.MEETINGS_MISSED, mine=1)
    (told,) = disagreements(ME, Q4, [month(meetings=0)], [dengta])
    assert (told.item, told.label, told.claimed, told.recorded) == ("meetings", "三会一课", 0, 1)
    late = ClaimedMonth(OCTOBER, default_ruleset(), {"meetings": (Fact("meetings", "late"),)})
    assert len(disagreements(ME, Q4, [late], [dengta])) == 1
    absent = ClaimedMonth(OCTOBER, default_ruleset(), {"meetings": (Fact("meetings", "absent"),)})
    assert disagreements(ME, Q4, [absent], [dengta]) == ()
    none_missed = book(Platform.DENGTA, measure=Measure.MEETINGS_MISSED, mine=0)
    assert disagreements(ME, Q4, [absent], [none_missed]) == ()


def test_additions_are_held_against_what_is_claimed_too_much():
    """Whoever claims less than he did is not marked."""
    rules = load_ruleset(ITEM.format(
        "kind: add, full: 9, acts: [{id: a, label: 甲, each: 1, unit: 篇}],"
        " checked_by: [{platform: xuexi, measure: study_count}]"
    ))  # fmt: skip
    assert found([month(rules=rules, i=3)], book(Platform.XUEXI, mine=2)) == [(OCTOBER, 3, 2, (Platform.XUEXI,))]
    assert found([month(rules=rules, i=1)], book(Platform.XUEXI, mine=2)) == []


@given(st.integers(0, 9), st.integers(0, 9))
def test_a_record_beside_an_honest_claim_is_never_a_difference(claimed, more):
    """Whatever the platforms know beyond a claim that reaches the target."""
    assert (found([month(study=claimed + 2)], book(mine=claimed + 2 + more))) == []


@pytest.mark.parametrize(
    "item",
    [
        "kind: ratio, full: 1, checked_by: [{platform: xuexi, measure: points}]",
        "kind: add, acts: [{id: a, label: a, each: 1}], checked_by: [{platform: tiktok, measure: points}]",
        "kind: add, acts: [{id: a, label: a, each: 1}], checked_by: [{platform: xuexi, measure: likes}]",
        "kind: add, acts: [{id: a, label: a, each: 1}], checked_by: [{platform: xuexi, measure: points, act: b}]",
    ],
)  # fmt: skip
def test_a_check_that_cannot_be_made_is_refused(item):
    """Where nothing is counted, of a platform or measure nobody knows, of an act that is not there."""
    with pytest.raises(RuleSetError):
        load_ruleset(ITEM.format(item))


@pytest.mark.parametrize(
    ("item", "warned"),
    [
        ("kind: per_unit, source: platform, full: 5, per: {units: 10, points: 1}", True),
        ("kind: ratio, source: platform, full: 5", True),
        ("kind: tier, source: platform, grades: [{id: a, label: a, points: 1}], when_silent: a", False),
        ("kind: tier, source: platform, grades: [{id: a, label: a, points: 1, at_least: 9}], when_silent: a", True),
        ("kind: per_unit, full: 5, per: {units: 10, points: 1}", False),
    ],
)
def test_a_table_that_scores_by_a_platforms_numbers_is_warned_of(item, warned):
    """A grade that somebody gives is no platform's number; the default table has none."""
    rules = load_ruleset(ITEM.format(item))
    assert ("scores_platform" in {one.code for one in lint(rules)}) is warned
    assert bool(scored_by_platform(rules)) is warned
    assert scored_by_platform(default_ruleset()) == ()
