"""Parts, groups, classes, exemptions, overrides, bonus and veto around the items."""

from datetime import date
from decimal import Decimal

import pytest

from bot.scoring.engine import Context, Override, score
from bot.scoring.errors import FactError, RuleSilentError
from bot.scoring.facts import Fact
from bot.scoring.ruleset import load_ruleset
from tests.scoring.tables import NOVEMBER, times

FRAMED = """
id: framed
version: "1"
title: t
period: month
total: {start: 5, floor: 0, full: 60}
parts:
  - {id: base, label: base, start: 20, full: 40, floor: 10}
  - {id: review, label: review, weight: 0.2}
items:
  - {id: plus, label: p, part: base, kind: add, acts: [{id: x, label: x, each: 6}]}
  - {id: minus, label: m, part: base, kind: deduct, floor: null, acts: [{id: x, label: x, each: 8}]}
  - {id: vote, label: v, part: review, kind: ratio, full: 100}
  - {id: gift, label: g, kind: add, acts: [{id: x, label: x, each: 10}]}
policies: {rounding: {step: 0.01}, exempt_item: full}
"""


def framed(*facts, **more):
    return score(load_ruleset(FRAMED), facts, period=NOVEMBER, **more)


def test_a_part_may_start_at_a_base_and_a_total_too():
    """The total starts at 5 and the base part at 20; both stand as lines of their own."""
    result = framed()
    assert result.total == 25
    assert [(line.item, line.points) for line in result.lines if line.points] == [("base", 20), ("total", 5)]


def test_parts_have_ceilings_and_floors():
    """A part is kept between its floor and its full points, and the cut is named."""
    high, low = framed(times("plus", 9)), framed(times("minus", 9))
    assert (high.by_part["base"], low.by_part["base"]) == (40, 10)
    assert [(cut.code, cut.scope, cut.amount) for cut in high.cuts] == [("cap", "base", 34)]
    assert [(cut.code, cut.scope, cut.amount) for cut in low.cuts] == [("floor", "base", -62)]


def test_a_part_may_be_weighted():
    """A review of 90 weighs 20 %, 18 points; the weight is shown as what it takes."""
    result = framed(Fact("vote", score=Decimal(90)))
    assert (result.by_part["review"], result.total) == (18, 43)
    assert [(cut.code, cut.amount) for cut in result.cuts] == [("weight", 72)]


def test_the_total_has_its_own_ceiling():
    """An item outside all parts counts, up to the full total."""
    result = framed(times("gift", 9))
    assert result.total == 60
    assert [(cut.code, cut.scope, cut.amount) for cut in result.cuts] == [("cap", "total", 55)]


GROUPED = """
id: grouped
version: "1"
title: t
items:
  - {id: a, label: a, kind: add, full: 3, acts: [{id: x, label: x, each: 2}]}
  - {id: b, label: b, kind: add, full: 3, acts: [{id: x, label: x, each: 2}]}
  - {id: c, label: c, kind: add, full: 3, acts: [{id: x, label: x, each: 2}]}
groups:
  - {id: both, label: a and b, items: [a, b], cap: 4}
policies: {rounding: {step: 0.01}}
"""


def test_items_under_a_common_cap_and_one_outside_it():
    """Three and three under a common cap of four are four; the third item stands outside."""
    result = score(load_ruleset(GROUPED), [times(item, 2) for item in "abc"], period=NOVEMBER)
    assert [line.points for line in result.lines] == [3, 1, 3]
    assert [(cut.code, cut.scope, cut.amount) for cut in result.line("b").cuts] == [("cap", "b", 1), ("cap", "both", 2)]


def test_of_a_group_only_the_best_may_count():
    """Where the table says one of two, the better item counts and the other is cut to nothing."""
    rules = load_ruleset(GROUPED.replace("cap: 4", "pick: best, cap: 2.5"))
    result = score(rules, [times("a", 1), times("b", 2), times("c", 1)], period=NOVEMBER)
    assert [line.points for line in result.lines] == [0, Decimal("2.5"), 2]


CLASSES = """
classes:
  - {id: A, label: A, starts: {base: 30, total: 0}}
  - {id: B, label: B, starts: {base: null}}
  - {id: old, label: retired, rated: false}
  - {id: ill, label: ill, exempt: [minus]}
"""


def test_a_class_may_have_a_base_of_its_own():
    """Class A starts elsewhere, class B's base is not published, an unknown class is refused."""
    rules = load_ruleset(FRAMED + CLASSES)
    assert score(rules, [], period=NOVEMBER, context=Context("A")).total == 30
    with pytest.raises(RuleSilentError) as asked:
        score(rules, [], period=NOVEMBER, context=Context("B"))
    assert asked.value.question_code == "class_start"
    with pytest.raises(FactError):
        score(rules, [], period=NOVEMBER, context=Context("Z"))


def test_who_is_not_rated_has_no_score():
    """A retired member, and one on leave, are not rated, which is not zero."""
    rules = load_ruleset(FRAMED + CLASSES)
    for context in (Context("old"), Context(exempt="leave")):
        result = score(rules, [times("plus", 1)], period=NOVEMBER, context=context)
        assert (result.rated, result.lines) == (False, ())


EXEMPT = """
id: exempt
version: "1"
title: t
parts: [{id: base, label: base, full: 20}]
items:
  - {id: a, label: a, part: base, kind: deduct, full: 10, acts: [{id: x, label: x, each: 5}]}
  - {id: b, label: b, part: base, kind: deduct, full: 10, acts: [{id: x, label: x, each: 5}]}
"""


@pytest.mark.parametrize(("policy", "total"), [("full", 15), ("skip", 5), ("rescale", 10)])
def test_an_exempt_item_counts_as_the_policy_says(policy, total):
    """An exempt item counts as if nothing had happened, not at all, or its part is scaled up to its full points."""
    rules = load_ruleset(f"{EXEMPT}policies: {{rounding: {{step: 0.01}}, exempt_item: {policy}}}")
    facts = [times("a", 2), times("b", 1)]
    assert score(rules, facts, period=NOVEMBER, context=Context(exempt_items=frozenset({"a"}))).total == total


def test_an_exemption_without_a_policy_is_a_question():
    """The table has to say what an exempt item counts."""
    with pytest.raises(RuleSilentError) as asked:
        score(load_ruleset(EXEMPT), [], period=NOVEMBER, context=Context(exempt_items=frozenset({"a"})))
    assert asked.value.question_code == "exempt_item"


def test_an_override_is_bound_by_the_item():
    """A reviewer's figure replaces the computed one, needs a reason and never passes the item's ends."""
    result = framed(overrides=[Override("vote", Decimal(50), "r")])
    assert (result.line("vote").points, result.by_part["review"]) == (50, 10)
    for override, code in [
        (Override("vote", Decimal(101), "r"), "out_of_range"),
        (Override("vote", Decimal(-1), "r"), "out_of_range"),
        (Override("vote", Decimal(50), " "), "reason_needed"),
        (Override("odd", Decimal(50), "r"), "unknown_item"),
    ]:
        with pytest.raises(FactError) as refused:
            framed(overrides=[override])
        assert refused.value.code == code


def test_a_common_cap_holds_an_override_too():
    """Two items under a cap of four stay at four, whatever a reviewer gives one of them."""
    result = score(load_ruleset(GROUPED), [times("a", 1)], [Override("b", Decimal(3), "r")], period=NOVEMBER)
    assert (result.line("b").points, result.total) == (2, 4)


WITH_BONUS = """
id: bonus
version: "1"
title: t
total: {full: 10}
items: [{id: a, label: a, kind: deduct, full: 10, acts: [{id: x, label: x, each: 2}]}]
bonus: {cap: 5, per: period, items: [{id: prize, label: p, kind: add, acts: [{id: x, label: x, each: 3}]}]}
veto: {scope: period, when: [{id: law, label: l}]}
"""


@pytest.mark.parametrize(
    ("may", "faults", "total"), [("true", 0, 15), ("false", 0, 10), ("false", 1, 10), ("false", 4, 7)]
)
def test_a_bonus_of_the_period_may_or_may_not_pass_the_full_points(may, faults, total):
    """Two prizes are worth 6, capped to 5; above ten they count only where the table lets them."""
    rules = load_ruleset(f"{WITH_BONUS}policies: {{bonus_may_pass: {may}}}")
    assert score(rules, [times("a", faults), times("prize", 2)], period=NOVEMBER).total == total


def test_a_bonus_beyond_the_full_points_is_a_question():
    """A table that does not say whether the bonus may pass a full total is asked when it would."""
    rules = load_ruleset(WITH_BONUS)
    assert score(rules, [times("a", 4), times("prize", 1)], period=NOVEMBER).total == 5
    with pytest.raises(RuleSilentError) as asked:
        score(rules, [times("prize", 1)], period=NOVEMBER)
    assert asked.value.question_code == "bonus_may_pass"


def test_a_veto_of_the_period_makes_it_zero():
    """The veto takes what was earned, and says so."""
    result = score(load_ruleset(WITH_BONUS), [Fact("veto", "law")], period=NOVEMBER)
    assert (result.total, result.vetoed) == (0, True)
    assert [(cut.code, cut.amount) for cut in result.cuts] == [("veto", 10)]


def test_a_veto_of_the_year_leaves_the_month():
    """Where the veto is the year's, the month keeps its points and is marked."""
    rules = load_ruleset(WITH_BONUS.replace("scope: period", "scope: year"))
    result = score(rules, [Fact("veto", "law")], period=NOVEMBER)
    assert (result.total, result.vetoed) == (10, True)


def test_rounding_that_the_table_leaves_open_is_asked_only_when_needed():
    """A third of a point needs a rounding rule; whole points do not."""
    rules = load_ruleset("id: t\nversion: '1'\ntitle: t\nitems: [{id: a, label: a, kind: ratio, full: 10, of: 3}]")
    assert score(rules, [Fact("a", score=Decimal(3))], period=NOVEMBER).total == 10
    with pytest.raises(RuleSilentError) as asked:
        score(rules, [Fact("a", score=Decimal(1))], period=NOVEMBER)
    assert asked.value.question_code == "rounding"


@pytest.mark.parametrize(("mode", "total"), [("half_up", "6.67"), ("floor", "6.66"), ("ceil", "6.67")])
def test_the_total_is_rounded_once_and_the_rest_is_shown(mode, total):
    """Two thirds of ten twice over: lines are rounded to be read, the total only once."""
    rules = load_ruleset(
        f"id: t\nversion: '1'\ntitle: t\npolicies: {{rounding: {{step: 0.01, mode: {mode}}}}}\n"
        "items: [{id: a, label: a, kind: ratio, full: 10, of: 3}, {id: b, label: b, kind: ratio, full: 10, of: 3}]"
    )
    result = score(rules, [Fact("a", score=Decimal(1)), Fact("b", score=Decimal(1))], period=NOVEMBER)
    assert result.total == Decimal(total)
    assert sum(line.points for line in result.lines) - sum(cut.amount for cut in result.cuts) == result.total


def test_a_marked_act_disqualifies():
    """Words with an impact disqualify; without one they only cost points."""
    rules = load_ruleset(
        "id: t\nversion: '1'\ntitle: t\nitems: [{id: a, label: a, kind: deduct, full: 10, "
        "acts: [{id: x, label: words, each: 5, disqualifies_with: impact}]}]"
    )
    loud = score(rules, [times("a", 1, marks=frozenset({"impact"}))], period=NOVEMBER)
    assert [(one.code, one.params["label"]) for one in loud.disqualified] == [("disqualified", "words")]
    assert score(rules, [times("a", 1)], period=NOVEMBER).disqualified == ()


def test_one_event_under_two_heads_counts_as_often_as_the_head_that_counts_it_most():
    """Two on Monday under one head and one on Monday under the other are two events; one on Tuesday is a third."""
    rules = load_ruleset(
        "id: t\nversion: '1'\ntitle: t\npolicies: {double_heads: once}\nitems:\n"
        "  - {id: a, label: a, kind: deduct, floor: null, acts: [{id: x, label: x, each: 3}]}\n"
        "  - {id: b, label: b, kind: deduct, floor: null, acts: [{id: y, label: y, each: 5, same_as: a.x}]}\n"
    )
    monday, tuesday = date(2026, 11, 2), date(2026, 11, 3)
    facts = [times("a", 2, on=monday), times("b", 1, on=monday), times("b", 1, on=tuesday)]
    assert score(rules, facts, period=NOVEMBER).total == -11
    assert score(rules, [times("a", 1, on=monday), times("b", 3, on=monday)], period=NOVEMBER).total == -13


def test_an_override_of_a_factor_comes_last():
    """A reviewer's figure for an item is multiplied; one for the factor itself stands as it is."""
    rules = load_ruleset(
        "id: t\nversion: '1'\ntitle: t\nitems:\n"
        "  - {id: a, label: a, kind: add, full: 10, acts: [{id: x, label: x, each: 4}]}\n"
        "  - {id: m, label: m, kind: multiplier, of: [a], full: 9, grades: [{id: hard, label: h, by: 2}]}"
    )
    facts = [times("a", 1), Fact("m", grade="hard")]
    doubled = score(rules, facts, [Override("a", Decimal(5), "r")], period=NOVEMBER)
    decided = score(rules, facts, [Override("m", Decimal(1), "r"), Override("a", Decimal(5), "r")], period=NOVEMBER)
    assert [line.points for line in doubled.lines] == [5, 5]
    assert [line.points for line in decided.lines] == [5, 1]


def test_a_bonus_of_the_year_cannot_be_decided_in_a_month():
    """What counts for the year is not an item of the month."""
    rules = load_ruleset(WITH_BONUS.replace("per: period", "per: year"))
    assert score(rules, [times("prize", 1)], period=NOVEMBER).total == 10
    with pytest.raises(FactError) as refused:
        score(rules, [], [Override("prize", Decimal(1), "r")], period=NOVEMBER)
    assert refused.value.code == "unknown_item"


def test_rescaling_shows_what_it_gave():
    """Five of ten, scaled to twenty, is ten: the cut gives five back. Without a full part nothing can be scaled."""
    scaled = f"{EXEMPT}policies: {{exempt_item: rescale}}"
    context = Context(exempt_items=frozenset({"a"}))
    result = score(load_ruleset(scaled), [times("b", 1)], period=NOVEMBER, context=context)
    assert [(cut.code, cut.scope, cut.amount) for cut in result.cuts] == [("rescale", "base", -5)]
    for other in (scaled.replace("full: 20}", "full: 10}"), scaled.replace(", full: 20}", "}")):
        assert score(load_ruleset(other), [times("b", 1)], period=NOVEMBER, context=context).total == 5
    assert score(load_ruleset(scaled), [times("b", 1)], period=NOVEMBER).total == 15


def test_a_bonus_exactly_at_its_cap_is_not_cut():
    """Points equal to a limit are within it, for the bonus and for parts."""
    rules = load_ruleset(WITH_BONUS.replace("cap: 5", "cap: 6") + "policies: {bonus_may_pass: true}")
    assert score(rules, [times("prize", 2)], period=NOVEMBER).cuts == ()
    assert framed(Fact("plus", "x", Decimal(3)), times("minus", 0)).cuts == ()


def test_which_lines_were_answered():
    """A line knows whether anybody has spoken, and an exempt one says that it is exempt."""
    rules = load_ruleset(f"{EXEMPT}policies: {{exempt_item: full}}")
    result = score(rules, [times("b", 1)], period=NOVEMBER, context=Context(exempt_items=frozenset({"a"})))
    assert [(line.item, line.answered) for line in result.lines] == [("a", False), ("b", True)]
    assert [reason.code for reason in result.line("a").reasons] == ["silent", "exempt"]
    with pytest.raises(KeyError):
        result.line("z")
