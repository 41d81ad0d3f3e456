"""Changing a table: what is told, and what becomes of facts given under the old one."""

from decimal import Decimal

from bot.scoring.changes import Change, changes
from bot.scoring.facts import Fact, answers_of
from bot.scoring.ruleset import default_ruleset, load_ruleset, template_text
from bot.scoring.transfer import transferred
from tests.scoring.tables import table

OLD = template_text("default")


def test_a_table_does_not_differ_from_itself():
    """A new version number alone is no change of points."""
    assert changes(default_ruleset(), load_ruleset(OLD.replace('"2026.1"', '"2027.1"'))) == ()


def test_what_members_are_told_of_a_new_table():
    """A changed value, an item that goes, one that comes, and a changed line, each by its place."""
    new = OLD.replace("{id: late, label: 迟到早退, each: 2}", "{id: late, label: 迟到早退, each: 1}")
    new = new.replace("id: suggestion\n    label: 建议被采纳", "id: ideas\n    label: 金点子").replace(
        "line: 70", "line: 65"
    )
    assert changes(default_ruleset(), load_ruleset(new)) == (
        Change(("items", "meetings", "acts", "late", "each"), "2", "1"),
        Change(("items", "ideas"), None, "金点子"),
        Change(("items", "suggestion"), "建议被采纳", None),
        Change(("policies", "line"), "70", "65"),
    )


def test_a_new_list_is_told_entry_by_entry():
    """Bands that were not there before are named."""
    old = load_ruleset("id: t\nversion: 1\ntitle: t")
    new = load_ruleset("id: t\nversion: 1\ntitle: t\nbands: [{id: good, label: 优秀, at_least: 90}]")
    assert changes(old, new) == (Change(("bands", "good"), None, "优秀"),)
    assert changes(new, old) == (Change(("bands", "good"), "优秀", None),)


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
