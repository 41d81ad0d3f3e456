"""The year: twelve months of forms, four quarters through the whole chain, and everything that goes wrong on the way.

With more than fifty members February is measured: 50 persons at once, each waiting 0.2 to 1 s before every tap; its
roll is recorded on the day before by all leaders at once. All other scenes are played as fast as the bot answers.
"""

from __future__ import annotations

from collections.abc import Awaitable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from bench.rehearsal import desk, rating
from bench.rehearsal.checker import days
from bench.rehearsal.checker.rows import LetterBook
from bench.rehearsal.organisation import BranchOnStage, Player
from bench.rehearsal.phone import LostError
from bench.rehearsal.play import PlayedMonth, bind, note_forms
from bench.rehearsal.quarters import PlayedQuarter
from bench.rehearsal.script import Manner
from bench.rehearsal.stage import Stage
from bench.rehearsal.year import delegation, group, platforms, proxy, publicity, review
from bench.rehearsal.year.office import RosterOffice, learning_export
from bench.rehearsal.year.plan import MONTHS, QUARTERS, After, PlannedObjection, YearPlan
from bot.demo.platforms import example_export
from bot.domain.people import Department, Role
from bot.domain.periods import Quarter
from bot.domain.platforms import Platform

BEGINS = "2026-01-19 10:00"
MEASURED_MONTH, MEASURED_FROM = 1, 50
MOVES_ON, JOINS_ON = "2026-05-12 10:00", "2026-08-11 10:00"
MOVES_BEFORE, JOINS_BEFORE = 4, 7
RECORDS_A_QUARTER = 6
_IN_THE_MORNING = "09:30"


@dataclass(slots=True)
class YearOnStage:
    """The stage with what is planned, the office's sheet, the letters and what people noticed so far."""

    stage: Stage
    plan: YearPlan
    office: RosterOffice
    letters: LetterBook
    noticed: review.Noticed = field(default_factory=review.Noticed)

    def leader(self, role: Role, department: Department | None = None) -> Player:
        """Somebody who holds this office."""
        return next(
            player
            for player in self.stage.people.players
            if any(one.role is role and department in {None, one.department} for one in player.person.offices)
        )

    @property
    def committee(self) -> Player:
        """Who acts for the committee."""
        return self.leader(Role.COMMITTEE)

    async def until(self, day: date | datetime, at: str = "10:00") -> None:
        """Let time pass until this time of this day."""
        await self.stage.travel(f"{day:%Y-%m-%d} {at}")


async def play_year(year: YearOnStage) -> None:
    """From the first binding to the last quarter's end."""
    stage = year.stage
    await stage.all_act("binding", [one for one in stage.people.players if one.has_phone], bind)
    await stage.branches_act("groups", lambda branch: desk.bind_group(stage.box, branch))
    for number in range(len(QUARTERS)):
        for branch in stage.people.branches:
            branch.script = branch.quarters[number]
        for month in range(number * 3, number * 3 + 3):
            await play_month(year, month)
        await QuarterPlay(year, number).play()


async def play_month(year: YearOnStage, number: int) -> None:
    """One month from its opening to its summary."""
    stage, name = year.stage, MONTHS[number]
    month = PlayedMonth(stage, number, name)
    is_measured = number == MEASURED_MONTH and len(stage.people.players) > MEASURED_FROM
    await _change_roster(year, number)
    if is_measured:
        await stage.travel(f"{name}-24 10:00")
        await stage.all_act(f"{name} recorded", month.leading, month.records, measured="desk")
    await stage.travel(f"{name}-25 09:00")
    note_forms(stage)
    at_once = month.of(Manner.USUAL, Manner.CLAIMS, Manner.CHANGES_HIS_MIND, Manner.BEGINS_ONLY)
    if is_measured:
        await stage.all_act(f"{name} answered", at_once, month.answers, measured="month")
    else:
        leading = [player for player in month.leading if player not in at_once]
        await stage.all_act(f"{name} answered and recorded", [*at_once, *leading], month.answers_and_records)
    branch = stage.people.branch_of(year.plan.phoneless)
    await proxy.enter_for(branch, year.plan.phoneless, number, name)
    await year.until(days.reminder_days(name)[0], "17:30")
    await stage.all_act(f"{name} answered late", month.of(Manner.LATE), month.answers_late)
    await year.until(days.last_day(name))
    await stage.all_act(f"{name} thought again", month.of(Manner.CHANGES_HIS_MIND), month.thinks_again)
    await year.until(days.form_closes(name), _IN_THE_MORNING)
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


class QuarterPlay:
    """One quarter from its rating to its end."""

    def __init__(self, year: YearOnStage, number: int) -> None:
        self._year = year
        self._stage = year.stage
        self._number = number
        self.name, self._months = QUARTERS[number]
        self._objections = year.plan.objections[number]
        self._opens = days.rating_opens(self._months).date()
        self._due = days.due_day(self._months, 7)

    @property
    def _late(self) -> list[BranchOnStage]:
        return [self._year.plan.late_branch] if self._number == self._year.plan.late_in else []

    @property
    def _punctual(self) -> list[BranchOnStage]:
        return [branch for branch in self._stage.people.branches if branch not in self._late]

    async def play(self) -> None:
        """All of it."""
        await self._year.until(self._opens, _IN_THE_MORNING)
        if self._number == self._year.plan.leave_in:
            leave = delegation.goes_on_leave(self._year.plan.leave_branch, self._year.plan.stand_in)
            await self._one("leave", leave)
        await self._import_records()
        await self._form_group()
        await self._year.until(min(days.working_after(self._opens, 1), self._due))
        await self._rate(self._punctual)
        await self._year.until(days.working_after(self._due, 1))
        await self._review(self._punctual)
        if self._late:
            # Two working days late the Party office has heard of it, too.
            await self._year.until(days.working_after(self._due, 3))
            await self._rate(self._late)
        await self._year.until(days.due_day(self._months, 14))
        await self._review(self._stage.people.branches)
        await self._year.until(days.due_day(self._months, 15), _IN_THE_MORNING)
        await self._one("publication", publicity.publish(self._year.committee, self.name))
        await self._object()
        self._year.plan.leave_branch.stand_in = None
        await self._year.letters.read()

    async def _one(self, title: str, act: Awaitable[None]) -> None:
        """One person's act as a scene."""
        with self._stage.progress.scene(f"{self.name} {title}", 1) as advance:
            await act
            advance()
        await self._stage.rest()

    async def _import_records(self) -> None:
        department, people = self._year.leader(Role.DEPARTMENT), self._stage.people
        content = learning_export(people, self._stage.random, RECORDS_A_QUARTER)
        await self._one("records", platforms.import_records(department, "zhiniao", self.name, "知鸟.csv", content))
        if self._number == self._year.plan.kind_in:
            members = [player.person for player in people.players]
            name, content = example_export(Platform.XUEXI, Quarter.parse(self.name), members, self._opens)
            await self._one("namesakes", platforms.import_records(department, "xuexi", self.name, name, content))

    async def _form_group(self) -> None:
        plan, committee, players = self._year.plan, self._year.committee, self._stage.people.players
        await self._one("group", group.form_group(committee, self.name))
        if self._number == plan.redrawn_in:
            await self._one("second draw", group.draw_again(committee, self.name))
        seats = group.seated(players, self.name)
        kin = seats[-1] if self._number == plan.conflict_in else None

        async def answers(player: Player) -> None:
            await group.answer_seat(player, self.name, kin=player is kin)

        # In one quarter somebody never answers, and the committee gives out the branches all the same.
        answering = seats[:-1] if self._number == plan.redrawn_in else seats
        await self._stage.all_act(f"{self.name} seats", answering, answers)
        await self._one("given out", group.give_out(committee, self.name))

    async def _rate(self, branches: Iterable[BranchOnStage]) -> None:
        """Rating, what came back, the meeting, closing."""
        stage, rated = self._stage, list(branches)
        await stage.some_act(f"{self.name} rating", rated, lambda one: rating.rate_branch(one, stage.random))
        await stage.some_act(
            f"{self.name} secretaries", rated, lambda one: rating.approve_waiting(one.commissioner.phone, one)
        )
        returned = {
            member_id: stage.people.by_member[member_id].forms[month - 1]
            for branch in rated
            for member_id, month in branch.script.returned.items()
        }

        async def hands_in_again(player: Player) -> None:
            form_id = returned[player.member_id]
            if form_id is not None:
                await rating.resubmit(player, form_id)

        again = [stage.people.by_member[member_id] for member_id in returned]
        await stage.all_act(f"{self.name} sent back", again, hands_in_again)
        await stage.some_act(f"{self.name} closing", rated, rating.close_branch)

    async def _review(self, branches: Collection[BranchOnStage]) -> None:
        """Each reviewer goes through what waits for him; a branch that is asked something answers, and is confirmed."""
        plan, stage = self._year.plan, self._stage
        asked = [branch for quarter, branch in plan.sent_back if quarter == self._number]
        errands = {
            branch.branch_id: review.Errand(
                branch, branch in asked, self._number == plan.kind_in and branch is plan.kind_branch
            )
            for branch in stage.people.branches
        }

        async def reviews(player: Player) -> None:
            await review.review_all(player, self.name, errands, self._year.noticed, stage.random)

        await stage.all_act(f"{self.name} review", group.reviewers(stage.people.players, self.name), reviews)
        waiting = [branch for branch in asked if branch in branches and review.is_asked(branch, self.name)]
        if waiting:
            await stage.some_act(
                f"{self.name} answers", waiting, lambda branch: review.answer_and_close(branch, self.name)
            )
            await stage.all_act(f"{self.name} once more", group.reviewers(stage.people.players, self.name), reviews)

    async def _object(self) -> None:
        """Objections on the first day, answers on the second, what follows on the third and fourth; then the end."""
        year, stage, first = self._year, self._stage, days.due_day(self._months, 15)
        publicity.choose_objectors(stage.people.players, self.name, self._objections, stage.random)
        for one in self._objections:
            await self._one(f"objection {one.number}", publicity.file_objection(one, self.name, stage.random))
        await year.until(days.working_after(first, 1))
        for one in self._objections:
            if not one.late:
                await self._answered(one, 1)
        await year.until(days.working_after(first, 2))
        for one in self._objections:
            if one.after is not After.LETS_STAND:
                await self._one(f"member {one.number}", publicity.go_on(one))
        await year.until(days.working_after(first, 3))
        for one in self._objections:
            if one.second:
                await self._answered(one, 2)
        await year.until(days.publicity_ends(days.clock(first, 9)), _IN_THE_MORNING)
        for one in self._objections:
            if one.late:
                await year.until(days.answer_due(days.clock(first, 9)), _IN_THE_MORNING)
                await self._answered(one, 1)

    async def _answered(self, one: PlannedObjection, level: int) -> None:
        people, random = self._stage.people, self._stage.random
        await self._one(
            f"answer {one.number}.{level}",
            publicity.answer_objection(people.players, people.branches, one, level, random),
        )


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
