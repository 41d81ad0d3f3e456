"""What the ledger 台账 is put into words with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.chain import Proof
from bot.domain.periods import Quarter
from bot.scoring.table import RuleSet


@dataclass(frozen=True, slots=True)
class Scope:
    """What is exported: all of it, or a branch, a quarter, a person; `confidential`: reasons of objections too."""

    branch_id: int | None = None
    quarter: Quarter | None = None
    member_id: int | None = None
    confidential: bool = True


@dataclass(frozen=True, slots=True)
class Named:
    """A member as the ledger names him."""

    name: str
    staff_no: str


@dataclass(frozen=True, slots=True)
class Stay:
    """A member's time in a branch, the last day exclusive."""

    branch_id: int
    from_on: date | None
    to_on: date | None


@dataclass(frozen=True, slots=True)
class LedgerWords:
    """Everything that ids and codes of entries are looked up in; `rules` by the stored name of a period."""

    organisation: str
    people: Mapping[int, Named]
    stays: Mapping[int, tuple[Stay, ...]]
    branches: Mapping[int, str]
    rules: Mapping[str, RuleSet]
    zone: ZoneInfo

    def branch_of(self, facts: Mapping[str, Any], subject_id: int | None, on: date) -> int | None:
        """The branch that an entry concerns: the one it names, or the member's at that time."""
        if isinstance(named := facts.get("branch"), int):
            return named
        for stay in self.stays.get(subject_id or 0, ()):
            if (stay.from_on is None or stay.from_on <= on) and (stay.to_on is None or on < stay.to_on):
                return stay.branch_id
        return None


@dataclass(frozen=True, slots=True)
class Written:
    """One entry as it is to be told; `reason` is None where there never was one, `erased` where it was taken out."""

    seq: int
    at: datetime
    kind: str
    period: str
    subject_id: int | None
    actor_id: int | None
    branch_id: int | None
    facts: Mapping[str, Any]
    reason: str | None
    erased: bool
    hash: str


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """An export that was written, with the proof of the whole chain it was taken from."""

    content: bytes
    rows: int
    proof: Proof
    name: str


@dataclass(frozen=True, slots=True)
class LedgerChoice:
    """What can be exported in chat: of one branch (None: of all), by quarter; `branches` only for who may see all."""

    branch_id: int | None
    branch: str
    quarters: tuple[Quarter, ...]
    branches: tuple[tuple[int, str], ...]
