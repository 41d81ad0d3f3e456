"""Ranks with ties, the top share of a branch, and who is under the line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.scoring.errors import RuleSilentError
from bot.scoring.points import places
from bot.scoring.table import RuleSet

Entry = tuple[int, Decimal | None]


@dataclass(frozen=True, slots=True)
class Ranked:
    """One member's place: `rank` None = not rated; `to_next` points to the next better rank, None for the first."""

    id: int
    points: Decimal | None
    rank: int | None
    to_next: Decimal | None


@dataclass(frozen=True, slots=True)
class TopShare:
    """Who is first in line: `members` by rank; `places` there were; a tie at the cut is for the branch to decide."""

    members: tuple[int, ...]
    places: int
    tie_at_cut: tuple[int, ...]


def rank(entries: Sequence[Entry], *, ties: str = "skip") -> tuple[Ranked, ...]:
    """Best first; equal points share a rank and the next are skipped (1, 2, 2, 4), or not with `ties="dense"`.

    Ids sort ties, and the unrated come last without a rank.
    """
    rated = sorted(((who, points) for who, points in entries if points is not None), key=lambda one: (-one[1], one[0]))
    ranked: list[Ranked] = []
    better: Decimal | None = None
    for place, (who, points) in enumerate(rated, start=1):
        before = ranked[-1] if ranked else None
        if before is not None and before.points == points:
            ranked.append(Ranked(who, points, before.rank, before.to_next))
            continue
        better = before.points if before is not None else None
        number = place if ties == "skip" or before is None or before.rank is None else before.rank + 1
        ranked.append(Ranked(who, points, number, None if better is None else better - points))
    unrated = sorted(who for who, points in entries if points is None)
    return (*ranked, *(Ranked(who, None, None, None) for who in unrated))


def top_share(rules: RuleSet, ranked: Sequence[Ranked], *, ineligible: frozenset[int] = frozenset()) -> TopShare:
    """The top share of a branch by policy `top_share`: the share of all rated members, rounded, at least so many.

    `ineligible` (vetoed, under the line) take no place. RuleSilentError "top_share", "top_share_rounding" or
    "top_share_ties".
    """
    policy = rules.policies.top_share
    if policy is None:
        raise RuleSilentError("top_share", policy="top_share")
    rated = [one for one in ranked if one.points is not None]
    exact = policy.share * len(rated)
    if policy.rounding is None and exact.denominator != 1:
        raise RuleSilentError(
            "top_share_rounding",
            policy="top_share.rounding",
            share=str(policy.share),
            members=str(len(rated)),
            exact=str(exact),
        )
    seats = max(policy.at_least, places(policy.share, len(rated), policy.rounding or "floor"))
    eligible = [one for one in rated if one.id not in ineligible]
    if len(eligible) <= seats:
        return TopShare(tuple(one.id for one in eligible), seats, ())
    inside, cut = eligible[:seats], eligible[seats].points
    tied = tuple(one.id for one in eligible if one.points == cut) if inside and inside[-1].points == cut else ()
    if not tied:
        return TopShare(tuple(one.id for one in inside), seats, ())
    if policy.ties is None:
        raise RuleSilentError("top_share_ties", policy="top_share.ties", places=str(seats), tied=str(len(tied)))
    clear = tuple(one.id for one in inside if one.id not in tied)
    return TopShare((*clear, *tied) if policy.ties == "all_in" else clear, seats, tied)


def under_line(rules: RuleSet, ranked: Sequence[Ranked]) -> tuple[int, ...]:
    """Who is below the policy `line`; the unrated are not. Nobody if the rule set has no line."""
    line = rules.policies.line
    return tuple(one.id for one in ranked if line is not None and one.points is not None and one.points < line)
