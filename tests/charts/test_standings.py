"""The ranking of a branch as a picture."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import made_up
from bot.charts import style
from bot.charts.facts import Standing
from bot.charts.standings import compose, draw_standings


def test_the_readers_own_row_is_marked(look):
    """The own row has a band and bold type, and no other row has."""
    plain, marked = made_up.rows(5), made_up.rows(5, own=3)
    without, with_mark = look(compose(made_up.standings(plain))), look(compose(made_up.standings(marked)))
    assert without.widths(style.OWN_BAND) == []
    assert len(with_mark.widths(style.OWN_BAND)) == 1
    assert [word.text for word in with_mark.canvas.words if word.bold][1:] == [marked[3].name, str(marked[3].points)]


def test_the_mark_is_seen_in_the_picture():
    """A picture with an own row differs from the one without."""
    assert draw_standings(made_up.standings(made_up.rows(5))) != draw_standings(
        made_up.standings(made_up.rows(5, own=3))
    )


def test_ties_share_a_rank(look):
    """Two members with the same points have the same rank, and the next rank is left out."""
    sheet = look(compose(made_up.standings(made_up.rows(5))))
    ranks = [
        word.text for word in sorted(sheet.canvas.words, key=lambda w: w.y) if word.text in {"1", "2", "3", "4", "5"}
    ]
    assert ranks == ["1", "2", "2", "4", "5"]


def test_who_is_not_rated_stands_apart_without_a_bar(look):
    """Without points there is a heading, the name and the reason, but no bar and no number."""
    rated = (Standing(1, "王芳", Decimal("80.25")),)
    apart = (Standing(None, "李静", None, note="长期病假"),)
    sheet = look(compose(made_up.standings((*rated, *apart))))
    assert sheet.texts.index("未评定") < sheet.texts.index("李静")
    assert len(sheet.widths(style.TRACK)) == 1
    assert "0.0" not in sheet.texts


def test_zero_points_are_not_the_same_as_not_rated(look):
    """A vetoed member keeps his row, with 0.0, an empty bar and the remark."""
    sheet = look(compose(made_up.standings((Standing(1, "王芳", Decimal(0), note="一票否决"),))))
    assert {"0.0", "一票否决"} <= set(sheet.texts)
    assert "未评定" not in sheet.texts
    assert sheet.widths(style.NAVY) == []


def test_the_bar_is_divided_as_the_points_are(look):
    """The parts of a bar are as long as their points are many."""
    parts = Decimal(50), Decimal(25), Decimal(5)
    sheet = look(compose(made_up.standings((Standing(1, "王芳", Decimal(80), parts),))))
    (base,), (vanguard,), (contribution,) = map(sheet.widths, (style.NAVY, style.BLUE, style.GOLD))
    assert base / vanguard == 2
    assert round(vanguard / contribution, 6) == 5


def test_a_bar_never_passes_its_points(look):
    """What a cap has cut off the total is cut off the last part of the bar."""
    cut = Standing(1, "王芳", Decimal(60), (Decimal(50), Decimal(25), Decimal(5)))
    sheet = look(compose(made_up.standings((cut,))))
    (base,), (vanguard,) = map(sheet.widths, (style.NAVY, style.BLUE))
    assert round(base / vanguard, 6) == 5
    assert sheet.widths(style.GOLD) == []


def test_points_over_a_hundred_stay_on_the_sheet(look):
    """With a bonus over 100 the scale is longer, and 100 is no longer its end."""
    over = look(compose(made_up.standings((Standing(1, "王芳", Decimal(105)), Standing(2, "李静", Decimal(100))))))
    longest, full = over.widths(style.NAVY)
    assert longest == over.widths(style.TRACK)[0] > full


def test_the_legend_names_only_what_somebody_has(look):
    """A part in which nobody has points is not explained."""
    rows = (Standing(1, "王芳", Decimal(80), (Decimal(60), Decimal(20), Decimal(0), Decimal(0))),)
    texts = look(compose(made_up.standings(rows))).texts
    assert "先锋模范" in texts
    assert "加分" not in texts


def test_the_line_can_be_left_out(look):
    """Without a line of the rule set there is neither line nor label."""
    sheet = look(compose(replace(made_up.standings(made_up.rows(3)), line=None)))
    assert "70 分线" not in sheet.texts
    assert sheet.canvas.strokes == []


def test_the_line_stands_at_its_points(look):
    """The line crosses the end of the bar of somebody who has just as many points."""
    sheet = look(compose(made_up.standings((Standing(1, "王芳", Decimal(70)), Standing(2, "李静", Decimal(30))))))
    (line,) = sheet.canvas.strokes
    ends = [area.corners[1][0] for area in sheet.canvas.areas if area.colour == style.NAVY]
    assert line.points[0][0] == max(ends)


@pytest.mark.parametrize("note", ["", "本季度由其他单位党组织转入"])
def test_long_names_do_not_run_into_the_bars(look, note: str):
    """However long a name and its note are, they end before the bars begin."""
    sheet = look(compose(made_up.standings((Standing(1, made_up.LONG_NAME * 2, Decimal(80), note=note),))))
    bars = min(area.corners[0][0] for area in sheet.canvas.areas if area.colour == style.TRACK)
    names = [word for word in sheet.canvas.words if word.text[:3] in made_up.LONG_NAME or word.text[:3] in note]
    assert names
    assert all(word.x + word.width < bars for word in names)


points = st.one_of(st.none(), st.decimals(-50, 1300, places=2))
standing = st.builds(
    Standing,
    rank=st.one_of(st.none(), st.integers(1, 60)),
    name=st.text(max_size=30),
    points=points,
    parts=st.lists(st.decimals(-20, 90, places=2), max_size=5).map(tuple),
    own=st.booleans(),
    note=st.text(max_size=20),
)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(standing, max_size=60))
def test_any_branch_can_be_drawn(look, rows):
    """Whatever names, notes and points there are, the sheet can be read."""
    look(compose(made_up.standings(tuple(rows)))).is_well_set()
