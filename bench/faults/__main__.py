"""`python -m bench.faults`: a line for each row of faults, and the report line; exit code 1 if a figure missed.

SCALE=full in the environment (or --full) runs them at their full size. The figures go to out/faults.json as they come,
beside those of other rows at the same seed and scale.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Callable
from pathlib import Path

from bench.faults import all_rows, page
from bench.faults.figures import ROWS, Outcome, Row
from bench.faults.life import warm_up
from bench.faults.plants import PLANTS
from bench.faults.report import BOTH, Report, keep, report_line, said
from bench.faults.running import Run, run_rows

OUT = Path("out/faults.json")


def read_options(arguments: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.faults", description=__doc__)
    parser.add_argument("--rows", default="", help="F01,F14,…; all if left out")
    parser.add_argument("--database", choices=(*BOTH, "both"), default="both")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--full", action="store_true", default=os.environ.get("SCALE") == "full")
    parser.add_argument("--jobs", type=int, default=1, help="so many rows beside each other")
    parser.add_argument("--plants", action="store_true", help="plant each known bug and show which row catches it")
    parser.add_argument("--docs", action="store_true", help="write docs/reliability.md from out/faults.json")
    parser.add_argument("--out", type=Path, default=OUT)
    return parser.parse_args(arguments)


def chosen(names: str) -> list[Row]:
    """The rows of these names, or all."""
    all_rows.load()
    wanted = [name.strip().upper() for name in names.split(",") if name.strip()] or sorted(ROWS)
    unknown = [name for name in wanted if name not in ROWS]
    if unknown:
        raise SystemExit(f"no such row: {', '.join(unknown)}")
    return [ROWS[name] for name in wanted]


async def run_and_keep(rows: list[Row], run: Run, jobs: int, out: Path) -> Report:
    """The rows on one kind of database; what is kept grows with each of them."""
    report = Report(run.database, run.seed, "full" if run.full else "small")

    def heard(outcome: Outcome) -> None:
        print(said(outcome, run.database), flush=True)
        report.add(outcome)
        # That row alone: another run may have done the earlier ones again meanwhile.
        newest = Report(run.database, run.seed, report.scale)
        newest.add(outcome)
        keep(out, newest)

    await run_rows(rows, run, heard, jobs)
    return report


async def caught(seed: int, *, full: bool, tell: Callable[[str], None] = print) -> dict[str, list[str]]:
    """Which rows caught each planted bug."""
    found: dict[str, list[str]] = {}
    all_rows.load()
    for name, plant in PLANTS.items():
        missed: list[str] = []

        def heard(outcome: Outcome, missed: list[str] = missed) -> None:
            if not outcome.passed:
                missed.append(outcome.row.id)

        await run_rows([ROWS[row] for row in plant.rows], Run(plant.database, seed, full, (name,)), heard)
        found[name] = missed
        tell(f"{name:24} on {plant.database:8} {'caught by ' + ', '.join(missed) if missed else 'NOT CAUGHT'}")
    return found


async def run(options: argparse.Namespace) -> bool:
    """What the command line asks for; whether all held."""
    warm_up()
    if options.plants:
        return all((await caught(options.seed, full=options.full)).values())
    kinds = BOTH if options.database == "both" else (options.database,)
    rows = chosen(options.rows)
    reports = [
        await run_and_keep(rows, Run(kind, options.seed, options.full), options.jobs, options.out) for kind in kinds
    ]
    for report in reports:
        print(f"{report.database}: {report_line(report)}")
    return all(report.passed for report in reports)


def main() -> None:
    """Run and tell."""
    options = read_options()
    if options.docs:
        all_rows.load()
        page.write(options.out)
        return
    sys.exit(not asyncio.run(run(options)))


if __name__ == "__main__":
    main()
