"""Classes of members, exemptions, and what is not rated."""

import pytest

from bot.scoring.engine import Context, score
from bot.scoring.errors import FactError, RuleSilentError
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


CLASSES = """
classes:
  - {id: A, label: A, starts: {base: 30, total: 0}}
  - {id: B, label: B, starts: {base: null}}
  - {id: old, label: retired, rated: false}
  - {id: ill, label: ill, exempt: [minus]}
"""


EXEMPT = """
id: exempt
version: "1"
title: t
parts: [{id: base, label: base, full: 20}]
items:
  - {id: a, label: a, part: base, kind: deduct, full: 10, acts: [{id: x, label: x, each: 5}]}
  - {id: b, label: b, part: base, kind: deduct, full: 10, acts: [{id: x, label: x, each: 5}]}
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


def test_rescaling_shows_what_it_gave():
    """Five of ten, scaled to twenty, is ten: the cut gives five back. Without a full part nothing can be scaled."""
    scaled = f"{EXEMPT}policies: {{exempt_item: rescale}}"
    context = Context(exempt_items=frozenset({"a"}))
    result = score(load_ruleset(scaled), [times("b", 1)], period=NOVEMBER, context=context)
    assert [(cut.code, cut.scope, cut.amount) for cut in result.cuts] == [("rescale", "base", -5)]
    for other in (scaled.replace("full: 20}", "full: 10}"), scaled.replace(", full: 20}", "}")):
        assert score(load_ruleset(other), [times("b", 1)], period=NOVEMBER, context=context).total == 5
    assert score(load_ruleset(scaled), [times("b", 1)], period=NOVEMBER).total == 15
    endless = "  - {id: c, label: c, part: base, kind: add, acts: [{id: x, label: x, each: 1}]}\npolicies"
    of_no_size = load_ruleset(scaled.replace("policies", endless))
    assert (
        score(of_no_size, [times("b", 1)], period=NOVEMBER, context=Context(exempt_items=frozenset({"c"}))).total == 15
    )


def test_which_lines_were_answered():
    """A line knows whether anybody has spoken, and an exempt one says that it is exempt."""
    rules = load_ruleset(f"{EXEMPT}policies: {{exempt_item: full}}")
    result = score(rules, [times("b", 1)], period=NOVEMBER, context=Context(exempt_items=frozenset({"a"})))
    assert [(line.item, line.answered) for line in result.lines] == [("a", False), ("b", True)]
    assert [reason.code for reason in result.line("a").reasons] == ["silent", "exempt"]
    with pytest.raises(KeyError):
        result.line("z")
