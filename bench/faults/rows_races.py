"""Races: one thumb many times, leaders against each other, and the deadline against the last second."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from datetime import datetime, timedelta

from bench.faults import checker
from bench.faults.figures import Bench, Figure, at_least, exactly, row
from bench.faults.world import OCTOBER, World, world
from bot.domain.actions.desk import RecordCount, ReturnForm
from bot.domain.actions.form import SubmitForm
from bot.domain.actions.rating import ApproveRating, PostponeRating, ReturnRating
from bot.domain.periods import Month
from sandbox.sight import Tap


def toast(tap: Tap) -> str:
    """What the person was told."""
    return tap.answer.text if tap.answer is not None else ""


@row(
    "F14",
    "N taps by one",
    injected="2 to 50 taps on one button at once, and two such thumbs",
    holds="one decision, everybody else is told truly",
)
async def many_taps(bench: Bench) -> list[Figure]:
    """A nervous thumb on 通过."""
    doubled = untrue = taps = 0
    async with world(bench) as here:
        await here.open_rating()
        for _ in range(bench.size(4, 60)):
            await _waits_again(here)
            rating, since = await here.rating("张伟"), await checker.last_entry(here)
            number = bench.random.randint(2, 50)
            button = ApproveRating(rating["id"], rating["revision"])
            told = Counter(
                toast(tap) for tap in await asyncio.gather(*(here.taps("王书记", button) for _ in range(number)))
            )
            doubled += abs(len(await checker.decisions_since(here, since)) - 1)
            # One is told that it is done; the others who did it, or that their card is old.
            untrue += abs(min(told.values()) - 1) + (len(told) != 2) + told[""]
            taps += number
        bench.counts["double decisions"] += doubled
        bench.counts["races"] += bench.size(4, 60)
        return [
            at_least("taps", taps, 8), exactly("rounds without exactly one decision", doubled),
            exactly("told otherwise", untrue), *await checker.sound(here),
        ]  # fmt: skip


@row(
    "F15",
    "leaders decide opposite things at once",
    injected="rounds of approve, put off, send back by card or desk, record: the secretary ‖ the commissioner",
    holds="one decision a revision; what stands is what the last one left; no recorded fact is overwritten",
)
async def opposite_decisions(bench: Bench) -> list[Figure]:
    """The secretary and the commissioner act in the same instant."""
    rounds, doubled, unanswered, crossed = bench.size(25, 1_000), 0, 0, 0
    async with world(bench) as here:
        await here.open_rating()
        for _ in range(rounds):
            await _waits_again(here)
            since = await checker.last_entry(here)
            taps = await _oppose(here)
            unanswered += sum(not tap.answered for tap in taps)
            doubled += await checker.double_decisions(here, since)
            crossed += await _crossed(here, since)
        bench.counts["double decisions"] += doubled
        bench.counts["races"] += rounds
        return [
            at_least("rounds", rounds, 25), exactly("double decisions", doubled), exactly("states crossed", crossed),
            exactly("unanswered taps", unanswered), *await checker.sound(here),
        ]  # fmt: skip


async def _oppose(here: World) -> tuple[Tap, Tap]:
    """One of the secretary's deeds against one of the commissioner's, from the cards of the same moment."""
    rating, form, member = await here.rating("张伟"), await here.form("张伟"), here.ids["张伟"]
    card, sheet = (rating["id"], rating["revision"]), (form["id"], form["revision"])
    returns, absent = ReturnForm(*sheet, 1), RecordCount(OCTOBER, "meetings", member, "absent", 1)
    decides = [ApproveRating(*card), ReturnRating(*card, 10, 1), PostponeRating(*card)]
    secretary, commissioner = here.bench.random.choice([
        (returns, returns), (absent, RecordCount(OCTOBER, "party_day", member, "absent", 1)),
        *((one, other) for one in decides for other in (returns, absent)),
    ])  # fmt: skip
    return await asyncio.gather(here.taps("王书记", secretary), here.taps("李委员", commissioner))


async def _crossed(here: World, since: int) -> int:
    """Whether anything stands otherwise than the last decisions left it."""
    made = [kind for kind in await checker.decisions_since(here, since) if kind != "rating_postponed"]
    rating, form = await here.rating("张伟"), await here.form("张伟")
    sent_back = "form_returned" in made
    wrong = (form["state"] == "returned") is not sent_back
    wrong |= rating["state"] == "approved" and made[-1:] != ["rating_approved"]
    answers = json.loads(form["answers"])
    records = await here.rows("select item, facts from record where member_id = :member", member=here.ids["张伟"])
    return int(wrong or any(answers.get(one["item"]) != json.loads(one["facts"])[one["item"]] for one in records))


async def _waits_again(here: World) -> None:
    """The card and its form are back where everything waits."""
    member = here.ids["张伟"]
    await here.write(
        "update rating set state = 'pending', revision = revision + 1, decided_by = null, decided_at = null,"
        " postponed_at = null where member_id = :member",
        "update form set state = 'submitted', returned_reason = null, revision = revision + 1"
        " where member_id = :member",
        "delete from record where member_id = :member",
        member=member,
    )
    usual = await here.form("赵敏")
    await here.write(
        "update form set total_centi = :total, answers = :answers where member_id = :member",
        member=member, total=usual["total_centi"], answers=usual["answers"],
    )  # fmt: skip


@row(
    "F16",
    "handing in against the deadline",
    injected="rounds at the close, a millisecond before and after it",
    holds="in time counts, late does not: by the written rule",
)
async def at_the_deadline(bench: Bench) -> list[Figure]:
    """The clock closes the month while the member taps 提交."""
    rounds, mismatches = bench.size(25, 1_000), 0
    async with world(bench) as here:
        await here.open_october()
        await here.hand_in("张伟")
        closes_at = await _closes_at(here)
        for _ in range(rounds):
            await _open_again(here)
            late = timedelta(milliseconds=bench.random.choice([-1, 0, 1]))
            here.clock.travel(closes_at + late)
            form = await here.form("张伟")
            await asyncio.gather(here.bot.ask("tick"), here.taps("张伟", SubmitForm(form["id"], form["revision"])))
            handed_in = (await here.form("张伟"))["state"] == "submitted"
            mismatches += handed_in is not (late < timedelta())
        bench.counts["missed deadlines"] += mismatches
        bench.counts["races"] += rounds
        return [at_least("rounds", rounds, 25), exactly("against the rule", mismatches), *await checker.sound(here)]


async def _closes_at(here: World) -> datetime:
    async with here.core.store.read() as tx:
        return (await tx.periods.get_month(Month.parse(OCTOBER))).closes_at


async def _open_again(here: World) -> None:
    await here.write(
        "update form set state = 'open', submitted_at = null, revision = revision + 1 where member_id = :member",
        "update month set closed_at = null",
        "delete from due where kind = 'month_closes'",
        member=here.ids["张伟"],
    )
