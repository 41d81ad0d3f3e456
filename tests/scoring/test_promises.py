"""What holds for every table and every member."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.periods import Month
from bot.scoring.asking import choices, chosen, counted, counters
from bot.scoring.bounds import bounds
from bot.scoring.engine import score_month
from bot.scoring.facts import Fact, answers_of
from bot.scoring.items import Add, Deduct, PerUnit
from bot.scoring.ranks import rank
from bot.scoring.ruleset import default_ruleset
from tests.scoring.tables import NOVEMBER, table

RULES = default_ruleset()
MIXED = table(
    """
  - {id: add_one, label: a, kind: add, cap: {day: 3, total: 8}, acts: [
      {id: x, label: x, each: 1.5, cap: {day: 2}, times: [{mark: twice, by: 2}]}, {id: y, label: y, each: 0.7}]}
  - {id: add_two, label: b, kind: add, full: 5, acts: [{id: x, label: x, each: 2}]}
  - {id: hours, label: c, kind: per_unit, full: 4, per: {units: 3, points: 1, mode: proportional}}
  - {id: fault, label: d, kind: deduct, full: 9, acts: [{id: x, label: x, each: 2.5}]}
  - {id: ways, label: e, kind: either, full: 6, acts: [{id: x, label: x, each: 1}, {id: y, label: y, each: 3}]}
  - {id: mark, label: f, kind: ratio, full: 7, of: 3}
""",
    more="groups: [{id: adds, label: g, items: [add_one, add_two], cap: 9}]",
)
DAYS = st.dates(NOVEMBER.first_day, NOVEMBER.first_day.replace(day=30))
COUNTS = st.decimals(0, 6, places=1)


def mixed_facts():
    acts = st.sampled_from(
        [
            ("add_one", "x"),
            ("add_one", "y"),
            ("add_two", "x"),
            ("hours", ""),
            ("fault", "x"),
            ("ways", "x"),
            ("ways", "y"),
        ]
    )
    marks = st.sampled_from([frozenset(), frozenset({"twice"})])
    counts = st.builds(lambda act, n, on, m: Fact(act[0], act[1], n, on, marks=m), acts, COUNTS, DAYS, marks)
    scores = st.builds(lambda n: Fact("mark", score=n), st.decimals(0, 3, places=2))
    return st.lists(counts | scores, max_size=12)


def scored(facts):
    return score_month(MIXED, answers_of(facts), month=NOVEMBER)


@given(mixed_facts(), st.randoms())
def test_the_order_of_facts_never_matters(facts, random):
    """The same things happened, however they were written down."""
    shuffled = list(facts)
    random.shuffle(shuffled)
    one, other = scored(facts), scored(shuffled)
    assert one.total == other.total
    assert [(line.item, line.raw, line.points) for line in one.lines] == [
        (line.item, line.raw, line.points) for line in other.lines
    ]


@given(mixed_facts())
def test_a_cap_is_never_passed(facts):
    """No item leaves its ends, no group passes its cap, no day passes its own."""
    result = scored(facts)
    for line in result.lines:
        low, high = bounds(MIXED.item(line.item))
        assert low is None or line.points >= low
        assert high is None or line.points <= high
    assert result.line("add_one").points + result.line("add_two").points <= 9
    for day in {fact.on for fact in facts}:
        assert scored([fact for fact in facts if fact.on == day]).line("add_one").points <= 3


@given(mixed_facts())
def test_the_total_is_the_sum_of_what_is_explained(facts):
    """Lines less the cuts of the whole are the total, and every line is its raw points less its cuts."""
    result = scored(facts)
    assert sum(line.points for line in result.lines) - sum(cut.amount for cut in result.cuts) == result.total
    for line in result.lines:
        assert abs(line.raw - sum(cut.amount for cut in line.cuts) - line.points) <= Decimal("0.01")


@given(mixed_facts(), st.sampled_from(["add_one", "add_two", "ways"]), COUNTS, DAYS)
def test_more_good_never_lowers_a_score(facts, item, count, day):
    """One more good fact leaves the score where it is or lifts it."""
    assert scored([*facts, Fact(item, "x", count, day)]).total >= scored(facts).total


@given(mixed_facts(), COUNTS, DAYS)
def test_more_faults_never_lift_a_score(facts, count, day):
    """One more fault leaves the score where it is or lowers it."""
    assert scored([*facts, Fact("fault", "x", count, day)]).total <= scored(facts).total


@given(mixed_facts())
def test_scoring_again_gives_the_same(facts):
    """A score is a fact of the facts: no clock, no chance, no memory."""
    assert scored(facts) == scored(facts)


def default_answers():
    def of(item):
        if choices(item):
            return st.sampled_from([(chosen(item, choice.id),) for choice in choices(item)])
        each = {one.id: st.integers(0, int(one.most) + 2).map(Decimal) for one in counters(item)}
        return st.fixed_dictionaries(each).map(lambda counts: counted(item, counts))

    return st.fixed_dictionaries({}, optional={item.id: of(item) for item in RULES.items})


@given(default_answers())
def test_a_month_stays_between_nothing_and_a_hundred(answers):
    """Whatever is tapped, the month is 0 to 100, each part within its own, and the dimensions add up."""
    result = score_month(RULES, answers, month=NOVEMBER)
    assert 0 <= result.total <= 100
    assert all(0 <= result.by_part[part.id] <= part.full for part in RULES.parts)
    assert sum(result.by_part.values()) == sum(result.by_dimension.values()) == result.total


@given(default_answers(), st.data())
def test_an_unanswered_duty_is_never_worse_than_any_answer(answers, data):
    """Silence is never a deduction: leaving out a base item counts at least what any answer would."""
    item = data.draw(st.sampled_from(RULES.items_of(part="base")))
    silent = {name: facts for name, facts in answers.items() if name != item.id}
    assert score_month(RULES, silent, month=NOVEMBER).total >= score_month(RULES, answers, month=NOVEMBER).total


@given(st.lists(default_answers(), max_size=4), default_answers())
@settings(max_examples=20)
def test_a_members_score_does_not_depend_on_others(others, own):
    """Scored alone or after any others, a member has the same points."""
    alone = score_month(RULES, own, month=NOVEMBER)
    for answers in others:
        score_month(RULES, answers, month=Month(2026, 10))
    assert score_month(RULES, own, month=NOVEMBER) == alone


POINTS = st.none() | st.integers(0, 12).map(Decimal)


@given(st.lists(POINTS, max_size=30), st.randoms())
def test_a_rank_is_one_more_than_those_who_are_better(points, random):
    """Ranks are the same in whatever order members come, and the distance to the next is what it says."""
    entries = list(enumerate(points))
    ranked = rank(entries)
    random.shuffle(entries)
    assert rank(entries) == ranked
    for one in ranked:
        if one.points is None:
            assert one.rank is None
            continue
        better = [other for other in points if other is not None and other > one.points]
        assert one.rank == len(better) + 1
        assert one.to_next == (min(better) - one.points if better else None)


@given(
    st.sampled_from([item for item in MIXED.items if isinstance(item, (Add, Deduct, PerUnit))]), COUNTS, COUNTS, DAYS
)
def test_one_fact_of_two_is_two_facts_of_one(item, first, second, day):
    """It makes no difference whether three hours are written as one line or as two."""
    act = item.ways[0].id
    whole = Fact(item.id, act, first + second, day)
    assert scored([whole]).total == scored([replace(whole, count=first), replace(whole, count=second)]).total
