"""The database: away, contended for, tampered with; and the bot over a long time."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from importlib import import_module
from multiprocessing import get_context
from statistics import linear_regression
from typing import Any

from bench.faults import checker
from bench.faults.figures import Bench, Figure, at_least, at_most, exactly, row
from bench.faults.replicas import Line
from bench.faults.world import OCTOBER, PEOPLE, World, world
from bot.clock import SystemClock
from bot.config import normalised_database_url
from bot.domain.actions.form import AnswerGrade, OpenForm
from bot.domain.actions.menu import OpenMenu
from bot.domain.chain import Head
from bot.domain.periods import Month
from bot.storage.migrate import migrate
from bot.storage.store import Store, open_engine


@row(
    "F05",
    "database away, commits that fail",
    injected="its socket cut, or its file locked, while everybody taps; then every 5th commit fails, before or after",
    holds="nothing is lost, and all is done soon after its return",
)
async def database_away(bench: Bench) -> list[Figure]:
    """Away for a while, and back; then moody."""
    away_s = bench.size(3, 30)
    async with world(bench) as here:
        await here.open_october()
        forms = {name: (await here.form(name))["id"] for name in PEOPLE}
        if bench.database == "postgres":
            await _cut_off(here, forms, away_s)
        else:
            await _locked_out(here, forms, away_s)
        begun = time.monotonic()
        await here.box.idle(30)
        resumed_s = time.monotonic() - begun
        await here.rest()
        lost = await _without_grade(here, "mostly")
        before = await checker.last_entry(here)
        lost_in_commits, failed = await _moody(here, forms, bench.size(2, 20))
        bench.counts["lost"] += lost + lost_in_commits
        return [
            exactly("lost", lost),
            at_most("seconds to resume", resumed_s, 5),
            at_least("commits failed", failed, bench.size(5, 50)),
            exactly("lost by them", lost_in_commits),
            exactly("decisions twice", len(await checker.decisions_since(here, before))),
            exactly("apologies", checker.apologies(here)),
            *await checker.sound(here),
        ]


async def _moody(here: World, forms: dict[str, int], rounds: int) -> tuple[int, int]:
    """Every fifth commit fails while everybody taps: what was lost, and how many failed."""
    lost = 0
    await here.bot.ask("fail", every=5)
    for turn in range(rounds):
        grade = ("full", "mostly")[turn % 2]
        await _everybody_taps(here, forms, grade)
        await here.box.idle(60)
        lost += await _without_grade(here, grade)
    await here.bot.ask("fail", every=0)
    failed = int(await here.bot.ask("failed"))
    await here.rest()
    return lost, failed


async def _without_grade(here: World, grade: str) -> int:
    return sum(f'"{grade}"' not in str(one["answers"]) for one in await here.rows("select answers from form"))


async def _everybody_taps(here: World, forms: dict[str, int], grade: str = "mostly") -> None:
    for name, form_id in forms.items():
        await here.taps(name, AnswerGrade(form_id, "post", grade), wait=0)


async def _locked_out(here: World, forms: dict[str, int], away_s: float) -> None:
    blocker = sqlite3.connect(here.order.database.partition("///")[2], isolation_level=None)
    blocker.execute("begin immediate")
    await _everybody_taps(here, forms)
    await asyncio.sleep(away_s)
    blocker.execute("rollback")
    blocker.close()


async def _cut_off(here: World, forms: dict[str, int], away_s: float) -> None:
    folder = here.order.clock_file.parent
    line = Line(here.order.database, folder)
    await line.mend()
    await here.stop()
    await here.start(database=line.database)
    await here.rest()
    await line.cut()
    await _everybody_taps(here, forms)
    await asyncio.sleep(away_s)
    await line.mend()


@row(
    "F30",
    "contention",
    injected="8 processes write to one database at once",
    holds="each commit counts once; nobody is refused",
)
async def contention(bench: Bench) -> list[Figure]:
    """Commands of the command line beside the running bot."""
    processes, writes = 8, bench.size(25, 200)
    url = normalised_database_url(bench.fresh_database())
    engine = open_engine(url)
    await migrate(engine)
    forks = get_context("forkserver")
    answers = forks.Queue()
    writers = [forks.Process(target=_write_many, args=(url, writes, answers)) for _ in range(processes)]
    for writer in writers:
        writer.start()
    loop = asyncio.get_running_loop()
    errors = [await loop.run_in_executor(None, answers.get) for _ in writers]
    for writer in writers:
        writer.join()
    store = Store(engine, SystemClock())
    async with store.read() as tx:
        entries, bad = len(await tx.ledger.entries()), await tx.ledger.first_bad()
    await store.close()
    return [
        exactly("commits", entries, processes * writes), exactly("refused", sum(errors)),
        exactly("broken ledgers", int(bad is not None)),
    ]  # fmt: skip


def _write_many(url: str, writes: int, answers: Any) -> None:
    async def write() -> int:
        store, refused = Store(open_engine(url), SystemClock()), 0
        for number in range(writes):
            try:
                async with store.write() as tx:
                    await tx.ledger.append("tried", number=number)
            except Exception:
                refused += 1
        await store.close()
        return refused

    answers.put(asyncio.run(write()))


@row(
    "F36",
    "ledger tampered with",
    injected="edit, delete, reorder, truncate, rewrite by SQL, at random places",
    holds="each is found beside the published head",
)
async def tampered(bench: Bench) -> list[Figure]:
    """Whoever holds the database can take its guards down."""
    attacks = import_module("tests.storage.test_tamper")
    rounds, tried, found = bench.size(10, 200), 0, 0
    url = normalised_database_url(bench.fresh_database())
    engine = open_engine(url)
    await migrate(engine)
    store = Store(engine, SystemClock())
    async with store.write() as tx:
        for number in range(60):
            kind, reason = ("form_returned", f"请补充第{number}项") if number % 4 == 3 else ("form_submitted", "")
            facts = {"form": number, "revision": 1, "total_centi": 6000 + number}
            await tx.ledger.append(kind, period="2026-10", subject=number % 7 + 1, actor=number % 5 + 1,
                                   free_text=reason, **facts)  # fmt: skip
    async with store.write() as tx:
        chain = await tx.ledger.entries()
        published = Head(chain[-1].seq, chain[-1].hash)
        await attacks.take_guards_down(tx.connection)
        for attack in attacks.TAMPERINGS:
            for _ in range(rounds):
                async with tx.connection.begin_nested() as savepoint:
                    for statement, values in attack(bench.random, chain)[0]:
                        await attacks.forge(tx.connection, statement, values)
                    found += (await tx.ledger.prove(published)).flaw is not None
                    await savepoint.rollback()
                tried += 1
        await tx.discard()
    await store.close()
    bench.counts["tampers"] += tried
    bench.counts["found"] += found
    return [at_least("tampers", tried, 50), exactly("not found", tried - found)]


@row(
    "F39",
    "soak",
    injected="taps without end, while a year goes by month by month",
    holds="memory, tasks and connections stay as they are",
)
async def soak(bench: Bench) -> list[Figure]:
    """Everybody goes on tapping; what is left over is not what a start or a month's first pages need."""
    months = bench.size(1, 12)
    taps = bench.size(1_500, 100_000)
    samples: list[tuple[float, float]] = []
    async with world(bench) as here:
        for month in _months(months):
            await here.travel(f"{month}-25 09:00")
            forms = {name: (await here.form(name, month))["id"] for name in PEOPLE}
            for _ in range(4):
                await _tap_on(here, forms, taps // months // 4 + 1)
                samples.append((len(samples) * taps / months / 4, here.bot.resident_bytes() / 2**20))
                if len(samples) == 2:
                    tasks, connections = await here.bot.ask("tasks")
        tasks_after, connections_after = await here.bot.ask("tasks")
        settled = samples[len(samples) // 4 :]
        slope = linear_regression([at for at, _ in settled], [mb for _, mb in settled]).slope
        return [
            at_least("taps", bench.counts["updates"], taps),
            at_least("months", months, 1),
            at_most("MB a 10,000 taps, by regression", slope * 10_000, bench.size(60, 2)),
            at_most("MB at the end", samples[-1][1], 350),
            exactly("more tasks", max(0, tasks_after - tasks)),
            exactly("more connections", max(0, connections_after - connections)),
            *await checker.sound(here),
        ]


def _months(number: int) -> list[str]:
    first = Month.parse(OCTOBER)
    return [str(Month(first.year + (first.number + ahead - 1) // 12, (first.number + ahead - 1) % 12 + 1))
            for ahead in range(number)]  # fmt: skip


async def _tap_on(here: World, forms: dict[str, int], taps: int) -> None:
    for turn in range(taps // len(forms) + 1):
        grade = ("full", "mostly")[turn % 2]
        await asyncio.gather(*(
            here.taps(name, (AnswerGrade(form, "post", grade), OpenForm(form), OpenMenu())[turn % 3])
            for name, form in forms.items()
        ))  # fmt: skip
        if turn % 100 == 0:
            here.box.api.log.clear()
    await here.rest()
