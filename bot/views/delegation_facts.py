"""What the views of delegations are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.domain.delegation import Delegation
from bot.domain.people import Office, Person


@dataclass(frozen=True, slots=True)
class DelegationCard:
    """One delegation with both names; the last day is inclusive."""

    delegation: Delegation
    principal: str
    delegate: str
    first_on: date
    last_on: date
    holds: bool


@dataclass(frozen=True, slots=True)
class DelegationPage:
    """The visitor's own offices that he may give away, what he gave and what was given to him."""

    person: Person
    offices: tuple[Office, ...]
    given: tuple[DelegationCard, ...]
    received: tuple[DelegationCard, ...]


@dataclass(frozen=True, slots=True)
class StandInChoice:
    """Who could hold the office; `searched` is what was typed, None where the list is the branch's."""

    office: Office
    candidates: tuple[Person, ...]
    is_branch: bool
    searched: str | None = None


@dataclass(frozen=True, slots=True)
class DelegationDraft:
    """A delegation that is being written down."""

    principal: Person
    office: Office
    delegate: Person
    today: date
    first_on: date | None = None
    last_on: date | None = None
