"""Published tables and the cases worked out from them, exact to the hundredth."""

from datetime import date
from decimal import Decimal

import pytest

from bot.domain.periods import Month, Quarter, Year
from bot.scoring.bands import band_of, share_out
from bot.scoring.engine import score
from bot.scoring.errors import RuleSilentError
from bot.scoring.facts import Fact
from bot.scoring.means import PeriodScore, year_score
from bot.scoring.ranks import rank, top_share, under_line
from bot.scoring.ruleset import load_ruleset, load_template, template_text

DAY = date(2026, 3, 5)
YEAR = Year(2026)


def count(item, times, act="", **more):
    return Fact(item, act, Decimal(times), **more)


def weighted(items, step="0.01"):
    return load_ruleset(
        f"id: t\nversion: '1'\ntitle: t\nperiod: year\npolicies: {{rounding: {{step: {step}}}}}\nitems:\n{items}"
    )


def test_w1_capped_adds_of_a_year():
    """15 sessions, 4 notes and 4 essays are 20 points: 12 + 4 + 4."""
    facts = [count("study", 15), count("notes", 4), count("essays", 4)]
    assert score(load_template("web_guide_60"), facts, period=YEAR).total == 20


def test_w2_two_goals_by_weight():
    """Ratings of 5 and 3 out of 5, weighted 30 to 70, are 3.6."""
    rules = weighted(
        "  - {id: goals, label: g, kind: review, full: 5, of: 5, panels: "
        "[{id: first, label: f, weight: 30}, {id: second, label: s, weight: 70}]}"
    )
    facts = [Fact("goals", "first", score=Decimal(5)), Fact("goals", "second", score=Decimal(3))]
    assert score(rules, facts, period=YEAR).total == Decimal("3.6")


def test_w3_a_self_score_in_shares():
    """0.8 at weight 70 and 0.7 at weight 30, on a scale of 5, are 3.85."""
    rules = weighted(
        "  - {id: own, label: o, kind: review, full: 5, of: 1, panels: "
        "[{id: first, label: f, weight: 70}, {id: second, label: s, weight: 30}]}"
    )
    facts = [Fact("own", "first", score=Decimal("0.8")), Fact("own", "second", score=Decimal("0.7"))]
    assert score(rules, facts, period=YEAR).total == Decimal("3.85")


def test_w4_the_mean_of_three_to_a_thousandth():
    """The mean of 3.6, 3.85 and 3.85, rounded to three places, is 3.767."""
    rules = weighted(
        "  - {id: final, label: f, kind: review, full: 5, of: 5, panels: "
        "[{id: goals, label: g, weight: 1}, {id: own, label: o, weight: 1}, {id: peers, label: p, weight: 1}]}",
        step="0.001",
    )
    given = {"goals": "3.6", "own": "3.85", "peers": "3.85"}
    facts = [Fact("final", panel, score=Decimal(value)) for panel, value in given.items()]
    assert score(rules, facts, period=YEAR).total == Decimal("3.767")


def test_w5_goal_progress_by_weight():
    """12.5 % at weight 30 and 50 % at weight 70 are 38.75."""
    rules = weighted(
        "  - {id: first, label: f, kind: ratio, full: 30}\n  - {id: second, label: s, kind: ratio, full: 70}"
    )
    facts = [Fact("first", score=Decimal("12.5")), Fact("second", score=Decimal(50))]
    assert score(rules, facts, period=YEAR).total == Decimal("38.75")


def test_w6_a_voice_that_is_not_used_does_not_count_as_zero():
    """Two fives and an unused self-appraisal are 5, not 3.33."""
    rules = weighted(
        "  - {id: final, label: f, kind: review, full: 5, of: 5, missing_panel: reweigh, panels: "
        "[{id: goals, label: g, weight: 1}, {id: peers, label: p, weight: 1}, {id: own, label: o, weight: 1}]}"
    )
    facts = [Fact("final", "goals", score=Decimal(5)), Fact("final", "peers", score=Decimal(5))]
    assert score(rules, facts, period=YEAR).total == 5


def test_d6_a_day_in_the_app():
    """Three log-ins, five articles, ten minutes, three favourites and a like in a day are 6.5."""
    facts = [
        count("login", 3, on=DAY),
        count("articles", 5, on=DAY),
        count("video", 10, on=DAY),
        count("favourite", 3, on=DAY),
        count("like", 1, on=DAY),
    ]
    assert score(load_template("sanjin_xianfeng_app"), facts, period=YEAR).total == Decimal("6.5")


def test_d7_a_capped_deduction():
    """Three lapsed notices in a month take 6 points, not 9."""
    assert score(load_template("sanjin_xianfeng_app"), [count("lapsed", 3, on=DAY)], period=YEAR).total == -6


def test_d8_a_cap_a_year():
    """Five general meetings in a year bring 20 points, not 25."""
    assert score(load_template("sanjin_xianfeng_app"), [count("general", 5)], period=YEAR).total == 20


def test_d10_a_start_of_sixty_and_no_ceiling():
    """12 basics, a three-week course, 2 essays (one with a city award) and a lecture elsewhere are 88."""
    facts = [
        count("basics", 12),
        Fact("training", score=Decimal(21)),
        Fact("essays"),
        Fact("essays", marks=frozenset({"city_award"})),
        Fact("lectures"),
    ]
    assert score(load_template("foreign_affairs_office"), facts, period=YEAR).total == 88


def test_d11_and_d12_a_year_and_the_same_year_with_a_veto():
    """A contribution capped at ten on top of a full base and a review of 90 is 98; one veto makes it zero."""
    rules = load_template("base70_review20_contrib10")
    facts = [
        Fact("appraisal", score=Decimal(90)),
        count("deeds", 1, "flood_good"),
        count("deeds", 1, "praise", marks=frozenset({"named_media"})),
        count("deeds", 2, "stability", marks=frozenset({"resolved"})),
    ]
    assert score(rules, facts, period=YEAR).total == 98
    vetoed = score(rules, [*facts, Fact("veto", "notice")], period=YEAR)
    assert (vetoed.total, vetoed.vetoed) == (0, True)


def depot_facts(*heads):
    return [
        count("politics", 1, "absent"),
        count("politics", 2, "late"),
        *(count(head, 1, "dues") for head in heads),
        count("plus", 1, "contest_d"),
        count("plus", 1, "lecture"),
    ]


def test_d16_dues_counted_once():
    """One absence, two late, dues late, a contest and a lecture come to −6 where the dues stand under one head."""
    assert score(load_template("rail_depot_wagon"), depot_facts("politics"), period=Month(2026, 11)).total == -6


def test_d16_the_same_dues_under_two_heads():
    """Reported under both heads the engine asks; told "once" it is −6, told "every" −9."""
    month, facts = Month(2026, 11), depot_facts("politics", "masses")
    with pytest.raises(RuleSilentError) as asked:
        score(load_template("rail_depot_wagon"), facts, period=month)
    assert (asked.value.question_code, asked.value.policy) == ("double_heads", "double_heads")
    assert score(answered("rail_depot_wagon", "double_heads: once"), facts, period=month).total == -6
    assert score(answered("rail_depot_wagon", "double_heads: every"), facts, period=month).total == -9


def test_d18_every_duty_and_nothing_more():
    """All duties met and nothing more is 60, under the line of 70."""
    rules = load_template("hengfeng_qingdao")
    quarter = score(rules, [], period=Quarter(2026, 4))
    year = year_score(rules, [PeriodScore(quarter.total, {}, {}, 3, 3)], year=YEAR)
    assert year.value == 60
    assert under_line(rules, rank([(1, year.value)])) == (1,)


def answered(template, policies):
    return load_ruleset(template_text(template).replace("policies: {}", f"policies: {{{policies}}}"))


@pytest.mark.parametrize(
    ("template", "points", "member_class"),
    [("ytu_trier_2024", "89.5", ""), ("yongzhou_forestry", "84.5", "probationary")],
)
def test_a_score_between_two_bands_is_a_question(template, points, member_class):
    """89.5 between 80–89 and 90, and 84.5 between 70–84 and 85, are put to the organisation."""
    with pytest.raises(RuleSilentError) as asked:
        band_of(load_template(template), Decimal(points), member_class=member_class)
    assert (asked.value.question_code, asked.value.policy) == ("band_gap", "gaps")
    assert asked.value.params["value"] == points


@pytest.mark.parametrize(("policy", "band"), [("lower", "good"), ("upper", "excellent"), ("round", "excellent")])
def test_the_answer_becomes_a_policy(policy, band):
    """Once the organisation has said how, 89.5 has a band."""
    found = band_of(answered("ytu_trier_2024", f"gaps: {policy}"), Decimal("89.5"))
    assert found is not None
    assert found.id == band


TEN = rank(
    [(number, Decimal(99 - number)) for number in range(1, 6)] + [(number, Decimal(70)) for number in range(6, 11)]
)


def test_five_for_a_third_of_ten_is_a_question():
    """Five of ten at 90 or more, and at most a third excellent: who of the five is asked, then how 3.33 rounds."""
    with pytest.raises(RuleSilentError) as asked:
        share_out(load_template("ytu_trier_2024"), TEN)
    assert (asked.value.question_code, asked.value.policy) == ("quota_choice", "quota_choice")
    assert asked.value.params == {"band": "excellent", "members": "10", "holders": "5", "exact": "3.33"}
    with pytest.raises(RuleSilentError) as asked:
        share_out(answered("ytu_trier_2024", "quota_choice: by_score"), TEN)
    assert (asked.value.question_code, asked.value.policy) == ("quota_rounding", "quota_rounding")


def test_an_answered_quota_moves_the_others_down():
    """By score and rounded down, three stay excellent and two become good."""
    banded = share_out(answered("ytu_trier_2024", "quota_choice: by_score, quota_rounding: floor"), TEN)
    assert [one.band.id for one in banded[:5]] == ["excellent"] * 3 + ["good"] * 2
    assert [one.id for one in banded if one.moved] == [4, 5]


def test_a_tie_at_a_quota_is_a_question():
    """Four at 95 for three places: no score says who goes. A tie within the places is no question."""
    rules = answered("ytu_trier_2024", "quota_choice: by_score, quota_rounding: floor")
    tied = rank([(number, Decimal(95 if number < 5 else 70)) for number in range(1, 10)])
    with pytest.raises(RuleSilentError) as asked:
        share_out(rules, tied)
    assert asked.value.question_code == "quota_tie"
    with pytest.raises(RuleSilentError) as asked:
        share_out(rules, rank([(1, Decimal(95)), (2, Decimal(95)), (3, Decimal(70))]))
    assert asked.value.question_code == "quota_tie"
    within = rank([(number, Decimal(points)) for number, points in enumerate((95, 95, 95, 91, *[70] * 5))])
    assert [one.band.id for one in share_out(rules, within)[:4]] == ["excellent"] * 3 + ["good"]
    assert share_out(rules, rank([(1, None)])) == ()


def test_a_quota_of_nobody_moves_all_down():
    """A third of two is nobody when rounded down; both go down, even with the same points."""
    rules = answered("ytu_trier_2024", "quota_choice: by_score, quota_rounding: floor")
    pair = rank([(1, Decimal(95)), (2, Decimal(95))])
    assert [(one.band.id, one.moved) for one in share_out(rules, pair)] == [("good", True)] * 2


def test_a_tenth_of_seven_is_a_question():
    """10 % of 7 is 0.7 of a person; the rule does not say whether that is one."""
    seven = rank([(number, Decimal(90 - number)) for number in range(7)])
    with pytest.raises(RuleSilentError) as asked:
        top_share(load_template("hengfeng_qingdao"), seven)
    assert (asked.value.question_code, asked.value.policy) == ("top_share_rounding", "top_share.rounding")
    assert asked.value.params == {"share": "1/10", "members": "7", "exact": "7/10"}
