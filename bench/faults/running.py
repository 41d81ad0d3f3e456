"""Runs rows: one after the other here, or several beside each other in processes with databases of their own."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.util import Finalize
from pathlib import Path
from random import Random

from bench.databases import postgres_server
from bench.faults import all_rows
from bench.faults.figures import ROWS, Bench, CannotRunHereError, Outcome, Row
from bench.faults.life import warm_up

# Begun first where rows run beside each other, so that no long one is left at the end.
LONGEST = ("F01", "F39", "F02", "F15", "F34", "F16", "F17")


@dataclass(frozen=True, slots=True)
class Run:
    """How rows are to be run."""

    database: str
    seed: int
    full: bool
    plants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A folder, and what gives a fresh database each time."""

    folder: Path
    fresh_database: Callable[[], str]


@contextlib.contextmanager
def place(kind: str) -> Iterator[Place]:
    """Somewhere to run rows on this kind of database; nothing of it is left afterwards."""
    with tempfile.TemporaryDirectory(prefix="xf-faults-") as name:
        folder = Path(name)
        if kind == "postgres":
            with postgres_server() as server:
                yield Place(folder, server.fresh_database)
        else:
            numbers = iter(range(1_000_000))
            yield Place(folder, lambda: f"sqlite:///{folder / f'faults{next(numbers)}.sqlite3'}")


async def run_row(row: Row, run: Run, where: Place) -> Outcome:
    """One row to its figures, with random numbers of its own; whatever breaks it is told, and is a miss."""
    bench = Bench(run.database, run.seed, run.full, where.folder, where.fresh_database,
                  Random(f"{run.seed}-{row.id}"), run.plants)  # fmt: skip
    begun, figures, skipped, broke = time.perf_counter(), [], "", ""
    try:
        figures = await row.play(bench)
    except CannotRunHereError as reason:
        skipped = str(reason)
    except Exception as error:
        traceback.print_exc()
        broke = f"{type(error).__name__}: {error}"[:400]
    taken = time.perf_counter() - begun
    return Outcome(row, figures, taken, skipped, broke, bench.counts, bench.answered_ms)


async def run_rows(rows: Sequence[Row], run: Run, heard: Callable[[Outcome], None], jobs: int = 1) -> None:
    """All of them; each outcome is heard of as soon as it is there."""
    if jobs > 1:
        await _beside_each_other(rows, run, heard, jobs)
        return
    with place(run.database) as where:
        for row in rows:
            heard(await run_row(row, run, where))


async def _beside_each_other(rows: Sequence[Row], run: Run, heard: Callable[[Outcome], None], jobs: int) -> None:
    ordered = sorted(rows, key=lambda row: LONGEST.index(row.id) if row.id in LONGEST else len(LONGEST))
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(jobs, get_context("spawn"), _move_in, (run.database,)) as workers:
        waiting = [loop.run_in_executor(workers, _run_here, row.id, run) for row in ordered]
        for outcome in asyncio.as_completed(waiting):
            heard(await outcome)


_PLACES: list[Place] = []


def _move_in(kind: str) -> None:
    """A worker begins."""
    stack = contextlib.ExitStack()
    _PLACES.append(stack.enter_context(place(kind)))
    Finalize(None, stack.close, exitpriority=10)
    all_rows.load()
    warm_up()


def _run_here(name: str, run: Run) -> Outcome:
    return asyncio.run(run_row(ROWS[name], run, _PLACES[0]))
