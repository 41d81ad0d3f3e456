"""From sheet to PNG: what it costs the process, and what it leaves behind."""

import gc
import io
import subprocess
import sys
import tracemalloc
from concurrent.futures import ThreadPoolExecutor

import matplotlib as mpl
import psutil
import pytest
from PIL import Image

from bench import made_up
from bot.charts import font, style
from bot.charts.canvas import Canvas
from bot.charts.portrait import draw_portrait
from bot.charts.render import png, scale_of
from bot.charts.standings import draw_standings


def _sheet(height: float) -> Canvas:
    canvas = Canvas()
    canvas.height = height
    return canvas


def test_colours_arrive_as_they_are():
    """A bar has in the picture exactly the colour of the style, and what is beside it is paper."""
    canvas = _sheet(100)
    canvas.bar(0, 0, 195, 100, style.GOLD)
    picture = Image.open(io.BytesIO(png(canvas))).convert("RGB")
    assert picture.getpixel((100, 150)) == style.rgb(style.GOLD)
    assert picture.getpixel((1000, 150)) == style.rgb(style.PAPER)


def test_words_are_drawn_where_they_are_noted():
    """The ink of a word lies inside the box that the layout reckons with."""
    canvas = _sheet(100)
    canvas.text(100, 50, "党员张䶮 88.5", 20)
    picture = Image.open(io.BytesIO(png(canvas))).convert("L")
    left, top, right, bottom = picture.point(lambda light: 255 if light < 128 else 0).getbbox()
    (word,) = canvas.words
    scale = scale_of(canvas)
    assert word.x * scale <= left < right <= (word.x + word.width) * scale
    assert (50 - 10) * scale <= top < bottom <= (50 + 10) * scale
    assert abs((top + bottom) / 2 - 50 * scale) <= 2 * scale


def test_a_tall_picture_has_fewer_pixels():
    """Telegram scales tall photos down, so they are drawn no larger than it keeps, and never too coarse to read."""
    assert [scale_of(_sheet(height)) for height in (500, 1000, 2000)] == [3.0, 2.56, 2.0]


def test_hundreds_of_rows_are_still_a_photo():
    """A branch of 250 is drawn within Telegram's limits, though it is coarse."""
    picture = Image.open(io.BytesIO(draw_standings(made_up.standings(made_up.rows(250)))))
    assert sum(picture.size) <= 10_000
    assert picture.height / picture.width <= 20


def test_what_no_photo_can_hold_is_refused():
    """Five hundred rows are an error that says so, and the table goes out as text."""
    with pytest.raises(ValueError, match="too tall"):
        draw_standings(made_up.standings(made_up.rows(500)))


def test_pictures_drawn_at_once_do_not_mix():
    """Several threads may draw at the same time, each gets the picture that it asked for."""
    listed = [made_up.standings(made_up.rows(count)) for count in range(2, 14)]
    alone = [draw_standings(facts) for facts in listed]
    font.glyph.cache_clear()
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(draw_standings, listed)) == alone


def test_drawing_leaves_no_memory_behind():
    """Over many pictures nothing piles up."""
    facts = made_up.portrait()
    draw_portrait(facts)
    gc.collect()
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    for _ in range(25):
        draw_portrait(facts)
    gc.collect()
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert after - before < 200_000


def test_pixels_are_given_back_at_once():
    """The ten megabytes of a picture's pixels do not wait for the garbage collector."""
    facts, process = made_up.portrait(), psutil.Process()
    draw_portrait(facts)
    gc.disable()
    try:
        before = process.memory_info().rss
        for _ in range(15):
            draw_portrait(facts)
        assert process.memory_info().rss - before < 50_000_000
    finally:
        gc.enable()


def test_drawing_changes_no_settings_of_others():
    """matplotlib's settings are the same after a picture as before."""
    before = dict(mpl.rcParams)
    draw_portrait(made_up.portrait())
    assert dict(mpl.rcParams) == before


def test_facts_are_free_to_import():
    """Whoever only names facts does not pay for matplotlib, and nobody loads pyplot or the font's package."""
    check = (
        "import sys, bot.charts.facts; assert 'matplotlib' not in sys.modules;"
        "import bot.charts.standings, bot.charts.overview, bot.charts.portrait;"
        "assert not {'matplotlib.pyplot', 'zhplot'} & set(sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
