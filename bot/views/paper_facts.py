"""What is written on paper about a quarter: a branch's poster and the committee's bulletin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.domain.chain import Head
from bot.domain.periods import Quarter
from bot.domain.spread import Spread
from bot.views.result_facts import Board


@dataclass(frozen=True, slots=True)
class PosterFacts:
    """A branch's board as its own group may see it, and how the ledger ended when the poster was made."""

    board: Board
    organisation: str
    head: Head


@dataclass(frozen=True, slots=True)
class BranchInBulletin:
    """One branch: its means, None where nobody is rated, and the mean's change against the quarter before."""

    branch: str
    rated: int
    by_dimension: tuple[Decimal | None, ...]
    mean: Decimal | None
    change: Decimal | None


@dataclass(frozen=True, slots=True)
class Completion:
    """How far the quarter's steps were taken: forms by number, the others by branch."""

    forms: int
    forms_in: int
    branches: int
    rated_in_time: int
    reviewed: int
    final: int


@dataclass(frozen=True, slots=True)
class Riser:
    """A member who gained much against the quarter before."""

    name: str
    gain: Decimal


@dataclass(frozen=True, slots=True)
class Movers:
    """Members against the quarter before: `new` were not rated in it. Who fell is never named."""

    up: int
    down: int
    level: int
    new: int
    risers: tuple[Riser, ...] = ()

    @property
    def compared(self) -> int:
        """How many were rated in both quarters."""
        return self.up + self.down + self.level


@dataclass(frozen=True, slots=True)
class ObjectionCounts:
    """The quarter's objections by what became of them; `mean_days` from filing to the first answer."""

    filed: int
    upheld: int
    partly: int
    rejected: int
    withdrawn: int
    unsettled: int
    mean_days: Decimal | None


@dataclass(frozen=True, slots=True)
class BurdenFigures:
    """Prompts each member had of a month's form, over all `member_months` of the quarter."""

    member_months: int
    mean: Decimal
    most: int
    ceiling: int


@dataclass(frozen=True, slots=True)
class BulletinFacts:
    """一季一通报: what the committee reads of a quarter."""

    organisation: str
    quarter: Quarter
    rules: tuple[str, str]
    """The table's title and version."""
    dimensions: tuple[str, ...]
    branches: tuple[BranchInBulletin, ...]
    """The highest mean first, those without one last."""
    completion: Completion
    not_rated: int
    spread: Spread | None
    before: Spread | None
    line: Decimal | None
    under_line: int
    movers: Movers
    objections: ObjectionCounts
    burden: BurdenFigures
    has_group: bool
    """Whether a review group looks at what the branches close."""
    final_at: datetime | None
    """When the last branch became final; None while one is not."""
    head: Head
    zone: ZoneInfo
