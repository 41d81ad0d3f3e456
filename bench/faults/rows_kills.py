"""Power cuts: at random moments, at every marked point, by a polite signal, and between any two taps."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bench.faults import checker, script
from bench.faults.figures import Bench, Figure, at_least, at_most, exactly, row
from bench.faults.forked import forked_lives
from bench.faults.life import POINTS
from bench.faults.script import Deed
from bench.faults.world import PEOPLE, World, world
from bench.rehearsal.__main__ import read_options, rehearse
from bot.domain.actions.form import AnswerGrade

LEASE = timedelta(seconds=121)
BETWEEN = "between two taps"


@row(
    "F01",
    "kill -9 at random",
    injected="SIGKILL within 0.4 s of a life's first update, again and again, while an organisation plays a quarter",
    holds="every tap has its effect once; each letter arrives",
)
async def kill_at_random(bench: Bench) -> list[Figure]:
    """A rehearsal under kills, checked by its own second sums."""
    kills = bench.size(3, 200)
    # Some are drawn at taps that nobody needs to make in the end.
    ordered = bench.size(3, 260)
    size = ("90", "6", "3") if bench.full else ("12", "3", "1")
    named = ["--members", size[0], "--branches", size[1], "--months", size[2], "--kill", str(ordered)]
    options = read_options([*named, "--seed", str(bench.seed), "--database", bench.database,
                            "--out", str(bench.folder / "rehearsal")])  # fmt: skip
    with forked_lives():
        found = await rehearse(options)
    bench.counts["updates"] += found["updates"]
    bench.counts["kills"] += found["kills"]
    bench.counts["lost"] += found["lost"]
    bench.counts["duplicate effects"] += found["duplicates"]
    bench.counts["duplicate sends"] += found["duplicate_sends"]
    return [
        at_least("updates", found["updates"], bench.size(200, 2_000)),
        at_least("kills", found["kills"], kills),
        exactly("lost", found["lost"]),
        exactly("duplicate effects", found["duplicates"]),
        exactly("wrong totals", found["wrong_totals"]),
        at_most("duplicate sends", found["duplicate_sends"], found["kills"]),
    ]


@row(
    "F02",
    "kill at each marked point",
    injected="SIGKILL " + ", ".join(POINTS) + ", at every deed of a month",
    holds="the same database as without a kill, deed by deed",
)
async def kill_at_each_point(bench: Bench) -> list[Figure]:
    """The same script once undisturbed and once for each point."""
    return await _compared(bench, POINTS)


@row(
    "F17",
    "state wiped in mid-form",
    injected="a new process after every single tap",
    holds="the form goes on where it was; nothing answered is asked again",
)
async def restart_at_every_step(bench: Bench) -> list[Figure]:
    """There is no state but the database's, so the same script gives the same database."""
    return await _compared(bench, (BETWEEN,))


async def _compared(bench: Bench, points: Sequence[str]) -> list[Figure]:
    """In full every deed with every point; else every deed once, with a point that the seed chooses."""
    deeds = len(script.MONTH) + len(script.RATING)
    runs = [[point] * deeds for point in points] if bench.full else [_shuffled(bench, points, deeds)]
    expected = (await _run(bench, [""] * deeds)).seen
    wrong, kills, copies = 0, 0, 0
    last: list[Figure] = []
    for chosen in runs:
        played = await _run(bench, chosen)
        kills, copies, last = kills + played.kills, copies + played.copies, played.last
        wrong += sum(bool(checker.differences(one, other)) for one, other in zip(expected, played.seen, strict=True))
    bench.counts["lost"] += wrong
    bench.counts["duplicate sends"] += copies
    return [
        at_least("deeds", len(runs) * deeds, deeds),
        at_least("kills", kills, len(runs) * 5),
        exactly("deeds that ended otherwise", wrong),
        at_most("duplicate sends", copies, kills),
        *last,
    ]


def _shuffled(bench: Bench, points: Sequence[str], deeds: int) -> list[str]:
    chosen = [points[number % len(points)] for number in range(deeds)]
    bench.random.shuffle(chosen)
    return chosen


@dataclass(frozen=True, slots=True)
class Played:
    """What stands after each deed, the kills, the copies, and what holds at the end."""

    seen: list[checker.Effects]
    kills: int
    copies: int
    last: list[Figure]


async def _run(bench: Bench, points: Sequence[str]) -> Played:
    seen: list[checker.Effects] = []
    left = iter(points)
    async with world(bench) as here:
        await script.to_the_month(here)
        for deed in script.MONTH:
            await _do(here, deed, next(left))
            seen.append(await checker.effects(here))
        await script.to_the_rating(here)
        for deed in script.RATING:
            await _do(here, deed, next(left))
            seen.append(await checker.effects(here))
        return Played(seen, here.kills, await checker.copies(here), await checker.sound(here))


async def _do(here: World, deed: Deed, point: str) -> None:
    marked = point in POINTS
    if marked:
        await here.bot.ask("arm", point=point)
    await deed.act(here)
    if marked and await _dies(here):
        here.life = None
        here.kills += 1
        here.bench.counts["kills"] += 1
        here.clock.travel(here.clock.now() + LEASE)
        await here.start()
    await here.rest()
    if point == BETWEEN:
        await here.kill()
        await here.start()
    elif marked:
        await here.bot.ask("arm", point="")


async def _dies(here: World) -> bool:
    """Whether the armed point was reached before all came to rest."""
    resting, dying = asyncio.ensure_future(here.rest()), asyncio.ensure_future(_death(here))
    await asyncio.wait({resting, dying}, return_when=asyncio.FIRST_COMPLETED)
    died = dying.done() or isinstance(resting.exception(), ConnectionError)
    for task in (resting, dying):
        task.cancel()
    await asyncio.gather(resting, dying, return_exceptions=True)
    return died


async def _death(here: World) -> None:
    while here.bot.process.exitcode is None:  # noqa: ASYNC110 - another process sets it
        await asyncio.sleep(0.005)


@row(
    "F03",
    "SIGTERM",
    injected="while more than 20 taps are under way",
    holds="what is under way is finished within 10 s",
)
async def ended_politely(bench: Bench) -> list[Figure]:
    """Everybody taps twice, and the operator stops the bot in the middle."""
    async with world(bench) as here:
        await here.open_october()
        slowest = 0.0
        for turn in range(bench.size(2, 10)):
            grade = ("mostly", "full")[turn % 2]
            for name in PEOPLE:
                form = await here.form(name)
                for item, chosen in (("post", grade), ("pledge", ("partly", "kept")[turn % 2])):
                    await here.taps(name, AnswerGrade(form["id"], item, chosen), wait=0)
            await asyncio.sleep(bench.random.uniform(0, 0.1))
            begun = time.monotonic()
            await here.stop()
            slowest = max(slowest, time.monotonic() - begun)
            await here.start()
            await here.rest()
        answers = [str(form["answers"]) for form in await here.rows("select answers from form")]
        lost = sum(f'"{grade}"' not in one or ("partly", "kept")[turn % 2] not in one for one in answers)
        copied = await checker.copies(here)
        bench.counts["lost"] += lost
        bench.counts["duplicate sends"] += copied
        return [
            at_least("taps under way", len(PEOPLE) * 2, 20),
            exactly("lost", lost),
            exactly("duplicate sends", copied),
            at_most("seconds to end", slowest, 10),
            *await checker.sound(here),
        ]
