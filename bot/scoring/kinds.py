"""Which kind of item is worked out how."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.scoring.counting import count, deduct, either
from bot.scoring.draft import Desk, Draft
from bot.scoring.facts import Fact
from bot.scoring.grading import ratio, review, shortfall, tier
from bot.scoring.items import Item
from bot.scoring.joining import carry, factor

_KINDS: Mapping[str, Callable[[Any, Draft, Desk], None]] = {
    "deduct": deduct,
    "add": count,
    "per_unit": count,
    "range": count,
    "either": either,
    "tier": tier,
    "shortfall": shortfall,
    "ratio": ratio,
    "review": review,
    "multiplier": factor,
    "carry": carry,
}


def draft(item: Item, facts: tuple[Fact, ...] | None, desk: Desk) -> Draft:
    """The item's points before groups, overrides and parts; `facts` None: nobody has answered.

    FactError for facts that do not fit the item, RuleSilentError where the rule set does not say.
    """
    made = Draft(item, facts or (), answered=facts is not None)
    if not made.answered:
        made.because("silent")
    _KINDS[item.kind](item, made, desk)
    return made
