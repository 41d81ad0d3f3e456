"""From forms to a quarter: what a month left, what the months make, and a branch's members by rank."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.domain.forms import BranchQuarter, Form, QuarterResult
from bot.scoring.means import MonthResult, PeriodScore, quarter_score
from bot.scoring.points import ZERO, hundredths, mean, round_half_up
from bot.scoring.ranks import Ranked, rank
from bot.scoring.ruleset import RuleSet
from bot.storage.tx import Tx
from bot.usecases.months.form_cards import score_form


def month_result(rules: RuleSet, form: Form) -> MonthResult:
    """The month of one form, with the branch's adjustments; an exempt month does not count."""
    score = score_form(rules, form)
    exempt = form.exempt.value if form.exempt is not None else None
    return MonthResult(form.month, score.total if score.rated else None, score.by_part, score.by_dimension, exempt)


@dataclass(frozen=True, slots=True)
class MemberQuarter:
    """What one member comes to before the branch is ranked."""

    months: tuple[MonthResult, ...]
    score: PeriodScore


async def quarter_of(tx: Tx, ruleset_id: int, forms: Sequence[Form]) -> MemberQuarter:
    """One member's months, each by its own rules, and the quarter by the rules in force when it was opened."""
    months = tuple([month_result(await tx.periods.rules(form.ruleset_id), form) for form in forms])
    return MemberQuarter(months, quarter_score(await tx.periods.rules(ruleset_id), months))


async def branch_results(
    tx: Tx, found: BranchQuarter, ruleset_id: int, forms: Mapping[int, Sequence[Form]]
) -> list[QuarterResult]:
    """The results of a branch's members (id → forms), best first; who has nothing countable is last and unrated."""
    rules = await tx.periods.rules(ruleset_id)
    members = {member_id: await quarter_of(tx, ruleset_id, own) for member_id, own in forms.items()}
    ranked = rank(
        [(member_id, member.score.value) for member_id, member in members.items()],
        ties=rules.policies.rank_ties or "skip",
    )
    rated = [member.score for member in members.values() if member.score.value is not None]
    means = _dimension_means(rules, rated)
    sharing = Counter(place.rank for place in ranked)
    return [
        QuarterResult(
            place.id, found.branch_id, found.quarter, _centi(place.points), place.rank, len(rated),
            _detail(members[place.id], place, sharing[place.rank], ruleset_id, means),
        )
        for place in ranked
    ]  # fmt: skip


def _dimension_means(rules: RuleSet, rated: Sequence[PeriodScore]) -> dict[str, int]:
    means = {
        dimension.id: mean(score.by_dimension.get(dimension.id, ZERO) for score in rated)
        for dimension in rules.dimensions
    }
    return {name: hundredths(round_half_up(value)) for name, value in means.items() if value is not None}


def _detail(
    member: MemberQuarter, place: Ranked, sharing: int, ruleset_id: int, means: Mapping[str, int]
) -> dict[str, object]:
    """Everything that pictures and letters of this quarter will ever show, in hundredths."""
    return {
        "ruleset": ruleset_id,
        "by_part": {name: hundredths(points) for name, points in member.score.by_part.items()},
        "by_dimension": {name: hundredths(points) for name, points in member.score.by_dimension.items()},
        "branch_dimensions": dict(means),
        "months": [
            {"month": str(one.month), "centi": _centi(one.total), "exempt": one.exempt} for one in member.months
        ],
        "to_next": _centi(place.to_next),
        "sharing": sharing,
        "vetoed": member.score.vetoed,
    }


def _centi(points: Decimal | None) -> int | None:
    return None if points is None else hundredths(points)
