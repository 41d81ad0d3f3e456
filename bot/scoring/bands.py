"""Bands of a year's points: which one a member is in, and how a quota in a branch moves members down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.scoring.errors import RuleSilentError
from bot.scoring.limits import find
from bot.scoring.points import places
from bot.scoring.ranks import Ranked
from bot.scoring.table import Band, RuleSet


@dataclass(frozen=True, slots=True)
class Banded:
    """One member's band, None where no band reaches; `moved` says that a quota moved him down."""

    id: int
    band: Band | None
    moved: bool = False


def band_of(rules: RuleSet, points: Decimal, *, member_class: str = "", per: str = "year") -> Band | None:
    """The band of a total, without quotas. RuleSilentError "band_gap" or "band_overlap" as `limits.find`."""
    return find("band", _bands(rules, member_class, per), points, rules.policies.gaps, rules.policies.overlaps)


def share_out(
    rules: RuleSet, ranked: Sequence[Ranked], *, member_class: str = "", per: str = "year"
) -> tuple[Banded, ...]:
    """The bands of one branch's rated members, by rank, with quotas kept: who is over one goes to the next lower band.

    RuleSilentError "quota_choice", "quota_rounding" or "quota_tie" where the rules do not say who stays.
    """
    rated = [one for one in ranked if one.points is not None]
    given = {
        one.id: band_of(rules, one.points, member_class=member_class, per=per)
        for one in rated
        if one.points is not None
    }
    bands = sorted(_bands(rules, member_class, per), key=lambda band: band.low or Decimal("-Infinity"), reverse=True)
    moved: set[int] = set()
    for band, lower in zip(bands, [*bands[1:], None], strict=True):
        for who in _over(rules, band, [one for one in rated if given[one.id] == band], len(rated)):
            given[who] = lower
            moved.add(who)
    return tuple(Banded(one.id, given[one.id], one.id in moved) for one in rated)


def _bands(rules: RuleSet, member_class: str, per: str) -> list[Band]:
    return [band for band in rules.bands if band.member_class in ("", member_class) and band.per == per]


def _over(rules: RuleSet, band: Band, holders: Sequence[Ranked], members: int) -> tuple[int, ...]:
    """Who has to leave a band with a quota."""
    if band.quota is None or len(holders) <= places(band.quota.share, members, "floor"):
        return ()
    exact = band.quota.share * members
    asked = {"band": band.id, "members": str(members), "holders": str(len(holders)), "exact": f"{float(exact):.2f}"}
    if rules.policies.quota_choice != "by_score":
        raise RuleSilentError("quota_choice", policy="quota_choice", **asked)
    if rules.policies.quota_rounding is None and exact.denominator != 1:
        raise RuleSilentError("quota_rounding", policy="quota_rounding", **asked)
    seats = places(band.quota.share, members, rules.policies.quota_rounding or "floor")
    if len(holders) > seats > 0 and holders[seats - 1].points == holders[seats].points:
        raise RuleSilentError("quota_tie", **asked)
    return tuple(one.id for one in holders[seats:])
