"""The items of a rule set, by kind."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from bot.domain.platforms import Measure, Platform
from bot.scoring.acts import NO_CAPS, Act, Cap, Extra, Factor, Grade, Per, Points, Positive, Times
from bot.scoring.facts import Source
from bot.scoring.limits import Id, Limits, Spec
from bot.scoring.points import ZERO


class Evidence(StrEnum):
    """Whether a claim needs a note or a photo."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


class ItemBase(Spec):
    """What every item has, whatever its kind."""

    id: Id
    label: str
    hint: str = ""
    part: str = ""
    dimension: str = ""
    full: Points | None = Field(None, description="the most it brings within its part")
    evidence: Evidence = Evidence.NONE
    source: Source = Source.MEMBER
    note: str = Field("", description="provenance, doubts")

    @property
    def ways(self) -> tuple[Act, ...]:
        """The acts that earn or lose points here; none for items that are graded or scored as a whole."""
        return ()

    def act(self, act_id: str) -> Act | None:
        """The act of that id; with one act only, an empty id means that one."""
        ways = self.ways
        if not act_id and len(ways) == 1:
            return ways[0]
        for act in ways:
            if act.id == act_id:
                return act
        return None


class Check(Spec):
    """Which number of which platform stands beside a claim; `act` names the one that it counts, none: all of them."""

    platform: Platform
    measure: Measure
    act: Id | None = None


class Counted(ItemBase):
    """An item whose facts are counted, so that a platform's numbers can be held against them."""

    checked_by: tuple[Check, ...] = Field(
        (), description="platforms whose records, added up, are compared with the claims; they bring no points"
    )


class Listing(Counted):
    """An item with a list of acts."""

    acts: tuple[Act, ...] = Field(min_length=1)

    @property
    def ways(self) -> tuple[Act, ...]:
        """The acts as listed."""
        return self.acts


class Deduct(Listing):
    """Starts full and loses points; ends at `floor`, or below zero with `floor: null`."""

    kind: Literal["deduct"]
    full: Points = ZERO
    floor: Points | None = ZERO
    cap: Cap = NO_CAPS


class Add(Listing):
    """Starts at zero and gains points up to its caps; `full` is a cap on the whole period."""

    kind: Literal["add"]
    cap: Cap = NO_CAPS
    floor: Points | None = None


class PerUnit(Counted):
    """Points for every so many hours, words, points of another scheme."""

    kind: Literal["per_unit"]
    per: Per
    cap: Cap = NO_CAPS
    unit: str = "次"
    step: Positive = Decimal(1)
    at_most: Positive | None = None
    times: tuple[Times, ...] = ()
    extra: tuple[Extra, ...] = ()
    floor: ClassVar[None] = None

    @cached_property
    def _only(self) -> tuple[Act, ...]:
        same = {name: getattr(self, name) for name in ("per", "unit", "step", "at_most", "times", "extra")}
        return (Act(id=self.id, label=self.label, **same),)

    @property
    def ways(self) -> tuple[Act, ...]:
        """The item itself as its one act, so that one way of counting serves all kinds."""
        return self._only


class Range(ItemBase):
    """A reviewer picks points within bounds and says why."""

    kind: Literal["range"]
    range: tuple[Points, Points]
    cap: Cap = NO_CAPS
    decided_by: Literal["one", "panel"] = "one"
    floor: ClassVar[None] = None

    @cached_property
    def _only(self) -> tuple[Act, ...]:
        return (Act(id=self.id, label=self.label, range=self.range, decided_by=self.decided_by),)

    @property
    def ways(self) -> tuple[Act, ...]:
        """The item itself as its one act, so that one way of counting serves all kinds."""
        return self._only


class Tier(ItemBase):
    """One grade, chosen by name or reached by a number; `when_silent` names the grade of whom nobody has graded."""

    kind: Literal["tier"]
    grades: tuple[Grade, ...] = Field(min_length=1)
    when_silent: Id = Field(description="the grade of whom nobody has graded; none: no points")
    several: Literal["best", "worst", "sum", "mean"] | None = Field(
        None, description="what counts when there are several grades"
    )

    @model_validator(mode="after")
    def _silent_grade_exists(self) -> Self:
        known = [*(grade.id for grade in self.grades), "none"]
        if self.when_silent not in known:
            raise ValueError(f"when_silent to be one of {', '.join(known)}")
        return self


class Step(Limits):
    """How much is cut when so much is missing."""

    cut: Points


class Shortfall(Counted):
    """A target missed: `each_missing` for every unit, or `steps` by what is missing (units, or percent of target)."""

    kind: Literal["shortfall"]
    full: Points
    target: Positive
    each_missing: Points | None = None
    steps: tuple[Step, ...] = ()
    by: Literal["count", "percent"] = "count"
    floor: Points | None = ZERO
    unit: str = "次"
    step: Positive = Decimal(1)

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.each_missing is None) == (not self.steps):
            raise ValueError("either each_missing or steps")
        return self


class Ratio(ItemBase):
    """`full` × an outside score / `of`, kept between zero and full unless `may_pass`."""

    kind: Literal["ratio"]
    full: Points
    of: Positive = Decimal(100)
    may_pass: bool = False
    when_silent: Points = ZERO
    several: Literal["mean", "best"] = "mean"


class Panel(Spec):
    """One group of voices in a review and its weight."""

    id: Id
    label: str
    weight: Positive


class Review(ItemBase):
    """`full` × the weighted mean of what several panels gave, out of `of`."""

    kind: Literal["review"]
    full: Points
    of: Positive = Decimal(100)
    panels: tuple[Panel, ...] = Field(min_length=1)
    missing_panel: Literal["reweigh", "zero"] | None = None
    when_silent: Points = ZERO


class Either(Listing):
    """Several ways, of which only the one that brings most counts."""

    kind: Literal["either"]
    acts: tuple[Act, ...] = Field(min_length=2)
    cap: Cap = NO_CAPS


class Factored(Spec):
    """A grade that multiplies."""

    id: Id
    label: str
    by: Factor


class Multiplier(ItemBase):
    """Multiplies what other items bring, by a grade (post, difficulty); its own line shows the difference."""

    kind: Literal["multiplier"]
    of: tuple[Id, ...] = Field(min_length=1, description="item ids")
    grades: tuple[Factored, ...] = Field(min_length=1)
    when_silent: Id | None = None


class Carry(ItemBase):
    """A share of last year's total, of what is above a line, up to a cap."""

    kind: Literal["carry"]
    share: Annotated[Decimal, Field(gt=0, le=1)]
    above: Points = ZERO
    cap: Cap = NO_CAPS


Item = Annotated[
    Deduct | Add | PerUnit | Range | Tier | Shortfall | Ratio | Review | Either | Multiplier | Carry,
    Field(discriminator="kind"),
]
