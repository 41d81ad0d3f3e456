"""Writes docs/reliability.md from the figures of a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.faults.figures import ROWS
from bench.faults.plants import PLANTS, Plant
from bench.faults.report import Report, read, report_line

PAGE = Path("docs/reliability.md")
_HEAD = """# What the bot survives

Made by `make faults ARGS=--docs` from the figures of a run; do not edit it here.

A seeded harness plays a small organisation (twelve members in three branches, their leaders, an admin) against the
sandbox in virtual time, with the real bot in a process of its own. A nemesis injects the fault of each row; a checker
that reads only the database and the sandbox's log counts what came of it. Each row has its target; a run that misses
one ends with exit code 1.

The same command gives the same rows again; `--rows F01,F14` and `--database sqlite` choose among them, and what was run
singly at the same seed and scale comes together in `out/faults.json`, from which `--docs` makes this page:

```
{command}
```

Each row stands as its newest run left it, so rows may be of different days and states of the code. A kill row needs a
machine with room: on an overloaded one the simulated people of F01 give up waiting, and what they give up is counted as
lost. What was tried before the run that is shown stands in the decisions ("What the kills were worth").
"""
_BOUND = """
## How much these figures say

Nothing in n trials is not never: with 0 failures in n independent trials the honest bound is at most 3/n, at 95 %.

| what was counted | {databases} |
|---|{dashes}
{bounds}

Seconds and milliseconds are those of one machine that others used as well, several times busier than it has processors;
p99 includes fifty taps of one person at once, which are answered one after the other, and a hundred thousand taps of
thirteen people without a pause. Only the counts are promises. On PostgreSQL whoever polls holds a
lease of six seconds; in the rows with many kills it is one and a half, or they would only wait for it. F07 shows that
another process takes over at its real length.
"""
_PLANTS = """
## Tests of the tests

Known bugs are planted into a life of the bot, by the harness alone; `make faults ARGS=--plants` shows which row catches
each of them.

| planted bug | what it does | caught by row | on |
|---|---|---|---|
{plants}
"""
_TRIALS = {
    "updates taken while everything went wrong, none lost": "updates", "kills, no effect lost or doubled": "kills",
    "forbidden attempts, all denied": "forbidden attempts", "tampers, all found": "tampers",
    "rounds of races, no decision twice": "races",
}  # fmt: skip


def write(source: Path) -> None:
    """The page of this run."""
    PAGE.write_text(text_of(read(source)))


def text_of(reports: Sequence[Report]) -> str:
    """The page as Markdown."""
    first = reports[0]
    scale = "SCALE=full " if first.scale == "full" else ""
    command = f"{scale}make faults ARGS='--seed {first.seed} --jobs 2'"
    return "".join((
        _HEAD.format(command=command), *(_report(one) for one in reports), _bound(reports),
        _PLANTS.format(plants="\n".join(_plants())),
    ))  # fmt: skip


def _report(report: Report) -> str:
    name = {"sqlite": "SQLite", "postgres": "PostgreSQL"}[report.database]
    rows = [report.rows[id_] for id_ in sorted(report.rows)]
    skipped = [f"{row['id']} ({row['skipped']})" for row in rows if row["skipped"]]
    left_out = ", ".join(skipped) or "none"
    missing = ", ".join(sorted(set(ROWS) - set(report.rows)))
    missed = ", ".join(row["id"] for row in rows if not row["passed"]) or "none"
    minutes = sum(row["seconds"] for row in rows) / 60
    return (
        f"\n## {name}, {report.scale} scale\n\n"
        f"{len(rows) - len(skipped)} of {len(ROWS)} rows were run, in {minutes:.0f} minutes of rows. Missed: {missed}. "
        f"Not run here: {left_out}.{f' Not finished: {missing}.' if missing else ''}\n\n"
        f"> {report_line(report)}\n\n"
        f"| row | fault | injected | must hold | figures (target) | s | |\n|---|---|---|---|---|---|---|\n"
        + "\n".join(map(_line, rows))
        + "\n"
    )


def _line(row: Mapping[str, Any]) -> str:
    known = ROWS[row["id"]]
    figures = " · ".join(f"{one['name']} {one['value']:g} ({one['target']})" for one in row["figures"])
    mark = "–" if row["skipped"] else "✓" if row["passed"] else "✗"
    said = row["skipped"] or row["broke"] or figures
    return (
        f"| {row['id']} | {known.fault} | {known.injected} | {known.holds} | {said} | {row['seconds']:.0f} | {mark} |"
    )


def _bound(reports: Sequence[Report]) -> str:
    def line(title: str, name: str) -> str:
        counts = [report.counts[name] for report in reports]
        return f"| {title} | {' | '.join(map(_at_most, counts))} |"

    return _BOUND.format(
        databases=" | ".join(report.database for report in reports), dashes="---|" * len(reports),
        bounds="\n".join(line(title, name) for title, name in _TRIALS.items()),
    )  # fmt: skip


def _at_most(trials: int) -> str:
    """The number of trials, and the bound where it says anything."""
    return f"{trials}: at most {300 / trials:.2g} %" if trials > 3 else str(trials)


def _plants() -> list[str]:
    def line(name: str, plant: Plant) -> str:
        does = (plant.bug.__doc__ or "").strip().splitlines()[0]
        return f"| `{name}` | {does} | {', '.join(plant.rows)} | {plant.database} |"

    return [line(name, plant) for name, plant in PLANTS.items()]
