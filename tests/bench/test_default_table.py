"""The checker's own sums agree with the scoring room where they must, and with the published figures by hand."""

from __future__ import annotations

import json
from random import Random

import pytest

from bench.rehearsal.default_table import item_centi, month_lines, month_total, quarter_total, ranks, shown
from bench.rehearsal.script import write_script
from bot.domain.periods import Month
from bot.scoring.engine import score_month
from bot.scoring.facts import facts_from_json
from bot.scoring.points import from_hundredths, hundredths, show
from bot.scoring.ruleset import default_ruleset


def test_a_month_of_duties_only_is_worth_sixty() -> None:
    """Whoever does every duty and nothing more stands at the base."""
    assert month_total(month_lines({})) == 6000


@pytest.mark.parametrize(
    ("item", "facts", "centi"),
    [
        ("meetings", [{"act": "absent"}, {"act": "late"}], 600),
        ("meetings", [{"act": "absent", "count": "5"}], 0),
        ("study", [{}], 300),
        ("study", [{"count": "0"}], 0),
        ("post", [{"grade": "not"}], 0),
        ("lecture", [{"act": "given", "count": "3"}], 600),
        ("volunteer", [{"act": "volunteer", "count": "5"}], 200),
        ("performance", None, 0),
    ],
)
def test_items_by_hand(item: str, facts: list[dict[str, str]] | None, centi: int) -> None:
    """Each kind of item, worked out on paper."""
    assert item_centi(item, facts) == centi


def test_both_sums_agree_on_everything_a_rehearsal_can_say() -> None:
    """Two ways to the same number, over a thousand made-up months."""
    rules = default_ruleset()
    for seed in range(350):
        for month in write_script(Random(seed)).months:
            answers = month.final_answers()
            score = score_month(rules, facts_from_json(json.dumps(answers)), month=Month(2026, 7))
            assert month_lines(answers) == {line.item: hundredths(line.points) for line in score.lines}
            assert month_total(month_lines(answers)) == hundredths(score.total)


def test_a_quarter_is_the_mean_rounded_half_up() -> None:
    """Exempt months are left out before; nothing at all is not a nought."""
    assert quarter_total([6000, 6001]) == 6001
    assert quarter_total([6000, 6100, 6250]) == 6117
    assert quarter_total([]) is None


def test_equal_points_share_a_rank() -> None:
    """1, 2, 2, 4; who is not rated has none."""
    assert ranks({1: 90, 2: 80, 3: 80, 4: 70, 5: None}) == {1: 1, 2: 2, 3: 2, 4: 4, 5: None}


@pytest.mark.parametrize("centi", [0, 4, 5, 6000, 6004, 6005, 6017, 9999, 10000])
def test_points_are_shown_as_the_product_shows_them(centi: int) -> None:
    """The checker looks for the number that people read."""
    assert shown(centi) == show(from_hundredths(centi))
