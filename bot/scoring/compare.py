"""What a new table would change: who crosses the line, who enters or leaves the top share, how ranks move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.scoring.ranks import Entry, rank, top_share, under_line
from bot.scoring.table import RuleSet


@dataclass(frozen=True, slots=True)
class Standing:
    """One member's year in the own branch: points (None: not rated), rank, and what follows."""

    member: int
    points: Decimal | None
    rank: int | None
    top: bool
    below: bool


@dataclass(frozen=True, slots=True)
class Move:
    """One member before and after; None where there was nothing to compare."""

    member: int
    before: Standing | None
    after: Standing | None

    @property
    def points(self) -> Decimal | None:
        """How many points more (or fewer)."""
        if self.before is None or self.after is None or self.before.points is None or self.after.points is None:
            return None
        return self.after.points - self.before.points

    @property
    def ranks(self) -> int | None:
        """How many places up (positive) or down."""
        if self.before is None or self.after is None or self.before.rank is None or self.after.rank is None:
            return None
        return self.before.rank - self.after.rank


@dataclass(frozen=True, slots=True)
class Moves:
    """All members' moves, by id, and the lists that a committee asks for first (member ids)."""

    moves: tuple[Move, ...]
    fell_below: tuple[int, ...]
    rose_above: tuple[int, ...]
    into_top: tuple[int, ...]
    out_of_top: tuple[int, ...]
    changed_rank: tuple[int, ...]


def standings(rules: RuleSet, branch: Sequence[Entry]) -> tuple[Standing, ...]:
    """One branch's year by a rule set, by rank; the errors of `top_share`."""
    ranked = rank(branch, ties=rules.policies.rank_ties or "skip")
    below = frozenset(under_line(rules, ranked))
    top = top_share(rules, ranked, ineligible=below).members
    return tuple(Standing(one.id, one.points, one.rank, one.id in top, one.id in below) for one in ranked)


def compare(before: Sequence[Standing], after: Sequence[Standing]) -> Moves:
    """Two sets of standings of the same members, of one branch or of many."""
    old, new = {one.member: one for one in before}, {one.member: one for one in after}
    moves = tuple(Move(member, old.get(member), new.get(member)) for member in sorted(old.keys() | new.keys()))
    both = [(move.member, move.before, move.after) for move in moves if move.before and move.after]
    return Moves(
        moves=moves,
        fell_below=tuple(who for who, was, now in both if now.below and was.points is not None and not was.below),
        rose_above=tuple(who for who, was, now in both if was.below and now.points is not None and not now.below),
        into_top=tuple(who for who, was, now in both if now.top and not was.top),
        out_of_top=tuple(who for who, was, now in both if was.top and not now.top),
        changed_rank=tuple(move.member for move in moves if move.ranks),
    )
