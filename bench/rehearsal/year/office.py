"""What the office does beside the chat: the roster as it changes, and the platforms' exports."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from bench.rehearsal.organisation import Organisation, Player, new_player
from bench.rehearsal.script import Manner, MonthScript
from bench.rehearsal.stage import Stage
from bot.clock import Clock
from bot.config import Settings
from bot.core import open_core
from bot.domain.people import Category, MemberStatus
from bot.sheets.roster import Roster, RosterRow

JOINER = RosterRow("900001", "新到党员", "", (), Category.STAFF, None, MemberStatus.ACTIVE)
_LACKS_ONE_IN = 16


@dataclass(slots=True)
class RosterOffice:
    """Keeps the sheet and imports it anew when somebody moves or joins, as the command line does."""

    settings: Settings
    clock: Clock
    roster: Roster

    async def move(self, people: Organisation, mover: Player, to: int) -> None:
        """Somebody belongs to another branch from today on."""
        target = next(branch for branch in people.branches if branch.branch_id == to)
        rows = (
            replace(row, branch=target.name) if row.staff_no == mover.person.staff_no else row
            for row in self.roster.rows
        )
        await self._import(Roster(tuple(rows)))
        people.branch_of(mover).players.remove(mover)
        mover.person = replace(mover.person, branch_id=to, branch=target.name)
        target.players.append(mover)

    async def join(self, stage: Stage, branch_id: int, months_before: int, months: int) -> Player:
        """Somebody new comes to this branch and gets his invite."""
        people = stage.people
        target = next(branch for branch in people.branches if branch.branch_id == branch_id)
        await self._import(Roster((*self.roster.rows, replace(JOINER, branch=target.name))))
        async with open_core(self.settings, self.clock) as core:
            issued = next(one for one in await core.do.issue_invites() if one.person.staff_no == JOINER.staff_no)
        number = len(people.players) + 1
        player = new_player(stage.box, stage.meter, issued, number, Random(number), months)
        player.script.months = [MonthScript(Manner.USUAL) for _ in range(months)]
        player.forms = [None] * months_before
        target.players.append(player)
        return player

    async def _import(self, roster: Roster) -> None:
        async with open_core(self.settings, self.clock) as core:
            await core.do.import_roster(roster)
        self.roster = roster


def learning_export(people: Organisation, random: Random, records: int) -> bytes:
    """知鸟 of a quarter as CSV: everybody has so many records, but for a few who have none."""
    active = [player.person for player in people.players if player.person.status is MemberStatus.ACTIVE]
    lacking = set(random.sample(range(len(active)), max(1, len(active) // _LACKS_ONE_IN)))
    lines = ["工号,姓名,学习次数"]
    lines += [
        f"{person.staff_no},{person.name},{0 if number in lacking else records}" for number, person in enumerate(active)
    ]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")
