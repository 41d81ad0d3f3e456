"""The committee's page of a quarter."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.charts import style
from bot.charts.papers import bulletin as paper
from bot.charts.papers.bulletin import DARK_FROM, Bulletin, Figure, HeatRow, SpreadLine, bulletin, shade
from tests.charts.paper_reader import pages, size_mm, text

DIMENSIONS = ("思想先锋", "作风先锋", "履职先锋", "公益先锋")


def heat(n: int) -> tuple[HeatRow, ...]:
    """So many branches, of which the last is not rated."""
    means = [tuple(Decimal(15 + (number * step) % 11) for step in (1, 3, 5, 7)) for number in range(n)]
    found = [HeatRow(f"第{at}支部", values, sum(values, Decimal(0)), "+1.5") for at, values in enumerate(means)]
    return (*found[:-1], HeatRow("未评支部", (None,) * 4, None, "")) if n > 1 else tuple(found)


def page(n: int = 24, **changes: object) -> Bulletin:
    """A quarter of so many branches."""
    figure = Figure("自评完成率", "96%", "", ("已交 717/744 份", "按期初评 22/24 个支部", "复评 24/24 个支部"))
    line = SpreadLine("2026年第4季度", *map(Decimal, ("55.5", "66", "73.125", "81.2", "97")))
    facts = {
        "title": "2026年第4季度积分通报", "organisation": "示范分行党委", "subtitle": "已于2027年1月22日定稿",
        "figures": (figure,) * 4, "spread_heading": "积分分布", "spread_note": "粗线：中位数", "spread": (line, line),
        "heat_heading": "各支部分维度平均分", "heat_note": "颜色越深分值越高",
        "columns": ("支部", *DIMENSIONS, "平均分", "较上季"), "rows": heat(n),
        "proof_heading": "台账链首", "proof": ("1234:" + "9f8e" * 16, "请留存此行。"),
    }  # fmt: skip
    return Bulletin(**{**facts, **changes})


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in style.rgb(colour))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """How much two colours stand out from each other; 4.5 is enough for small text."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("n", [1, 2, 24, 30, 31, 60])
def test_the_bulletin_is_one_page_of_a4(n: int):
    """Two branches or sixty, all of them with their values."""
    content = bulletin(page(n))
    assert pages(content) == 1
    assert size_mm(content) == (210, 297)
    written = text(content)
    assert "\ufffd" not in written
    assert all(row.branch in written for row in heat(n))
    for said in ("2026年第4季度积分通报", "已交717/744份", "73.1", "66.0–81.2", *DIMENSIONS, "1234:" + "9f8e" * 16):
        assert said in written


def test_every_value_stands_out_from_its_shade():
    """White on dark and black on light, by WCAG's measure for small text."""
    for share in (at / 200 for at in range(201)):
        ink = "#ffffff" if share >= DARK_FROM else "#000000"
        assert contrast(shade(share), ink) >= 4.5, share


def test_a_higher_value_is_always_darker():
    """The order can be read without any sense of hue."""
    steps = [luminance(shade(at / 20)) for at in range(21)]
    assert steps == sorted(steps, reverse=True)


def test_each_column_has_its_own_scale():
    """The lowest of a column is the lightest and its highest the darkest; where all are alike none stands out."""
    rows = (
        HeatRow("甲", (Decimal(10), Decimal(3)), Decimal(13), ""),
        HeatRow("乙", (Decimal(20), Decimal(3)), Decimal(23), ""),
        HeatRow("丙", (None, None), None, ""),
    )
    one, other, unrated = ([cell["fill"] for cell in row["cells"]] for row in paper._rows(rows))
    assert one == [shade(0), shade(0), shade(0)]
    assert other == [shade(1), shade(0), shade(1)]
    assert shade(0) not in unrated


def test_a_first_quarter_has_no_spread_of_one_before():
    """One line, or none at all, is as well set as two."""
    assert pages(bulletin(page(2, spread=page().spread[:1]))) == 1
    assert pages(bulletin(page(2, spread=()))) == 1


def test_all_with_the_same_points_are_a_spread_too():
    """Nothing is divided by a width that is not there."""
    same = SpreadLine("2026年第4季度", *[Decimal(77)] * 5)
    assert text(bulletin(page(2, spread=(same,)))).count("77.0") == 5
