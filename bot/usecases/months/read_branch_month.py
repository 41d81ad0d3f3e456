"""一月一小结: how a branch's month went, for those who lead it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.domain.forms import Form, FormState
from bot.domain.periods import Month
from bot.domain.spread import Spread, spread_of
from bot.domain.timetable import Timetable
from bot.scoring.points import from_hundredths
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.views.facts import BranchMonth, ComingRating


class ReadBranchMonth:
    """A branch's month, for the letter that speaks of it."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, branch_id: int, month: str) -> BranchMonth:
        """Who has handed in and who has not, how the points are spread, and what comes next."""
        which = Month.parse(month)
        async with self._store.read() as tx:
            names = {person.member_id: person.name for person in await tx.people.in_branch(branch_id)}
            forms = await tx.forms.in_months([which], branch_id=branch_id)
            counted = [form for form in forms if form.exempt is None and form.member_id in names]
            return BranchMonth(
                branch=(await tx.people.get_branch(branch_id)).name,
                month=which,
                expected=len(counted),
                missing=tuple(names[form.member_id] for form in counted if form.state is FormState.OPEN),
                returned=tuple(names[form.member_id] for form in counted if form.state is FormState.RETURNED),
                exempt=len(forms) - len(counted),
                spread=_spread(counted),
                before=_spread(await tx.forms.in_months([which.previous], branch_id=branch_id)),
                next_opens_at=await self._next_opens_at(tx, which.next),
                rating=await self._rating(tx, branch_id, which),
                zone=self._timetable.zone,
            )

    async def _next_opens_at(self, tx: Tx, following: Month) -> datetime | None:
        """When the next form opens; None once it has."""
        opened = await tx.periods.find_month(following)
        return self._timetable.month_opens_at(following) if opened is None else None

    async def _rating(self, tx: Tx, branch_id: int, month: Month) -> ComingRating | None:
        """When the branch rates the quarter that ended with this month; None if it does not, or has done so."""
        quarter = month.quarter
        if month != quarter.months[-1]:
            return None
        stand = await tx.periods.find_branch_quarter(branch_id, quarter)
        if stand is None:
            closed_at = (await tx.periods.get_month(month)).closes_at
            return ComingRating(self._timetable.rating_opens_at(closed_at), self._timetable.rating_due_at(quarter))
        return None if stand.is_rated else ComingRating(None, stand.rating_due_at)


def _spread(forms: Iterable[Form]) -> Spread | None:
    """Of the points that were handed in."""
    return spread_of(
        from_hundredths(form.total_centi) for form in forms if form.exempt is None and form.state is FormState.SUBMITTED
    )
