"""Colours that everybody can tell apart and read, and numbers as people read them."""

from decimal import Decimal
from itertools import pairwise

import numpy as np
import pytest

from bot.charts import style
from bot.charts.frame import Scale, round_below, shown

# Machado, Oliveira and Fernandes 2009, severity 1.0, for linear light.
SIGHT = {
    "ordinary": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}


def _light(colour: str) -> np.ndarray:
    share = np.array(style.rgb(colour)) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def _luminance(light: np.ndarray) -> float:
    return float(np.clip(light, 0, 1) @ (0.2126, 0.7152, 0.0722))


def _contrast(one: np.ndarray, other: np.ndarray) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("sight", SIGHT.values(), ids=SIGHT.keys())
def test_neighbouring_parts_differ_in_lightness_for_every_eye(sight: np.ndarray):
    """Parts that touch in a bar differ in lightness, whatever colours the reader cannot see, or in a grey print."""
    for one, other in pairwise(style.PARTS[:4]):
        assert _contrast(sight @ _light(one), sight @ _light(other)) >= 1.3


@pytest.mark.parametrize("ground", [style.PAPER, style.OWN_BAND])
@pytest.mark.parametrize("ink", [style.INK, style.MUTED, style.RED, style.CLAY, style.OWN])
def test_text_stands_out_from_its_ground(ink: str, ground: str):
    """Every colour that words are set in has the contrast of 4.5 to 1 that readers with weak eyes need."""
    assert _contrast(_light(ink), _light(ground)) >= 4.5


def test_the_palette_holds_every_colour_of_the_style():
    """Coding with the palette changes no colour of the style, and a PNG has room for all of them."""
    flat = style.palette()
    colours = set(zip(flat[::3], flat[1::3], flat[2::3], strict=True))
    assert len(flat) <= 3 * 256
    used = (
        style.PAPER,
        style.INK,
        style.MUTED,
        style.HAIRLINE,
        style.TRACK,
        style.RED,
        style.OWN_BAND,
        *style.PARTS,
        style.OWN,
    )
    assert {style.rgb(colour) for colour in used} <= colours


@pytest.mark.parametrize(
    ("points", "text"), [("86.45", "86.5"), ("86.449", "86.4"), ("60", "60.0"), ("-0.25", "-0.3"), ("0", "0.0")]
)
def test_points_show_one_decimal_rounded_half_up(points: str, text: str):
    """Points in a picture always have one decimal, halves up."""
    assert shown(Decimal(points)) == text


def test_what_lies_outside_the_scale_is_drawn_at_its_edge():
    """Points under and over the scale do not leave the picture."""
    scale = Scale(100, 50, Decimal(0), Decimal(100))
    assert [scale.x(Decimal(points)) for points in (-10, 0, 50, 100, 300)] == [100, 100, 125, 150, 150]


@pytest.mark.parametrize(("points", "below"), [("65", 60), ("60", 60), ("-1", -20), ("-20", -20)])
def test_scales_begin_at_a_round_number(points: str, below: int):
    """Rounding goes down, under 0 as well."""
    assert round_below(Decimal(points), Decimal(20)) == below
