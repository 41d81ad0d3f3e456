"""What a review looks at first, number by number."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.domain.flags import (
    BRANCH_POINTS,
    MEMBER_POINTS,
    Flag,
    FlagKind,
    far_from_median,
    heaviest_first,
    is_copied,
    leniency,
    weight,
)
from bot.domain.remarks import Remark, RemarkKind


def values(*points: str) -> dict[int, Decimal]:
    return {number: Decimal(one) for number, one in enumerate(points)}


@pytest.mark.parametrize(
    ("points", "far"),
    [
        (("60", "60", "60", "60", "60"), {}),
        (("60", "60", "60", "60", "65"), {4: 5}),
        (("60", "60", "60", "60", "64.99"), {}),
        (("60", "60", "60", "60", "55"), {4: -5}),
        (("60", "60", "65"), {}),
        (("60", "61", "62", "63", "64", "90"), {5: Decimal("27.5")}),
        (("60", "61", "62", "63", "64", "70"), {}),
        (("50", "60", "70", "80", "90"), {}),
        ((), {}),
    ],
)
def test_far_from_the_branchs_median(points: tuple[str, ...], far: dict[int, Decimal | int]) -> None:
    """By the MAD rule; never within five points, never among fewer than four."""
    assert far_from_median(values(*points), MEMBER_POINTS) == far


TWICE, ONCE = {"lecture": 2}, {"lecture": 1}


@pytest.mark.parametrize(
    ("claims", "copied"),
    [
        ([TWICE, TWICE, TWICE, TWICE], True),
        ([TWICE, TWICE, TWICE], True),
        ([TWICE, TWICE], False),
        ([TWICE, TWICE, TWICE, ONCE], False),
        ([ONCE, TWICE, TWICE, TWICE], False),
        ([{}, {}, {}, {}], False),
        ([], False),
    ],
)
def test_untouched_copies(claims: list[dict[str, int]], copied: bool) -> None:
    """The same claims every month; ordinary months, in which nothing is claimed, are no copies."""
    assert is_copied(claims) is copied


def test_leniency_compares_with_the_other_branches() -> None:
    """The mean of the others' means, the rank from above, and whether it stands out."""
    means = {1: Decimal(70), 2: Decimal(62), 3: Decimal(60), 4: Decimal(61), 5: Decimal(61)}
    found = leniency(means, 1)
    assert found is not None
    assert (found.mean, found.others, found.difference) == (70, 61, 9)
    assert (found.rank, found.of, found.lowest, found.highest) == (1, 5, 60, 70)
    assert found.is_far
    assert found.stands_out
    ordinary = leniency(means, 4)
    assert ordinary is not None
    assert ordinary.rank == 3
    assert not ordinary.is_far
    assert not leniency({1: Decimal(62), 2: Decimal(60)}, 1).stands_out
    assert leniency({1: Decimal(60) + BRANCH_POINTS, 2: Decimal(60)}, 1).stands_out


def test_a_branch_alone_or_unrated_is_compared_with_nobody() -> None:
    """One branch has no difference; a branch without rated members has no leniency."""
    alone = leniency({1: Decimal(60)}, 1)
    assert alone is not None
    assert alone.difference is None
    assert not alone.stands_out
    assert leniency({1: Decimal(60)}, 2) is None


RECORDS, FAR, COPIED = Remark(RemarkKind.AGAINST_RECORDS), Flag(FlagKind.FAR_FROM_MEDIAN), Flag(FlagKind.COPIED)
SILENT, PROXY = Remark(RemarkKind.NOT_HANDED_IN), Remark(RemarkKind.BY_PROXY)


def test_claims_against_records_come_before_outliers_and_copies() -> None:
    """Whatever order they were found in; silence and what was adjusted already are no hints at all."""
    found = [PROXY, SILENT, COPIED, Remark(RemarkKind.ADJUSTED), FAR, RECORDS]
    assert heaviest_first(found) == (RECORDS, FAR, COPIED, PROXY)


def test_members_are_sorted_by_their_heaviest_hint() -> None:
    """Many light hints weigh less than one heavy one; of two with the same first the next decides."""
    members = [(COPIED, PROXY, PROXY), (FAR,), (FAR, COPIED), (RECORDS,), (PROXY,)]
    assert sorted(members, key=weight) == [(RECORDS,), (FAR, COPIED), (FAR,), (COPIED, PROXY, PROXY), (PROXY,)]
