"""Who may not: forged buttons, lost offices, one's own card, and what must not be said in a group."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, cast

from bench.faults import checker
from bench.faults.closing import branch_id_of, group_of
from bench.faults.figures import Bench, Figure, at_least, exactly, row
from bench.faults.world import BRANCHES, OCTOBER, PEOPLE, QUARTER, World, roster, world
from bot.domain.actions import ACTIONS
from bot.domain.actions.base import Action
from bot.domain.actions.binding import ConfirmBinding, DeclineBinding
from bot.domain.actions.desk import EnterForMember, RecordCount, ReturnForm
from bot.domain.actions.form import OpenForm
from bot.domain.actions.menu import SetLanguage
from bot.domain.actions.privacy import AcceptNotice
from bot.domain.actions.rating import ApproveRating, PostponeRating, ReturnRating
from bot.domain.people import MemberStatus
from bot.handlers.registry import COMMANDS
from bot.telegram.codec import _FIELDS, pack

# What anybody may do with what is his own.
_HIS_OWN = (ConfirmBinding, DeclineBinding, AcceptNotice, SetLanguage)


@row(
    "F18",
    "forged callback",
    injected="every action with another branch's ids, old revisions, random bytes, a bot as sender",
    holds="each is answered, nothing changes",
)
async def forged(bench: Bench) -> list[Figure]:
    """Custom clients send any bytes."""
    async with world(bench) as here:
        await here.open_rating()
        await here.box.idle()
        stranger = here.box.person("路人")
        here.people["路人"] = stranger
        await stranger.says("/start")
        await here.rest()
        values = await _ids_of_the_first_branch(here)
        tries = denied = unanswered = 0
        for name in ("钱书记", "路人", "吴芳", "周委员", "卫强"):
            forgeries = _forgeries(values)
            if not bench.full and name != "钱书记":
                forgeries = bench.random.sample(forgeries, 20)
            before = await checker.effects(here)
            for data in [*forgeries, *_nonsense(bench, bench.size(10, 400))]:
                tap = await here.taps(name, data)
                after = await checker.effects(here)
                tries, denied = tries + 1, denied + (not checker.harm(before, after))
                unanswered += not tap.answered
                before = after
        before = await checker.effects(here)
        for data in _forgeries(values)[:: bench.size(10, 1)]:
            here.box.deliver(_by_a_bot(here, data))
        await here.rest()
        by_bots = checker.harm(before, await checker.effects(here))
        bench.counts["forbidden attempts"] += tries
        bench.counts["denied"] += denied
        return [
            at_least("attempts", tries, 200), exactly("not denied", tries - denied), exactly("unanswered", unanswered),
            exactly("effects of a bot's taps", by_bots), exactly("buried", await here.count("dead_letter")),
        ]  # fmt: skip


async def _ids_of_the_first_branch(here: World) -> dict[str, Any]:
    form, rating = await here.form("赵敏"), await here.rating("赵敏")
    return {
        "form_id": form["id"], "rating_id": rating["id"], "member_id": here.ids["赵敏"],
        "branch_id": await branch_id_of(here, BRANCHES[0]), "quarter": QUARTER, "item": "lecture", "act": "given",
        "grade": "full", "kind": "committee", "day": 20261026, "present": 4, "entitled": 4, "dimension": "thought",
        "of": {"form_id": form["revision"], "rating_id": rating["revision"]},
    }  # fmt: skip


def _forgeries(values: dict[str, Any]) -> list[str]:
    """Every action about the first branch, as it would be on its own leaders' cards, and with an old revision."""
    made = []
    for kind in ACTIONS:
        names = [name for name, _ in _FIELDS[kind]]
        seen = next((values["of"][name] for name in names if name in values["of"]), 0)
        for revision in {seen, 0}:
            filled = {
                name: values.get(name, revision if name == "revision" else 1 if of is int else "")
                for name, of in _FIELDS[kind]
            }
            if "month" in filled:
                filled["month"] = 10 if dict(_FIELDS[kind])["month"] is int else OCTOBER
            if kind not in _HIS_OWN:
                made.append(pack(cast("Action", cast("Any", kind)(**filled))))
    return list(dict.fromkeys(made))


def _nonsense(bench: Bench, number: int) -> list[str]:
    def some() -> str:
        return bytes(bench.random.randrange(1, 128) for _ in range(bench.random.randrange(1, 65))).decode()

    return [some() for _ in range(number)]


def _by_a_bot(here: World, data: str) -> dict[str, Any]:
    secretary = here.people["王书记"]
    card = {"message_id": 1, "date": 1, "chat": {"id": secretary.chat_id, "type": "private", "first_name": "王"}}
    sender = {**secretary.user.wire(), "is_bot": True}
    return {"callback_query": {"id": "1", "from": sender, "message": card, "chat_instance": "1", "data": data}}


@row(
    "F19",
    "who lost his office presses an old card",
    injected="demoted, left, or moved to another branch, then every button",
    holds="none is accepted",
)
async def demoted(bench: Bench) -> list[Figure]:
    """The card still shows the buttons."""
    changes: Sequence[dict[str, Any]] = (
        {"offices": ()}, {"offices": (), "status": MemberStatus.LEFT}, {"branch": BRANCHES[1], "offices": ()},
    )  # fmt: skip
    tried = accepted = 0
    for change in changes:
        async with world(bench) as here:
            await here.open_rating()
            await here.core.do.import_roster(roster(王书记=change))
            await here.rest()
            before = await checker.effects(here)
            for data in await _cards_of(here, "张伟"):
                await here.taps("王书记", data)
                tried += 1
            accepted += checker.harm(before, await checker.effects(here))
    bench.counts["forbidden attempts"] += tried
    bench.counts["denied"] += tried - accepted
    return [at_least("taps", tried, 15), exactly("accepted", accepted)]


async def _cards_of(here: World, whose: str) -> list[Action]:
    """A leader's buttons about this member."""
    rating, form, member = await here.rating(whose), await here.form(whose), here.ids[whose]
    card, sheet = (rating["id"], rating["revision"]), (form["id"], form["revision"])
    return [
        PostponeRating(*card), ReturnForm(*sheet, 1), EnterForMember(form["id"]),
        RecordCount(OCTOBER, "meetings", member, "absent", 1), ReturnRating(*card, 10, 1),
        ApproveRating(*card),
    ]  # fmt: skip


@row(
    "F20", "self-approval, double role", injected="leaders tap the buttons of their own cards", holds="none is accepted"
)
async def on_oneself(bench: Bench) -> list[Figure]:
    """Nobody decides on himself."""
    tried = accepted = 0
    async with world(bench) as here:
        await here.open_rating()
        for name in ("王书记", "李委员", "钱书记", "周委员"):
            for button in await _cards_of(here, name):
                before = await checker.effects(here)
                await here.taps(name, button)
                accepted += checker.harm(before, await checker.effects(here))
                tried += 1
    bench.counts["forbidden attempts"] += tried
    bench.counts["denied"] += tried - accepted
    return [at_least("taps", tried, 20), exactly("accepted", accepted)]


@row(
    "F21",
    "group against private",
    injected="every command and forged taps in the own and a foreign group; forwarded, anonymous, from a channel",
    holds="nothing private in a group",
)
async def in_groups(bench: Bench) -> list[Figure]:
    """Everybody reads along."""
    async with world(bench) as here:
        own, foreign = await group_of(here, BRANCHES[0]), await group_of(here, BRANCHES[1])
        await foreign.joins(here.people["张伟"])
        await here.open_rating()
        of_the_branch = tuple(name for name, (where, _) in PEOPLE.items() if where == BRANCHES[0])
        since, said = here.box.api.log.next_seq - 1, 0
        for group, names in ((own, of_the_branch if bench.full else ("张伟", "王书记")), (foreign, ("张伟",))):
            for name in names:
                for command in COMMANDS:
                    await here.says(name, f"/{command}", group)
                    said += 1
            await here.rest()
            for name in names:
                for data in await _cards_of(here, name):
                    await here.taps(name, data, to=group)
                    await here.taps(name, OpenForm((await here.form(name))["id"]), to=group)
                    said += 2
        private = _private_items(here, since)
        since = here.box.api.log.next_seq - 1
        passed_on = _passed_on(here, own.chat_id)
        for update in passed_on:
            here.box.deliver(update)
        await here.rest()
        answered = sum(str(call.chat_id).startswith("-") for call in here.box.outbox(since))
        private += _private_items(here, since)
        bench.counts["private in group"] += private
        return [
            at_least("said in groups", said, 30), at_least("forwarded, anonymous, from channels", len(passed_on), 60),
            exactly("of these answered", answered), exactly("private items in groups", private),
        ]  # fmt: skip


def _private_items(here: World, since: int) -> int:
    return sum(_is_private(call.params) for call in here.box.outbox(since) if str(call.chat_id).startswith("-"))


def _is_private(params: dict[str, Any]) -> bool:
    """A person's name, points, or a button that does something."""
    text = json.dumps(params, ensure_ascii=False, default=str)
    return any(name in text for name in PEOPLE) or "callback_data" in text or "积分 6" in text


def _passed_on(here: World, chat_id: int) -> list[dict[str, Any]]:
    """Each command as an anonymous admin says it, forwarded by a member, in a channel, and as its group shows it."""
    chat = {"id": chat_id, "type": "group", "title": BRANCHES[0]}
    channel = {"id": -1_001_234_567_890, "type": "channel", "title": "支部频道"}
    group = {"id": 1_087_968_824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    telegram = {"id": 777_000, "is_bot": False, "first_name": "Telegram"}
    member = here.people["张伟"].user.wire()
    forwarded = {"type": "user", "date": 1, "sender_user": here.people["王书记"].user.wire()}
    posted = {"type": "channel", "date": 1, "chat": channel, "message_id": 5}
    ways: Sequence[tuple[str, dict[str, Any]]] = (
        ("message", {"chat": chat, "from": group, "sender_chat": chat}),
        ("message", {"chat": chat, "from": member, "forward_origin": forwarded}),
        ("message", {"chat": chat, "from": telegram, "sender_chat": channel, "forward_origin": posted,
                     "is_automatic_forward": True}),
        ("channel_post", {"chat": channel, "sender_chat": channel}),
    )  # fmt: skip
    return [
        {kind: {"message_id": 77, "date": 1, "text": f"/{command}", **more}}
        for command in COMMANDS
        for kind, more in ways
    ]
