"""Writes docs/reliability.md from the figures of a run."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.faults.figures import ROWS
from bench.faults.plants import PLANTS

PAGE = Path("docs/reliability.md")
_HEAD = """# What the bot survives

Made by `make faults ARGS=--docs` from the figures of a run; do not edit it here.

A seeded harness plays a small organisation (twelve members in three branches, their leaders, an admin) against the
sandbox in virtual time, with the real bot in a process of its own. A nemesis injects the fault of each row; a checker
that reads only the database and the sandbox's log counts what came of it. Each row has its target; a run that misses
one ends with exit code 1.

The same command gives the same rows again:

```
{command}
```
"""
_BOUND = """
## How much these figures say

Nothing in n trials is not never: with 0 failures in n independent trials the honest bound is at most 3/n, at 95 %.

| what was counted | {databases} | at most, by the rule of three |
|---|{dashes}---|
{bounds}

Seconds and milliseconds are those of one machine that others used as well, and p99 includes fifty taps of one person
at once, which are answered one after the other; only the counts are promises. On PostgreSQL whoever polls holds a
lease of six seconds, so after each kill the next one begins so much later, and a row with many kills takes longer.
"""
_PLANTS = """
## Tests of the tests

Known bugs are planted into a life of the bot, by the harness alone; `make faults ARGS=--plants` shows which row catches
each of them.

| planted bug | what it does | row |
|---|---|---|
{plants}
"""
_TRIALS = {
    "updates taken while everything went wrong, none lost": "updates", "kills, no effect lost or doubled": "kills",
    "forbidden attempts, all denied": "forbidden attempts", "tampers, all found": "tampers",
}  # fmt: skip


def write(source: Path) -> None:
    """The page of this run."""
    PAGE.write_text(text_of(json.loads(source.read_text())))


def text_of(reports: Sequence[Mapping[str, Any]]) -> str:
    """The page as Markdown."""
    first = reports[0]
    scale = "SCALE=full " if first["scale"] == "full" else ""
    command = f"{scale}make faults ARGS='--seed {first['seed']}'"
    return "".join((
        _HEAD.format(command=command), *(_report(one) for one in reports), _bound(reports),
        _PLANTS.format(plants="\n".join(_plants())),
    ))  # fmt: skip


def _report(report: Mapping[str, Any]) -> str:
    name = {"sqlite": "SQLite", "postgres": "PostgreSQL"}[report["database"]]
    lines = "\n".join(_line(row) for row in report["rows"])
    return (
        f"\n## {name}, {report['scale']} scale\n\n"
        f"{len(report['rows'])} of {len(ROWS)} rows were run, in {report['seconds']:.0f} s.\n\n"
        f"> {report['report']}\n\n"
        f"| row | fault | injected | must hold | figures (target) | |\n|---|---|---|---|---|---|\n{lines}\n"
    )


def _line(row: Mapping[str, Any]) -> str:
    known = ROWS[row["id"]]
    figures = " · ".join(f"{one['name']} {one['value']:g} ({one['target']})" for one in row["figures"])
    mark = "–" if row["skipped"] else "✓" if row["passed"] else "✗"
    said = row["skipped"] or row["broke"] or figures
    return f"| {row['id']} | {known.fault} | {known.injected} | {known.holds} | {said} | {mark} |"


def _bound(reports: Sequence[Mapping[str, Any]]) -> str:
    def line(title: str, name: str) -> str:
        counts = [report["counts"][name] for report in reports]
        least = min(counts)
        return f"| {title} | {' | '.join(map(str, counts))} | {f'{300 / least:.2g} %' if least else '–'} |"

    return _BOUND.format(
        databases=" | ".join(report["database"] for report in reports), dashes="---|" * len(reports),
        bounds="\n".join(line(title, name) for title, name in _TRIALS.items()),
    )  # fmt: skip


def _plants() -> list[str]:
    return [
        f"| `{name}` | {(plant.bug.__doc__ or '').strip().splitlines()[0]} | {', '.join(plant.rows)} |"
        for name, plant in PLANTS.items()
    ]
