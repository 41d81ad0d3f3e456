"""Acts, the ways to earn or lose points: what one is worth, its caps, its grades and marks."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from bot.scoring.limits import Id, Limits, Number, Spec

Points = Annotated[Number, Field(description="points")]
Positive = Annotated[Number, Field(gt=0)]
Factor = Annotated[Number, Field(gt=0, le=100)]
Length = Literal["day", "month", "quarter", "half_year", "year"]
LENGTHS: tuple[Length, ...] = ("day", "month", "quarter", "half_year", "year")


class Caps(Spec):
    """The most that counts per stretch of time; `total` is for the scored period, and so is a bare number."""

    day: Positive | None = None
    month: Positive | None = None
    quarter: Positive | None = None
    half_year: Positive | None = None
    year: Positive | None = None
    total: Positive | None = None

    @cached_property
    def by_length(self) -> tuple[tuple[Length, Decimal], ...]:
        """The caps on calendar stretches, shortest first."""
        found = ((length, getattr(self, length)) for length in LENGTHS)
        return tuple((length, cap) for length, cap in found if cap is not None)


def _bare_cap(value: Any) -> Any:
    return {"total": value} if isinstance(value, (str, int, Decimal)) else value


Cap = Annotated[Caps, BeforeValidator(_bare_cap)]
NO_CAPS = Caps()


class Grade(Limits):
    """A step of a tier: chosen by its id, or reached by a number within its limits. Without points: not published."""

    id: Id
    label: str
    points: Points | None = None


class Per(Spec):
    """`points` for every `units` counted: whole ones only (floor) or in proportion."""

    units: Positive
    points: Points
    mode: Literal["floor", "proportional"] = "floor"
    collect: Literal["fact", "day", "month", "period"] = Field(
        "period", description="what is added up before whole units are counted"
    )


class Times(Spec):
    """A mark on a fact that multiplies its points."""

    mark: Id
    label: str = ""
    by: Factor


class Extra(Spec):
    """A mark on a fact that adds points to it."""

    mark: Id
    label: str = ""
    points: Points


class Act(Spec):
    """One way to earn or lose points: one of `each`, `range`, `grades`, `per`; none of them: not published."""

    id: Id
    label: str
    each: Points | None = Field(None, description="points every time")
    range: tuple[Points, Points] | None = Field(None, description="a reviewer picks within, with a reason")
    grades: tuple[Grade, ...] = Field((), description="points by grade, or by a number")
    per: Per | None = Field(None, description="points for every so many units")
    cap: Cap = NO_CAPS
    times: tuple[Times, ...] = ()
    extra: tuple[Extra, ...] = ()
    same_as: str = Field("", description="item.act: the same event under another head, counted once")
    disqualifies_with: Id | None = Field(None, description="a mark with which this act disqualifies the member")
    unit: str = "次"
    step: Positive = Decimal(1)
    at_most: Positive | None = Field(None, description="the most a chat lets a person count")
    decided_by: Literal["one", "panel"] = "one"

    @model_validator(mode="after")
    def _one_worth(self) -> Self:
        worths = [name for name in ("each", "range", "grades", "per") if getattr(self, name)]
        if len(worths) > 1:
            raise ValueError(f"one of each, range, grades, per, not {' and '.join(worths)}")
        if self.range is not None and self.range[1] < self.range[0]:
            raise ValueError("a range from low to high")
        return self

    @property
    def published(self) -> bool:
        """Whether the source says what it is worth."""
        return self.each is not None or self.range is not None or self.per is not None or bool(self.grades)
