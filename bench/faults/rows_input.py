"""What comes in: twice, late, broken, raced for, or with odd characters."""

from __future__ import annotations

import asyncio
import zipfile
from datetime import timedelta
from typing import Any

from bench.faults import checker, script
from bench.faults.figures import Bench, Figure, at_least, at_most, exactly, row
from bench.faults.life import TOKEN
from bench.faults.world import OCTOBER, PEOPLE, World, world
from bot.catalog import load_catalog
from bot.domain.accounts import Language
from bot.domain.actions.binding import ConfirmBinding
from bot.domain.actions.desk import AskReturnForm, RecordCount
from bot.domain.actions.form import AnswerGrade, AskNote, OpenItem, SubmitForm
from bot.domain.actions.menu import OpenMenu
from bot.domain.actions.rating import ApproveRating
from bot.usecases.people.bind import token_hash


@row(
    "F04",
    "update sent twice, reordered, ids that begin anew",
    injected="every update of a month again, shuffled, k times",
    holds="effects are those of the distinct inputs",
)
async def repeated(bench: Bench) -> list[Figure]:
    """Telegram has forgotten what it has delivered."""
    async with world(bench) as here:
        await script.to_the_month(here)
        sent = _listen(here)
        await script.play(here, script.MONTH)
        before = await checker.effects(here)
        again = [update for update in sent for _ in range(bench.size(2, 10))]
        bench.random.shuffle(again)
        for update in again:
            here.box.deliver(update)
        bench.counts["updates"] += len(again)
        await here.rest()
        differ = checker.differences(before, await checker.effects(here))
        wrong = [one for one in differ if not one.startswith(checker.OWN)]
        bench.counts["duplicate effects"] += len(wrong)
        await here.travel(here.clock.now() + timedelta(days=8, hours=1))
        since = await checker.last_entry(here)
        await here.taps("李委员", RecordCount(OCTOBER, "party_day", here.ids["赵敏"], "absent", 1))
        await here.rest()
        return [
            at_least("repetitions", len(again), 2 * len(script.MONTH)), exactly("effects twice", len(wrong)),
            exactly("effects under new ids", len(await checker.decisions_since(here, since)), 1),
            *await checker.sound(here),
        ]  # fmt: skip


def _listen(here: World) -> list[dict[str, Any]]:
    """Every update from now on, as it is delivered."""
    queue, sent = here.box.world.bots[TOKEN].updates, []
    push = queue.push

    def hear(kind: str, payload: dict[str, Any], lane: int) -> int | None:
        number = push(kind, payload, lane)
        sent.append({"update_id": number, kind: payload})
        return number

    queue.push = hear  # type: ignore[method-assign]
    return sent


@row(
    "F06",
    "poison update",
    injected="malformed and unknown updates, half characters, a text of a megabyte",
    holds="the broken ones are put away, the others go on",
)
async def poison(bench: Bench) -> list[Figure]:
    """Among the taps of honest people: each handful of poison is followed by one, and the longest wait counts."""
    rounds, put_away, kept, waited_s = bench.size(2, 25), 0, 0, 0.0
    async with world(bench) as here:
        await here.open_october()
        broken, odd = _poison(here)
        for turn in range(rounds):
            grade = ("mostly", "full")[turn % 2]
            for update in bench.random.sample(broken + odd, len(broken + odd)):
                here.box.deliver(update)
            put_away += len(broken)
            form, begun = await here.form("张伟"), len(bench.answered_ms)
            await here.taps("张伟", AnswerGrade(form["id"], "post", grade))
            waited_s = max(waited_s, *bench.answered_ms[begun:], 0) / 1000
            await here.rest()
            kept += f'"{grade}"' in str((await here.form("张伟"))["answers"])
        return [
            exactly("put away", await here.count("dead_letter"), put_away),
            exactly("effects of honest taps", kept, rounds),
            at_most("seconds that the slowest honest tap waited", waited_s, bench.size(5, 1)),
        ]


def _poison(here: World) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What cannot be read at all, and what is only odd."""
    person = here.people["赵敏"].user.wire()
    chat = {"id": here.people["赵敏"].chat_id, "type": "private", "first_name": "赵敏"}
    said = {"message_id": 9_000, "date": 1, "chat": chat, "from": person}
    return [
        {"message": {"message_id": "nine"}}, {"callback_query": {"id": 1}}, {"message": []},
        {"message": {**said, "from": 5}},
    ], [
        {"a_kind_of_the_future": {"x": 1}}, {"message": {**said, "text": "长" * 350_000}},
        {"message": {**said, "text": "\x00\ud800"}},
    ]  # fmt: skip


@row(
    "F22",
    "invite used again, expired, raced for",
    injected="two accounts with one token at the same instant",
    holds="one binding",
)
async def raced_invites(bench: Bench) -> list[Figure]:
    """Somebody passed the link on."""
    async with world(bench, bound=False) as here:
        await here.start()
        wrong, races = 0, 0
        for name in list(PEOPLE)[: bench.size(5, 13)]:
            invite = await here.value(
                "select id from invite where token_hash = :hash", hash=token_hash(here.tokens[name])
            )
            thief = here.box.person(f"某{name}")
            here.people[thief.name] = thief
            for who in (name, thief.name):
                await here.says(who, f"/start {here.tokens[name]}")
            await here.rest()
            confirm = ConfirmBinding(invite)
            await asyncio.gather(*(here.taps(who, confirm) for who in (name, thief.name) for _ in range(2)))
            await here.says(thief.name, f"/start {here.tokens[name]}")
            await here.rest()
            wrong += abs(await here.count("account", "member_id = :member", member=here.ids[name]) - 1)
            races += 1
        bound = await here.count("ledger", "kind = 'account_bound'")
        await here.travel(here.clock.now() + timedelta(days=15))
        late = here.box.person("迟到")
        here.people["迟到"] = late
        await here.says("迟到", f"/start {here.tokens['陈管理']}")
        await here.rest()
        after = await here.count("ledger", "kind = 'account_bound'") - bound
        return [at_least("races", races, 5), exactly("not one binding", wrong), exactly("bindings", bound, races),
                exactly("bindings after expiry", after)]  # fmt: skip


_ODD = (
    "<b>x</b> & <script>", "*粗* _斜_ [x](tg://user?id=1) `c`", "\u202e倒\u2066", "=1+1", "+cmd|' /C calc'!A0",
    "@SUM(A1)", "长" * 900, "👩‍👩‍👧‍👦👨🏽‍🚒", "é\u0301\u0301", "'; drop table member; --",
    "{name}", "%s %d", "\\n\\x00",
)  # fmt: skip


@row(
    "F25",
    "injection",
    injected="HTML, MarkdownV2, bidi, formulas, joined emoji, very long texts as notes and reasons",
    holds="delivered as text; in the workbook a text",
)
async def injected_texts(bench: Bench) -> list[Figure]:
    """What people type, and what they paste."""
    async with world(bench) as here:
        await here.open_october()
        since = here.box.api.log.next_seq - 1
        for words in _ODD:
            form = await here.form("张伟")
            await here.taps("张伟", AskNote(form["id"], "lecture"))
            await here.says("张伟", words)
            await here.rest()
            await here.taps("张伟", OpenItem(form["id"], "lecture"))
        await here.hand_in("张伟")
        for words in _ODD[:6]:
            form = await here.form("张伟")
            await here.taps("李委员", AskReturnForm(form["id"], form["revision"]))
            await here.says("李委员", words)
            await here.rest()
            form = await here.form("张伟")
            if form["state"] == "returned":
                await here.taps("张伟", SubmitForm(form["id"], form["revision"]))
        refused = [
            call for call in here.box.outbox(since) if not call.ok and "not modified" not in str(call.description)
        ]
        return [
            at_least("texts", len(_ODD) + 6, 19), exactly("send errors", len(refused)),
            exactly("waiting", await checker.untold(here)), exactly("formulas", await _formulas(here)),
            *await checker.sound(here),
        ]  # fmt: skip


async def _formulas(here: World) -> int:
    """Formulas in the ledger's workbook, which holds the reasons."""
    target = here.bench.folder / "ledger.xlsx"
    await here.core.do.export_ledger.by_operator(load_catalog()[Language.ZH], target, None, None, None)
    with zipfile.ZipFile(target) as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/")]
        return sum(book.read(name).count(b"<f>") for name in sheets)


@row(
    "F40",
    "stale flood after an outage",
    injected="hundreds of taps queued for 23 hours, among them old approvals",
    holds="what is not as it was seen is not decided",
)
async def stale_flood(bench: Bench) -> list[Figure]:
    """The bot was down; people went on tapping, and meanwhile the matter changed."""
    flood = bench.size(60, 500)
    async with world(bench) as here:
        await here.open_rating()
        await here.kill()
        seen = {name: await here.rating(name) for name in ("张伟", "赵敏", "李委员")}
        for number in range(flood):
            name = ("张伟", "赵敏", "李委员")[number % 3]
            await here.taps("王书记", ApproveRating(seen[name]["id"], seen[name]["revision"]), wait=0)
            await here.taps("吴芳", OpenMenu(), wait=0)
        here.clock.travel(here.clock.now() + timedelta(hours=23))
        await here.write("update rating set revision = revision + 1 where member_id != :kept", kept=here.ids["李委员"])
        since = await checker.last_entry(here)
        await here.start()
        await here.rest()
        decided = await here.rows(
            "select subject_id from ledger where seq > :seq and kind = 'rating_approved'", seq=since
        )
        stale = sum(one["subject_id"] != here.ids["李委员"] for one in decided)
        bench.counts["double decisions"] += max(0, len(decided) - stale - 1)
        return [
            at_least("queued", flood * 2, 120), exactly("stale decisions applied", stale),
            exactly("decisions that still held", len(decided) - stale, 1), *await checker.sound(here),
        ]  # fmt: skip
