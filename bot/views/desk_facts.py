"""What the branch desk's views are told: a month's forms, one member's form, and the rolls."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.forms import Form, FormState
from bot.domain.people import Person
from bot.domain.periods import Month
from bot.scoring.facts import Fact
from bot.scoring.items import Item
from bot.views.facts import FormCard
from bot.views.rating_facts import Claim


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One member's form of the month; `reachable` says whether the bot can write to him."""

    person: Person
    form: Form | None
    reachable: bool
    own: bool

    @property
    def counts(self) -> bool:
        """Whether a form is expected of him."""
        return self.form is not None and self.form.exempt is None

    @property
    def waits(self) -> bool:
        """Whether it is still to be handed in."""
        return self.counts and self.form is not None and self.form.state is not FormState.SUBMITTED


@dataclass(frozen=True, slots=True)
class Desk:
    """A branch's month: who has handed in and who has not; before the month opens there are only rolls."""

    branch: str
    month: Month
    rows: tuple[DeskRow, ...]
    closes_at: datetime | None
    previous: Month | None
    following: Month | None
    records: bool
    nudged: bool
    now: datetime
    zone: ZoneInfo

    @property
    def expected(self) -> int:
        """How many forms are expected."""
        return sum(row.counts for row in self.rows)

    @property
    def waiting(self) -> tuple[DeskRow, ...]:
        """Those whose form is still to come."""
        return tuple(row for row in self.rows if row.waits)

    @property
    def to_nudge(self) -> tuple[DeskRow, ...]:
        """Those who can be asked now: not the viewer, reachable, and still able to hand in."""
        return tuple(
            row
            for row in self.waiting
            if not row.own and row.reachable and row.form is not None and row.form.takes_answers(self.now)
        )


@dataclass(frozen=True, slots=True)
class Nudged:
    """How many were asked, who wants his rest today, and how many have been asked as often as a month allows."""

    asked: int
    resting: tuple[str, ...]
    spared: int


@dataclass(frozen=True, slots=True)
class MemberForm:
    """One member's form as those who collect it see it, with what they may do now."""

    card: FormCard
    claims: tuple[Claim, ...]
    reachable: bool
    may_return: bool
    may_enter: bool


@dataclass(frozen=True, slots=True)
class RollBook:
    """The items that are recorded for a month, each with how many members have a record."""

    branch: str
    month: Month
    items: tuple[tuple[Item, int], ...]
    members: int


@dataclass(frozen=True, slots=True)
class RollRow:
    """What is recorded of one member: None is nothing yet, an empty tuple is nothing amiss."""

    person: Person
    facts: tuple[Fact, ...] | None
    counts: bool


@dataclass(frozen=True, slots=True)
class RollPage:
    """One item's roll; the viewer himself is recorded by somebody else."""

    branch: str
    month: Month
    item: Item
    rows: tuple[RollRow, ...]

    @property
    def unrecorded(self) -> tuple[RollRow, ...]:
        """Those who count and have no record yet."""
        return tuple(row for row in self.rows if row.counts and row.facts is None)

    def row(self, member_id: int) -> RollRow | None:
        """The row of this member."""
        return next((row for row in self.rows if row.person.member_id == member_id), None)

    def recorded(self, member_ids: Collection[int], facts: tuple[Fact, ...]) -> RollPage:
        """The same roll once this is recorded of these members."""
        rows = (replace(row, facts=facts) if row.person.member_id in member_ids else row for row in self.rows)
        return replace(self, rows=tuple(rows))
