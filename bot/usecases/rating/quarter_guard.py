"""What a form's change means for the branch's quarter: a closed one takes none, a decision on it waits again."""

from __future__ import annotations

from bot.domain.forms import BranchQuarter, Form, FormState, RatingState
from bot.domain.periods import Quarter
from bot.errors import PeriodClosedError
from bot.storage.tx import Tx


async def require_quarter_open(tx: Tx, branch_id: int, quarter: Quarter) -> bool:
    """Raise PeriodClosedError once the branch has closed this quarter; True while it is being rated.

    The branch is held, so that it cannot close before this transaction ends.
    """
    return _is_open(await tx.periods.hold_branch_quarter(branch_id, quarter))


async def require_form_open(tx: Tx, form: Form) -> bool:
    """The same for the branch that rates the form's member: he may have moved since the month."""
    return _is_open(await tx.periods.hold_quarter_of_member(form.member_id, form.branch_id, form.month.quarter))


def _is_open(stand: BranchQuarter | None) -> bool:
    if stand is not None and stand.is_rated:
        raise PeriodClosedError(str(stand.quarter), stand.closed_at)
    return stand is not None


async def before_change(tx: Tx, form: Form) -> None:
    """The form is about to change: refuse it in a closed quarter; reopen a decision that rested on the old form."""
    if await require_form_open(tx, form):
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
