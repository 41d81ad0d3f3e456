"""What a run says: a line a row, the report line, and the same as data."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from bench.faults.figures import Outcome

TOLD = (
    "updates", "kills", "lost", "duplicate effects", "duplicate sends", "forbidden attempts", "denied",
    "private in group", "double decisions", "missed deadlines", "tampers", "found",
)  # fmt: skip


@dataclass(slots=True)
class Report:
    """The outcomes of one run on one kind of database."""

    database: str
    seed: int
    full: bool
    outcomes: list[Outcome] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    answered_ms: list[float] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        """Whether every row held."""
        return all(outcome.passed for outcome in self.outcomes)

    @property
    def p99_ms(self) -> float:
        """99 of 100 taps were answered within this time."""
        ordered = sorted(self.answered_ms)
        return round(ordered[len(ordered) * 99 // 100], 1) if ordered else 0.0

    def as_json(self) -> dict[str, Any]:
        """All of it as plain data."""
        return {
            "database": self.database, "seed": self.seed, "scale": "full" if self.full else "small",
            "passed": self.passed, "report": report_line(self), "p99_ms": self.p99_ms,
            "seconds": round(sum(outcome.seconds for outcome in self.outcomes), 1),
            "counts": {name: self.counts[name] for name in TOLD},
            "rows": [outcome.as_json() for outcome in self.outcomes],
        }  # fmt: skip


def said(outcome: Outcome, kind: str) -> str:
    """One row's line."""
    mark = "skip" if outcome.skipped else "pass" if outcome.passed else "FAIL"
    figures = outcome.skipped or outcome.broke or " · ".join(map(str, outcome.figures))
    return f"{mark} {outcome.row.id} {kind:8} {outcome.seconds:6.1f} s  {outcome.row.fault}: {figures}"


def report_line(report: Report) -> str:
    """The line for the README; d is at most K."""
    counts = report.counts
    return (
        f"updates {counts['updates']} · kills {counts['kills']} · lost {counts['lost']} · "
        f"duplicate effects {counts['duplicate effects']} · "
        f"duplicate sends {counts['duplicate sends']} ≤ {counts['kills']} · "
        f"forbidden attempts {counts['forbidden attempts']} denied {counts['denied']} · "
        f"private-in-group {counts['private in group']} · double decisions {counts['double decisions']} · "
        f"missed deadlines {counts['missed deadlines']} · tampers {counts['tampers']} found {counts['found']} · "
        f"p99 ack {report.p99_ms:g} ms"
    )
