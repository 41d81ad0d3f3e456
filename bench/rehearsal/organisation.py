"""Everybody who plays: the roster through the real import, the invites, a phone for each person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random

from bench.rehearsal.branch_script import BranchScript, write_branch_script
from bench.rehearsal.phone import Meter, Phone
from bench.rehearsal.script import MemberScript, write_script
from bot.core import Core
from bot.demo.organisation import demo_roster
from bot.domain.people import Person, Role
from bot.sheets.roster import Roster, read_roster
from bot.sheets.table import read_table
from bot.usecases.people.bind import IssuedInvite
from sandbox import Group, Sandbox

TODAY = date(2026, 7, 20)
FIRST_TELEGRAM_ID = 710_000_001
_ONE_IN_LEFT = 120


@dataclass(slots=True)
class Player:
    """One person on stage: who it is on the roster, the phone, the invite, and what he intends.

    `forms` are his own by month, `entered` those that he fills in for somebody else.
    """

    person: Person
    phone: Phone
    token: str
    script: MemberScript
    has_phone: bool = True
    forms: list[int | None] = field(default_factory=list)
    entered: set[int] = field(default_factory=set)

    @property
    def member_id(self) -> int:
        """The roster's own number."""
        return self.person.member_id


@dataclass(slots=True)
class BranchOnStage:
    """One branch with its people and its group; `script` is that of the quarter being played."""

    branch_id: int
    name: str
    players: list[Player]
    script: BranchScript
    group: Group | None = None
    quarters: list[BranchScript] = field(default_factory=list)
    stand_in: Player | None = None

    def holder(self, role: Role) -> Player:
        """Who holds this office here."""
        return next(player for player in self.players if player.person.holds(role))

    @property
    def secretary(self) -> Player:
        """支部书记, or who stands in for him."""
        return self.stand_in or self.holder(Role.SECRETARY)

    @property
    def commissioner(self) -> Player:
        """组织委员."""
        return self.holder(Role.COMMISSIONER)


@dataclass(slots=True)
class Organisation:
    """All branches, in the roster's order."""

    branches: list[BranchOnStage]

    @property
    def players(self) -> list[Player]:
        """Everybody, branch by branch."""
        return [player for branch in self.branches for player in branch.players]

    def branch_of(self, player: Player) -> BranchOnStage:
        """Where somebody belongs."""
        return next(branch for branch in self.branches if branch.branch_id == player.person.branch_id)

    @property
    def by_member(self) -> Mapping[int, Player]:
        """Everybody by the roster's own number."""
        return {player.member_id: player for player in self.players}


async def gather_organisation(
    core: Core, box: Sandbox, meter: Meter, seed: int, members: int, branches: int, months: int = 3
) -> Organisation:
    """Import the roster, issue the invites as the command line does, and give everybody a phone.

    `members` counts those who are there; who has left stands on the roster besides.
    """
    await core.do.import_roster(organisation_roster(seed, members, branches))
    random = Random(seed)
    seated: dict[int, list[Player]] = defaultdict(list)
    for number, issued in enumerate(await core.do.issue_invites()):
        player = new_player(box, meter, issued, number, random, months)
        seated[player.person.branch_id].append(player)
    return Organisation([_branch(random, key, seat) for key, seat in seated.items()])


def organisation_roster(seed: int, members: int, branches: int) -> Roster:
    """The office's sheet as it is read."""
    table = read_table(demo_roster(seed, members + members // (_ONE_IN_LEFT - 1), branches), "roster.xlsx")
    return read_roster(table, TODAY)


def new_player(box: Sandbox, meter: Meter, issued: IssuedInvite, number: int, random: Random, months: int) -> Player:
    """Somebody with a phone, an invite and intentions."""
    person = issued.person
    user = box.person(
        person.name, user_id=FIRST_TELEGRAM_ID + number, tags={"branch": person.branch}, start_link=issued.token
    )
    return Player(person, Phone(user, meter, Random(random.random())), issued.token, write_script(random, months))


def _branch(random: Random, branch_id: int, players: list[Player]) -> BranchOnStage:
    branch = BranchOnStage(branch_id, players[0].person.branch, players, BranchScript())
    branch.script = write_branch_script(
        random, [(player.member_id, player.person.name) for player in players],
        branch.secretary.member_id, branch.commissioner.member_id,
    )  # fmt: skip
    return branch
