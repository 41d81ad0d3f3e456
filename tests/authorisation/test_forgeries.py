"""Updates that no honest client sends: random bytes, old cards, bots, channels, anonymous admins, forwards."""

from __future__ import annotations

import random
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.actions import ACTIONS
from bot.domain.actions.desk import NudgeAll, OpenMemberForm, RecordCount, ReturnForm
from bot.domain.actions.form import SubmitForm, WithdrawForm
from bot.handlers.registry import COMMANDS
from bot.storage.schema import dead_letter
from bot.telegram.codec import pack
from sandbox import Group, Person
from tests.authorisation.scene import Scene
from tests.authorisation.trial import tap

SEED = 20261020
TRIES = 400


async def buried(scene: Scene) -> list[str]:
    """What failed so badly that it was put away."""
    async with scene.stage.app.core.store.read() as tx:
        return list(await tx.connection.scalars(select(dead_letter.c.error)))


def nonsense(chance: random.Random) -> str:
    """At most 64 bytes: anything at all, or a real button's code with something else behind it."""
    if chance.random() < 0.5:
        return bytes(chance.randrange(1, 128) for _ in range(chance.randrange(1, 65))).decode()
    code = chance.choice(ACTIONS).code
    fields = ["", "0", "-1", "zz", "9" * 20, "2026-99", "😀", "a b", "\x00", "'; drop table member; --"]
    chosen = [chance.choice(fields) for _ in range(chance.randrange(7))]
    return ":".join([code, *chosen]).encode()[:64].decode(errors="ignore")


@pytest.mark.parametrize("role", ["stranger", "member", "secretary", "committee", "admin"])
async def test_random_bytes_change_nothing_and_bury_nothing(scene: Scene, role: str) -> None:
    """The spinner ends each time, and no update fails for good."""
    chance = random.Random(f"{SEED}-{role}")
    person, before = scene.people[role], scene.database.rows()
    for _ in range(TRIES // 5):
        data = nonsense(chance)
        done = await person.taps(data=data, on=person.last)
        assert done.answered, data
    assert await buried(scene) == []
    assert set(scene.database.changed_since(before)) <= {"account"}


async def test_an_old_card_decides_nothing(scene: Scene) -> None:
    """The revision on the card is an older one: the fresh card comes instead."""
    person = scene.people["member"]
    form_id = scene.forms[person.name].form_id
    for button in (SubmitForm(form_id, 99), WithdrawForm(form_id, 99)):
        outcome = await tap(scene, person, button, person.name)
        assert outcome.changed == ()
        assert outcome.toast


def sender(person: Person, **more: Any) -> dict[str, Any]:
    """A user as Telegram words it."""
    return {"id": person.user_id, "is_bot": False, "first_name": person.name, **more}


def in_group(group: Group) -> dict[str, Any]:
    """A group's chat as Telegram words it."""
    return {"id": group.chat_id, "type": "supergroup", "title": group.title}


def message(chat: dict[str, Any], text: str, **more: Any) -> dict[str, Any]:
    """A message with a command in it."""
    return {"message_id": 7_000_001, "date": 1_761_000_000, "chat": chat, "text": text, **more}


def odd_updates(scene: Scene, text: str) -> list[dict[str, Any]]:
    """The same command as a bot, an anonymous admin, a channel and a forwarder would send it."""
    secretary, group = scene.people["secretary"], scene.own_group
    assert group is not None
    private = {"id": secretary.user_id, "type": "private", "first_name": secretary.name}
    anonymous = {"id": 1_087_968_824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    channel = {"id": -100_777, "type": "channel", "title": "频道"}
    forwarded = {"type": "user", "date": 1_760_000_000, "sender_user": sender(scene.people["admin"])}
    return [
        {"message": message(private, text, **{"from": sender(secretary, is_bot=True)})},
        {"message": message(in_group(group), text, **{"from": anonymous, "sender_chat": in_group(group)})},
        {"message": message(in_group(group), text, sender_chat=channel)},
        {"channel_post": message(channel, text, sender_chat=channel)},
        {"message": message(private, text, forward_origin=forwarded, **{"from": sender(secretary)})},
        {"message": message(in_group(group), text, forward_origin=forwarded, **{"from": sender(secretary)})},
        {"edited_message": message(private, text, edit_date=1_761_000_009, **{"from": sender(secretary)})},
    ]


async def test_commands_by_odd_senders_do_nothing(scene: Scene) -> None:
    """Each command seven times: nothing changes, no group hears anything, and no member's data is shown."""
    group, before = scene.own_group, scene.database.rows()
    assert group is not None
    since = scene.stage.box.api.log.next_seq - 1
    for name in COMMANDS:
        for update in odd_updates(scene, f"/{name} 102"):
            scene.stage.box.deliver(update)
        await scene.stage.box.idle(30)
    said = [str(call.params) for call in scene.stage.box.outbox(since) if call.method.startswith(("send", "edit"))]
    assert scene.database.changed_since(before) == []
    assert await buried(scene) == []
    assert not [text for text in said if str(group.chat_id) in text or "张伟" in text or "-100777" in text]


async def test_taps_by_odd_senders_do_nothing(scene: Scene) -> None:
    """A leader's button as a member sends it without its message, and as a bot sends it in the leader's own name."""
    secretary, before = scene.people["secretary"], scene.database.rows()
    for number, kind in enumerate((NudgeAll, RecordCount, ReturnForm, OpenMemberForm)):
        query = {"id": str(number), "chat_instance": "1", "data": pack(scene.button(kind, "张伟"))}
        by_member = {"from": sender(scene.people["member"]), "inline_message_id": "x"}
        by_bot = {"from": sender(secretary, is_bot=True)}
        for one in (by_member, by_bot):
            scene.stage.box.deliver({"callback_query": {**query, **one}})
    await scene.stage.box.idle(30)
    assert scene.database.changed_since(before) == []
    assert await buried(scene) == []
    await secretary.sees_not("张伟")
