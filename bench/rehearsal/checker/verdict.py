"""All figures of the checker, with a sentence for everything that is not as it was promised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bench.rehearsal.checker import chain, deadlines, pairs, trust
from bench.rehearsal.checker.deadlines import Quarter
from bench.rehearsal.checker.rows import Tables
from bench.rehearsal.checker.wire import Wire


@dataclass(slots=True)
class Verdict:
    """The figures, and why they are what they are."""

    figures: dict[str, Any] = field(default_factory=dict)
    sentences: list[str] = field(default_factory=list)

    def count(self, name: str, findings: Iterable[str]) -> int:
        """Note these findings under this name."""
        found = list(findings)
        self.sentences += [f"{name}: {one}" for one in found]
        return len(found)


NOUGHTS = (
    "unanswered_objections", "missed_deadlines", "doubled_deadlines", "private_in_group", "own_branch_reviews",
    "lone_reviews",
)  # fmt: skip
TRUTHS = ("draw_recomputed", "ledger_verified")


def promises_kept(figures: Mapping[str, Any]) -> bool:
    """Whether these figures are as they were promised; those of a play without a year have none of them."""
    return (
        not any(figures.get(name, 0) for name in NOUGHTS)
        and all(figures.get(name, True) for name in TRUTHS)
        and figures.get("prompts_per_member_month_max", 0) <= deadlines.CEILING
    )


def judge(tables: Tables, wire: Wire, quarters: tuple[Quarter, ...], ended: datetime) -> Verdict:
    """Work everything out again."""
    verdict, year = Verdict(), deadlines.Year(tables, quarters, ended)
    for name, findings in (
        ("unanswered_objections", trust.unanswered_objections(tables, wire)),
        ("missed_deadlines", deadlines.missed(year)),
        ("doubled_deadlines", deadlines.doubled(year)),
        ("private_in_group", trust.private_in_groups(tables, wire)),
        ("own_branch_reviews", trust.own_branch_reviews(tables)),
        ("lone_reviews", pairs.lone_reviews(tables, quarters)),
    ):
        verdict.figures[name] = verdict.count(name, findings)
    names = tuple(name for name, _ in quarters)
    verdict.figures["draw_recomputed"] = not verdict.count("draw_recomputed", chain.wrong_draws(tables, names))
    verdict.figures["ledger_verified"] = not verdict.count("ledger_verified", chain.broken_entries(tables))
    verdict.figures["prompts_per_member_month_max"] = trust.prompts_per_member_month(tables, wire)
    return verdict
