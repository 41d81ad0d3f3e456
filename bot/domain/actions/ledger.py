"""The ledger as a file."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.actions.base import Action


@dataclass(frozen=True, slots=True)
class OpenLedger(Action):
    """Which part of the ledger is wanted; branch 0 is the widest that the person may see."""

    code = "L"
    branch_id: int = 0


@dataclass(frozen=True, slots=True)
class DownloadLedger(Action):
    """The ledger of a branch (0: all) and a quarter (empty: all) as a file."""

    code = "LD"
    branch_id: int
    quarter: str
