"""What the views of publicity are told: how long points are shown, and what keeps a quarter from being shown."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.forms import BranchQuarter, BranchState
from bot.domain.periods import Quarter


@dataclass(frozen=True, slots=True)
class Publicity:
    """Since when points are shown, until when one may object (exclusive), and when they became final."""

    published_at: datetime
    ends_at: datetime
    final_at: datetime | None
    now: datetime

    @classmethod
    def of(cls, stand: BranchQuarter | None, now: datetime) -> Publicity | None:
        """A branch's publicity; None before it has begun."""
        if stand is None or stand.published_at is None or stand.publicity_ends_at is None:
            return None
        return cls(stand.published_at, stand.publicity_ends_at, stand.final_at, now)

    @property
    def is_running(self) -> bool:
        """Whether one may still object."""
        return self.final_at is None and self.now < self.ends_at


@dataclass(frozen=True, slots=True)
class Corrected:
    """A member's quarter that an upheld objection changed; the name is None where this reader may not see it."""

    name: str | None
    before_centi: int | None
    after_centi: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class BranchStand:
    """A branch by name, and where it stands."""

    branch: str
    stand: BranchQuarter


@dataclass(frozen=True, slots=True)
class PublicityCard:
    """A quarter's publication, for the committee."""

    quarter: Quarter
    publishes_at: datetime
    would_end_at: datetime
    branches: tuple[BranchStand, ...]
    disputed: int
    """How many branches have unsettled objections."""
    now: datetime
    zone: ZoneInfo

    def of(self, *states: BranchState) -> tuple[str, ...]:
        """The branches in these states, by name."""
        return tuple(one.branch for one in self.branches if one.stand.state in states)

    @property
    def ready(self) -> tuple[str, ...]:
        """The branches that can be shown now."""
        return self.of(BranchState.REVIEWED)

    @property
    def unready(self) -> tuple[str, ...]:
        """The branches that are still being rated or reviewed."""
        return self.of(BranchState.RATING, BranchState.REVIEW)

    @property
    def shown(self) -> tuple[str, ...]:
        """The branches whose members have been shown their points."""
        return self.of(BranchState.PUBLIC, BranchState.FINAL)

    @property
    def may_publish(self) -> bool:
        """Whether something can be shown: from the planned moment on, before it only when every branch is reviewed."""
        return bool(self.ready) and (not self.unready or self.now >= self.publishes_at)

    @property
    def seal(self) -> int:
        """A checksum of the branches that would be shown together."""
        ready = sorted(one.stand.branch_id for one in self.branches if one.stand.state is BranchState.REVIEWED)
        return zlib.crc32(",".join(map(str, ready)).encode())
