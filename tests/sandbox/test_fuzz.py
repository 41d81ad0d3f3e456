"""Whatever is sent to the sandbox, the answer is JSON and never a fault of the server."""

import json
import random
from typing import Any

import pytest

from sandbox import Person, Sandbox
from sandbox.calls import HANDLERS
from sandbox.requests import methods_by_name
from tests.sandbox.bot_api import TOKEN, Ask, keyboard, picture

ODD: list[Any] = [
    None, True, 0, 1, -1, 2**31, 2**63, 2**70, 1e308, "", " ", "x", "42", "true", "[]", "{}", "[[[", "\x00", "\ud800",
    "党" * 5000, "attach://x", "@x", "-100", [], {}, [[]], [{}], {"type": "x"}, [None], {"inline_keyboard": [[{}]]},
    [{"type": "photo", "media": "x"}, {"type": "photo", "media": "attach://file"}], {"message_id": 1},
    {"blocks": [{}]}, {"id": "x"},
]  # fmt: skip
ROUTES = [
    ("POST", "persons"), ("PATCH", "persons/{me}"), ("POST", "persons/{me}/messages"), ("POST", "persons/{me}/photos"),
    ("POST", "persons/{me}/documents"), ("POST", "persons/{me}/stickers"), ("POST", "persons/{me}/forwards"),
    ("POST", "persons/{me}/taps"), ("POST", "persons/{me}/votes"), ("POST", "persons/{me}/reactions"),
    ("POST", "persons/{me}/block"), ("POST", "persons/{me}/unblock"), ("POST", "persons/{me}/read"), ("POST", "groups"),
    ("POST", "groups/{group}/members"), ("POST", "groups/{group}/migrate"), ("POST", "faults"), ("POST", "limits"),
    ("POST", "clock"), ("PUT", "timeline"), ("PUT", "on-travel"), ("POST", "bots"),
]  # fmt: skip
FIELDS = [
    "name", "text", "chat", "user_id", "message_id", "label", "data", "data_base64", "photos", "options", "emoji",
    "wait", "action", "owner", "title", "members", "times", "delay", "travel_to", "advance_s", "due", "url", "tags",
    "edit", "token", "reply_to", "caption", "bot", "from_chat", "rights", "tag", "by", "on",
]  # fmt: skip


async def fine(response: Any) -> bool:
    """Tell whether this is an answer and no fault of the server."""
    return response.status < 500 and isinstance(await response.json(), dict)


@pytest.mark.parametrize("method", sorted(set(HANDLERS) - {"getupdates"}))
async def test_every_method_withstands_odd_parameters(ask: Ask, me: int, box: Sandbox, zhang: Person, method: str):
    """Each parameter gets every odd value, as JSON and as a form, alone and with a valid chat and message."""
    group = box.group("群", owner=zhang)
    known = (await ask("sendMessage", chat_id=me, text="x", reply_markup=keyboard("A")))["message_id"]
    dice = random.Random(method)
    names = list(methods_by_name()[method].model_fields)
    for _ in range(40):
        chat = dice.choice([me, group.chat_id])
        params: dict[str, Any] = {"chat_id": chat, "message_id": known, "from_chat_id": me, "user_id": me, "text": "x"}
        params = {name: value for name, value in params.items() if name in names and dice.random() < 0.9}
        params |= {name: dice.choice(ODD) for name in dice.sample(names, min(len(names), dice.randint(1, 3)))}
        url = f"{ask.url}/bot{TOKEN}/{method}"
        async with ask.session.post(url, data=json.dumps(params), headers={"Content-Type": "application/json"}) as one:
            assert await fine(one), params
        form = {name: json.dumps(value) if not isinstance(value, str) else value for name, value in params.items()}
        form = {name: value.encode("utf-8", "replace").decode() for name, value in form.items()}
        async with ask.session.post(url, data=form) as other:
            assert await fine(other), params
    answer = await ask.upload(method, {name: picture() for name in names[:3]})
    assert "ok" in answer


@pytest.mark.parametrize(("verb", "path"), ROUTES)
async def test_every_route_withstands_odd_bodies(ask: Ask, me: int, box: Sandbox, zhang: Person, verb: str, path: str):
    """The people's side as well."""
    group = box.group("群", owner=zhang)
    dice = random.Random(path)
    url = f"{ask.url}/sim/{path.format(me=me, group=group.chat_id)}"
    for _ in range(50):
        body = {name: dice.choice(ODD) for name in dice.sample(FIELDS, dice.randint(0, 4))} | {"wait": 0}
        if dice.random() < 0.7:
            body.pop("wait")
        data = json.dumps(dice.choice([body, body, body, dice.choice(ODD)]))
        async with ask.session.request(verb, url, data=data) as response:
            assert await fine(response), (path, data)
    async with ask.session.request(
        verb, url, data=b"\xff", headers={"Content-Type": "multipart/form-data"}
    ) as response:
        assert await fine(response)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{"), ("application/json", b"[]"), ("application/json", b"[" * 100_000),
        ("application/json", b"\xff"), ("application/x-www-form-urlencoded", b"text=\xff"), ("text/plain", b"text=x"),
        ("multipart/form-data", b"x"), ("multipart/form-data; boundary=b", b"--b\r\n\r\nx"),
        ("multipart/form-data; boundary=b", b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--"),
    ],
)  # fmt: skip
async def test_bodies_that_are_not_what_they_say(ask: Ask, kind: str, body: bytes):
    """A broken body is 400 in words."""
    url = f"{ask.url}/bot{TOKEN}/sendMessage"
    async with ask.session.post(url, data=body, headers={"Content-Type": kind}) as response:
        answer = await response.json()
        assert (response.status, answer["ok"]) == (400, False)
        assert answer["description"].startswith("Bad Request: ")
