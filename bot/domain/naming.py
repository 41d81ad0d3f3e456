"""Naming somebody under the line outside the responsible circle: only by the branch's recorded decision, for a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.forms import Meeting
from bot.domain.periods import Quarter

LONGEST_DAYS = 90


@dataclass(frozen=True, slots=True)
class Naming:
    """One member whom his branch decided to name in its group until `ends_at` (exclusive)."""

    naming_id: int
    branch_id: int
    quarter: Quarter
    member_id: int
    meeting: Meeting
    decided_by: int
    decided_at: datetime
    ends_at: datetime
    ended_at: datetime | None = None
