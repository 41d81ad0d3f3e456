"""A draft becomes the line that people read, rounded as the rule set says."""

from __future__ import annotations

from decimal import Decimal

from bot.scoring.draft import Draft
from bot.scoring.points import HUNDREDTH, round_to
from bot.scoring.policies import Rounding
from bot.scoring.results import Line, Override
from bot.scoring.table import RuleSet

_HUNDREDTHS = Rounding(step=HUNDREDTH)
BONUS = "bonus"


def rounded(rules: RuleSet, points: Decimal) -> Decimal:
    """Points rounded as the rule set says; to hundredths, half up, where it says nothing."""
    rounding = rules.policies.rounding or _HUNDREDTHS
    return round_to(points, rounding.step, rounding.mode)


def line_of(rules: RuleSet, draft: Draft, override: Override | None = None) -> Line:
    """The line of one item; a bonus item belongs to the part "bonus"."""
    item, points = draft.item, rounded(rules, draft.points)
    return Line(
        item=item.id,
        label=item.label,
        part=item.part or (BONUS if rules.is_bonus(item.id) else ""),
        dimension=item.dimension,
        raw=points if draft.raw is draft.points else rounded(rules, draft.raw),
        points=points,
        full=item.full,
        cuts=tuple(draft.cuts),
        facts=draft.facts,
        reasons=tuple(draft.reasons),
        override=override,
        answered=draft.answered,
    )
