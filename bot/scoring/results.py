"""A score and its explanation: every line with its raw points, what cut it and why; and what surrounds the facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from bot.scoring.acts import Length
from bot.scoring.facts import Fact


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of an explanation: a code for the words, and the numbers and labels to put in."""

    code: str
    params: Mapping[str, str | Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cut:
    """What a cap took away or, negative, a floor gave back: `amount` points at `scope` (act, item, part, total)."""

    code: str
    scope: str
    amount: Decimal
    limit: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """A rater's or reviewer's points in place of the computed ones, with the reason; `by` is an opaque reference."""

    item: str
    points: Decimal
    reason: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One item of a score: `points` = `raw` − cuts, unless overridden; `answered` is false where nobody has spoken."""

    item: str
    label: str
    part: str
    dimension: str
    raw: Decimal
    points: Decimal
    full: Decimal | None
    cuts: tuple[Cut, ...] = ()
    facts: tuple[Fact, ...] = ()
    reasons: tuple[Reason, ...] = ()
    override: Override | None = None
    answered: bool = True


@dataclass(frozen=True, slots=True)
class Score:
    """One member's score of one period: `total` = the lines' points − the cuts of parts, total and rounding.

    `by_part` is after part caps and weights, `by_dimension` sums lines. Not `rated`: do not show the total.
    """

    total: Decimal
    by_part: Mapping[str, Decimal]
    by_dimension: Mapping[str, Decimal]
    lines: tuple[Line, ...]
    cuts: tuple[Cut, ...] = ()
    vetoed: bool = False
    rated: bool = True
    disqualified: tuple[Reason, ...] = ()

    def line(self, item_id: str) -> Line:
        """The line of an item; a KeyError if there is none."""
        for line in self.lines:
            if line.item == item_id:
                return line
        raise KeyError(item_id)


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of the member beside the facts.

    `credited` holds what caps longer than the period have used up: (item, "item.act" or group id, length) → points.
    """

    member_class: str = ""
    exempt: str = ""
    exempt_items: frozenset[str] = frozenset()
    last_year: Decimal | None = None
    credited: Mapping[tuple[str, Length], Decimal] = field(default_factory=dict)
