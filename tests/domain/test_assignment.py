"""Who reviews which branch: fair, blind to its own, and the same for everybody who recomputes it."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.assignment import Pair, UnplaceableError, assign


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[int], list[int], set[Pair], int]:
    """Branches, reviewers, blocked pairs and reviewers a branch, small enough for an oracle that tries everything."""
    branches = list(range(1, draw(st.integers(1, 5)) + 1))
    reviewers = list(range(11, 11 + draw(st.integers(1, 4))))
    pairs = list(itertools.product(branches, reviewers))
    blocked = set(draw(st.lists(st.sampled_from(pairs), max_size=len(pairs) // 2)))
    return branches, reviewers, blocked, draw(st.integers(1, 2))


def spread(pairs: tuple[Pair, ...], reviewers: list[int]) -> int:
    """How far the busiest is from the idlest."""
    loads = Counter(reviewer for _, reviewer in pairs)
    return max(loads[one] for one in reviewers) - min(loads[one] for one in reviewers)


def best_spread(branches: list[int], reviewers: list[int], blocked: set[Pair], per_branch: int) -> int | None:
    """Try every possible assignment; the smallest spread, or None where a branch cannot be placed."""
    choices = [
        list(itertools.combinations([one for one in reviewers if (branch, one) not in blocked], per_branch))
        for branch in branches
    ]
    spreads = [
        spread(
            tuple((branch, one) for branch, chosen in zip(branches, plan, strict=True) for one in chosen), reviewers
        )
        for plan in itertools.product(*choices)
    ]  # fmt: skip
    return min(spreads, default=None)


@given(cases(), st.text(max_size=4))
def test_it_is_as_even_as_it_can_be(case: tuple[list[int], list[int], set[Pair], int], seed: str) -> None:
    """Whenever some assignment has loads that differ by at most one, this one has; blocks are never broken."""
    branches, reviewers, blocked, per_branch = case
    best = best_spread(branches, reviewers, blocked, per_branch)
    if best is None:
        with pytest.raises(UnplaceableError):
            assign(branches, reviewers, blocked, per_branch, seed)
        return
    pairs = assign(branches, reviewers, blocked, per_branch, seed)
    assert not set(pairs) & blocked
    assert Counter(branch for branch, _ in pairs) == dict.fromkeys(branches, per_branch)
    if best <= 1:
        assert spread(pairs, reviewers) <= 1


@given(cases(), st.text(max_size=4), st.randoms())
def test_the_same_seed_gives_the_same(
    case: tuple[list[int], list[int], set[Pair], int], seed: str, chance: object
) -> None:
    """Whatever the order in which branches and reviewers come."""
    branches, reviewers, blocked, per_branch = case
    shuffled = (branches[:], reviewers[:])
    for one in shuffled:
        chance.shuffle(one)  # type: ignore[attr-defined]
    first, second = (outcome(*one, blocked, per_branch, seed) for one in ((branches, reviewers), shuffled))
    assert first == second


def outcome(branches: list[int], reviewers: list[int], blocked: set[Pair], per_branch: int, seed: str) -> object:
    """The pairs, or the branch that cannot be placed."""
    try:
        return assign(branches, reviewers, blocked, per_branch, seed)
    except UnplaceableError as error:
        return error.branch_id


def test_the_branch_that_nobody_may_look_at_is_named() -> None:
    """Both reviewers are close to branch 2."""
    with pytest.raises(UnplaceableError) as refused:
        assign([1, 2, 3], [11, 12], {(2, 11), (2, 12)}, 1, "s")
    assert refused.value.branch_id == 2


def test_what_is_kept_stays_and_counts() -> None:
    """A declaration afterwards moves one branch only, to whoever has least."""
    kept = [(1, 11), (2, 12), (3, 12), (4, 13)]
    pairs = assign([1, 2, 3, 4, 5], [11, 12, 13], {(5, 11)}, 1, "s", kept)
    assert set(kept) <= set(pairs)
    assert (5, 13) in pairs


def test_others_are_moved_on_where_that_evens_it_out() -> None:
    """Only 11 may take branch 3, so what he could have had goes to 12."""
    for seed in "abcdefgh":
        pairs = assign([1, 2, 3, 4], [11, 12], {(3, 12), (4, 12)}, 1, seed)
        assert set(pairs) == {(1, 12), (2, 12), (3, 11), (4, 11)}


def test_a_whole_organisation_is_even() -> None:
    """Twenty-four branches and six reviewers, three of them from drawn branches: four each."""
    pairs = assign(range(1, 25), [1, 2, 3, 4, 5, 6], {(7, 1), (9, 2), (9, 3), (20, 4), (21, 5), (22, 6)}, 1, "seed")
    assert set(Counter(reviewer for _, reviewer in pairs).values()) == {4}
