"""What a form's change means for the branch's quarter: a closed one takes none, a decision on it waits again."""

from __future__ import annotations

from bot.domain.forms import BranchState, Form, FormState, RatingState
from bot.domain.periods import Quarter
from bot.errors import PeriodClosedError
from bot.storage.tx import Tx


async def require_quarter_open(tx: Tx, branch_id: int, quarter: Quarter) -> bool:
    """Raise PeriodClosedError once the branch has closed this quarter; True while it is being rated.

    The branch is held, so that it cannot close before this transaction ends.
    """
    found = await tx.periods.hold_branch_quarter(branch_id, quarter)
    if found is not None and found.state is BranchState.CLOSED:
        raise PeriodClosedError(str(quarter), found.closed_at)
    return found is not None


async def before_change(tx: Tx, form: Form) -> None:
    """The form is about to change: refuse it in a closed quarter; reopen a decision that rested on the old form."""
    if await require_quarter_open(tx, form.branch_id, form.month.quarter):
        await tx.ratings.reopen(form.member_id, form.month.quarter)


async def rate_again(tx: Tx, form: Form) -> None:
    """A form that was sent back came in again: the member waits for his rating once none is out any more."""
    quarter = form.month.quarter
    rating = await tx.ratings.find(form.member_id, quarter)
    if rating is None or rating.state is not RatingState.RETURNED:
        return
    others = await tx.forms.in_months(quarter.months, member_id=form.member_id)
    if all(other.form_id == form.form_id or other.state is not FormState.RETURNED for other in others):
        await tx.ratings.change(rating, state=RatingState.PENDING, decided_by=None, decided_at=None, postponed_at=None)
