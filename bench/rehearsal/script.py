"""Who does what: the intentions of every person in every month, drawn from the seed before anybody acts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from random import Random

from bench.rehearsal.default_table import ROWS


class Manner(StrEnum):
    """How somebody goes about a month."""

    USUAL = "usual"
    CLAIMS = "claims"
    LATE = "late"
    CHANGES_HIS_MIND = "changes"
    BEGINS_ONLY = "begins"
    NEVER = "never"


_MANNERS = {
    Manner.USUAL: 52,
    Manner.CLAIMS: 24,
    Manner.LATE: 10,
    Manner.CHANGES_HIS_MIND: 6,
    Manner.BEGINS_ONLY: 3,
    Manner.NEVER: 5,
}


@dataclass(frozen=True, slots=True)
class Claim:
    """What a person says under one item: an act so many times, or a grade; `proven` with a photo."""

    item: str
    act: str = ""
    count: int = 0
    grade: str = ""
    proven: bool = False

    @property
    def facts(self) -> list[dict[str, str]]:
        """The facts that the database must hold afterwards, in the form they are stored in."""
        if self.grade:
            return [{"grade": self.grade}]
        if self.count == 0 and self.item != "study":
            return []
        named = {} if self.item == "study" else {"act": self.act}
        return [named | ({} if self.count == 1 else {"count": str(self.count)})]


# What ordinary people claim, and how often in a hundred claims.
_CLAIMS = {
    Claim("lecture", "given", 1): 14,
    Claim("lecture", "given", 2): 4,
    Claim("warning_essay", "essay", 1): 10,
    Claim("integrity", "example", 1): 5,
    Claim("innovation", "project", 1, proven=True): 12,
    Claim("pairing", "help", 1): 10,
    Claim("volunteer", "volunteer", 4): 12,
    Claim("volunteer", "volunteer", 5): 4,
    Claim("disabled_help", "help", 1): 8,
    Claim("suggestion", "adopted", 1): 7,
    Claim("suggestion", "adopted", 2): 3,
    Claim("post", grade="mostly"): 6,
    Claim("pledge", grade="partly"): 3,
    Claim("study", "study", 1): 2,
}
_USUAL = {"study": [{"count": "2"}], "post": [{"grade": "full"}], "pledge": [{"grade": "kept"}],
          "masses": [{"grade": "done"}]}  # fmt: skip


@dataclass(frozen=True, slots=True)
class MonthScript:
    """One person's month: what he claims, and what he thinks of afterwards."""

    manner: Manner
    claims: tuple[Claim, ...] = ()
    second_thoughts: Claim | None = None

    @property
    def hands_in(self) -> bool:
        """Whether the form is handed in, in the end."""
        return self.manner not in {Manner.NEVER, Manner.BEGINS_ONLY}

    @property
    def times_handed_in(self) -> int:
        """How often."""
        return int(self.hands_in) + int(self.second_thoughts is not None)

    def final_answers(self) -> dict[str, list[dict[str, str]]]:
        """The member's own answers as they must stand in the end, by item."""
        claims = [*self.claims, *([self.second_thoughts] if self.second_thoughts else [])]
        said = {claim.item: claim.facts for claim in claims}
        if not self.hands_in:
            return said
        usual = {item: _USUAL.get(item, []) for item, row in ROWS.items() if row.by == "member"}
        return usual | said

    def proofs(self) -> set[str]:
        """The items that carry a photo."""
        claims = [*self.claims, *([self.second_thoughts] if self.second_thoughts else [])]
        return {claim.item for claim in claims if claim.proven}


@dataclass(slots=True)
class MemberScript:
    """One person over all months that are played."""

    months: list[MonthScript] = field(default_factory=list)


def write_script(random: Random, months: int = 3) -> MemberScript:
    """Draw one person's months."""
    return MemberScript([_month(random) for _ in range(months)])


def _month(random: Random) -> MonthScript:
    manner = random.choices(list(_MANNERS), list(_MANNERS.values()))[0]
    if manner in {Manner.USUAL, Manner.NEVER}:
        return MonthScript(manner)
    claims = _drawn(random, random.choice((1, 1, 2, 3)))
    if manner is Manner.LATE and random.random() < 0.6:
        claims = ()
    if manner is not Manner.CHANGES_HIS_MIND:
        return MonthScript(manner, claims)
    first = claims[0]
    other = replace(first, grade="", count=0) if first.act else Claim("discipline", "notice", 1)
    if first.act and first.count == 1 and not first.proven:
        other = replace(first, count=2) if first.item != "study" else replace(first, count=0)
    if first.item == "study" and other.count == 0:
        other = replace(first, count=2)
    return MonthScript(manner, claims, other)


def _drawn(random: Random, how_many: int) -> tuple[Claim, ...]:
    drawn: dict[str, Claim] = {}
    while len(drawn) < how_many:
        claim = random.choices(list(_CLAIMS), list(_CLAIMS.values()))[0]
        drawn.setdefault(claim.item, claim)
    return tuple(drawn.values())
