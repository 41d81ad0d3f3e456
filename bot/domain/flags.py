"""What a review looks at first: members and branches far from the others, and forms copied from month to month."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from statistics import median
from typing import TypeVar

from bot.domain.remarks import Remark, RemarkKind

MODIFIED_Z = Decimal("3.5")
"""The MAD rule (Iglewicz and Hoaglin): beyond 3.5 median absolute deviations × 1.4826, a value is far off."""
MAD_TO_SIGMA = Decimal("1.4826")
LEAST_MEMBERS = 4
"""Among fewer members nothing can be called far from the others."""
MEMBER_POINTS = Decimal(5)
"""A member nearer than this to the branch's median is never called far, however alike the others are."""
BRANCH_POINTS = Decimal(3)
"""The same for a branch's mean among all branches' means, and for calling a branch milder or stricter."""

Key = TypeVar("Key", bound=Hashable)


class FlagKind(StrEnum):
    """Why a member's quarter is looked at first, beside the branch's own remarks."""

    FAR_FROM_MEDIAN = "far_from_median"
    COPIED = "copied"


@dataclass(frozen=True, slots=True)
class Flag:
    """One flag; `points` is the distance from the branch's median."""

    kind: FlagKind
    points: Decimal | None = None


Hint = Flag | Remark
"""Why a member is looked at first: by comparison, or by what the branch's own card remarks on."""

_HEAVIEST_FIRST: tuple[FlagKind | RemarkKind, ...] = (
    RemarkKind.AGAINST_RECORDS, FlagKind.FAR_FROM_MEDIAN, RemarkKind.FAR_FROM_LAST, FlagKind.COPIED,
    RemarkKind.NO_EVIDENCE, RemarkKind.SENT_BACK, RemarkKind.BY_PROXY,
)  # fmt: skip


def heaviest_first(hints: Iterable[Hint]) -> tuple[Hint, ...]:
    """Those that a reviewer looks at, claims against records before all.

    A form that was not handed in is none of them: silence is no outlier, and nothing is deducted for it. Neither is
    what was adjusted already.
    """
    counting = [hint for hint in hints if hint.kind in _HEAVIEST_FIRST]
    return tuple(sorted(counting, key=lambda hint: _HEAVIEST_FIRST.index(hint.kind)))


def weight(hints: Sequence[Hint]) -> tuple[int, ...]:
    """What sorts members whose hints are in order: the heaviest hint first, then the next; of equals the longer."""
    return (*(_HEAVIEST_FIRST.index(hint.kind) for hint in hints), len(_HEAVIEST_FIRST))


def far_from_median(values: Mapping[Key, Decimal], least: Decimal) -> dict[Key, Decimal]:
    """The keys whose points lie far from the median of all, with their distance; never one nearer than `least`."""
    if len(values) < LEAST_MEMBERS:
        return {}
    middle = median(values.values())
    spread = median(abs(value - middle) for value in values.values())
    limit = max(least, MODIFIED_Z * MAD_TO_SIGMA * spread)
    return {key: value - middle for key, value in values.items() if abs(value - middle) >= limit}


def is_copied(claims: Sequence[Mapping[str, object]]) -> bool:
    """Whether what was claimed beyond the usual is the same in every month, the one before the quarter included.

    `claims` are the counting months in order, each item → what was said; three at least, and never for ordinary months.
    """
    return len(claims) >= 3 and bool(claims[0]) and all(one == claims[0] for one in claims[1:])


@dataclass(frozen=True, slots=True)
class Leniency:
    """A branch's mean beside the others': `rank` 1 is the highest mean of `of` branches."""

    mean: Decimal
    others: Decimal | None
    lowest: Decimal
    highest: Decimal
    rank: int
    of: int
    is_far: bool

    @property
    def difference(self) -> Decimal | None:
        """This branch's mean minus the mean of the other branches' means."""
        return None if self.others is None else self.mean - self.others

    @property
    def stands_out(self) -> bool:
        """Whether the branch rated clearly milder or stricter than the others."""
        difference = self.difference
        return self.is_far or (difference is not None and abs(difference) >= BRANCH_POINTS)


def leniency(means: Mapping[int, Decimal], branch_id: int) -> Leniency | None:
    """How mildly this branch rated, from all branches' means; None where nobody of it is rated."""
    own = means.get(branch_id)
    if own is None:
        return None
    others = [value for key, value in means.items() if key != branch_id]
    return Leniency(
        own, sum(others, Decimal(0)) / len(others) if others else None, min(means.values()), max(means.values()),
        1 + sum(value > own for value in others), len(means), branch_id in far_from_median(means, BRANCH_POINTS),
    )  # fmt: skip
