"""Thresholds and ranges on a number, as bands, tiers and shortfall steps use them, and what they leave open."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.scoring.errors import RuleSilentError
from bot.scoring.points import ONE, round_half_up

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,15}$", description="1 to 16 of a–z, 0–9 and _")]


MOST = Decimal(100_000)
"""No number of a table or of a fact is larger, so that exact arithmetic stays exact."""
Number = Annotated[Decimal, Field(ge=-MOST, le=MOST, decimal_places=6)]


class Spec(BaseModel):
    """A part of a rule set: immutable, and every unknown key is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Limits(Spec):
    """Which numbers belong here. Without any limit: none (a grade that is chosen by name)."""

    at_least: Number | None = Field(
        None, description=">= this; thresholds alone form a ladder, the highest one reached counts"
    )
    more_than: Number | None = Field(None, description="> this")
    at_most: Number | None = Field(None, description="<= this")
    less_than: Number | None = Field(None, description="< this")
    range: tuple[Number, Number] | None = Field(None, description="from and to, both inclusive, as a source prints it")

    @model_validator(mode="after")
    def _one_end_each(self) -> Self:
        lower = [name for name in ("at_least", "more_than", "range") if getattr(self, name) is not None]
        upper = [name for name in ("at_most", "less_than", "range") if getattr(self, name) is not None]
        if len(lower) > 1 or len(upper) > 1:
            raise ValueError(f"one lower and one upper limit, not {', '.join(dict.fromkeys(lower + upper))}")
        if self.low is not None and self.high is not None and self.high < self.low:
            raise ValueError(f"an upper limit not below the lower one, not {self.high} below {self.low}")
        return self

    @property
    def low(self) -> Decimal | None:
        """The lower end, or None."""
        if self.range is not None:
            return self.range[0]
        return self.at_least if self.at_least is not None else self.more_than

    @property
    def high(self) -> Decimal | None:
        """The upper end, or None."""
        if self.range is not None:
            return self.range[1]
        return self.at_most if self.at_most is not None else self.less_than

    @property
    def ends(self) -> tuple[Decimal | None, ...]:
        """What bounds it: steps with the same ends hold the same numbers."""
        return self.at_least, self.more_than, self.at_most, self.less_than, *(self.range or ())

    @property
    def limited(self) -> bool:
        """Whether numbers can fall in here at all."""
        return self.low is not None or self.high is not None

    def holds(self, value: Decimal) -> bool:
        """Whether the number is within the limits."""
        low, high = self.low, self.high
        if low is not None and (value < low or (self.more_than is not None and value == low)):
            return False
        if high is not None and (value > high or (self.less_than is not None and value == high)):
            return False
        return self.limited


L = TypeVar("L", bound=Limits)
Leaning = Literal["lower", "upper"]


def find(
    what: str, steps: Sequence[L], value: Decimal, gaps: Leaning | Literal["round"] | None, overlaps: Leaning | None
) -> L | None:
    """The step a number falls in; None below or above all of them.

    Limits on one side only form a ladder: the highest lower one reached, or the lowest upper one kept. Between two
    steps, or in two limited ones at once, the policies `gaps` and `overlaps` decide; without them the rule is silent:
    RuleSilentError "<what>_gap" or "<what>_overlap".
    """
    held = [step for step in steps if step.holds(value)]
    if not held:
        return _across(what, steps, value, gaps)
    best = _rung(held)
    if best is not None:
        return best
    if overlaps is None:
        raise RuleSilentError(f"{what}_overlap", policy="overlaps", value=str(value), **_ends(held))
    return max(held, key=_lower_end) if overlaps == "upper" else min(held, key=_lower_end)


def _rung(held: Sequence[L]) -> L | None:
    """The one step that a ladder gives; None if several claim the number equally or within limits."""
    if len(held) == 1:
        return held[0]
    if all(step.high is None for step in held):
        best, next_best = sorted(held, key=lambda step: (_lower_end(step), step.more_than is not None))[:-3:-1]
    elif all(step.low is None for step in held):
        best, next_best = sorted(held, key=lambda step: (_upper_end(step), step.at_most is not None))[:2]
    else:
        return None
    return None if best.ends == next_best.ends else best


def _across(what: str, steps: Sequence[L], value: Decimal, gaps: str | None) -> L | None:
    """The step for a number that is in none; None below or above all of them."""
    lower = [step for step in steps if step.high is not None and step.high <= value]
    upper = [step for step in steps if step.low is not None and step.low >= value]
    if not lower or not upper:
        return None
    below, above = max(lower, key=_upper_end), min(upper, key=_lower_end)
    if gaps is None:
        raise RuleSilentError(
            f"{what}_gap", policy="gaps", value=str(value), below=str(below.high), above=str(above.low)
        )
    whole = round_half_up(value, ONE)
    if gaps == "round" and value != whole:
        return find(what, steps, whole, "lower", "upper")
    return above if gaps == "upper" else below


def _ends(held: Sequence[Limits]) -> dict[str, str]:
    """Where the steps overlap."""
    return {"low": str(max(map(_lower_end, held))), "high": str(min(map(_upper_end, held)))}


def _lower_end(step: Limits) -> Decimal:
    return step.low if step.low is not None else Decimal("-Infinity")


def _upper_end(step: Limits) -> Decimal:
    return step.high if step.high is not None else Decimal("Infinity")
