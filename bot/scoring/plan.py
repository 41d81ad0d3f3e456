"""What of a rule set is the same for every member: worked out once, so that a month costs only what was answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.periods import Month
from bot.scoring.draft import Desk
from bot.scoring.errors import RuleSilentError
from bot.scoring.heads import Head, same_acts
from bot.scoring.items import Carry, Item, Multiplier
from bot.scoring.kinds import draft
from bot.scoring.lines import line_of
from bot.scoring.results import Context, Line
from bot.scoring.span import Span
from bot.scoring.table import RuleSet

_ANY_MONTH = Span.of(Month(2000, 1))


@dataclass(frozen=True, slots=True)
class Plan:
    """`silent`: the lines of items that nobody has answered and that hang on nothing else; `heads`: doubled acts."""

    silent: Mapping[str, Line]
    heads: tuple[tuple[Head, ...], ...]
    items_of: Mapping[str, tuple[Item, ...]]


@lru_cache(maxsize=64)
def plan(rules: RuleSet) -> Plan:
    """The plan of a rule set, kept for the next member."""
    linked = {name for group in rules.groups for name in group.items}
    linked |= {name for item in rules.items if isinstance(item, Multiplier) for name in item.of}
    desk = Desk(rules.policies, _ANY_MONTH, Context())
    silent = {}
    for item in (*rules.items, *rules.bonus.items):
        if item.id not in linked and not isinstance(item, (Multiplier, Carry)):
            line = _silent_line(rules, item, desk)
            if line is not None:
                silent[item.id] = line
    parts = {part.id: rules.items_of(part=part.id) for part in rules.parts}
    return Plan(silent, same_acts(rules), {**parts, "": rules.items_of(part="")})


def _silent_line(rules: RuleSet, item: Item, desk: Desk) -> Line | None:
    """The item's line when nobody has answered; None if it must be worked out each time (not published, or rounded)."""
    try:
        made = draft(item, None, desk)
    except RuleSilentError:
        return None
    line = line_of(rules, made)
    return line if line.points == made.points else None
