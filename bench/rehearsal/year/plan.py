"""What is out of the ordinary in the year, drawn from the seed before anybody acts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

from bench.rehearsal.branch_script import write_branch_script
from bench.rehearsal.organisation import BranchOnStage, Organisation, Player
from bench.rehearsal.script import Claim, Manner, MonthScript

MONTHS = tuple(f"2026-{number:02}" for number in range(1, 13))
QUARTERS = tuple((f"2026Q{number + 1}", MONTHS[number * 3 : number * 3 + 3]) for number in range(4))
OBJECTIONS_A_QUARTER = 3

KIND_CLAIMS = (
    Claim("lecture", "given", 2), Claim("warning_essay", "essay", 2), Claim("integrity", "example", 2),
    Claim("pairing", "help", 2), Claim("volunteer", "volunteer", 8), Claim("disabled_help", "help", 2),
    Claim("suggestion", "adopted", 2),
)  # fmt: skip


class After(StrEnum):
    """What the member does with the answer."""

    ACCEPTS = "accepts"
    LETS_STAND = "lets_stand"
    ESCALATES = "escalates"


@dataclass(slots=True)
class PlannedObjection:
    """One objection of the year: how it is answered, and again if the group is asked; `late` is answered overdue."""

    number: int
    outcome: str
    after: After
    second: str = ""
    late: bool = False
    objector: Player | None = None
    objection_id: int = 0

    @property
    def succeeds(self) -> bool:
        """Whether the last answer changes points."""
        return (self.second or self.outcome) != "rejected"

    @property
    def text(self) -> str:
        """What the member writes; nobody else writes the same."""
        return f"异议{self.number}号：本人当月确有此项事迹，请重新核对。"

    def answer(self, level: int) -> str:
        """What is written to him."""
        return f"答复{self.number}号之{level}：已查阅原始记录并核对。"


def twelve_objections() -> list[list[PlannedObjection]]:
    """Three a quarter; five of them succeed, one of these only with the group."""
    drawn = [
        [("upheld", After.ACCEPTS, ""), ("rejected", After.ACCEPTS, ""), ("rejected", After.ESCALATES, "upheld")],
        [("partly", After.LETS_STAND, ""), ("rejected", After.LETS_STAND, ""), ("rejected", After.ACCEPTS, "")],
        [("upheld", After.ACCEPTS, ""), ("rejected", After.ESCALATES, "rejected"), ("rejected", After.LETS_STAND, "")],
        [("upheld", After.ACCEPTS, ""), ("rejected", After.ACCEPTS, ""), ("rejected", After.ESCALATES, "rejected")],
    ]
    planned = [
        [
            PlannedObjection(quarter * OBJECTIONS_A_QUARTER + place + 1, outcome, after, second)
            for place, (outcome, after, second) in enumerate(rows)
        ]
        for quarter, rows in enumerate(drawn)
    ]
    planned[1][1].late = True
    return planned


@dataclass(slots=True)
class YearPlan:
    """Who is concerned by what; quarters are counted from 0."""

    late_branch: BranchOnStage
    kind_branch: BranchOnStage
    leave_branch: BranchOnStage
    disputed_branch: BranchOnStage
    sent_back: tuple[tuple[int, BranchOnStage], ...]
    mover: Player
    moves_to: BranchOnStage
    phoneless: Player
    stand_in: Player
    objections: list[list[PlannedObjection]] = field(default_factory=twelve_objections)

    late_in: int = 0
    leave_in: int = 1
    kind_in: int = 2
    redrawn_in: int = 1
    conflict_in: int = 0
    disputed_in: int = 3

    def reviewers_in(self, quarter: int) -> int:
        """How many check each branch in this quarter: two, once the table wants it."""
        return 2 if quarter >= self.disputed_in else 1


def plan_year(people: Organisation, random: Random) -> YearPlan:
    """Draw the troubles, write every branch's four quarters, and leave those concerned out of other troubles."""
    branches = people.branches
    ordinary = [player for player in people.players if not player.person.offices and player.person.status == "active"]
    # The rater who is too kind has one of the smallest branches, so that all others are left for the other troubles.
    kind = min(branches, key=lambda one: len(_distinct(ordinary)) - len(_distinct(ordinary, away_from=one)))
    late = next(branch for branch in branches if branch is not kind)
    stand_in, phoneless, mover = random.sample(_distinct(ordinary, away_from=kind), 3)
    leave = people.branch_of(stand_in)
    others = [branch for branch in branches if branch.branch_id != mover.person.branch_id and branch is not kind]
    plan = YearPlan(
        late, kind, leave, branches[-1], ((0, branches[-1]), (3, branches[0])), mover, random.choice(others), phoneless,
        stand_in,
    )  # fmt: skip
    phoneless.has_phone = False
    for player in (phoneless, mover, stand_in):
        player.script.months = [MonthScript(Manner.USUAL) for _ in MONTHS]
    write_branches(people, plan, random)
    return plan


def _distinct(players: Sequence[Player], away_from: BranchOnStage | None = None) -> list[Player]:
    """Those who share their name with nobody, and are of another branch than this."""
    names = Counter(player.person.name for player in players)
    return [
        player
        for player in players
        if names[player.person.name] == 1 and (away_from is None or player.person.branch_id != away_from.branch_id)
    ]


def write_branches(people: Organisation, plan: YearPlan, random: Random) -> None:
    """Each branch's scripts of the four quarters; in one branch everybody claims much and nobody is asked why."""
    spared = {plan.phoneless.member_id, plan.mover.member_id, plan.stand_in.member_id}
    for branch in people.branches:
        for _ in QUARTERS:
            script = write_branch_script(
                random, [(player.member_id, player.person.name) for player in branch.players],
                branch.secretary.member_id, branch.commissioner.member_id,
            )  # fmt: skip
            script.spare(spared)
            branch.quarters.append(script)
    kind = plan.kind_branch.quarters[plan.kind_in]
    kind.adjusts, kind.returns = set(), set()
    for player in plan.kind_branch.players:
        for number in range(plan.kind_in * 3, plan.kind_in * 3 + 3):
            player.script.months[number] = MonthScript(Manner.CLAIMS, KIND_CLAIMS)
    for quarter, branch in plan.sent_back:
        branch.quarters[quarter].closings += 1
