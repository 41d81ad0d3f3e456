"""The year's consequences as proposals, each with its reason; a named person confirms every one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.scoring.ranks import Ranked, TopShare, top_share, under_line
from bot.scoring.results import Reason
from bot.scoring.table import RuleSet


class Proposal(StrEnum):
    """What is proposed."""

    RECOMMENDATION = "recommendation"
    TALK = "talk"
    VETO = "veto"
    NOT_RATED = "not_rated"
    DISQUALIFIED = "disqualified"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One proposal for one member; `decide` says that the branch has to choose among several."""

    member: int
    proposal: Proposal
    reason: Reason
    decide: bool = False


@dataclass(frozen=True, slots=True)
class YearEnd:
    """What a branch's year comes down to: its ranking, who was vetoed or disqualified."""

    ranked: Sequence[Ranked]
    vetoed: frozenset[int] = frozenset()
    disqualified: Mapping[int, str] = field(default_factory=dict)


def propose(rules: RuleSet, year: YearEnd) -> tuple[Outcome, ...]:
    """The proposals of one branch's year, by rank and then by kind.

    Top share → recommendation; below the line → talk and correction; veto → the discipline office's decision; not
    rated → said so. A vetoed, disqualified or under-the-line member is never recommended.
    RuleSilentError as `top_share`.
    """
    below = frozenset(under_line(rules, year.ranked))
    barred = below | year.vetoed | frozenset(year.disqualified)
    top = top_share(rules, year.ranked, ineligible=barred)
    found: list[Outcome] = []
    for one in year.ranked:
        if one.id in top.members:
            found.append(_recommended(rules, one, top))
        found += _against(rules, year, one, below)
    return tuple(found)


def _recommended(rules: RuleSet, one: Ranked, top: TopShare) -> Outcome:
    policy = rules.policies.top_share
    params = {
        "rank": str(one.rank),
        "share": str(policy.share) if policy else "",
        "places": str(top.places),
        "members": str(len(top.members)),
    }
    return Outcome(one.id, Proposal.RECOMMENDATION, Reason("top_share", params), decide=one.id in top.tie_at_cut)


def _against(rules: RuleSet, year: YearEnd, one: Ranked, below: frozenset[int]) -> list[Outcome]:
    if one.id in year.vetoed:
        return [Outcome(one.id, Proposal.VETO, Reason("vetoed"))]
    found: list[Outcome] = []
    if one.id in year.disqualified:
        found.append(
            Outcome(one.id, Proposal.DISQUALIFIED, Reason("disqualified", {"label": year.disqualified[one.id]}))
        )
    if one.points is None:
        found.append(Outcome(one.id, Proposal.NOT_RATED, Reason("not_rated")))
    elif one.id in below and rules.policies.line is not None:
        params = {"points": one.points, "line": rules.policies.line, "missing": rules.policies.line - one.points}
        found.append(Outcome(one.id, Proposal.TALK, Reason("under_line", params)))
    return found
