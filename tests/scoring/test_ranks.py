"""Ranks, the top share and the line, by the examples a branch argues about."""

from datetime import date
from decimal import Decimal

import pytest

from bot.domain.periods import Month, Year
from bot.scoring.compare import compare, standings
from bot.scoring.errors import FactError, RuleSilentError
from bot.scoring.facts import Fact
from bot.scoring.means import MonthResult, PeriodScore, quarter_score, year_score
from bot.scoring.outcomes import Proposal, YearEnd, propose
from bot.scoring.points import places, share_of
from bot.scoring.ranks import rank, top_share, under_line
from bot.scoring.results import Override
from bot.scoring.ruleset import default_ruleset, load_ruleset

RULES = default_ruleset()


def points(*values):
    return [(number, None if value is None else Decimal(str(value))) for number, value in enumerate(values, start=1)]


def policies(text):
    return load_ruleset(f"id: t\nversion: '1'\ntitle: t\npolicies: {{{text}}}")


def test_equal_points_share_a_rank_and_the_next_is_skipped():
    """1, 2, 2, 4; ids order those who are equal; the unrated come last without a rank."""
    ranked = rank(points(None, 80, 90, 80, "70.5"))
    assert [(one.id, one.rank) for one in ranked] == [(3, 1), (2, 2), (4, 2), (5, 4), (1, None)]
    assert [one.to_next for one in ranked] == [None, 10, 10, Decimal("9.5"), None]


def test_ranks_may_be_dense():
    """1, 2, 2, 3 where the organisation says so."""
    assert [one.rank for one in rank(points(90, 80, 80, 70), ties="dense")] == [1, 2, 2, 3]


def test_all_first_have_nobody_above():
    """Where all are equal, all are first."""
    assert [(one.rank, one.to_next) for one in rank(points(80, 80))] == [(1, None), (1, None)]


@pytest.mark.parametrize(("members", "seats"), [(1, 1), (7, 1), (10, 1), (11, 2), (20, 2), (22, 3)])
def test_a_tenth_is_rounded_up(members, seats):
    """10 % of 11 is two persons, and of one it is one."""
    top = top_share(RULES, rank(points(*range(members))))
    assert (len(top.members), top.places) == (seats, seats)


@pytest.mark.parametrize(("rounding", "seats"), [("ceil", 4), ("floor", 3), ("half_up", 3)])
def test_a_third_is_exactly_a_third(rounding, seats):
    """A third of nine is three, of ten as the table rounds."""
    third = share_of("1/3")
    assert places(third, 9, rounding) == 3
    assert places(third, 10, rounding) == seats
    assert places(share_of(0.5), 5, rounding) == {"ceil": 3, "floor": 2, "half_up": 3}[rounding]


@pytest.mark.parametrize("share", ["0", "1.01", "-1/3", "1/0", "many"])
def test_a_share_is_above_nothing_and_up_to_all(share):
    """No share is none or more than all."""
    with pytest.raises(ValueError, match="a share"):
        share_of(share)


def test_a_share_rounded_down_may_be_nobody():
    """A tenth of five is nobody when rounded down, unless the table promises at least one."""
    five = rank(points(5, 4, 3, 2, 1))
    assert top_share(policies("top_share: {share: 0.1, rounding: floor, ties: all_in}"), five).members == ()
    promised = policies("top_share: {share: 0.1, rounding: floor, ties: all_in, at_least: 1}")
    assert top_share(promised, five).members == (1,)


def test_a_tie_at_the_cut_is_in_and_flagged():
    """One place, two equal: both are in, and the branch decides."""
    top = top_share(RULES, rank(points(90, 90, 80)))
    assert (top.members, top.places, top.tie_at_cut) == ((1, 2), 1, (1, 2))


def test_a_tie_within_the_places_is_no_tie_at_the_cut():
    """Two equal among two places are simply in."""
    top = top_share(policies("top_share: {share: 0.5, rounding: ceil, ties: all_in}"), rank(points(90, 90, 80, 70)))
    assert (top.members, top.tie_at_cut) == ((1, 2), ())


def test_ties_may_all_stay_out_or_be_asked():
    """A table may leave tied members out; one that does not say is asked."""
    ranked = rank(points(95, 90, 90, 80))
    half = "top_share: {share: 0.5, rounding: ceil"
    out = top_share(policies(half + ", ties: none_in}"), ranked)
    assert (out.members, out.tie_at_cut) == ((1,), (2, 3))
    with pytest.raises(RuleSilentError) as asked:
        top_share(policies(half + "}"), ranked)
    assert asked.value.question_code == "top_share_ties"
    assert top_share(policies(half + "}"), rank(points(95, 90, 85, 80))).members == (1, 2)
    with pytest.raises(RuleSilentError) as asked:
        top_share(policies("line: 70"), ranked)
    assert asked.value.question_code == "top_share"


def test_who_may_not_be_recommended_takes_no_place():
    """The next in rank moves up; a share counts all rated members."""
    assert top_share(RULES, rank(points(99, 90, 80)), ineligible=frozenset({1})).members == (2,)
    assert top_share(RULES, rank(points(99)), ineligible=frozenset({1})).members == ()


def test_seventy_is_not_under_seventy():
    """Under the line means less than 70; who is not rated is not under it."""
    assert under_line(RULES, rank(points(70, "69.99", None))) == (2,)
    assert under_line(policies("gaps: lower"), rank(points(10))) == ()


def test_the_years_proposals():
    """First in line, under the line with what is missing, vetoed, disqualified, not rated; nobody both ways."""
    year = YearEnd(rank(points(99, 95, 95, "69.5", 0, None, 90)), vetoed=frozenset({5}), disqualified={1: "不当言论"})
    found = [(one.member, one.proposal, one.decide) for one in propose(RULES, year)]
    assert found == [
        (1, Proposal.DISQUALIFIED, False),
        (2, Proposal.RECOMMENDATION, True),
        (3, Proposal.RECOMMENDATION, True),
        (4, Proposal.TALK, False),
        (5, Proposal.VETO, False),
        (6, Proposal.NOT_RATED, False),
    ]
    assert [one.reason.code for one in propose(RULES, year)] == [
        "disqualified",
        "top_share",
        "top_share",
        "under_line",
        "vetoed",
        "not_rated",
    ]
    talk = next(one for one in propose(RULES, year) if one.proposal is Proposal.TALK)
    assert talk.reason.params["missing"] == Decimal("0.5")


def test_who_is_vetoed_is_not_recommended_whatever_the_points():
    """The best of a branch, vetoed, makes room for the next; so does the one who is disqualified."""
    year = YearEnd(rank(points(99, 95, 90)), vetoed=frozenset({1}), disqualified={2: "不当言论"})
    assert [(one.member, one.proposal) for one in propose(RULES, year)] == [
        (1, Proposal.VETO),
        (2, Proposal.DISQUALIFIED),
        (3, Proposal.RECOMMENDATION),
    ]


def test_every_proposal_says_why():
    """A recommendation carries rank, share and places."""
    (first,) = propose(RULES, YearEnd(rank(points(90, 80))))
    assert first.reason.code == "top_share"
    assert first.reason.params == {"rank": "1", "share": "1/10", "places": "1", "members": "1"}


def test_a_new_table_compared_with_the_old():
    """Who falls below 70, who rises, who enters the top tenth and who leaves it, and by how many places."""
    before = standings(RULES, points(90, 80, 71, 60, None))
    after = standings(RULES, points(85, 88, "69.5", 70, 50))
    moves = compare(before, after)
    assert (moves.fell_below, moves.rose_above) == ((3,), (4,))
    assert (moves.into_top, moves.out_of_top) == ((2,), (1,))
    assert moves.changed_rank == (1, 2, 3, 4)
    assert [(move.member, move.points, move.ranks) for move in moves.moves[:3]] == [
        (1, -5, -1),
        (2, 8, 1),
        (3, Decimal("-1.5"), -1),
    ]
    assert (moves.moves[4].points, moves.moves[4].ranks) == (None, None)


def test_a_comparison_ranks_as_each_table_says():
    """Dense ranks where the table has them."""
    rules = policies("rank_ties: dense, top_share: {share: 0.1, rounding: ceil, ties: all_in}")
    assert [one.rank for one in standings(rules, points(90, 80, 80, 70))] == [1, 2, 2, 3]


def test_a_member_new_to_the_comparison_moves_nowhere():
    """Who is only in one of the two has nothing to compare."""
    (move,) = compare((), standings(RULES, points(90))).moves
    assert (move.before, move.points, move.ranks) == (None, None, None)


def month(number, total, part=0):
    value = None if total is None else Decimal(str(total))
    return MonthResult(Month(2026, number), value, {"base": Decimal(part)}, {"duty": Decimal(part)})


def test_the_mean_is_rounded_once():
    """60, 60 and 60.01 are 60.003, shown as 60.00; parts are means too."""
    quarter = quarter_score(RULES, [month(1, 60, 10), month(2, 60, 20), month(3, "60.02", 30)])
    assert (quarter.value, quarter.by_part, quarter.by_dimension) == (Decimal("60.01"), {"base": 20}, {"duty": 20})


def test_an_exempt_month_does_not_count_whatever_it_brought():
    """A month that was scored and then found exempt leaves the quarter to the others, as does one without points."""
    exempt = MonthResult(Month(2026, 1), Decimal(10), exempt="leave")
    quarter = quarter_score(RULES, [exempt, month(2, 80), month(3, None)])
    assert (quarter.value, quarter.counted, quarter.of, quarter.exempt) == (80, 1, 3, ("leave",))


def test_a_year_counts_rated_quarters_only():
    """A year of two rated quarters is their mean; the exemptions of the others are kept."""
    leave = MonthResult(Month(2026, 1), None, exempt="leave")
    quarters = [
        quarter_score(RULES, [leave, leave, leave]),
        quarter_score(RULES, [month(4, 80)]),
        quarter_score(RULES, [month(7, 85)]),
    ]
    year = year_score(RULES, quarters, year=Year(2026))
    assert (year.value, year.counted, year.of, year.exempt) == (Decimal("82.5"), 2, 3, ("leave",) * 3)


@pytest.mark.parametrize(("how", "value"), [("mean", 20), ("sum", 60), ("last", 30)])
def test_months_join_as_the_table_says(how, value):
    """Mean, sum or the last month."""
    rules = policies(f"month_to_quarter: {how}, rounding: {{step: 0.01}}")
    assert quarter_score(rules, [month(1, 10), month(2, 20), month(3, 30)]).value == value


def test_a_table_that_does_not_say_how_months_join_is_asked():
    """One month needs no rule; two do."""
    rules = policies("line: 70")
    assert quarter_score(rules, [month(1, 10)]).value == 10
    with pytest.raises(RuleSilentError) as asked:
        quarter_score(rules, [month(1, 10), month(2, 20)])
    assert asked.value.question_code == "month_to_quarter"


def test_a_year_without_quarters_is_not_rated():
    """Nothing countable is not zero, and a veto stays marked."""
    unrated = PeriodScore(None, {}, {}, 0, 3)
    year = year_score(RULES, [unrated] * 4, veto=["law"], year=Year(2026))
    assert (year.value, year.vetoed) == (None, True)


def test_a_rater_decides_a_bonus_in_place_of_what_was_claimed():
    """One claim counts as it is, the other as decided, each on its own line."""
    quarter = PeriodScore(Decimal(80), {}, {}, 3, 3)
    decided = [Override("outstanding", Decimal(2), "as agreed")]
    year = year_score(RULES, [quarter], [Fact("commendation", "bank")], year=Year(2026), bonus_overrides=decided)
    assert [(line.item, line.part, line.points) for line in year.lines] == [
        ("commendation", "bonus", 2),
        ("outstanding", "bonus", 2),
    ]
    assert (year.value, year.bonus) == (84, 4)
    assert [(cut.code, cut.scope, cut.amount) for cut in year.lines[1].cuts] == [("override", "outstanding", -2)]


def test_a_vetoed_year_shows_what_the_veto_took():
    """The veto takes the whole year; a quarter without one is not marked."""
    quarter = quarter_score(RULES, [month(1, 80)])
    year = year_score(RULES, [quarter], veto=["law"], year=Year(2026))
    assert (quarter.vetoed, year.vetoed) == (False, True)
    assert [(cut.code, cut.scope, cut.amount, cut.limit) for cut in year.cuts] == [("veto", "total", 80, 0)]


def test_a_bonus_of_another_year_is_refused():
    """A commendation of last December does not count for this year."""
    quarter = PeriodScore(Decimal(80), {}, {}, 3, 3)
    late = Fact("commendation", "branch", on=date(2025, 12, 31))
    with pytest.raises(FactError):
        year_score(RULES, [quarter], [late], year=Year(2026))
    with pytest.raises(FactError):
        year_score(RULES, [quarter], [Fact("post", grade="full")], year=Year(2026))
