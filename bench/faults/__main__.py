"""`python -m bench.faults`: a line for each row of faults, and the report line; exit code 1 if a figure missed.

SCALE=full in the environment (or --full) runs them at their full size. The figures go to out/faults.json.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

from bench.databases import postgres_server
from bench.faults import all_rows, page
from bench.faults.figures import ROWS, Bench, CannotRunHereError, Outcome, Row
from bench.faults.life import warm_up
from bench.faults.plants import PLANTS
from bench.faults.report import Report, report_line, said

OUT = Path("out/faults.json")
BOTH = ("sqlite", "postgres")


def read_options(arguments: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.faults", description=__doc__)
    parser.add_argument("--rows", default="", help="F01,F14,…; all if left out")
    parser.add_argument("--database", choices=(*BOTH, "both"), default="both")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--full", action="store_true", default=os.environ.get("SCALE") == "full")
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


@contextlib.contextmanager
def databases(kind: str, folder: Path) -> Iterator[Callable[[], str]]:
    """What gives a fresh database of this kind each time."""
    if kind == "postgres":
        with postgres_server() as server:
            yield server.fresh_database
    else:
        numbers = iter(range(1_000_000))
        yield lambda: f"sqlite:///{folder / f'faults{next(numbers)}.sqlite3'}"


async def run_row(row: Row, bench: Bench) -> Outcome:
    """One row to its figures; whatever breaks it is told, and is a miss."""
    begun = time.perf_counter()
    try:
        figures = await row.play(bench)
    except CannotRunHereError as reason:
        return Outcome(row, [], time.perf_counter() - begun, skipped=str(reason))
    except Exception as error:
        traceback.print_exc()
        return Outcome(row, [], time.perf_counter() - begun, broke=f"{type(error).__name__}: {error}"[:400])
    return Outcome(row, figures, time.perf_counter() - begun)


async def run_rows(
    rows: Sequence[Row], kind: str, seed: int, *, full: bool, plants: tuple[str, ...] = (),
    tell: Callable[[str], None] = print,
) -> Report:  # fmt: skip
    """The rows on one kind of database; each has random numbers of its own, so that it can be run alone."""
    report = Report(kind, seed, full)
    with tempfile.TemporaryDirectory(prefix="xf-faults-") as name, databases(kind, Path(name)) as fresh:
        for row in rows:
            bench = Bench(kind, seed, full, Path(name), fresh, Random(f"{seed}-{row.id}"), plants, report.counts,
                          report.answered_ms)  # fmt: skip
            outcome = await run_row(row, bench)
            report.outcomes.append(outcome)
            tell(said(outcome, kind))
    return report


async def caught(seed: int, *, full: bool, tell: Callable[[str], None] = print) -> dict[str, list[str]]:
    """Which rows caught each planted bug."""
    found: dict[str, list[str]] = {}
    all_rows.load()
    for name, plant in PLANTS.items():
        rows = [ROWS[row] for row in plant.rows]
        report = await run_rows(rows, plant.database, seed, full=full, plants=(name,), tell=lambda _line: None)
        found[name] = [outcome.row.id for outcome in report.outcomes if not outcome.passed]
        tell(f"{name:24} {'caught by ' + ', '.join(found[name]) if found[name] else 'NOT CAUGHT'}")
    return found


async def run(options: argparse.Namespace) -> bool:
    """What the command line asks for; whether all held."""
    warm_up()
    if options.plants:
        found = await caught(options.seed, full=options.full)
        return all(found.values())
    kinds = BOTH if options.database == "both" else (options.database,)
    rows = chosen(options.rows)
    reports = [await run_rows(rows, kind, options.seed, full=options.full) for kind in kinds]
    for report in reports:
        print(f"{report.database}: {report_line(report)}")
    keep(options.out, reports)
    return all(report.passed for report in reports)


def keep(target: Path, reports: Sequence[Report]) -> None:
    """Write the figures; those of the other database stay as they were."""
    target.parent.mkdir(parents=True, exist_ok=True)
    known = {one["database"]: one for one in json.loads(target.read_text())} if target.exists() else {}
    known |= {report.database: report.as_json() for report in reports}
    kept = [known[kind] for kind in BOTH if kind in known]
    target.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n")


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
