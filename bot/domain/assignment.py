"""Which reviewer checks which branch: evenly, never his own nor one he is close to, and the same for the same seed."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from bot.domain.draw import sha256

Pair = tuple[int, int]
"""A branch and the member who reviews it."""


@dataclass
class UnplaceableError(ValueError):
    """Too few reviewers may look at this branch."""

    branch_id: int


def assign(
    branches: Sequence[int],
    reviewers: Sequence[int],
    blocked: Set[Pair],
    per_branch: int,
    seed: str,
    kept: Iterable[Pair] = (),
) -> tuple[Pair, ...]:
    """Give each branch so many different reviewers; `kept` pairs stay as they are and count.

    The loads differ by at most one whenever the blocks allow it: each place is filled along the path that ends at the
    least loaded reviewer, moving others on where that helps, so the sum of the squared loads is the least possible.
    """
    plan = _Plan(tuple(reviewers), blocked, seed, set(kept))
    for branch_id in sorted(branches, key=lambda one: sha256(f"{seed}:{one}")):
        for _ in range(per_branch - plan.held_by(branch_id)):
            plan.place(branch_id)
    return tuple(sorted(plan.pairs))


class _Plan:
    def __init__(self, reviewers: tuple[int, ...], blocked: Set[Pair], seed: str, kept: set[Pair]) -> None:
        self._order = tuple(sorted(reviewers, key=lambda one: sha256(f"{seed}:reviewer:{one}")))
        self._blocked = blocked
        self._seed = seed
        self._kept = kept
        self.pairs = set(kept)

    def held_by(self, branch_id: int) -> int:
        """How many reviewers the branch has."""
        return sum(branch == branch_id for branch, _ in self.pairs)

    def place(self, branch_id: int) -> None:
        """Give the branch one reviewer more, moving others on along the way where that evens the loads."""
        came_from = self._reached_from(branch_id)
        if not came_from:
            raise UnplaceableError(branch_id)
        loads = Counter(reviewer for _, reviewer in self.pairs)
        reviewer = min(came_from, key=lambda one: (loads[one], sha256(f"{self._seed}:{branch_id}:{one}")))
        while True:
            branch, before = came_from[reviewer]
            self.pairs.add((branch, reviewer))
            if before is None:
                return
            self.pairs.discard((branch, before))
            reviewer = before

    def _reached_from(self, branch_id: int) -> dict[int, tuple[int, int | None]]:
        """Every reviewer who can take a place: by which branch he is reached, and whom that branch gives up for him."""
        reached: dict[int, tuple[int, int | None]] = {}
        waiting: deque[tuple[int, int | None]] = deque([(branch_id, None)])
        while waiting:
            branch, given_up = waiting.popleft()
            for reviewer in self._order:
                pair = (branch, reviewer)
                if reviewer in reached or pair in self.pairs or pair in self._blocked:
                    continue
                reached[reviewer] = (branch, given_up)
                waiting += [(other, reviewer) for other in self._movable(reviewer)]
        return reached

    def _movable(self, reviewer: int) -> list[int]:
        return sorted(branch for branch, held in self.pairs - self._kept if held == reviewer)
