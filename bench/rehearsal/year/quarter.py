"""One quarter of the year after its forms: records, the group, rating, review, publicity, objections, the end."""

from __future__ import annotations

from collections.abc import Awaitable, Collection, Iterable

from bench.rehearsal import rating
from bench.rehearsal.checker import days
from bench.rehearsal.organisation import BranchOnStage, Player
from bench.rehearsal.year import delegation, group, platforms, publicity, review
from bench.rehearsal.year.office import learning_export
from bench.rehearsal.year.on_stage import IN_THE_MORNING, YearOnStage
from bench.rehearsal.year.plan import QUARTERS, After, PlannedObjection
from bot.demo.platforms import example_export
from bot.domain.people import Role
from bot.domain.periods import Quarter
from bot.domain.platforms import Platform

RECORDS_A_QUARTER = 6


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
        self._errands = {branch.branch_id: self._errand(branch) for branch in year.stage.people.branches}

    def _errand(self, branch: BranchOnStage) -> review.Errand:
        plan = self._year.plan
        is_kind = self._number == plan.kind_in and branch is plan.kind_branch
        return review.Errand(branch, (self._number, branch) in plan.sent_back, is_kind)

    @property
    def _late(self) -> list[BranchOnStage]:
        return [self._year.plan.late_branch] if self._number == self._year.plan.late_in else []

    @property
    def _punctual(self) -> list[BranchOnStage]:
        return [branch for branch in self._stage.people.branches if branch not in self._late]

    async def play(self) -> None:
        """All of it."""
        await self._year.until(self._opens, IN_THE_MORNING)
        if self._number == self._year.plan.leave_in:
            leave = delegation.goes_on_leave(self._year.plan.leave_branch, self._year.plan.stand_in)
            await self._one("leave", leave)
        await self._import_records()
        await self._form_group()
        await self._year.until(min(days.working_after(self._opens, 1), self._due))
        await self._rate(self._punctual)
        await self._year.until(days.working_after(self._due, 1))
        if self._number == self._year.plan.disputed_in:
            await self._disagree()
        await self._review(self._punctual)
        if self._late:
            # Two working days late the Party office has heard of it, too.
            await self._year.until(days.working_after(self._due, 3))
            await self._rate(self._late)
        await self._year.until(days.due_day(self._months, 14))
        await self._review(self._stage.people.branches)
        await self._year.until(days.due_day(self._months, 15), IN_THE_MORNING)
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
        stage = self._stage
        waiting = [branch for branch in branches if self._errands[branch.branch_id].send_back]
        await self._all_review("review")
        asked = [branch for branch in waiting if review.is_asked(branch, self.name)]
        if asked:
            await stage.some_act(
                f"{self.name} answers", asked, lambda branch: review.answer_and_close(branch, self.name)
            )
            await self._all_review("once more")

    async def _all_review(self, title: str) -> None:
        """All reviewers at once; where two check a branch, again: what one adjusts, the other is asked about."""

        async def reviews(player: Player) -> None:
            await review.review_all(player, self.name, self._errands, self._year.noticed, self._stage.random)

        for _ in range(self._year.plan.reviewers_in(self._number)):
            await self._stage.all_act(f"{self.name} {title}", self._reviewers, reviews)

    @property
    def _reviewers(self) -> list[Player]:
        return group.reviewers(self._stage.people.players, self.name)

    async def _disagree(self) -> None:
        """The two who check this branch do not agree, and the lead decides."""
        branch, stage = self._year.plan.disputed_branch, self._stage
        one, other = await review.two_on(self._reviewers, self.name, branch)
        await self._one("disagreement", review.disagree(one, other, self.name, branch, stage.random))
        await self._one("decision", review.decide(stage.people.players, self.name, branch))

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
        await year.until(days.publicity_ends(days.clock(first, 9)), IN_THE_MORNING)
        for one in self._objections:
            if one.late:
                await year.until(days.answer_due(days.clock(first, 9)), IN_THE_MORNING)
                await self._answered(one, 1)

    async def _answered(self, one: PlannedObjection, level: int) -> None:
        people, random = self._stage.people, self._stage.random
        await self._one(
            f"answer {one.number}.{level}",
            publicity.answer_objection(people.players, people.branches, one, level, random),
        )
