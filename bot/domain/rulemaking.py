"""How a table comes into force: proposed, confirmed by two different persons, effective from a month not yet opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.periods import Month


class ProposalState(StrEnum):
    """draft → open → adopted, or turned down, taken back, or replaced by a newer proposal."""

    DRAFT = "draft"
    OPEN = "open"
    ADOPTED = "adopted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A table that somebody wants in force; its text and day never change. `confirmed_by` is the first who agreed.

    `proposed_by` is None for the operator; `decided_by` is who agreed second, turned it down or took it back.
    """

    proposal_id: int
    name: str
    version: str
    text: str
    effective_on: date
    state: ProposalState
    revision: int
    proposed_by: int | None
    proposed_at: datetime
    confirmed_by: int | None = None
    confirmed_at: datetime | None = None
    decided_by: int | None = None
    decided_at: datetime | None = None
    reason: str | None = None
    ruleset_id: int | None = None

    @property
    def is_settled(self) -> bool:
        """Whether nothing can be decided any more."""
        return self.state not in {ProposalState.DRAFT, ProposalState.OPEN}


def first_free_month(newest_opened: Month | None, today: date) -> Month:
    """The first month that a new table may govern: the one after the newest opened, or the present one."""
    return newest_opened.next if newest_opened is not None else Month.of(today)


def may_take_effect(day: date, first_free: Month) -> bool:
    """Whether a table may take effect on this day: the first of a month that is not opened yet."""
    return day.day == 1 and Month.of(day) >= first_free


def splits_quarter(day: date) -> bool:
    """Whether the quarter would have months by two tables."""
    return Month.of(day) != Month.of(day).quarter.months[0]
