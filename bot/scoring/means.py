"""Months become quarters and quarters a year: exact means of what counts, the bonus, the veto."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from bot.domain.periods import Month, Year
from bot.scoring.admission import admit
from bot.scoring.draft import Desk
from bot.scoring.errors import FactError, RuleSilentError
from bot.scoring.facts import Fact, answers_of
from bot.scoring.kinds import draft
from bot.scoring.lines import line_of, rounded
from bot.scoring.points import ZERO, mean
from bot.scoring.results import Context, Cut, Line, Override
from bot.scoring.sheet import bonus_cut
from bot.scoring.span import Span
from bot.scoring.table import RuleSet


@dataclass(frozen=True, slots=True)
class MonthResult:
    """What a month left: its total (None: nothing to count) and, if it does not count, why (`exempt`)."""

    month: Month
    total: Decimal | None
    by_part: Mapping[str, Decimal] = field(default_factory=dict)
    by_dimension: Mapping[str, Decimal] = field(default_factory=dict)
    exempt: str | None = None


@dataclass(frozen=True, slots=True)
class PeriodScore:
    """A quarter or a year: `value` rounded by the rule set, None = not rated, never zero; `counted` of `of` periods."""

    value: Decimal | None
    by_part: Mapping[str, Decimal]
    by_dimension: Mapping[str, Decimal]
    counted: int
    of: int
    exempt: tuple[str, ...] = ()
    bonus: Decimal = ZERO
    lines: tuple[Line, ...] = ()
    cuts: tuple[Cut, ...] = ()
    vetoed: bool = False


@dataclass(frozen=True, slots=True)
class _Counted:
    total: Decimal
    by_part: Mapping[str, Decimal]
    by_dimension: Mapping[str, Decimal]


def quarter_score(rules: RuleSet, months: Sequence[MonthResult]) -> PeriodScore:
    """The quarter by the policy `month_to_quarter`; exempt months and months without a total do not count."""
    counting = [
        _Counted(one.total, one.by_part, one.by_dimension)
        for one in months
        if one.total is not None and one.exempt is None
    ]
    exempt = tuple(one.exempt for one in months if one.exempt is not None)
    return _joined(rules, "month_to_quarter", counting, len(months), exempt)


def year_score(
    rules: RuleSet,
    quarters: Sequence[PeriodScore],
    bonus_facts: Sequence[Fact] = (),
    veto: Sequence[str] = (),
    *,
    year: Year | Span,
    bonus_overrides: Sequence[Override] = (),
) -> PeriodScore:
    """The year by `quarter_to_year`, plus the bonus within its cap; any veto (ids of the rule set) makes it zero.

    `bonus_overrides` are what a rater decided on a bonus item in some month, in place of that month's facts of it,
    which the caller leaves out of `bonus_facts`. A member without a rated quarter is not rated, whatever the bonus;
    a veto stays marked.
    """
    counting = [_Counted(one.value, one.by_part, one.by_dimension) for one in quarters if one.value is not None]
    exempt = tuple(reason for one in quarters for reason in one.exempt)
    base = _joined(rules, "quarter_to_year", counting, len(quarters), exempt)
    if base.value is None:
        return replace(base, vetoed=bool(veto))
    lines, bonus, cuts = _bonus(rules, bonus_facts, bonus_overrides, base.value, Span.of(year))
    total = base.value + bonus
    if veto:
        cuts = [*cuts, Cut("veto", "total", total, ZERO)]
        total = ZERO
    return replace(base, value=rounded(rules, total), bonus=bonus, lines=lines, cuts=tuple(cuts), vetoed=bool(veto))


def joined(how: str, values: Sequence[Decimal]) -> Decimal | None:
    """Several periods' values as one, unrounded: their mean, their sum or the last one; None of nothing."""
    if not values:
        return None
    match how:
        case "sum":
            return sum(values, ZERO)
        case "last" | "none":
            return values[-1]
        case _:
            return mean(values)


def _joined(rules: RuleSet, policy: str, counting: Sequence[_Counted], of: int, exempt: tuple[str, ...]) -> PeriodScore:
    how = getattr(rules.policies, policy)
    if how is None and len(counting) > 1:
        raise RuleSilentError(policy, policy=policy)
    how = how or "last"
    value = joined(how, [one.total for one in counting])
    return PeriodScore(
        value=None if value is None else rounded(rules, value),
        by_part=_each(rules, how, [one.by_part for one in counting]),
        by_dimension=_each(rules, how, [one.by_dimension for one in counting]),
        counted=len(counting),
        of=of,
        exempt=exempt,
    )


def _each(rules: RuleSet, how: str, maps: Sequence[Mapping[str, Decimal]]) -> dict[str, Decimal]:
    names = dict.fromkeys(name for one in maps for name in one)
    values = {name: joined(how, [one.get(name, ZERO) for one in maps]) for name in names}
    return {name: rounded(rules, value) for name, value in values.items() if value is not None}


def _bonus(
    rules: RuleSet, facts: Sequence[Fact], overrides: Sequence[Override], total: Decimal, span: Span
) -> tuple[tuple[Line, ...], Decimal, list[Cut]]:
    """The bonus lines, what of them counts, and what its cap took."""
    answers = answers_of(facts)
    items = {item.id: item for item in rules.bonus.items}
    decided = {one.item for one in overrides}
    for name in (*answers, *decided):
        if name not in items:
            raise FactError("unknown_item", item=name)
    admit(rules, answers, span)
    desk = Desk(rules.policies, span, Context())
    drafts = [draft(items[n], answers.get(n, ()), desk) for n in items if n in answers or n in decided]
    for one in overrides:
        next(made for made in drafts if made.item.id == one.item).cut("override", one.item, -one.points)
    lines = tuple(line_of(rules, one) for one in drafts)
    points = sum((line.points for line in lines), ZERO)
    cuts = bonus_cut(rules, points, total)
    return lines, points - sum((cut.amount for cut in cuts), ZERO), cuts
