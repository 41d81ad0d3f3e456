"""A correction of published points: one item gets others, the branch is ranked anew, the ledger reversed and redone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.domain.forms import BranchQuarter, Form, QuarterResult
from bot.domain.objections import Correction, Objection
from bot.errors import NotFoundError, PointsOutOfRangeError, StaleCardError
from bot.scoring.adjusting import allowed, limits
from bot.scoring.points import from_hundredths, hundredths, show
from bot.scoring.ruleset import RuleSet
from bot.storage.tx import Tx
from bot.usecases.months.form_cards import counts_for_the_year, score_form
from bot.usecases.publicity.publish_quarter import rated_forms
from bot.usecases.rating.adjust_rating import Giving
from bot.usecases.rating.quarter_scores import branch_results


async def correct(tx: Tx, found: Objection, stand: BranchQuarter, giving: Giving, by: int, reason: str) -> Correction:
    """Give the item these points instead, and store what that makes of the whole branch; `stand` is locked."""
    form, rules = await require_correctable(tx, found, giving)
    before = _item_centi(rules, form, giving.item)
    decided = {
        "item": giving.item, "points": str(from_hundredths(giving.centi)), "reason": reason, "by": by,
        "at": tx.now.isoformat(),
    }  # fmt: skip
    overrides = [*(one for one in form.overrides if one["item"] != giving.item), decided]
    total = hundredths(score_form(rules, replace(form, overrides=overrides)).total)
    if not await tx.forms.change(form, overrides=overrides, total_centi=total):
        raise StaleCardError
    await tx.ledger.append(
        "form_corrected", period=str(form.month), subject=found.member_id, actor=by, free_text=reason,
        form=form.form_id, revision=form.revision + 1, objection=found.objection_id, item=giving.item,
        before_centi=before, after_centi=giving.centi, total_before_centi=form.total_centi, total_centi=total,
    )  # fmt: skip
    old, new = await _recompute(tx, stand, by)
    return Correction(
        form.month, giving.item, before, giving.centi, old[found.member_id].centi, new[found.member_id].centi
    )


async def require_correctable(tx: Tx, found: Objection, giving: Giving) -> tuple[Form, RuleSet]:
    """The form and its rules; NotFoundError without such an item, PointsOutOfRangeError beyond what it can give."""
    forms = await tx.forms.in_months(found.quarter.months, member_id=found.member_id)
    form = next((one for one in forms if one.month.number == giving.month and one.exempt is None), None)
    rules = await tx.periods.rules(form.ruleset_id) if form is not None else None
    if form is None or rules is None or not rules.has_item(giving.item):
        raise NotFoundError
    item = rules.item(giving.item)
    if not allowed(rules, item, from_hundredths(giving.centi)):
        low, high = limits(rules, item)
        raise PointsOutOfRangeError(show(low), show(high))
    return form, rules


def _item_centi(rules: RuleSet, form: Form, item_id: str) -> int | None:
    """What the item brought before; None for a bonus, which a month's points do not hold."""
    if counts_for_the_year(rules, item_id):
        return None
    return hundredths(score_form(rules, form).line(item_id).points)


async def _recompute(
    tx: Tx, stand: BranchQuarter, by: int
) -> tuple[dict[int, QuarterResult], dict[int, QuarterResult]]:
    """Store the branch's results as its forms make them now; returns them as they were and as they are, by member."""
    ruleset_id = (await tx.periods.get_quarter(stand.quarter)).ruleset_id
    old = {one.member_id: one for one in await tx.ratings.results_in(stand.quarter, branch_id=stand.branch_id)}
    new = await branch_results(tx, stand, ruleset_id, await rated_forms(tx, stand))
    await tx.ratings.put_results(new)
    changed = [one for one in new if _shown(one) != _shown(old[one.member_id])]
    reversed_seqs = await tx.ledger.newest_of("result", str(stand.quarter))
    await tx.ledger.append_many(_entries(stand, by, old, changed, reversed_seqs))
    return old, {one.member_id: one for one in new}


def _shown(result: QuarterResult) -> tuple[int | None, int | None, int]:
    return result.centi, result.rank, result.ranked_of


def _entries(
    stand: BranchQuarter, by: int, old: dict[int, QuarterResult], changed: Sequence[QuarterResult],
    reversed_seqs: dict[int, int],
) -> list[Mapping[str, Any]]:  # fmt: skip
    """What was published is reversed by its number, then written anew, for each member whose points or rank moved."""
    entries: list[Mapping[str, Any]] = []
    for one in changed:
        about = {"period": str(stand.quarter), "subject": one.member_id, "actor": by, "branch": stand.branch_id}
        was = old[one.member_id]
        entries += [
            {"kind": "result_reversed", **about, "reverses": reversed_seqs[one.member_id],
             "centi": was.centi, "rank": was.rank, "of": was.ranked_of},
            {"kind": "result", **about, "centi": one.centi, "rank": one.rank, "of": one.ranked_of},
        ]  # fmt: skip
    return entries
