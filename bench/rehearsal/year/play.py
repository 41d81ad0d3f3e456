"""The year: twelve months of forms, four quarters through the whole chain, and everything that goes wrong on the way.

With more than fifty members February and, with the year's data in the database, November are measured: 50 persons at
once, each waiting 0.2 to 1 s before every tap; the roll is recorded on the day before by all leaders at once. All other
scenes are played as fast as the bot answers.
"""

from __future__ import annotations

from bench.rehearsal import desk
from bench.rehearsal.checker import days
from bench.rehearsal.phone import LostError
from bench.rehearsal.play import PlayedMonth, bind, note_forms
from bench.rehearsal.quarters import PlayedQuarter
from bench.rehearsal.script import Manner
from bench.rehearsal.year import proxy, rules
from bench.rehearsal.year.on_stage import IN_THE_MORNING, YearOnStage
from bench.rehearsal.year.plan import MONTHS, QUARTERS
from bench.rehearsal.year.quarter import QuarterPlay

BEGINS = "2026-01-19 10:00"
MEASURED = {1: ("desk", "month"), 10: ("late desk", "late month")}
MEASURED_FROM = 50
MOVES_ON, JOINS_ON = "2026-05-12 10:00", "2026-08-11 10:00"
MOVES_BEFORE, JOINS_BEFORE = 4, 7


async def play_year(year: YearOnStage) -> None:
    """From the first binding to the last quarter's end."""
    stage = year.stage
    await stage.all_act("binding", [one for one in stage.people.players if one.has_phone], bind)
    await stage.branches_act("groups", lambda branch: desk.bind_group(stage.box, branch))
    for number in range(len(QUARTERS)):
        for branch in stage.people.branches:
            branch.script = branch.quarters[number]
        if number == year.plan.disputed_in:
            await adopt_rules(year)
        for month in range(number * 3, number * 3 + 3):
            await play_month(year, month)
        await QuarterPlay(year, number).play()
    require_all_noticed(year)


async def adopt_rules(year: YearOnStage) -> None:
    """From the coming quarter on two check every branch: proposed by one of the committee, agreed to by another."""
    stage, (first, second, *_) = year.stage, year.committees
    await stage.all_act("new rules", [first], rules.propose_two_reviewers)
    await stage.all_act("new rules agreed", [second], rules.agree)


async def play_month(year: YearOnStage, number: int) -> None:
    """One month from its opening to its summary."""
    stage, name = year.stage, MONTHS[number]
    month = PlayedMonth(stage, number, name)
    measured = MEASURED.get(number) if len(stage.people.players) > MEASURED_FROM else None
    await _change_roster(year, number)
    if measured is not None:
        await stage.travel(f"{name}-24 10:00")
        await stage.all_act(f"{name} recorded", month.leading, month.records, measured=measured[0])
    await stage.travel(f"{name}-25 09:00")
    note_forms(stage)
    at_once = month.of(Manner.USUAL, Manner.CLAIMS, Manner.CHANGES_HIS_MIND, Manner.BEGINS_ONLY)
    if measured is not None:
        await stage.all_act(f"{name} answered", at_once, month.answers, measured=measured[1])
    else:
        leading = [player for player in month.leading if player not in at_once]
        await stage.all_act(f"{name} answered and recorded", [*at_once, *leading], month.answers_and_records)
    branch = stage.people.branch_of(year.plan.phoneless)
    await proxy.enter_for(branch, year.plan.phoneless, number, name)
    await year.until(days.reminder_days(name)[0], "17:30")
    await stage.all_act(f"{name} answered late", month.of(Manner.LATE), month.answers_late)
    await year.until(days.last_day(name))
    await stage.all_act(f"{name} thought again", month.of(Manner.CHANGES_HIS_MIND), month.thinks_again)
    await year.until(days.form_closes(name), IN_THE_MORNING)
    await year.letters.read()


async def _change_roster(year: YearOnStage, number: int) -> None:
    """Before its month's forms open, somebody moves to another branch, and somebody joins."""
    stage, plan = year.stage, year.plan
    if number == MOVES_BEFORE:
        await stage.travel(MOVES_ON)
        await year.office.move(stage.people, plan.mover, plan.moves_to.branch_id)
    if number == JOINS_BEFORE:
        await stage.travel(JOINS_ON)
        joiner = await year.office.join(stage, plan.moves_to.branch_id, number, len(MONTHS))
        await stage.all_act("a newcomer", [joiner], bind)


def played_quarters(year: YearOnStage) -> list[PlayedQuarter]:
    """What was played, for who checks it."""
    branches = year.stage.people.branches
    return [
        PlayedQuarter(name, months, number * 3, {branch.branch_id: branch.quarters[number] for branch in branches})
        for number, (name, months) in enumerate(QUARTERS)
    ]


def require_all_noticed(year: YearOnStage) -> None:
    """What was to be noticed by the reviewers was noticed, or a LostError."""
    if year.plan.kind_branch.branch_id not in year.noticed.too_kind:
        raise LostError("nobody noticed the rater who was too kind")
    if not year.noticed.against_records:
        raise LostError("nobody noticed a claim against the records")
