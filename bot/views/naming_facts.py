"""What the views of naming are told: who could be named in a branch's group, who is, and by which decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.domain.forms import Meeting
from bot.domain.naming import LONGEST_DAYS, Naming
from bot.domain.periods import Quarter


@dataclass(frozen=True, slots=True)
class Nameable:
    """A member under the line; `naming` is there once he was named for this quarter."""

    member_id: int
    name: str
    points: Decimal | None
    naming: Naming | None = None


@dataclass(frozen=True, slots=True)
class NamingCard:
    """The branch's members under the line, in the order of their ids, which the bits of a choice follow."""

    branch: str
    branch_id: int
    quarter: Quarter
    members: tuple[Nameable, ...]
    entitled: int
    has_group: bool
    line: Decimal | None
    today: date
    zone: ZoneInfo

    def chosen(self, bits: int) -> tuple[Nameable, ...]:
        """The members whose bits are set and who were not named before."""
        return tuple(one for place, one in enumerate(self.members) if one.naming is None and bits >> place & 1)

    @property
    def named(self) -> tuple[Nameable, ...]:
        """Those who are named now."""
        return tuple(one for one in self.members if one.naming is not None and one.naming.ended_at is None)

    @property
    def last_day(self) -> date:
        """The last day until which somebody may be named."""
        return self.today + timedelta(days=LONGEST_DAYS - 1)


@dataclass(frozen=True, slots=True)
class NamesInGroup:
    """What the branch's group reads; without names, that they were taken down. `posted` is the message that says it."""

    branch: str
    quarter: Quarter
    meeting: Meeting | None
    names: tuple[str, ...]
    until: date | None
    posted: int | None
