"""A branch's quarter that is closed takes no more changes."""

from __future__ import annotations

from bot.domain.forms import BranchState
from bot.domain.periods import Quarter
from bot.errors import PeriodClosedError
from bot.storage.tx import Tx


async def require_quarter_open(tx: Tx, branch_id: int, quarter: Quarter) -> None:
    """Raise PeriodClosedError once the branch has closed this quarter."""
    found = await tx.periods.find_branch_quarter(branch_id, quarter, hold=True)
    if found is not None and found.state is BranchState.CLOSED:
        raise PeriodClosedError(str(quarter), found.closed_at)
