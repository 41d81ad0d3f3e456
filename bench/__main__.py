"""`python -m bench`: everything that is measured, as one table; with --json one line of JSON a figure.

Where there is a peer, both sides ran in turn on the same machine and the ratio is what counts.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from random import Random
from time import perf_counter

from rich.console import Console
from rich.table import Table

from bench import charts, scoring_speed, tap
from bot.scoring.ruleset import default_ruleset

_STARTS = 7
_LINE = re.compile(r"^(.+): ([\d,.]+) (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Figure:
    """One line: what was measured, ours, the peer's and the bound, all in the unit; `most` None is for information."""

    what: str
    unit: str
    ours: float
    peer: float | None = None
    most: float | None = None

    @property
    def ratio(self) -> float | None:
        """Ours over the peer's."""
        return None if self.peer is None else self.ours / self.peer

    @property
    def holds(self) -> bool | None:
        """Whether the bound is kept; it is one for the ratio where there is a peer."""
        if self.most is None:
            return None
        return (self.ratio if self.ratio is not None else self.ours) <= self.most


def taps() -> Iterator[Figure]:
    """One tap beside a bare handler, on both databases."""
    for kind in ("sqlite", "postgres"):
        found = tap.measure(kind)
        yield Figure(f"one tap, {kind}", "µs", found["ours_us"], found["bare_us"], most=2)


def pictures() -> Iterator[Figure]:
    """Each picture beside Pillow."""
    for name, row in charts.measure().items():
        yield Figure(f"picture {name}", "ms", row["ours_ms"], row["pillow_ms"], most=2)


def start() -> Iterator[Figure]:
    """How long `--help` takes, the first start left out."""
    times = []
    for _ in range(_STARTS + 1):
        begun = perf_counter()
        subprocess.run([sys.executable, "-m", "bot", "--help"], check=True, stdout=subprocess.DEVNULL)
        times.append((perf_counter() - begun) * 1000)
    yield Figure("start of --help", "ms", statistics.median(times[1:]), most=300)


def scoring() -> Iterator[Figure]:
    """The organisation's year, and one month of ten thousand members."""
    rules, chance = default_ruleset(), Random(7)
    forms = [scoring_speed.made_up(rules, chance) for _ in range(1000)]
    year_s = scoring_speed.timed(lambda: scoring_speed.whole_year(rules, forms))
    month_s = scoring_speed.timed(lambda: scoring_speed.one_month(rules, forms, 10_000), 3)
    yield Figure("a year of 253 members scored", "ms", year_s * 1000)
    yield Figure("a month of 10,000 members scored", "ms", month_s * 1000)


def sandbox() -> Iterator[Figure]:
    """What the sandbox itself can carry."""
    told = subprocess.run(
        [sys.executable, "-m", "bench.sandbox_speed"], check=True, capture_output=True, text=True
    )  # fmt: skip
    for what, number, unit in _LINE.findall(told.stdout):
        yield Figure(f"sandbox: {what}", unit, float(number.replace(",", "")))


PARTS = {"tap": taps, "charts": pictures, "scoring": scoring, "sandbox": sandbox, "start": start}


def show(figures: list[Figure]) -> None:
    """The table."""
    table = Table("what", "unit", "ours", "peer", "ratio", "bound", "")
    for one in figures:
        marks = {None: "", True: "✓", False: "✗"}
        table.add_row(
            one.what, one.unit, _number(one.ours), _number(one.peer), _number(one.ratio), _number(one.most),
            marks[one.holds],
        )  # fmt: skip
    Console().print(table)


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.2f}" if abs(value) < 10 else f"{value:,.0f}"


def main() -> None:
    """Measure what is asked for, or all."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one line of JSON a figure instead of the table")
    parser.add_argument("--only", choices=sorted(PARTS), action="append", help="leave the others out")
    options = parser.parse_args()
    figures = []
    for name, part in PARTS.items():
        if options.only is None or name in options.only:
            print(f"measuring: {name} ...", file=sys.stderr)
            figures += list(part())
    if options.json:
        for one in figures:
            print(json.dumps(asdict(one) | {"ratio": one.ratio, "holds": one.holds}, ensure_ascii=False))
    else:
        show(figures)


if __name__ == "__main__":
    main()
