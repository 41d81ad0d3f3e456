"""Every kind of item says why its points are what they are."""

from decimal import Decimal

import pytest

from bot.scoring.engine import Context
from bot.scoring.facts import Fact
from tests.scoring.tables import table, times, worked

GRADES = "[{id: good, label: 好, points: 3}]"
PANELS = "[{id: lead, label: 领导, weight: 40}, {id: peers, label: 同事, weight: 60}]"


@pytest.mark.parametrize(
    ("item", "facts", "reasons"),
    [
        (
            f"kind: tier, when_silent: none, grades: {GRADES}",
            [Fact("a", grade="good")],
            [("grade", {"grade": "good", "label": "好", "points": 3})],
        ),
        (
            "kind: shortfall, full: 6, target: 4, each_missing: 1, unit: 条",
            [times("a", 1)],
            [("target", {"target": 4, "counted": 1, "missing": 3, "unit": "条"})],
        ),
        ("kind: ratio, full: 20", [Fact("a", score=Decimal(90))], [("ratio", {"score": 90, "of": 100, "full": 20})]),
        (
            f"kind: review, full: 20, missing_panel: zero, panels: {PANELS}",
            [Fact("a", "lead", score=Decimal(90))],
            [
                ("panel", {"panel": "lead", "label": "领导", "score": 90, "weight": 40}),
                ("panel", {"panel": "peers", "label": "同事", "score": 0, "weight": 60}),
            ],
        ),
        (
            "kind: multiplier, of: [a], grades: [{id: hard, label: 难, by: 2}]",
            [Fact("a", grade="hard")],
            [("factor", {"grade": "hard", "label": "难", "by": 2})],
        ),
        (
            "kind: carry, share: 0.5, above: 80",
            [],
            [("silent", {}), ("carry", {"last": 86, "above": 80, "share": Decimal("0.5")})],
        ),
    ],
)
def test_a_line_names_what_it_was_worked_out_from(item, facts, reasons):
    """The grade, the target, the outside score, each panel, the factor or last year, with its numbers."""
    rules = table(f"  - {{id: a, label: a, {item}}}")
    line = worked(rules, *facts, context=Context(last_year=Decimal(86))).line("a")
    assert [(one.code, dict(one.params)) for one in line.reasons] == reasons
