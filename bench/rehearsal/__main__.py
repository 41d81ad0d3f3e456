"""`python -m bench.rehearsal`: plays a quarter and prints one JSON line; exits with 1 if a promise was broken.

With --full a whole year is played, four quarters with the review group, publicity and objections (year/play.py), and
its promises are worked out again by a checker that shares no code with the bot (checker/).

Persons act at once in numbers that play.py names; one of the three months is played with pauses, as people make them,
and p50 and p99 (from the tap to the answer on the phone) are of that month. With --kill, taps that were under way while
the bot was down are left out of p50 and p99; they are all checked. The JSON line is the last on standard output,
progress goes to standard error, and the charts that people received to out/rehearsal/.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import sys
import tempfile
import time
from collections.abc import Awaitable
from pathlib import Path
from random import Random
from typing import Any

from bench.bot_process import TOKEN
from bench.databases import fresh_database
from bench.plants import PLANTS
from bench.rehearsal import input_checks, quarter_checks
from bench.rehearsal.bot import Command
from bench.rehearsal.checker.verdict import promises_kept
from bench.rehearsal.checker.wire import Wire
from bench.rehearsal.inbox import Inbox
from bench.rehearsal.organisation import Organisation, gather_organisation
from bench.rehearsal.phone import LostError, Meter
from bench.rehearsal.play import BEGINS, MONTHS, play, played_quarter
from bench.rehearsal.progress import Progress
from bench.rehearsal.records import Records, read_records
from bench.rehearsal.replicas import Replicas, commands
from bench.rehearsal.stage import Nemesis, Stage, at
from bench.rehearsal.year.on_stage import YearOnStage
from bench.rehearsal.year.plan import MONTHS as MONTHS_OF_THE_YEAR
from bench.rehearsal.year.play import BEGINS as YEAR_BEGINS
from bench.rehearsal.year.play import play_year
from bench.rehearsal.year.run import check_year, judge_year, set_year, year_figures
from bot.catalog import load_catalog
from bot.config import Settings
from bot.core import open_core
from bot.storage.migrate import migrate
from bot.storage.store import open_engine
from sandbox import Sandbox, SimClock

STALE = "The card was out of date; here is the current one."
OUT = Path("out/rehearsal")
TAPS_A_MEMBER = 26


def read_options(arguments: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.rehearsal", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--members", type=int, default=253)
    parser.add_argument("--branches", type=int, default=24)
    parser.add_argument("--months", type=int, choices=(1, 2, 3), default=3, help="fewer end before the rating")
    parser.add_argument("--full", action="store_true", help="a whole year: four quarters with review and objections")
    parser.add_argument("--database", default="sqlite", help="sqlite, postgres (brought by a wheel), or an address")
    parser.add_argument("--kill", type=int, default=0, metavar="N", help="kill the bot so many times, with SIGKILL")
    parser.add_argument("--replicas", type=int, default=1, metavar="N", help="so many processes (on PostgreSQL)")
    parser.add_argument("--webhook", action="store_true", help="updates come by webhook, not by polling")
    parser.add_argument("--plant", choices=sorted(PLANTS), action="append", default=[], help="a bug to be caught")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args(arguments)
    if options.replicas > 1 and options.database.startswith("sqlite"):
        parser.error("several processes need --database postgres")
    return options


async def rehearse(options: argparse.Namespace) -> dict[str, Any]:
    """Play, check, and return the figures."""
    begun = time.perf_counter()
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="xf-rehearsal-") as name:
        folder = Path(name)
        with fresh_database(options.database, folder) as database:
            figures = await _rehearse_in(folder, database, options)
    return {**figures, "wall_s": round(time.perf_counter() - begun, 1), "seed": options.seed}


async def _rehearse_in(folder: Path, database: str, options: argparse.Namespace) -> dict[str, Any]:
    clock = SimClock(at(YEAR_BEGINS if options.full else BEGINS), file=folder / "clock")
    async with Sandbox(clock=clock, bots={TOKEN: "xianfeng_bot"}) as box, contextlib.AsyncExitStack() as stack:
        inbox, wire = Inbox(box, TOKEN), Wire(box.api.log)
        command = Command(box.url, database, folder / "clock", options.out / "bot.log", tuple(options.plant))
        several = await stack.enter_async_context(commands(command, options.replicas, webhook=options.webhook))
        bot = Replicas(several, clock, Random(options.seed), kills_expected=options.kill)
        months = len(MONTHS_OF_THE_YEAR) if options.full else options.months
        nemesis = Nemesis(Random(options.seed), options.kill, options.members * TAPS_A_MEMBER * months // 3)
        stale = {catalog.plain(STALE) for catalog in load_catalog().values()}
        meter = Meter(lambda: bot.generation, nemesis.on_tap, frozenset(stale))
        settings = Settings(_env_file=None, bot_token=TOKEN, database_url=database)
        await _migrate(settings)
        people = await _gather(settings, clock, box, meter, options)
        stage = Stage(box, bot, people, meter, nemesis, Progress(), Random(options.seed))
        year = set_year(stage, settings, clock, options) if options.full else None
        played_s, broken = await _play(stage, play(stage, options.months) if year is None else play_year(year))
        records = await read_records(database)
        findings = _findings(stage, year, inbox, records, broken, options)
        for sentence in list(findings.all())[:40]:
            stage.progress.say(sentence)
        figures = _figures(stage, inbox, records, findings, played_s, options)
        if year is None:
            return figures
        return {**figures, **year_figures(year, records), **(await judge_year(year, wire, database)).figures}


async def _gather(
    settings: Settings, clock: SimClock, box: Sandbox, meter: Meter, options: argparse.Namespace
) -> Organisation:
    months = len(MONTHS_OF_THE_YEAR) if options.full else len(MONTHS)
    async with open_core(settings, clock) as core:
        if not options.full:
            # One quarter up to its pictures; the whole chain with the review group is the year's play.
            await core.do.change_switch("publication", "at_close")
        return await gather_organisation(core, box, meter, options.seed, options.members, options.branches, months)


async def _migrate(settings: Settings) -> None:
    engine = open_engine(settings.database)
    await migrate(engine)
    await engine.dispose()


async def _play(stage: Stage, scenes: Awaitable[None]) -> tuple[float, list[str]]:
    """The play with the bot beside it; returns the seconds it took and what kept it from its end."""
    broken: list[str] = []
    stage.connect_time()
    async with stage.bot:
        begun = time.perf_counter()
        striking = asyncio.ensure_future(stage.nemesis.run(stage.bot))
        try:
            await scenes
        except* LostError as lost:
            broken += [str(error) for error in _leaves(lost)]
        striking.cancel()
        return time.perf_counter() - begun, broken


def _leaves(group: BaseExceptionGroup[LostError]) -> list[LostError]:
    leaves: list[LostError] = []
    for error in group.exceptions:
        leaves += _leaves(error) if isinstance(error, BaseExceptionGroup) else [error]
    return leaves


def _findings(
    stage: Stage, year: YearOnStage | None, inbox: Inbox, records: Records, broken: list[str],
    options: argparse.Namespace,
) -> input_checks.Findings:  # fmt: skip
    if year is None:
        return _check(stage, inbox, records, broken, options)
    return check_year(year, inbox, records, broken, options.out)


def _check(
    stage: Stage, inbox: Inbox, records: Records, broken: list[str], options: argparse.Namespace
) -> input_checks.Findings:
    findings = input_checks.Findings(lost=[*broken])
    played = played_quarter(stage)
    input_checks.check_inputs(findings, stage.people, inbox, records)
    input_checks.check_forms(findings, stage.people, records, [played])
    input_checks.check_ledger(findings, records)
    input_checks.check_letters(findings, records, stage.box)
    quarter_checks.check_records(findings, stage.people, records, played)
    if not broken and options.months == len(MONTHS):
        quarter_checks.check_groups(findings, stage.people, records)
        quarter_checks.check_decisions(findings, stage.people, records, played)
        quarter_checks.check_results(findings, records, played)
        quarter_checks.check_what_was_told(findings, stage.people, records, played, options.out)
    return findings


def _figures(
    stage: Stage, inbox: Inbox, records: Records, findings: input_checks.Findings, played_s: float,
    options: argparse.Namespace,
) -> dict[str, Any]:  # fmt: skip
    meter = stage.meter
    return {
        "persons": len(records.accounts),
        "updates": len(inbox.sent),
        "forms": len(records.entries("form_submitted")),
        "ratings": sum(row["state"] == "approved" for row in records.ratings),
        "letters": sum(row["state"] == "sent" for row in records.letters),
        "lost": len(findings.lost),
        "duplicates": len(findings.duplicates) + max(0, findings.duplicate_sends - stage.bot.kills),
        "wrong_totals": len(findings.wrong_totals),
        "duplicate_sends": findings.duplicate_sends,
        "p50_ms": meter.percentile_ms("month", 50),
        "p99_ms": meter.percentile_ms("month", 99),
        "cpu_ms": meter.cost_ms.get("month"),
        "desk_p99_ms": meter.percentile_ms("desk", 99),
        "updates_per_s": round(len(inbox.sent) / played_s, 1),
        "peak_rss_mb": round(stage.bot.peak_rss_bytes / 2**20, 1),
        "peak_workers_rss_mb": round(stage.bot.peak_workers_bytes / 2**20, 1),
        "kills": stage.bot.kills,
        "replicas": options.replicas,
        "webhook": options.webhook,
        "database": options.database if options.database in {"sqlite", "postgres"} else "as given",
    }


def main() -> None:
    """Run and tell."""
    figures = asyncio.run(rehearse(read_options()))
    print(json.dumps(figures))
    broken = figures["lost"] or figures["duplicates"] or figures["wrong_totals"]
    sys.exit(bool(broken) or not promises_kept(figures))


if __name__ == "__main__":
    main()
