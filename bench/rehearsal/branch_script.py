"""What a branch's leaders intend: the roll and the dues of each month, and the decisions at the quarter's end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from random import Random

RECORDED = ("meetings", "party_day", "dues", "performance")
# What is amiss, and with how many in a hundred members.
_AMISS = {("meetings", "absent"): 3, ("meetings", "late"): 5, ("party_day", "absent"): 3, ("dues", "late"): 3}
_GRADED = {"high": 6, "good": 10}
_ADJUSTED, _RETURNED = 8, 5


@dataclass(frozen=True, slots=True)
class Amiss:
    """Something that the roll, the dues or a platform say of one member."""

    member_id: int
    item: str
    act: str = ""
    grade: str = ""

    @property
    def facts(self) -> list[dict[str, str]]:
        """How it must be stored."""
        return [{"grade": self.grade}] if self.grade else [{"act": self.act}]


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What the secretary decided against an answer, noted when the button was tapped."""

    item: str
    month: int
    centi: int


@dataclass(slots=True)
class BranchScript:
    """One branch's quarter: what is amiss by month, who is adjusted and whose form is sent back.

    `decided_later` is what the review group adjusted and what objections corrected, in order; `closings` how often the
    branch has to close: once more each time the group sends it back.
    """

    amiss: list[list[Amiss]] = field(default_factory=list)
    adjusts: set[int] = field(default_factory=set)
    returns: set[int] = field(default_factory=set)
    adjusted: dict[int, Adjustment] = field(default_factory=dict)
    returned: dict[int, int] = field(default_factory=dict)
    has_met: bool = False
    decided_later: list[tuple[int, Adjustment]] = field(default_factory=list)
    closings: int = 1

    def spare(self, member_ids: Collection[int]) -> None:
        """Leave these members out of everything that is out of the ordinary."""
        self.amiss = [[one for one in month if one.member_id not in member_ids] for month in self.amiss]
        self.adjusts -= set(member_ids)
        self.returns -= set(member_ids)


def write_branch_script(
    random: Random, members: list[tuple[int, str]], secretary: int, commissioner: int
) -> BranchScript:
    """Draw a branch's quarter for its members (id, name); the commissioner's own record stays clean."""
    ids = [member_id for member_id, _ in members if member_id != commissioner]
    script = BranchScript([[*_drawn(random, ids)] for _ in range(3)])
    names = Counter(name for _, name in members)
    # Buttons of a queue say names; who shares one is left to the ordinary way.
    distinct = [member_id for member_id, name in members if names[name] == 1 and member_id != secretary]
    for member_id in distinct:
        drawn = random.randrange(100)
        if drawn < _ADJUSTED:
            script.adjusts.add(member_id)
        elif drawn < _ADJUSTED + _RETURNED:
            script.returns.add(member_id)
    return script


def _drawn(random: Random, ids: list[int]) -> list[Amiss]:
    found: list[Amiss] = []
    for member_id in ids:
        seen: set[str] = set()
        for (item, act), share in _AMISS.items():
            if item not in seen and random.randrange(100) < share:
                seen.add(item)
                found.append(Amiss(member_id, item, act))
        grade = next((grade for grade, share in _GRADED.items() if random.randrange(100) < share), None)
        if grade is not None:
            found.append(Amiss(member_id, "performance", grade=grade))
    return found
