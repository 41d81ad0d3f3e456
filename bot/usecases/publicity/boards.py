"""A branch's board and all branches side by side, as facts that hold no more than their reader may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.board import Reader, Sight, reader_of, sight_of
from bot.domain.forms import BranchQuarter, QuarterResult, RatingState
from bot.domain.may import Deed, Subject, may
from bot.domain.people import Person, Role, told_apart
from bot.domain.periods import Quarter
from bot.domain.switches import RedList
from bot.errors import ChartsNotReadyError
from bot.scoring.errors import RuleSilentError
from bot.scoring.points import from_hundredths, mean
from bot.scoring.ranks import Ranked, top_share, under_line
from bot.scoring.ruleset import RuleSet
from bot.storage.people import Branch
from bot.storage.tx import Tx
from bot.usecases.publicity.personal_quarters import points_of
from bot.views.publicity_facts import Corrected, Publicity
from bot.views.result_facts import Board, BoardRow, BranchesSideBySide, BranchLine


async def board_of(tx: Tx, branch_id: int, quarter: Quarter | None, viewer: Person | None, zone: ZoneInfo) -> Board:
    """A branch's closed quarter (the newest without one) for a viewer or its group, or ChartsNotReadyError."""
    closed = await tx.periods.published_quarters(branch_id)
    which = quarter or (closed[-1] if closed else None)
    found = await tx.periods.find_branch_quarter(branch_id, which) if which else None
    results = await tx.ratings.results_in(which, branch_id=branch_id) if which else []
    publicity = Publicity.of(found, tx.now)
    if which is None or publicity is None or not results:
        raise ChartsNotReadyError
    rules = await tx.periods.rules(results[0].detail["ruleset"])
    people = told_apart(await tx.people.of(one.member_id for one in results))
    names = {person.member_id: person.name for person in people}
    reader = reader_of(viewer, branch_id) if viewer is not None else Reader.GROUP
    sight = sight_of(await tx.settings.switches(), reader)
    below = under_line(rules, ranked(results))
    place = closed.index(which)
    return Board(
        branch=(await tx.people.get_branch(branch_id)).name,
        branch_id=branch_id,
        quarter=which,
        rules=rules,
        rows=tuple(_row(rules, one, names, sight, viewer) for one in results),
        red_list=tuple(names[who] for who in red_list(rules, results)) if sight.red_list else (),
        under_line=tuple(names[who] for who in below) if sight.under_line else None,
        under_line_count=len(below),
        reader=reader,
        is_own=viewer is not None and viewer.branch_id == branch_id,
        publicity=publicity,
        zone=zone,
        corrections=await _corrections(tx, which, branch_id, names if sight.names else {}),
        earlier=closed[place - 1] if place else None,
        later=closed[place + 1] if place + 1 < len(closed) else None,
    )


async def _corrections(tx: Tx, quarter: Quarter, branch_id: int, names: Mapping[int, str]) -> tuple[Corrected, ...]:
    """Whose points an upheld objection changed, and never why."""
    found = {one.objection_id: one.member_id for one in await tx.objections.in_quarter(quarter, branch_id=branch_id)}
    answers = await tx.objections.answers(found)
    return tuple(
        Corrected(names.get(found[objection_id]), *changed, answer.answered_at)
        for objection_id, given in answers.items()
        for answer in given
        if answer.correction is not None and (changed := answer.correction.result)[0] != changed[1]
    )


def _row(
    rules: RuleSet, result: QuarterResult, names: Mapping[int, str], sight: Sight, viewer: Person | None
) -> BoardRow:
    own = viewer is not None and result.member_id == viewer.member_id
    by_part = result.detail["by_part"]
    parts = tuple(from_hundredths(by_part.get(part.id, 0)) for part in rules.parts) if result.centi is not None else ()
    name = names[result.member_id] if own or sight.names else None
    return BoardRow(name, result.rank, points_of(result.centi), parts, own)


def red_list(rules: RuleSet, results: Sequence[QuarterResult]) -> tuple[int, ...]:
    """红榜: the top share of a branch by the rule set; nobody under the line, nobody where the rules are silent."""
    places = ranked(results)
    try:
        return top_share(rules, places, ineligible=frozenset(under_line(rules, places))).members
    except RuleSilentError:
        return ()


def ranked(results: Sequence[QuarterResult]) -> list[Ranked]:
    """Stored results as the scoring compares them."""
    return [Ranked(one.member_id, points_of(one.centi), one.rank, points_of(one.detail["to_next"])) for one in results]


async def side_by_side(
    tx: Tx, viewer: Person, quarter: Quarter | None, organisation: str, zone: ZoneInfo
) -> BranchesSideBySide:
    """All branches of a quarter (the newest one that somebody has closed), or ChartsNotReadyError."""
    which = quarter or await tx.ratings.newest_result_quarter()
    stands = await tx.periods.branch_quarters(which) if which else []
    results = await tx.ratings.results_in(which) if which else []
    if which is None or not results:
        raise ChartsNotReadyError
    rules = await tx.periods.rules(results[0].detail["ruleset"])
    lines = await _lines(tx, viewer, rules, stands, results)
    rated = [from_hundredths(one.centi) for one in results if one.centi is not None]
    quarters = [one.quarter for one in await tx.periods.opened_quarters()]
    place = quarters.index(which)
    return BranchesSideBySide(
        organisation=organisation,
        quarter=which,
        branches=tuple(sorted(lines, key=lambda one: (not one.is_closed, one.mean is None, -(one.mean or 0)))),
        mean=mean(rated),
        rated=len(rated),
        under_line_count=len(under_line(rules, ranked(results))),
        line=rules.policies.line,
        zone=zone,
        opens_boards=viewer.holds(Role.COMMITTEE),
        sees_bulletin=may(viewer, Deed.SEE_BULLETIN, Subject()),
        publicity=_publicity(stands, tx.now),
        earlier=quarters[place - 1] if place else None,
        later=quarters[place + 1] if place + 1 < len(quarters) else None,
    )


async def _lines(
    tx: Tx, viewer: Person, rules: RuleSet, stands: Sequence[BranchQuarter], results: Sequence[QuarterResult]
) -> list[BranchLine]:
    shows_best = (await tx.settings.switches()).red_list is RedList.ORGANISATION
    stand_of = {one.branch_id: one for one in stands}
    own: dict[int, list[QuarterResult]] = {}
    for result in results:
        own.setdefault(result.branch_id, []).append(result)
    best = {branch_id: red_list(rules, found) if shows_best else () for branch_id, found in own.items()}
    names = await tx.people.names([who for listed in best.values() for who in listed])
    decided = await _decided(tx, stands)
    return [
        _line(branch, own.get(branch.branch_id, []), decided[branch.branch_id],
              tuple(names[who] for who in best.get(branch.branch_id, ())), stand_of[branch.branch_id], viewer)
        for branch in await tx.people.branches()
        if branch.branch_id in stand_of
    ]  # fmt: skip


async def _decided(tx: Tx, stands: Sequence[BranchQuarter]) -> dict[int, tuple[int, int]]:
    """How many members of each branch are decided, of how many for whom a month counts."""
    counts = {one.branch_id: [0, 0] for one in stands}
    counting = await tx.forms.counting_in(stands[0].quarter.months) if stands else set()
    for rating in await tx.ratings.in_quarter(stands[0].quarter) if stands else ():
        if rating.branch_id in counts and rating.member_id in counting:
            counts[rating.branch_id][0] += rating.state is RatingState.APPROVED
            counts[rating.branch_id][1] += 1
    return {branch_id: (done, of) for branch_id, (done, of) in counts.items()}


def _line(
    branch: Branch,
    results: Sequence[QuarterResult],
    decided: tuple[int, int],
    best: tuple[str, ...],
    stand: BranchQuarter,
    viewer: Person,
) -> BranchLine:
    rated = [from_hundredths(one.centi) for one in results if one.centi is not None]
    is_closed = stand.is_rated
    return BranchLine(
        branch_id=branch.branch_id,
        branch=branch.name,
        mean=mean(rated),
        low=min(rated, default=None),
        high=max(rated, default=None),
        decided=len(rated) if is_closed else decided[0],
        entitled=len([one for one in results if _counts(one)]) if is_closed else decided[1],
        is_closed=is_closed,
        own=branch.branch_id == viewer.branch_id,
        red_list=best,
    )


def _publicity(stands: Sequence[BranchQuarter], now: datetime) -> Publicity | None:
    """The publicity that ends last; final once all are."""
    found = [publicity for stand in stands if (publicity := Publicity.of(stand, now)) is not None]
    if not found or len(found) < len(stands):
        return None
    last = max(found, key=lambda one: one.ends_at)
    finals = [one.final_at for one in found if one.final_at is not None]
    return replace(last, final_at=max(finals) if len(finals) == len(found) else None)


def _counts(result: QuarterResult) -> bool:
    return any(one["exempt"] is None for one in result.detail["months"])
