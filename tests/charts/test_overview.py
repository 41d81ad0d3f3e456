"""All branches as a picture."""

from dataclasses import replace
from decimal import Decimal

from bench import made_up
from bot.charts import style
from bot.charts.facts import BranchStanding
from bot.charts.overview import compose

WHOLE = BranchStanding("第一党支部", Decimal(85), Decimal(70), Decimal(95), 9, 9)
LATE = BranchStanding("第二党支部", Decimal(80), Decimal(75), Decimal(90), 7, 9)
SILENT = BranchStanding("第三党支部", None, None, None, 0, 9)


def _overview(*branches: BranchStanding):
    return replace(made_up.overview(1), branches=branches)


def test_the_spread_is_as_wide_as_the_points_lie_apart(look):
    """The bar of a branch reaches from its lowest to its highest points."""
    whole, late = look(compose(_overview(WHOLE, LATE))).widths(style.BLUE)[1:]
    assert round(whole / late, 6) == round(25 / 15, 6)


def test_a_branch_that_is_not_through_is_told_from_the_others(look):
    """Where members are still without a rating, the count is bold and in another colour."""
    sheet = look(compose(_overview(WHOLE, LATE)))
    assert sheet.word("7/9").bold
    assert not sheet.word("9/9").bold
    assert sheet.word("7/9").colour != sheet.word("9/9").colour


def test_a_branch_without_ratings_has_no_mean(look):
    """A branch in which nobody is rated says so, and is not drawn at 0."""
    sheet = look(compose(_overview(WHOLE, SILENT)))
    assert "未评定" in sheet.texts
    assert len(sheet.widths(style.BLUE)) == 2


def test_branches_keep_their_order(look):
    """The rows stand in the order that they are given in."""
    texts = look(compose(_overview(LATE, WHOLE, SILENT))).texts
    assert [text for text in texts if text.startswith("第")] == ["第二党支部", "第一党支部", "第三党支部"]


def test_negative_points_are_on_the_scale(look):
    """A rule set may let points fall under 0; the scale then begins under 0 as well."""
    sheet = look(compose(_overview(BranchStanding("第一党支部", Decimal(40), Decimal(-30), Decimal(80), 3, 3))))
    assert "-50" in sheet.texts


def test_nobody_rated_anywhere_is_a_picture_too(look):
    """At the very beginning there are only branches and their counts."""
    look(compose(replace(_overview(SILENT), mean=None))).is_well_set()
