"""What becomes of facts when the table changes."""

from decimal import Decimal

from bot.scoring.facts import Fact, answers_of
from bot.scoring.transfer import transferred
from tests.scoring.tables import table

NEW = table(
    "  - {id: a, label: a, kind: add, acts: [{id: x, label: x, each: 1}, "
    "{id: g, label: g, grades: [{id: low, label: l, points: 1}]}]}\n"
    "  - {id: t, label: t, kind: tier, when_silent: none, grades: [{id: good, label: g, points: 1}]}\n"
    "  - {id: r, label: r, kind: ratio, full: 1}\n"
    "  - {id: v, label: v, kind: review, full: 1, panels: [{id: p, label: p, weight: 1}]}"
)


def test_facts_that_still_fit_are_kept():
    """Known items, acts, grades and panels, and answers of nothing, go over to the new table."""
    facts = [
        Fact("a", "x"),
        Fact("a", "g", grade="low"),
        Fact("t", grade="good"),
        Fact("r", score=Decimal(1)),
        Fact("v", "p", score=Decimal(1)),
    ]
    answers = dict(answers_of(facts)) | {"t": ()}
    assert transferred(NEW, answers).answers == answers
    assert transferred(NEW, answers_of(facts)).left_over == ()


def test_facts_without_a_place_are_left_over_and_named():
    """Unknown items, acts, grades and panels are told, not scored; an item that loses all its facts is unanswered."""
    odd = [Fact("a", "z"), Fact("a", "g", grade="z"), Fact("z"), Fact("t", grade="z"), Fact("v", "z", score=Decimal(1))]
    found = transferred(NEW, answers_of([Fact("a", "x"), *odd]))
    assert found.answers == {"a": (Fact("a", "x"),)}
    assert found.left_over == tuple(odd)
