"""A member's quarters as facts: closed ones as they were stored, the running one from its forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.domain.forms import Exemption, Form, FormState, QuarterResult, RatingState
from bot.domain.people import Person
from bot.domain.periods import Month, Quarter, Year
from bot.scoring.means import PeriodScore, year_score
from bot.scoring.points import from_hundredths
from bot.scoring.span import Span
from bot.storage.tx import Tx
from bot.usecases.months.form_cards import bonus_of
from bot.usecases.months.refit import creditable
from bot.usecases.rating.quarter_scores import quarter_of
from bot.views.publicity_facts import Publicity
from bot.views.result_facts import MonthTotal, PersonalQuarter

LINE_MONTHS = 12


async def closed_quarters(tx: Tx, person: Person, zone: ZoneInfo) -> list[PersonalQuarter]:
    """All closed quarters of a member, in order."""
    results = await tx.ratings.results_of(person.member_id)
    known = {total.month: total for one in results for total in _months_of(one)}
    found = [await _closed(tx, person, one, known, zone) for one in results]
    return [
        replace(
            one,
            earlier=found[number - 1].quarter if number else None,
            later=found[number + 1].quarter if number + 1 < len(found) else None,
        )
        for number, one in enumerate(found)
    ]


async def _closed(
    tx: Tx, person: Person, result: QuarterResult, known: Mapping[Month, MonthTotal], zone: ZoneInfo
) -> PersonalQuarter:
    detail = result.detail
    branch_quarter = await tx.periods.find_branch_quarter(result.branch_id, result.quarter)
    return PersonalQuarter(
        person=person,
        branch=(await tx.people.get_branch(result.branch_id)).name,
        quarter=result.quarter,
        rules=await tx.periods.rules(detail["ruleset"]),
        points=points_of(result.centi),
        rank=result.rank,
        ranked_of=result.ranked_of,
        to_next=points_of(detail["to_next"]),
        by_part=_points(detail["by_part"]),
        by_dimension=_points(detail["by_dimension"]),
        branch_dimensions=_points(detail["branch_dimensions"]),
        months=_twelve(result.quarter, known),
        zone=zone,
        publicity=Publicity.of(branch_quarter, tx.now),
        sharing=detail["sharing"],
        vetoed=detail["vetoed"],
    )


async def running_quarter(tx: Tx, person: Person, zone: ZoneInfo) -> PersonalQuarter | None:
    """The newest month's quarter by the member's own assessment, unless it is closed or he has no form in it."""
    newest = await tx.periods.newest_month()
    if newest is None or await tx.ratings.find_result(person.member_id, newest.month.quarter) is not None:
        return None
    quarter = newest.month.quarter
    forms = await tx.forms.in_months(quarter.months, member_id=person.member_id)
    if not forms:
        return None
    score = (await quarter_of(tx, newest.ruleset_id, [form for form in forms if stands(form, tx.now)])).score
    rating = await tx.ratings.find(person.member_id, quarter)
    known = {total.month: total for one in await tx.ratings.results_of(person.member_id) for total in _months_of(one)}
    known |= {form.month: _month_of(form, tx.now) for form in forms}
    return PersonalQuarter(
        person=person, branch=person.branch, quarter=quarter, rules=await tx.periods.rules(newest.ruleset_id),
        points=score.value, rank=None, ranked_of=0, to_next=None,
        by_part=score.by_part, by_dimension=score.by_dimension, branch_dimensions={},
        months=_twelve(quarter, known), zone=zone,
        decided=rating is not None and rating.state is RatingState.APPROVED,
    )  # fmt: skip


async def year_so_far(tx: Tx, person: Person, closed: Sequence[PersonalQuarter]) -> PeriodScore | None:
    """The mean of the newest year's closed quarters and the bonus of their months; None before the first one."""
    if not closed:
        return None
    year, rules = closed[-1].quarter.year, closed[-1].rules
    quarters = [one for one in closed if one.quarter.year == year]
    months = [month for one in quarters for month in one.quarter.months]
    bonuses = [
        bonus_of(await tx.periods.rules(form.ruleset_id), form)
        for form in await tx.forms.in_months(months, member_id=person.member_id)
        if form.exempt is None
    ]
    facts, overrides = creditable(
        rules,
        [fact for claimed, _ in bonuses for fact in claimed],
        [override for _, decided in bonuses for override in decided],
        Span.of(Year(year)),
    )
    return year_score(
        rules,
        [PeriodScore(one.points, one.by_part, one.by_dimension, 1, 1) for one in quarters],
        facts,
        year=Year(year),
        bonus_overrides=overrides,
    )


def stands(form: Form, now: datetime) -> bool:
    """Whether the month has points to show: handed in, or over; an open form is still being filled in."""
    return form.state is FormState.SUBMITTED or now >= form.closes_at


def points_of(centi: int | None) -> Decimal | None:
    """Stored hundredths as points."""
    return None if centi is None else from_hundredths(centi)


def _month_of(form: Form, now: datetime) -> MonthTotal:
    counts = form.exempt is None and stands(form, now)
    return MonthTotal(form.month, from_hundredths(form.total_centi) if counts else None, form.exempt, form.state)


def _months_of(result: QuarterResult) -> list[MonthTotal]:
    return [
        MonthTotal(
            Month.parse(one["month"]),
            None if one["exempt"] else points_of(one["centi"]),
            Exemption(one["exempt"]) if one["exempt"] else None,
        )
        for one in result.detail["months"]
    ]


def _twelve(quarter: Quarter, known: Mapping[Month, MonthTotal]) -> tuple[MonthTotal, ...]:
    last = quarter.months[2]
    months = [last.shifted(-back) for back in range(LINE_MONTHS - 1, -1, -1)]
    return tuple(known.get(month, MonthTotal(month, None)) for month in months)


def _points(centi: Mapping[str, int]) -> dict[str, Decimal]:
    return {name: from_hundredths(value) for name, value in centi.items()}
