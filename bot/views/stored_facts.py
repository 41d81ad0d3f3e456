"""What the view of one's own data is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.people import Person
from bot.domain.periods import Month
from bot.scoring.table import RuleSet

Stored = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StoredTable:
    """One table's rows; `by_person`: the person only acted on somebody else there."""

    name: str
    rows: tuple[Stored, ...]
    by_person: bool


@dataclass(frozen=True, slots=True)
class MyData:
    """Everything stored about one person, instants as ISO text in UTC, points in hundredths."""

    person: Person
    organisation: str
    tables: tuple[StoredTable, ...]
    branches: Mapping[int, str]
    rules: Mapping[Month, RuleSet]
    now: datetime
    zone: ZoneInfo

    def local(self, stored: str) -> datetime:
        """A stored instant in the organisation's zone."""
        return datetime.fromisoformat(stored).astimezone(self.zone)

    def day(self, stored: str) -> date:
        """The organisation's day of a stored instant."""
        return self.local(stored).date()

    def label(self, month: Month, item: str) -> str:
        """What the month's table calls an item; an item that it does not have stands for itself."""
        rules = self.rules.get(month)
        return rules.item(item).label if rules is not None and rules.has_item(item) else item
