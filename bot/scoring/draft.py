"""An item's points in the making, and what lies on the desk while they are made."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from bot.scoring.facts import Fact
from bot.scoring.flow import Flow
from bot.scoring.items import Item
from bot.scoring.points import ZERO
from bot.scoring.policies import Policies
from bot.scoring.results import Context, Cut, Reason
from bot.scoring.span import Span


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies beside the facts when an item is scored."""

    policies: Policies
    span: Span
    context: Context


@dataclass(slots=True)
class Draft:
    """An item's points while groups and reviewers may still change them: `points` = `raw` − cuts, unrounded."""

    item: Item
    facts: tuple[Fact, ...]
    answered: bool
    raw: Decimal = ZERO
    points: Decimal = ZERO
    flow: Flow = field(default_factory=dict)
    cuts: list[Cut] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)

    def cut(self, code: str, scope: str, amount: Decimal, limit: Decimal | None = None) -> None:
        """Take points away and say by what."""
        if amount:
            self.cuts.append(Cut(code, scope, amount, limit))
            self.points -= amount

    def end_at(self, low: Decimal | None, high: Decimal | None) -> None:
        """Keep the points between two ends; None: open on that side."""
        if high is not None and self.points > high:
            self.cut("cap", self.item.id, self.points - high, high)
        if low is not None and self.points < low:
            self.cut("floor", self.item.id, self.points - low, low)

    def because(self, code: str, **params: str | Decimal) -> None:
        """Add a step of the explanation."""
        self.reasons.append(Reason(code, params))
