"""What the morning's message is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.work import Work


@dataclass(frozen=True, slots=True)
class WorkPage:
    """What waits; `branches` are the names of all branches."""

    work: tuple[Work, ...]
    branches: Mapping[int, str]
    now: datetime
    zone: ZoneInfo
