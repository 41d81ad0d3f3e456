"""Claims against the platforms' records, for a branch's raters and for the review group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.domain.forms import Form
from bot.domain.periods import Quarter
from bot.domain.platforms import Disagreement
from bot.scoring.checking import ClaimedMonth, disagreements
from bot.scoring.facts import Answers, facts_from_json
from bot.scoring.table import RuleSet
from bot.storage.tx import Tx
from bot.usecases.months.form_cards import overrides_of


async def disagreements_of(tx: Tx, branch_id: int, quarter: Quarter) -> tuple[Disagreement, ...]:
    """Every claim of the branch's rated members that differs from the records, by member, month and item."""
    ids = [rating.member_id for rating in await tx.ratings.in_branch(branch_id, quarter)]
    forms: dict[int, list[Form]] = {}
    for form in await tx.forms.in_months(quarter.months, member_ids=ids):
        forms.setdefault(form.member_id, []).append(form)
    rules = {form.ruleset_id: await tx.periods.rules(form.ruleset_id) for own in forms.values() for form in own}
    against = await against_records(tx, quarter, forms, rules)
    return tuple(found for member_id in ids for found in against.get(member_id, ()))


async def against_records(
    tx: Tx, quarter: Quarter, forms: Mapping[int, Sequence[Form]], rules: Mapping[int, RuleSet]
) -> dict[int, tuple[Disagreement, ...]]:
    """The same for these members' forms of the quarter, by member id; members who agree are not among them."""
    books = await tx.platforms.books(quarter, forms)
    if not books:
        return {}
    found = {
        member_id: disagreements(member_id, quarter, _claimed(own, rules), books) for member_id, own in forms.items()
    }
    return {member_id: differing for member_id, differing in found.items() if differing}


def _claimed(forms: Iterable[Form], rules: Mapping[int, RuleSet]) -> list[ClaimedMonth]:
    counting = sorted((form for form in forms if form.exempt is None), key=lambda form: form.month)
    return [ClaimedMonth(form.month, rules[form.ruleset_id], _standing(form)) for form in counting]


def _standing(form: Form) -> Answers:
    """What the form says but for the items that the branch has decided otherwise: of these, no claim is left."""
    settled = {override.item for override in overrides_of(form)}
    return {item: facts for item, facts in facts_from_json(form.answers).items() if item not in settled}
