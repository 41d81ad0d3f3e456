"""What the database says of the system's state: how much waits, for how long, and how new the schema is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from bot.storage.revision import NEWEST, SELECT_REVISION
from bot.storage.schema import dead_letter
from bot.storage.tx import Tx


@dataclass(frozen=True, slots=True)
class Figures:
    """`oldest_due_at` is None where no letter is due now; `is_current` tells of the schema."""

    letters: dict[str, int]
    oldest_due_at: datetime | None
    dead_letters: int
    is_current: bool


async def read_figures(tx: Tx) -> Figures:
    """The figures as they stand."""
    next_due_at = await tx.letters.next_due_at()
    return Figures(
        letters=await tx.letters.counts(),
        oldest_due_at=next_due_at if next_due_at is not None and next_due_at <= tx.now else None,
        dead_letters=int(await tx.connection.scalar(select(func.count()).select_from(dead_letter)) or 0),
        is_current=await tx.connection.scalar(SELECT_REVISION) == NEWEST,
    )
