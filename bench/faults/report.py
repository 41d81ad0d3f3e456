"""What a run says: a line a row, the report line, and the same as data, written row by row."""

from __future__ import annotations

import fcntl
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from bench.faults.figures import Outcome

BOTH = ("sqlite", "postgres")
TOLD = (
    "updates", "kills", "lost", "duplicate effects", "duplicate sends", "forbidden attempts", "denied",
    "private in group", "double decisions", "missed deadlines", "tampers", "found", "races",
)  # fmt: skip


@dataclass(slots=True)
class Report:
    """The newest outcome of each row on one kind of database, at one seed and scale."""

    database: str
    seed: int
    scale: str
    rows: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def add(self, outcome: Outcome) -> None:
        """Enter a row's outcome; an older one of the same row is gone."""
        self.rows[outcome.row.id] = outcome.as_json()

    @property
    def passed(self) -> bool:
        """Whether every row held."""
        return all(row["passed"] for row in self.rows.values())

    @property
    def counts(self) -> Counter[str]:
        """What the report line tells, over all rows."""
        return sum((Counter(row["counts"]) for row in self.rows.values()), Counter())

    @property
    def p99_ms(self) -> int:
        """At least 99 of 100 taps were answered within so many milliseconds."""
        taken = sum((Counter(row["answered_ms"]) for row in self.rows.values()), Counter[str]())
        slowest = taken.total() // 100 + 1
        for ms in sorted(map(int, taken), reverse=True):
            slowest -= taken[str(ms)]
            if slowest <= 0:
                return ms
        return 0

    def as_json(self) -> dict[str, Any]:
        """All of it as plain data."""
        return {
            "database": self.database, "seed": self.seed, "scale": self.scale, "passed": self.passed,
            "report": report_line(self), "p99_ms": self.p99_ms,
            "seconds": round(sum(row["seconds"] for row in self.rows.values()), 1),
            "counts": {name: self.counts[name] for name in TOLD},
            "rows": [self.rows[name] for name in sorted(self.rows)],
        }  # fmt: skip

    @classmethod
    def of_json(cls, known: Mapping[str, Any]) -> Self:
        """The same, read again."""
        return cls(known["database"], known["seed"], known["scale"], {row["id"]: row for row in known["rows"]})


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
        f"p99 ack {report.p99_ms} ms"
    )


def read(source: Path) -> list[Report]:
    """The reports that were kept."""
    return [Report.of_json(one) for one in json.loads(source.read_text())] if source.exists() else []


def keep(target: Path, report: Report) -> Report:
    """Write what is new beside what is known of the same seed and scale; other runs may write to the same file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        known = {one.database: one for one in read(target)}
        before = known.get(report.database)
        if before is not None and (before.seed, before.scale) == (report.seed, report.scale):
            report = Report(report.database, report.seed, report.scale, {**before.rows, **report.rows})
        known[report.database] = report
        text = json.dumps([known[kind].as_json() for kind in BOTH if kind in known], ensure_ascii=False, indent=1)
        unfinished = target.with_suffix(".new")
        unfinished.write_text(text + "\n")
        unfinished.replace(target)
    return report
