"""Everybody's real year by a new table, beside the tables in force: what would move, before anybody decides."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from bot.domain.forms import Form
from bot.domain.people import MemberStatus, Person
from bot.domain.periods import Month
from bot.errors import PeriodNotOpenError, RulesPeriodError
from bot.scoring.compare import Standing, compare, standings
from bot.scoring.facts import Fact
from bot.scoring.means import MonthResult, quarter_score, year_score
from bot.scoring.ranks import Entry
from bot.scoring.results import Override
from bot.scoring.span import Span
from bot.scoring.table import RuleSet
from bot.storage.store import Store
from bot.usecases.months.form_cards import bonus_of
from bot.usecases.months.refit import creditable, refit
from bot.usecases.publicity.personal_quarters import stands
from bot.usecases.rating.quarter_scores import month_result
from bot.views.trial_facts import Trial

_QUARTER_MONTHS = 3


@dataclass(frozen=True, slots=True)
class _Year:
    """All that is read: who there is, what was reported in the year, and the tables it was reported under."""

    span: Span
    people: Mapping[int, Person]
    forms: tuple[Form, ...]
    tables: Mapping[int, RuleSet]


class DryRunRules:
    """Reads the year's forms and scores them twice; nothing is ever written."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, rules: RuleSet, year: int) -> Trial:
        """The trial of a monthly table; PeriodNotOpenError for a year without any month.

        A form counts once it is handed in or its month is over, with what the branch decided against it. The errors of
        `standings` and RuleSilentError say what the new table leaves open.
        """
        if rules.period != "month":
            raise RulesPeriodError
        first = Month(year, rules.year_starts)
        read = await self._read(Span(first, first.shifted(11)))
        if not read.forms:
            raise PeriodNotOpenError(str(year))
        return await asyncio.to_thread(_tried, read, rules)

    async def _read(self, span: Span) -> _Year:
        months = [span.first.shifted(number) for number in range(span.months)]
        async with self._store.read() as tx:
            people = {one.member_id: one for one in await tx.people.all() if one.status is not MemberStatus.LEFT}
            forms = tuple(form for form in await tx.forms.in_months(months) if _counts(form, people, tx.now))
            tables = {key: await tx.periods.rules(key) for key in {form.ruleset_id for form in forms}}
        return _Year(span, people, forms, tables)


def _counts(form: Form, people: Mapping[int, Person], now: datetime) -> bool:
    return form.member_id in people and (form.exempt is not None or stands(form, now))


def _tried(read: _Year, rules: RuleSet) -> Trial:
    current = read.tables[max(read.forms, key=lambda form: (form.month, form.ruleset_id)).ruleset_id]
    own: dict[int, list[Form]] = defaultdict(list)
    for form in read.forms:
        own[form.member_id].append(form)
    before: dict[int, Decimal | None] = {}
    after: dict[int, Decimal | None] = {}
    left: Counter[str] = Counter()
    for member_id, forms in own.items():
        before[member_id] = _as_it_is(read, current, forms)
        after[member_id] = _as_it_would_be(read, rules, forms, left)
    return Trial(
        current=current,
        new=rules,
        year=read.span,
        months=tuple(sorted({form.month for form in read.forms})),
        people=read.people,
        moves=compare(_by_branch(read, current, before), _by_branch(read, rules, after)),
        left_aside={_label(read.tables.values(), item): times for item, times in left.items()},
    )


def _as_it_is(read: _Year, current: RuleSet, forms: Sequence[Form]) -> Decimal | None:
    """The year by the tables in force when its months were opened."""
    months = [month_result(read.tables[form.ruleset_id], form) for form in forms]
    brought = [bonus_of(read.tables[form.ruleset_id], form) for form in forms if form.exempt is None]
    claimed = [fact for facts, _ in brought for fact in facts]
    decided = [one for _, overrides in brought for one in overrides]
    return _year(read.span, current, months, *creditable(current, claimed, decided, read.span))


def _as_it_would_be(read: _Year, rules: RuleSet, forms: Sequence[Form], left: Counter[str]) -> Decimal | None:
    """The year by the new table alone; what it cannot take is added to `left`."""
    months = [refit(rules, form, read.span) for form in forms]
    counting = [month for month in months if month.result.exempt is None]
    for month in counting:
        left.update(month.left_aside)
    return _year(
        read.span,
        rules,
        [month.result for month in months],
        [fact for month in counting for fact in month.bonus],
        [one for month in counting for one in month.bonus_overrides],
    )


def _year(
    span: Span, rules: RuleSet, months: Sequence[MonthResult], facts: Sequence[Fact], overrides: Sequence[Override]
) -> Decimal | None:
    by_quarter: dict[int, list[MonthResult]] = defaultdict(list)
    for one in months:
        by_quarter[(Span(span.first, one.month).months - 1) // _QUARTER_MONTHS].append(one)
    quarters = [quarter_score(rules, by_quarter[number]) for number in sorted(by_quarter)]
    return year_score(rules, quarters, facts, year=span, bonus_overrides=overrides).value


def _by_branch(read: _Year, rules: RuleSet, points: Mapping[int, Decimal | None]) -> list[Standing]:
    branches: dict[int, list[Entry]] = defaultdict(list)
    for member_id, value in points.items():
        branches[read.people[member_id].branch_id].append((member_id, value))
    return [standing for entries in branches.values() for standing in standings(rules, entries)]


def _label(tables: Iterable[RuleSet], item: str) -> str:
    return next((table.item(item).label for table in tables if table.has_item(item)), item)
