"""The play: what the organisation does from July to October 2026, scene by scene, by chat alone.

July and September are played as fast as the bot answers, 24 persons at a time; the leaders record roll and dues while
the members answer. August is measured: 50 persons at once, each waiting 0.2 to 1 s before every tap. Its roll is
recorded on the day before the forms open, by all 48 leaders at once (`desk_p99_ms`); then everybody answers (`p50_ms`
and `p99_ms`).
"""

from __future__ import annotations

from bench.rehearsal import desk, rating
from bench.rehearsal.month import answer_month, newest_form, photo_of, think_again
from bench.rehearsal.organisation import BranchOnStage, Player
from bench.rehearsal.phone import LostError
from bench.rehearsal.quarters import PlayedQuarter
from bench.rehearsal.script import Manner, MonthScript
from bench.rehearsal.stage import Stage
from bot.domain.actions.binding import ConfirmBinding
from bot.domain.actions.form import OpenForm
from bot.domain.actions.menu import ShowScore

BEGINS = "2026-07-20 10:00"
QUARTER = "2026Q3"
MONTHS = ("2026-07", "2026-08", "2026-09")
MEASURED = 1
RATED_AT = "2026-10-08 10:00"
# On a working day after the reminder of three days before, and one on which people think again.
_REMINDED = ("2026-07-28 17:30", "2026-08-28 17:30", "2026-09-29 17:30")
_THOUGHT_AGAIN = ("2026-07-30 10:00", "2026-08-31 10:00", "2026-09-30 10:00")
_SUMMED_UP = ("2026-08-01 09:30", "2026-09-01 09:30", "2026-10-01 09:30")


async def play(stage: Stage, months: int) -> None:
    """The whole quarter, or its first months only."""
    await stage.all_act("binding", stage.people.players, bind)
    await stage.branches_act("groups", lambda branch: desk.bind_group(stage.box, branch))
    for number in range(months):
        await play_month(stage, number)
    if months == len(MONTHS):
        await play_rating(stage)


async def bind(player: Player) -> None:
    """Tap the invite link, say yes, see the own menu."""
    phone = player.phone
    await phone.does_until(
        lambda: phone.person.says(f"/start {player.token}"), lambda: phone.find(ConfirmBinding) is not None
    )
    await phone.tap(ConfirmBinding)
    if not await phone.sees(lambda: phone.find(ShowScore) is not None):
        raise LostError(f"{phone.person.name} was not bound\n{phone.person.screen()}")


async def play_month(stage: Stage, number: int) -> None:
    """One month from its opening on the 25th to the summary on the 1st."""
    month = PlayedMonth(stage, number, MONTHS[number])
    if number == MEASURED:
        await stage.travel(f"{month.name}-24 10:00")
        await stage.all_act(f"{month.name} recorded", month.leading, month.records, measured="desk")
    await stage.travel(f"{month.name}-25 09:00")
    note_forms(stage)
    at_once = month.of(Manner.USUAL, Manner.CLAIMS, Manner.CHANGES_HIS_MIND, Manner.BEGINS_ONLY)
    if number == MEASURED:
        await stage.all_act(f"{month.name} answered", at_once, month.answers, measured="month")
    else:
        leading = [player for player in month.leading if player not in at_once]
        await stage.all_act(f"{month.name} answered and recorded", [*at_once, *leading], month.answers_and_records)
    await stage.travel(_REMINDED[number])
    await stage.all_act(f"{month.name} answered late", month.of(Manner.LATE), month.answers_late)
    await stage.travel(_THOUGHT_AGAIN[number])
    await stage.all_act(f"{month.name} thought again", month.of(Manner.CHANGES_HIS_MIND), month.thinks_again)
    await stage.travel(_SUMMED_UP[number])


class PlayedMonth:
    """What people do in one month, each as his script has it."""

    def __init__(self, stage: Stage, number: int, name: str) -> None:
        self._people = stage.people
        self._number = number
        self.name = name
        self.leading = [
            player for branch in stage.people.branches for player in (branch.secretary, branch.commissioner)
        ]

    def of(self, *manners: Manner) -> list[Player]:
        """Those who have got a form and go about it in one of these manners."""
        return [
            player
            for player in self._people.players
            if player.has_phone
            and player.forms[self._number] is not None
            and player.script.months[self._number].manner in manners
        ]

    async def answers(self, player: Player) -> None:
        """The form as it was meant."""
        form_id, month = _form_and_script(player, self._number)
        await answer_month(player.phone, form_id, month, lambda: photo_of(form_id))

    async def answers_late(self, player: Player) -> None:
        """The same, by the button of the reminder."""
        form_id, _ = _form_and_script(player, self._number)
        await player.phone.tap(OpenForm, form_id=form_id)
        await self.answers(player)

    async def thinks_again(self, player: Player) -> None:
        """Taken back, changed, handed in again."""
        form_id, month = _form_and_script(player, self._number)
        await think_again(player.phone, form_id, month, lambda: photo_of(form_id))

    async def records(self, player: Player) -> None:
        """A leader's roll and dues."""
        branch = self._people.branch_of(player)
        if player is branch.commissioner:
            await desk.record_month(branch, self._number % len(branch.script.amiss), self.name)
        else:
            await desk.record_commissioner(branch, self.name)

    async def answers_and_records(self, player: Player) -> None:
        """One's own form first, then the branch's roll."""
        manner = player.script.months[self._number].manner
        if player.forms[self._number] is not None and manner not in {Manner.LATE, Manner.NEVER}:
            await self.answers(player)
        if player in self.leading:
            await self.records(player)


async def play_rating(stage: Stage) -> None:
    """The quarter's end: rating, what came back, the meeting, closing; then the pictures arrive."""
    await stage.travel(RATED_AT)
    branches = stage.people.branches

    async def rates(branch: BranchOnStage) -> None:
        await rating.rate_branch(branch, stage.random)

    async def rates_secretary(branch: BranchOnStage) -> None:
        await rating.approve_waiting(branch.commissioner.phone, branch)

    await stage.branches_act("rating", rates)
    await stage.branches_act("the secretaries are rated", rates_secretary)
    returned = {
        player.member_id: player.forms[[int(name[-2:]) for name in MONTHS].index(month)]
        for branch in branches
        for player in branch.players
        if (month := branch.script.returned.get(player.member_id)) is not None
    }

    async def hands_in_again(player: Player) -> None:
        form_id = returned[player.member_id]
        if form_id is not None:
            await rating.resubmit(player, form_id)

    await stage.all_act("sent back", [stage.people.by_member[member] for member in returned], hands_in_again)
    await stage.branches_act("closing", rating.close_branch)


def played_quarter(stage: Stage) -> PlayedQuarter:
    """What was played, for who checks it."""
    return PlayedQuarter(QUARTER, MONTHS, 0, {branch.branch_id: branch.script for branch in stage.people.branches})


def note_forms(stage: Stage) -> None:
    """Who has got a card this month, and which."""
    for player in stage.people.players:
        known = {form for form in player.forms if form is not None} | player.entered
        player.forms.append(newest_form(player.phone, known))


def _form_and_script(player: Player, number: int) -> tuple[int, MonthScript]:
    form_id = player.forms[number]
    if form_id is None:
        raise LostError(f"{player.person.name} never got the card")
    return form_id, player.script.months[number]
