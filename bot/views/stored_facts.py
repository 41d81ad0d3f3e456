"""What the view of one's own data is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
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
