"""One member's portrait."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest

from bench import made_up
from bot.charts import style
from bot.charts.canvas import Canvas
from bot.charts.facts import DimensionPoints, PartPoints
from bot.charts.portrait import compose, draw_portrait


def _runs(canvas: Canvas) -> list[int]:
    """How many months each unbroken piece of the curve joins."""
    return [len(stroke.points) for stroke in canvas.strokes if stroke.colour == style.OWN]


def test_total_and_rank_are_the_largest(look):
    """What a member looks for first is set largest."""
    canvas = compose(made_up.portrait())
    assert [word.text for word in sorted(canvas.words, key=lambda word: word.size)[-2:]] == ["88.5", "3"]


def test_the_line_has_a_gap_where_a_month_does_not_count():
    """Exempt months break the line instead of pulling it to 0."""
    assert _runs(compose(made_up.portrait(months=made_up.months(80, 82, None, 85, 86, 87)))) == [2, 3]


def test_a_lone_month_is_a_dot(look):
    """The very first month is seen, with its points, though there is no line yet."""
    canvas = compose(made_up.portrait(months=made_up.months(86)))
    dots = [area for area in canvas.areas if area.colour == style.OWN and len(area.corners) > 4]
    assert _runs(canvas) == []
    assert len(dots) == 1
    assert "86.0" in look(canvas).texts


def test_not_rated_is_never_shown_as_zero(look):
    """Without points there are words and dashes, and no bar of the member's."""
    sheet = look(compose(made_up.all_portraits()["not-rated"]))
    assert "未评定" in sheet.texts
    assert not {"0.0", "0"} & set(sheet.texts)
    assert "/ 18" not in sheet.texts
    assert sheet.widths(style.OWN) == []


def test_words_that_have_room_are_never_shortened(look):
    """Columns are made to the measure of their labels, which then stand there in full."""
    assert not [text for text in look(compose(made_up.all_portraits()["en"])).texts if text.endswith("…")]


def test_a_veto_is_said_in_words(look):
    """Who is vetoed reads why his total is 0."""
    vetoed = made_up.portrait(total=Decimal(0), vetoed=True)
    assert made_up.PORTRAIT_ZH.vetoed in look(compose(vetoed)).texts
    assert made_up.PORTRAIT_ZH.vetoed not in look(compose(replace(vetoed, vetoed=False))).texts


def test_the_branchs_mean_is_marked_across_the_bar():
    """Whoever is above the mean sees the mark inside his bar, whoever is below sees it outside."""
    for points, inside in ((Decimal(30), True), (Decimal(10), False)):
        facts = made_up.portrait(dimensions=(DimensionPoints("思想先锋", points, Decimal(32), Decimal(20)),), parts=())
        areas = compose(facts).areas
        (bar,) = [
            area.corners for area in areas if area.colour == style.OWN and area.corners[1][0] - area.corners[0][0] > 10
        ]
        mark = [area.corners for area in areas if area.colour == style.INK][-1]
        assert (mark[0][0] < bar[1][0]) is inside


def test_a_bonus_without_a_limit_is_not_out_of_anything(look):
    """A bonus shows its points and no "of how many"."""
    sheet = look(compose(made_up.portrait(dimensions=(), parts=(PartPoints("加分", Decimal(3), None),))))
    assert "3.0" in sheet.texts
    assert not [text for text in sheet.texts if text.startswith("/ ") and text != "/ 18"]


@pytest.mark.parametrize("missing", ["dimensions", "parts", "months"])
def test_a_section_without_facts_is_left_out(look, missing: str):
    """Where a rule set has no dimensions, no parts or no months yet, their heading is not there either."""
    facts = made_up.portrait()
    heading = getattr(facts.words, missing)
    assert heading in look(compose(facts)).texts
    assert heading not in look(compose(replace(facts, **{missing: ()}))).texts


@pytest.mark.parametrize("months", [(0, 0, 0), (-20, 5, 40), (100, 110, 130), (70, 70, 70), (93, 95, 97)])
def test_any_months_lie_on_the_sheet(look, months: tuple[int, ...]):
    """The curve stays between its heading and its months, however low or high the points are."""
    facts = made_up.portrait(months=made_up.months(*months), line=Decimal(95))
    sheet = look(compose(facts))
    sheet.is_well_set()
    heading, label = sheet.word("近十二个月"), sheet.word("1月")
    (curve,) = [stroke for stroke in sheet.canvas.strokes if stroke.colour == style.OWN]
    heights = [y for _, y in curve.points]
    assert all(heading.y < y < label.y for y in heights)
    order = sorted(range(len(months)), key=months.__getitem__)
    assert all((heights[one] > heights[other]) is (months[one] < months[other]) for one, other in pairwise(order))


def test_the_same_facts_make_the_same_bytes():
    """A picture depends on its facts alone, so that a hash of the facts may stand for it."""
    assert draw_portrait(made_up.portrait()) == draw_portrait(made_up.portrait())
