"""How long scoring takes: an organisation's year, and one month of ever more members, on one core.

Run as `python -m bench.scoring_speed`; `--most 100000` sets the largest number of members. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from statistics import median

from bot.domain.periods import Month, Year
from bot.scoring.asking import choices, chosen, counted, counters
from bot.scoring.engine import score_month
from bot.scoring.facts import Answers, Fact
from bot.scoring.items import Item
from bot.scoring.means import MonthResult, quarter_score, year_score
from bot.scoring.ranks import rank
from bot.scoring.ruleset import RuleSet, default_ruleset

ROUNDS = 5
MEMBERS = 253
YEAR = Year(2026)


def made_up(rules: RuleSet, chance: random.Random) -> Answers:
    """A plausible form: two thirds of the items answered, most of them with one fact."""
    return {item.id: _answer(item, chance) for item in rules.items if chance.random() < 2 / 3}


def _answer(item: Item, chance: random.Random) -> tuple[Fact, ...]:
    if options := choices(item):
        return (chosen(item, chance.choice(options).id),)
    return counted(item, {one.id: Decimal(chance.randint(0, 2)) for one in counters(item)})


def whole_year(rules: RuleSet, forms: list[Answers]) -> None:
    """Every member's twelve months, quarters and year, and the ranking."""
    totals: list[tuple[int, Decimal | None]] = []
    for member in range(MEMBERS):
        quarters = []
        for quarter in YEAR.quarters:
            results = []
            for month in quarter.months:
                score = score_month(rules, forms[(member + month.number) % len(forms)], month=month)
                results.append(MonthResult(month, score.total, score.by_part, score.by_dimension))
            quarters.append(quarter_score(rules, results))
        totals.append((member, year_score(rules, quarters, year=YEAR).value))
    rank(totals)


def one_month(rules: RuleSet, forms: list[Answers], members: int) -> None:
    """One month of so many members, ranked."""
    month = Month(2026, 11)
    rank([(number, score_month(rules, forms[number % len(forms)], month=month).total) for number in range(members)])


def timed(work: Callable[[], None], rounds: int = ROUNDS) -> float:
    """The median seconds of a few rounds."""
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return median(taken)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=100_000)
    most = parser.parse_args().most
    rules, chance = default_ruleset(), random.Random(7)
    forms = [made_up(rules, chance) for _ in range(1_000)]
    figures: dict[str, float] = {"year_253_s": round(timed(lambda: whole_year(rules, forms)), 3)}
    members = most // 100
    while members <= most:
        seconds = timed(lambda count=members: one_month(rules, forms, count), 3)  # type: ignore[misc]
        figures[f"month_{members}_s"] = round(seconds, 3)
        print(f"{members:>8} members: {seconds:.3f} s, {seconds / members * 1e6:.0f} µs each", file=sys.stderr)
        members *= 10
    figures["growth_per_tenfold"] = round((seconds / figures[f"month_{most // 100}_s"]) ** 0.5, 2)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
