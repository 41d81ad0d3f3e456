"""Facts, fact sheets, explanations and longer caps as files and months carry them."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.periods import Month
from bot.scoring.credit import credited
from bot.scoring.engine import Context, Override, score
from bot.scoring.errors import RuleSetError
from bot.scoring.explain import explained
from bot.scoring.facts import Fact, Source, answers_of, facts_from_json, facts_to_json
from bot.scoring.factsheet import load_facts
from bot.scoring.points import from_hundredths, hundredths, round_half_up, show
from bot.scoring.ruleset import default_ruleset
from bot.scoring.span import Span
from tests.scoring.tables import NOVEMBER, table, times

RULES = default_ruleset()
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-10_000, max_value=10_000)
FACTS = st.builds(
    Fact,
    item=st.sampled_from(["meetings", "study"]),
    act=st.sampled_from(["", "late"]),
    count=DECIMALS,
    on=st.none() | st.dates(),
    grade=st.sampled_from(["", "full"]),
    score=st.none() | DECIMALS,
    points=st.none() | DECIMALS,
    marks=st.frozensets(st.sampled_from(["a", "b"])),
    source=st.sampled_from(Source),
    note=st.text(),
)


@given(st.lists(FACTS))
def test_a_form_comes_back_from_storage_as_it_was(facts):
    """What is stored of a form is exactly what was said, and the same form is the same text."""
    answers = answers_of(facts) | {"dues": ()}
    assert facts_from_json(facts_to_json(answers)) == answers
    assert facts_to_json(facts_from_json(facts_to_json(answers))) == facts_to_json(answers)


def test_a_form_is_stored_in_few_words():
    """Defaults take no room."""
    answers = {"study": (), "meetings": (Fact("meetings", "late", source=Source.ROLL, on=date(2026, 11, 3)),)}
    assert facts_to_json(answers) == '{"meetings":[{"act":"late","on":"2026-11-03","source":"roll"}],"study":[]}'


SHEET = """
period: 2026-11
member_class: ""
facts:
  meetings: [{act: absent, on: 2026-11-03}, {act: late, count: 2}]
  study: []
  post: mostly
  volunteer: 5
  lecture: [given]
overrides: [{item: pledge, points: 2, reason: 未兑现一项}]
"""


def test_a_fact_sheet_is_scored_with_its_short_forms():
    """A count, a grade, an act, a list and an empty list say the same as their long forms."""
    result = load_facts(SHEET, RULES).score(RULES)
    shown = {line.item: line.points for line in result.lines if line.answered or line.override}
    assert shown == {"meetings": 4, "study": 0, "post": 8, "volunteer": 2, "lecture": 3, "pledge": 2}
    assert result.line("pledge").override == Override("pledge", Decimal(2), "未兑现一项")


def test_a_fact_sheet_may_carry_all_that_surrounds_the_facts():
    """Class, exemptions, last year, used caps and a veto."""
    rules = table(
        "  - {id: a, label: a, kind: ratio, full: 20}\n  - {id: b, label: b, kind: carry, share: 0.5}",
        period="year",
        more="veto: {when: [{id: law, label: l}]}\nclasses: [{id: A, label: A}]",
    )
    sheet = load_facts(
        "period: 2026\nfacts: {a: 90}\nmember_class: A\nlast_year: 8\nveto: [law]\nexempt_items: [a]\n"
        "credited: {b: {year: 3}}",
        rules,
    )
    assert sheet.answers["a"][0].score == 90
    assert sheet.context == Context("A", "", frozenset({"a"}), Decimal(8), {("b", "year"): Decimal(3)})
    assert sheet.answers["veto"] == (Fact("veto", "law"),)
    assert "veto" not in load_facts("period: 2026", rules).answers


@pytest.mark.parametrize(
    ("text", "line"),
    [("facts: {}", 1), ("period: soon", 1), ("period: 2026-11\nfacts:\n  study: [{cuont: 3}]", 3), ("- period", 1)],
)
def test_a_fault_in_a_fact_sheet_names_its_line(text, line):
    """The person who writes the sheet is told where to look."""
    with pytest.raises(RuleSetError) as refused:
        load_facts(text, RULES)
    assert refused.value.problems[0].line == line


def test_an_explanation_is_plain_data():
    """The frozen copy of a score holds each line's raw points, cuts, reasons and facts as text."""
    told = json.loads(json.dumps(explained(load_facts(SHEET, RULES).score(RULES))))
    lines = {line["item"]: line for line in told["lines"]}
    assert told["total"] == "47.00"
    assert {
        name: lines["study"][name] for name in ("label", "part", "dimension", "raw", "points", "full", "answered")
    } == {
        "label": "学习任务",
        "part": "base",
        "dimension": "thought",
        "raw": "0.00",
        "points": "0.00",
        "full": "6",
        "answered": True,
    }
    assert lines["meetings"]["reasons"][0] == {
        "code": "act",
        "act": "absent",
        "label": "无故缺席",
        "count": "1",
        "unit": "次",
        "points": "-4",
    }
    assert lines["pledge"]["override"] == {"points": "2", "reason": "未兑现一项", "by": ""}
    assert lines["pledge"]["cuts"] == [{"code": "override", "scope": "pledge", "amount": "2", "limit": None}]
    assert (told["rated"], told["vetoed"], told["cuts"], told["disqualified"]) == (True, False, [], [])
    unrated = explained(score(RULES, [], period=NOVEMBER, context=Context(exempt="leave")))
    assert (unrated["total"], unrated["rated"]) == (None, False)


YEARLY = table(
    "  - {id: a, label: a, kind: add, cap: {year: 5}, acts: [{id: x, label: x, each: 2}]}\n"
    "  - {id: b, label: b, kind: add, acts: [{id: x, label: x, each: 2, cap: {day: 9, month: 9, quarter: 3}}]}\n"
    "  - {id: c, label: c, kind: deduct, full: 9, cap: {year: 4}, acts: [{id: x, label: x, each: 3}]}",
    more="groups: [{id: g, label: g, items: [a, b], cap: {year: 7}}]",
)


def test_a_yearly_cap_goes_on_from_month_to_month():
    """What October and November used of a yearly cap is not there in December, and January begins anew."""
    earlier, totals = [], []
    for month in (Month(2026, 10), Month(2026, 11), Month(2026, 12), Month(2027, 1)):
        span = Span.of(month)
        facts = [times("a", 2), times("b", 1), times("c", 1)]
        result = score(YEARLY, facts, period=span, context=Context(credited=credited(YEARLY, earlier, span)))
        earlier.append((span, result))
        totals.append([line.points for line in result.lines])
    assert totals == [[4, 2, 6], [1, 0, 8], [0, 0, 9], [4, 2, 6]]


def test_caps_of_a_year_that_begins_in_july():
    """June's use of a yearly cap is gone in July; April's use of a quarter's cap is still there in June."""
    rules = table(
        "  - {id: a, label: a, kind: add, cap: {quarter: 3, year: 5}, acts: [{id: x, label: x, each: 2}]}",
        more="year_starts: 7",
    )
    spans = [Span.of(Month(2026, number)) for number in (4, 5, 6, 7)]
    earlier, points = [], []
    for span in spans:
        context = Context(credited=credited(rules, earlier, span))
        earlier.append((span, score(rules, [times("a", 1)], period=span, context=context)))
        points.append(earlier[-1][1].total)
    assert points == [2, 1, 0, 2]
    assert credited(rules, earlier, spans[0]) == {("a", "quarter"): 0, ("a", "year"): 0}
    assert credited(rules, earlier[:3], spans[2]) == {("a", "quarter"): 3, ("a", "year"): 3}


def test_a_longer_cap_counts_what_was_credited_and_not_what_was_cut():
    """Eight and one back, held to five by the month, use five of the year."""
    rules = table(
        "  - {id: a, label: a, kind: add, full: 5, cap: {year: 8}, "
        "acts: [{id: x, label: x, each: 4}, {id: y, label: y, each: -1}]}"
    )
    october = Span.of(Month(2026, 10))
    earlier = [(october, score(rules, [times("a", 2, "x"), times("a", 1, "y")], period=october))]
    assert credited(rules, earlier, Span.of(Month(2026, 11))) == {("a", "year"): 5}


def test_each_act_uses_up_its_own_cap():
    """What one act used of its yearly cap leaves the other act's cap alone."""
    rules = table(
        "  - {id: a, label: a, kind: add, acts: [{id: x, label: x, each: 1, cap: {year: 3}}, "
        "{id: y, label: y, each: 1, cap: {year: 3}}]}"
    )
    october, november = Span.of(Month(2026, 10)), Span.of(Month(2026, 11))
    earlier = [(october, score(rules, [times("a", 2, "x"), times("a", 1, "y")], period=october))]
    used = credited(rules, earlier, november)
    assert used == {("a.x", "year"): 2, ("a.y", "year"): 1}
    facts = [times("a", 5, "x"), times("a", 5, "y")]
    assert score(rules, facts, period=november, context=Context(credited=used)).total == 3


@pytest.mark.parametrize(
    ("value", "rounded"), [("0.005", "0.01"), ("0.0049", "0.00"), ("2.675", "2.68"), ("-0.005", "-0.01"), ("1", "1.00")]
)
def test_halves_go_up(value, rounded):
    """2.675 is 2.68, as people round, not as binary numbers do."""
    assert str(round_half_up(Decimal(value))) == rounded


def test_three_thirds_of_a_half_cent_are_a_half_cent():
    """Sums of unending fractions are settled before they are rounded."""
    third = Decimal("0.005") / 3
    assert round_half_up(third + third + third) == Decimal("0.01")


@pytest.mark.parametrize(
    ("step", "rounded"), [("0.5", "2.5"), ("0.1", "2.6"), ("1", "3"), ("5", "5"), ("0.25", "2.50")]
)
def test_any_step_can_be_rounded_to(step, rounded):
    """Half points, tenths, whole points or fives."""
    assert round_half_up(Decimal("2.6"), Decimal(step)) == Decimal(rounded)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("86.50", "86.5"),
        ("60.00", "60"),
        ("59.95", "60"),
        ("-0.04", "0"),
        ("0", "0"),
        ("100", "100"),
        ("-3.25", "-3.3"),
    ],
)
def test_points_are_shown_to_a_tenth(value, shown):
    """As people read them."""
    assert show(Decimal(value)) == shown


@given(st.integers(-(10**9), 10**9))
def test_hundredths_come_back(stored):
    """What is stored is what was scored."""
    assert hundredths(from_hundredths(stored)) == stored


def test_a_thousandth_cannot_be_stored():
    """A value between two hundredths is an error, not a silent loss."""
    with pytest.raises(ValueError, match="hundredths"):
        hundredths(Decimal("0.001"))


@pytest.mark.parametrize(
    ("text", "first", "months"),
    [
        ("2026-11", Month(2026, 11), 1),
        ("2026Q4", Month(2026, 10), 3),
        ("2026H1", Month(2026, 1), 6),
        ("2026H2", Month(2026, 7), 6),
        ("2026", Month(2026, 1), 12),
        ("2026-07..2027-06", Month(2026, 7), 12),
    ],
)
def test_periods_as_they_are_written(text, first, months):
    """A month, a quarter, a half-year, a year, and a year from July to June."""
    span = Span.parse(text)
    assert (span.first, span.months) == (first, months)
    assert str(span) == (text if months == 1 else f"{span.first}..{span.last}")
    assert span.holds(first.first_day)
    assert not span.holds(span.last.end_day)


@pytest.mark.parametrize("text", ["", "2026H3", "2026-13", "november", "2026-07..2026-06"])
def test_anything_else_is_no_period(text):
    """No guess is made."""
    with pytest.raises(ValueError, match=r"a period|a month|before"):
        Span.parse(text)
