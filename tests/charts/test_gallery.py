"""Every picture of the gallery, which holds the ordinary cases and every edge, keeps what a phone and Telegram ask."""

import io

import pytest
from PIL import Image

from bench import made_up
from bot.charts import overview, portrait, standings
from bot.charts.canvas import Canvas
from bot.charts.render import png

SHEETS = {
    **{f"standings {name}": standings.compose(facts) for name, facts in made_up.all_standings().items()},
    **{f"overview {name}": overview.compose(facts) for name, facts in made_up.all_overviews().items()},
    **{f"portrait {name}": portrait.compose(facts) for name, facts in made_up.all_portraits().items()},
}
every_sheet = pytest.mark.parametrize("canvas", SHEETS.values(), ids=SHEETS.keys())


@every_sheet
def test_telegram_takes_it_as_a_photo(canvas: Canvas):
    """Every picture decodes, and keeps Telegram's limits on sides, ratio and bytes."""
    content = png(canvas)
    picture = Image.open(io.BytesIO(content))
    picture.load()
    assert picture.width + picture.height <= 10_000
    assert max(picture.size) / min(picture.size) <= 20
    assert len(content) < 10_000_000


@every_sheet
def test_all_of_it_can_be_read(canvas: Canvas, look):
    """No character is a box, no text leaves the sheet, and no text lies on another."""
    look(canvas).is_well_set()


@every_sheet
def test_nothing_is_too_small_for_a_phone(canvas: Canvas):
    """At a phone's width no text is smaller than eleven units."""
    assert min(word.size for word in canvas.words) >= 11
