"""A small selection of the rows holds on both databases, and planted bugs are caught by their rows."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bench.faults.__main__ import chosen
from bench.faults.figures import ROWS, Outcome, at_least, at_most, exactly
from bench.faults.life import warm_up
from bench.faults.page import text_of
from bench.faults.plants import PLANTS
from bench.faults.report import Report, keep, read, report_line
from bench.faults.running import Run, run_rows

SELECTED = {"sqlite": ("F04", "F10", "F21", "F22"), "postgres": ("F15",)}
# The others are planted by `make faults ARGS=--plants`.
PLANTED = ("chat_type_unchecked", "no_dedupe", "skip_the_branch_check")


async def run(names: str, kind: str, plants: tuple[str, ...] = ()) -> Report:
    """These rows at their small scale."""
    warm_up()
    report = Report(kind, 7, "small")
    await run_rows(chosen(names), Run(kind, 7, full=False, plants=plants), report.add)
    return report


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def test_a_selection_of_rows_holds(kind: str) -> None:
    """Repeated updates, gone people, groups, races: every figure meets its target."""
    report = await run(",".join(SELECTED[kind]), kind)
    assert [one for one in report.rows.values() if not one["passed"]] == []
    assert f"lost 0 · duplicate effects 0 · duplicate sends 0 ≤ {report.counts['kills']}" in report_line(report)


@pytest.mark.slow
@pytest.mark.parametrize("name", PLANTED)
async def test_a_planted_bug_is_caught(name: str) -> None:
    """A row that cannot fail would show nothing."""
    plant = PLANTS[name]
    report = await run(",".join(plant.rows), plant.database, (name,))
    assert not any(row["passed"] for row in report.rows.values())


def test_every_fault_of_the_list_has_a_row() -> None:
    """F01 to F40, none left out."""
    chosen("")
    assert sorted(ROWS) == [f"F{number:02}" for number in range(1, 41)]


def test_a_row_that_misses_one_target_has_failed() -> None:
    """A figure holds when it meets its target, and a row when all of its figures do."""
    row = chosen("F14")[0]
    assert Outcome(row, [exactly("lost", 0), at_most("copies", 2, 3), at_least("kills", 3, 3)], 1.0).passed
    for missed in (exactly("lost", 1), at_most("copies", 4, 3), at_least("kills", 2, 3)):
        assert not Outcome(row, [exactly("lost", 0), missed], 1.0).passed
    assert not Outcome(row, [], 1.0, broke="TimeoutError").passed


def test_the_page_names_the_honest_bound() -> None:
    """Three thousand trials without a failure say: at most one in a thousand."""
    report = Report("sqlite", 1, "full")
    report.add(Outcome(chosen("F14")[0], [], 1.0, counts=Counter(updates=3_000)))
    assert "| 3000: at most 0.1 % |" in text_of([report])


def test_rows_that_are_run_one_after_the_other_come_together(tmp_path: Path) -> None:
    """What was kept of the same seed and scale stays; another seed begins anew."""
    first, second = chosen("F14,F15")
    for seed, row, kept in ((1, first, ["F14"]), (1, second, ["F14", "F15"]), (2, second, ["F15"])):
        report = Report("sqlite", seed, "small")
        report.add(
            Outcome(row, [exactly("lost", 0)], 1.0, counts=Counter(kills=2), answered_ms=[1.0] * 98 + [7.2, 9.9])
        )
        keep(tmp_path / "faults.json", report)
        [known] = read(tmp_path / "faults.json")
        assert (list(known.rows), known.counts["kills"], known.p99_ms) == (kept, 2 * len(kept), 8)
