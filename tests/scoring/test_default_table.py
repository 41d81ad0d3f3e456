"""The default table, by examples a branch could work out on paper."""

from decimal import Decimal

from bot.domain.periods import Month, Quarter, Year
from bot.scoring.engine import Override, score_month
from bot.scoring.facts import Fact
from bot.scoring.means import MonthResult, PeriodScore, quarter_score, year_score
from bot.scoring.ruleset import default_ruleset

NOVEMBER = Month(2026, 11)
RULES = default_ruleset()


def test_silence_is_never_a_deduction():
    """A member nobody has said anything about has the 60 points of his duties."""
    score = score_month(RULES, {}, month=NOVEMBER)
    assert score.total == 60
    assert score.by_part == {"base": 60, "vanguard": 0, "contribution": 0}
    assert not any(line.answered for line in score.lines)


def test_a_full_month_is_a_hundred():
    """Who does everything reaches 100, and nobody passes it."""
    everything = {
        "lecture": (Fact("lecture", count=Decimal(9)),),
        "warning_essay": (Fact("warning_essay", count=Decimal(9)),),
        "integrity": (Fact("integrity", count=Decimal(9)),),
        "innovation": (Fact("innovation", count=Decimal(9)),),
        "performance": (Fact("performance", grade="high"),),
        "pairing": (Fact("pairing", count=Decimal(9)),),
        "volunteer": (Fact("volunteer", count=Decimal(99)),),
        "disabled_help": (Fact("disabled_help", count=Decimal(9)),),
        "suggestion": (Fact("suggestion", count=Decimal(9)),),
    }
    assert score_month(RULES, everything, month=NOVEMBER).total == 100


def test_an_answer_of_nothing_is_not_silence():
    """Who says that he recorded no study this month loses both records; who says nothing loses nothing."""
    assert score_month(RULES, {"study": ()}, month=NOVEMBER).line("study").points == 0
    assert score_month(RULES, {}, month=NOVEMBER).line("study").points == 6


def test_volunteering_counts_whole_two_hours():
    """Five and a half hours of volunteering, in two pieces, are two points."""
    hours = (Fact("volunteer", count=Decimal("2.5")), Fact("volunteer", count=Decimal(3)))
    assert score_month(RULES, {"volunteer": hours}, month=NOVEMBER).line("volunteer").points == 2


def test_a_secretary_adjusts_with_a_reason():
    """An adjusted item counts the secretary's points and keeps the computed ones in sight."""
    adjusted = Override("post", Decimal(8), "季度任务延期", by="7")
    line = score_month(RULES, {}, [adjusted], month=NOVEMBER).line("post")
    assert (line.raw, line.points, line.override) == (10, 8, adjusted)


def test_the_quarter_is_the_mean_of_the_months_that_count():
    """A month of long leave does not count, and the mean is rounded half up to a hundredth."""
    october, november, december = Quarter(2026, 4).months
    months = [
        MonthResult(october, Decimal("60.01")),
        MonthResult(november, None, exempt="leave"),
        MonthResult(december, Decimal("60.00")),
    ]
    quarter = quarter_score(RULES, months)
    assert (quarter.value, quarter.counted, quarter.of) == (Decimal("60.01"), 2, 3)


def test_who_has_nothing_countable_is_not_rated():
    """Three months of leave are no zero."""
    months = [MonthResult(month, None, exempt="leave") for month in Quarter(2026, 4).months]
    quarter = quarter_score(RULES, months)
    assert quarter.value is None
    assert year_score(RULES, [quarter], [Fact("commendation", "nation")], year=Year(2026)).value is None


def test_the_bonus_passes_a_hundred_up_to_its_own_cap():
    """Commendations worth 11 add 10, even to a full year."""
    quarter = PeriodScore(Decimal(100), {}, {}, 3, 3)
    facts = [Fact("commendation", "nation", Decimal(2)), Fact("commendation", "branch")]
    year = year_score(RULES, [quarter], facts, year=Year(2026))
    assert (year.value, year.bonus) == (110, 10)


def test_a_veto_makes_the_year_zero():
    """One veto and the year is zero, whatever was earned."""
    year = year_score(RULES, [PeriodScore(Decimal(90), {}, {}, 3, 3)], veto=["law"], year=Year(2026))
    assert (year.value, year.vetoed) == (0, True)


def test_what_the_branch_decided_on_a_bonus_counts_in_place_of_the_claim() -> None:
    """A commendation given two points and an outstanding contribution of three make five, claims left aside."""
    quarter = PeriodScore(Decimal(80), {}, {}, 3, 3)
    decided = [Override("commendation", Decimal(2), "证书为分行级"), Override("outstanding", Decimal(3), "抗洪抢险")]
    year = year_score(RULES, [quarter], year=Year(2026), bonus_overrides=decided)
    assert (year.bonus, year.value) == (5, 85)
