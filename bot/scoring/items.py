"""What a rule set can say about one item: its acts and grades, and the kinds of items."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from bot.scoring.facts import Source
from bot.scoring.limits import Id, Limits, Number, Spec
from bot.scoring.points import ZERO

Points = Annotated[Number, Field(description="points")]
Positive = Annotated[Number, Field(gt=0)]
Factor = Annotated[Number, Field(gt=0, le=100)]
Length = Literal["day", "month", "quarter", "half_year", "year"]
LENGTHS: tuple[Length, ...] = ("day", "month", "quarter", "half_year", "year")


class Evidence(StrEnum):
    """Whether a claim needs a note or a photo."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


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


class Listing(ItemBase):
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


class PerUnit(ItemBase):
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


class Shortfall(ItemBase):
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
    cap: Cap = NO_CAPS


class Carry(ItemBase):
    """A share of last year's total, of what is above a line, up to a cap."""

    kind: Literal["carry"]
    share: Annotated[Decimal, Field(gt=0, le=1)]
    above: Points = ZERO
    cap: Cap = NO_CAPS


Counting = Deduct | Add | PerUnit | Range
Item = Annotated[
    Deduct | Add | PerUnit | Range | Tier | Shortfall | Ratio | Review | Either | Multiplier | Carry,
    Field(discriminator="kind"),
]
