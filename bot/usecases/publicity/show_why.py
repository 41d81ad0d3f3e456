"""为什么是这个分: everything that led to one month's points, for the member alone."""

from __future__ import annotations

from datetime import datetime

from bot.domain.forms import BranchQuarter, Form, Rating
from bot.domain.may import Deed, Subject
from bot.domain.periods import Month
from bot.domain.timetable import Timetable
from bot.errors import NoFormYetError, NotFoundError
from bot.scoring.facts import facts_from_json
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.months.beginnings import next_form_on
from bot.usecases.months.form_cards import override_from_json, score_form
from bot.usecases.people.delegation_cards import RATED_BY, on_behalf_of
from bot.usecases.publicity.personal_quarters import stands
from bot.usecases.visit import Visit, must
from bot.views.result_facts import Adjusted, WhyMonth

PAGES_BACK = 12


class ShowWhy:
    """Gathers one month of whoever visits: facts, cuts, decisions and the rule version."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, month: Month | None = None) -> WhyMonth:
        """A month of the visitor (the newest without one), or NoFormYetError before his first."""
        async with self._store.read() as tx:
            person = await visit.enter(tx)
            must(person, Deed.SEE_OWN, Subject.of(person))
            forms = {form.month: form for form in await tx.forms.of_member(person.member_id)}
            which = month or max(forms, default=None)
            if which is None:
                raise NoFormYetError(await next_form_on(tx, self._timetable))
            if which not in forms:
                raise NotFoundError
            form = forms[which]
            rules = await tx.periods.rules(form.ruleset_id)
            rating = await tx.ratings.find(person.member_id, which.quarter)
            answers = facts_from_json(form.answers)
            adjusted, recorded = _adjusted(form), await self._recorded(tx, form)
            deciders = {
                rating.decided_by if rating else None,
                form.submitted_by,
                *adjusted.values(),
                *recorded.values(),
            }
            names = await tx.people.names(who for who in deciders if who is not None)
            return WhyMonth(
                person=person, form=form, stands=stands(form, tx.now), rules=rules,
                answers=answers, score=score_form(rules, form, answers),
                adjusted={
                    one["item"]: Adjusted(
                        override_from_json(one),
                        names.get(adjusted[one["item"]] or 0, ""),
                        datetime.fromisoformat(one["at"]) if one.get("at") else None,
                    )
                    for one in form.overrides
                },
                recorded={item: names.get(who or 0, "") for item, who in recorded.items()},
                rating=rating,
                rater=names.get((rating.decided_by if rating else None) or 0, ""),
                rated_for=await on_behalf_of(tx, rating.decided_by, rating.decided_at, *RATED_BY) if rating else "",
                submitted_by=names.get(form.submitted_by or 0, ""),
                months=tuple(sorted(forms)[-PAGES_BACK:]),
                zone=self._timetable.zone,
            )  # fmt: skip

    async def _recorded(self, tx: Tx, form: Form) -> dict[str, int | None]:
        records = await tx.forms.records(form.month, member_ids=[form.member_id])
        return {record.item: record.recorded_by for record in records}


async def _stand(tx: Tx, rating: Rating | None) -> BranchQuarter | None:
    return await tx.periods.find_branch_quarter(rating.branch_id, rating.quarter) if rating is not None else None


def _adjusted(form: Form) -> dict[str, int | None]:
    """Who decided on which item."""
    return {one["item"]: int(one["by"]) if str(one["by"]).isdigit() else None for one in form.overrides}
