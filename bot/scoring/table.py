"""A rule set: dimensions, parts, items, bonus, veto, bands and policies."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from bot.scoring.acts import NO_CAPS, Cap, Points
from bot.scoring.items import Item
from bot.scoring.limits import Id, Limits, Spec
from bot.scoring.points import ONE, ZERO
from bot.scoring.policies import Policies, Share

PeriodLength = Literal["month", "quarter", "half_year", "year"]


class Named(Spec):
    """An id and what people read."""

    id: Id
    label: str


class Frame(Spec):
    """Where a sum starts and the ends it is kept between."""

    start: Points = ZERO
    floor: Points | None = Field(None, description="the least it can come to; null: below zero is possible")
    full: Points | None = Field(None, description="the most it can come to; null: no ceiling")


class Part(Frame):
    """A class of points; `duty` marks the one that is nobody's extra effort; `weight` scales it in the total."""

    id: Id
    label: str
    duty: bool = False
    weight: Annotated[Decimal, Field(gt=0)] = ONE


class Group(Spec):
    """Items under a common cap, or of which only the best counts."""

    id: Id
    label: str
    items: tuple[Id, ...] = Field(min_length=2)
    cap: Cap = NO_CAPS
    pick: Literal["sum", "best"] = "sum"


class Bonus(Spec):
    """Points outside the full ones, with a cap of their own, credited once a year or with every period."""

    label: str = "独立加分"
    cap: Points | None = None
    per: Literal["year", "period"] = "year"
    items: tuple[Item, ...] = ()


class Veto(Spec):
    """Acts that make a year's points (or only the period's) zero."""

    when: tuple[Named, ...] = ()
    scope: Literal["year", "period"] = "year"


class Quota(Spec):
    """At most this share of a branch may stand in the band."""

    share: Share


class Band(Limits):
    """A named stretch of the year's points, with what the source lets follow."""

    id: Id
    label: str
    quota: Quota | None = None
    stars: int | None = None
    member_class: str = ""
    follows: str = ""
    per: Literal["period", "quarter", "year"] = "year"


class MemberClass(Spec):
    """A category of members with a base of its own, items that do not bind it, or no points at all."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,15}$")]
    label: str
    starts: Mapping[str, Points | None] = Field(
        {}, description="part id (or total) to where it starts; null: not published"
    )
    exempt: tuple[Id, ...] = ()
    rated: bool = True


class Provenance(Spec):
    """Whose rule it is, how good the copy is, and what it leaves out."""

    org: str = ""
    quality: Literal["own", "official", "press", "share", "code", "guide"] = "own"
    refs: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class RuleSet(Spec):
    """One version of one organisation's rules. Look up items by `item(id)`; `items` keeps the order of the table."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    version: Annotated[str, BeforeValidator(str)]
    title: str
    effective_from: date | None = None
    period: PeriodLength = "month"
    year_starts: Annotated[int, Field(ge=1, le=12, description="the month a year of points begins with")] = 1
    source: Provenance = Provenance()
    dimensions: tuple[Named, ...] = ()
    total: Frame = Frame()
    parts: tuple[Part, ...] = ()
    items: tuple[Item, ...] = ()
    groups: tuple[Group, ...] = ()
    bonus: Bonus = Bonus()
    veto: Veto = Veto()
    classes: tuple[MemberClass, ...] = ()
    bands: tuple[Band, ...] = ()
    policies: Policies = Policies()
    accepts: Mapping[str, str] = Field(
        {}, description="linter warnings the organisation knows of and keeps, each with its reason"
    )

    def __hash__(self) -> int:
        return hash((self.id, self.version))

    @cached_property
    def _by_id(self) -> dict[str, Item]:
        return {item.id: item for item in (*self.items, *self.bonus.items)}

    def item(self, item_id: str) -> Item:
        """The item, of the table or of the bonus; a KeyError if there is none."""
        return self._by_id[item_id]

    @cached_property
    def _bonus_ids(self) -> frozenset[str]:
        return frozenset(item.id for item in self.bonus.items)

    def is_bonus(self, item_id: str) -> bool:
        """Whether the item stands outside the table, in the bonus."""
        return item_id in self._bonus_ids

    def has_item(self, item_id: str) -> bool:
        """Whether the table or the bonus has it."""
        return item_id in self._by_id

    def items_of(self, *, dimension: str | None = None, part: str | None = None) -> tuple[Item, ...]:
        """The items of a dimension, of a part, or of both, in table order (without the bonus)."""
        return tuple(item for item in self.items if dimension in (None, item.dimension) and part in (None, item.part))

    def member_class(self, class_id: str) -> MemberClass | None:
        """The class of that id."""
        return next((one for one in self.classes if one.id == class_id), None)
