"""What a chat needs to ask an item, without knowing its kind."""

from decimal import Decimal

import pytest

from bot.scoring.asking import Choice, Counter, Pick, choices, chosen, counted, counters, needs_score, picks
from bot.scoring.engine import score_month
from bot.scoring.facts import Fact
from bot.scoring.items import Evidence
from bot.scoring.ruleset import default_ruleset
from tests.scoring.tables import NOVEMBER, table

RULES = default_ruleset()
ONE = Decimal(1)


def test_a_tier_is_asked_by_its_grades():
    """A pledge is kept, partly kept or not; each option says what it brings."""
    assert choices(RULES.item("pledge")) == (
        Choice("kept", "已兑现", Decimal(4)),
        Choice("partly", "部分兑现", Decimal(2)),
        Choice("not", "未兑现", Decimal(0)),
    )
    assert counters(RULES.item("pledge")) == ()


def test_a_deduction_is_asked_by_counters_as_far_as_they_matter():
    """Three absences empty the item, so nobody counts a fourth."""
    assert counters(RULES.item("meetings")) == (
        Counter("absent", "无故缺席", "次", ONE, Decimal(3), Decimal(-4)),
        Counter("late", "迟到早退", "次", ONE, Decimal(6), Decimal(-2)),
    )
    assert choices(RULES.item("meetings")) == ()


def test_units_and_targets_are_counters_too():
    """Hours up to eight, study records up to two."""
    assert counters(RULES.item("volunteer")) == (Counter("volunteer", "志愿服务", "小时", ONE, Decimal(8), None),)
    assert counters(RULES.item("study")) == (Counter("study", "学习任务", "条", ONE, Decimal(2), Decimal(3)),)


def test_a_table_may_say_how_to_step_and_where_to_end():
    """Minutes in tens, at most sixty; without a cap a counter ends at ten."""
    minutes = table("  - {id: a, label: a, kind: per_unit, per: {units: 10, points: 1}, step: 10, at_most: 60}").item(
        "a"
    )
    open_end = table("  - {id: a, label: a, kind: add, acts: [{id: x, label: x, each: 3}]}").item("a")
    assert [(one.step, one.most) for one in counters(minutes)] == [(10, 60)]
    assert [one.most for one in counters(open_end)] == [10]


def test_what_is_not_published_is_counted_to_ten():
    """Where nobody knows what one is worth, no cap says how many matter."""
    unknown = table("  - {id: a, label: a, kind: add, full: 4, acts: [{id: x, label: x}]}").item("a")
    assert [(one.most, one.points) for one in counters(unknown)] == [(10, None)]


def test_a_range_is_picked():
    """An outstanding contribution is 1 to 3 points by a reviewer."""
    assert picks(RULES.item("outstanding")) == (Pick("outstanding", "突出贡献", Decimal(1), Decimal(3)),)
    assert picks(RULES.item("meetings")) == ()


def test_an_outside_score_is_waited_for():
    """A ratio is nothing a member can tap."""
    ratio = table("  - {id: a, label: a, kind: ratio, full: 20}").item("a")
    assert needs_score(ratio)
    assert (choices(ratio), counters(ratio), picks(ratio)) == ((), (), ())


def test_either_is_asked_by_its_ways():
    """The two ways are options, and the chosen one is the fact's act."""
    ways = "[{id: x, label: x, each: 3}, {id: y, label: y, each: 2}]"
    either = table(f"  - {{id: a, label: a, kind: either, acts: {ways}}}").item("a")
    assert [(one.id, one.points) for one in choices(either)] == [("x", 3), ("y", 2)]
    assert chosen(either, "y") == Fact("a", act="y")


def test_a_factor_is_chosen():
    """A multiplier's grades are options without points of their own."""
    factor = table(
        "  - {id: a, label: a, kind: ratio, full: 1}\n"
        "  - {id: m, label: m, kind: multiplier, of: [a], grades: [{id: hard, label: h, by: 2}]}"
    ).item("m")
    assert choices(factor) == (Choice("hard", "h", None),)
    assert chosen(factor, "hard") == Fact("m", grade="hard")


@pytest.mark.parametrize("item", RULES.items, ids=lambda item: item.id)
def test_every_item_of_the_default_table_can_be_asked_and_its_answer_scored(item):
    """Whatever can be tapped for an item is an answer that the table can score."""
    for choice in choices(item):
        answer = {item.id: (chosen(item, choice.id),)}
        assert score_month(RULES, answer, month=NOVEMBER).line(item.id).points == choice.points
    for counter in counters(item):
        answer = {item.id: counted(item, {counter.id: counter.most})}
        line = score_month(RULES, answer, month=NOVEMBER).line(item.id)
        assert line.points in (0, item.full)
    assert choices(item) or counters(item)


def test_zero_counts_leave_no_fact_and_strangers_are_refused():
    """A counter at zero is an answer of nothing; an unknown option or counter is an error."""
    meetings = RULES.item("meetings")
    counts = {"absent": Decimal(0), "late": Decimal(2)}
    assert counted(meetings, counts) == (Fact("meetings", "late", Decimal(2)),)
    with pytest.raises(KeyError):
        counted(meetings, {"odd": ONE})
    with pytest.raises(KeyError):
        chosen(RULES.item("pledge"), "odd")


def test_the_default_table_fits_a_phone():
    """Ids fit a button's data, labels fit a button."""
    for item in (*RULES.items, *RULES.bonus.items):
        for name in (item.id, *(one.id for one in choices(item)), *(one.id for one in counters(item))):
            assert len(name.encode()) <= 16
        for label in (item.label, *(one.label for one in choices(item)), *(one.label for one in counters(item))):
            assert len(label) <= 8


def test_items_are_found_by_dimension_and_part_in_table_order():
    """The form walks the four dimensions; the review walks the three parts."""
    assert [item.id for item in RULES.items_of(dimension="welfare")] == [
        "masses",
        "pairing",
        "volunteer",
        "disabled_help",
    ]
    assert [item.id for item in RULES.items_of(dimension="duty", part="base")] == ["post", "pledge"]
    assert sum(item.full for item in RULES.items_of(part="vanguard")) == 30
    assert RULES.item("innovation").evidence is Evidence.REQUIRED
    assert RULES.is_bonus("commendation")
    assert not RULES.is_bonus("post")
