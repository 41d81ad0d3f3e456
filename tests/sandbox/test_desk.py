"""The people's side over HTTP, through its client; and the events the page lives on."""

import asyncio
import base64
import json
import sys
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from sandbox import Person, Sandbox, SandboxClient
from sandbox.client import DeskError
from tests.sandbox.bot_api import TOKEN, Ask, keyboard, picture


@pytest.fixture
async def client(box: Sandbox) -> AsyncIterator[SandboxClient]:
    async with SandboxClient(box.url) as client:
        yield client


async def test_a_conversation_over_http(ask: Ask, client: SandboxClient):
    """The same verbs as in process: says, sees, taps, screen."""
    li = await client.person("李娜", tags={"branch": "第二支部"})
    await li.says("/start")
    await ask("sendMessage", chat_id=li.chat_id, text="你好", reply_markup=keyboard("提交"))
    await li.sees("你好")
    tapping = asyncio.ensure_future(li.taps("提交"))
    query = (await ask("getUpdates", offset=-1, timeout=2))[-1]
    if "callback_query" not in query:
        query = (await ask("getUpdates", offset=query["update_id"] + 1, timeout=2))[-1]
    await ask("answerCallbackQuery", callback_query_id=query["callback_query"]["id"], text="已提交")
    tap = await tapping
    assert tap.answer is not None
    assert tap.answer.text == "已提交"
    assert "› 已提交" in await li.screen()
    with pytest.raises(AssertionError, match="你好"):
        await li.sees("不在", 0.02)
    with pytest.raises(AssertionError, match="no such button"):
        await li.taps("取消", wait=0.02)


async def test_a_tap_over_http_waits_for_its_button(ask: Ask, client: SandboxClient):
    """Who taps before the bot has drawn the button is not refused."""
    li = await client.person("李娜")
    await li.says("/start")
    tapping = asyncio.ensure_future(li.taps("提交", wait=2))
    await asyncio.sleep(0.05)
    sent = await ask("sendMessage", chat_id=li.chat_id, text="你好", reply_markup=keyboard("提交"))
    query = (await ask("getUpdates", offset=-1, timeout=2))[-1]["callback_query"]
    await ask("answerCallbackQuery", callback_query_id=query["id"])
    tap = await tapping
    assert (tap.message_id, tap.answered) == (sent["message_id"], True)


async def test_what_was_read_is_unread_no_more(ask: Ask, client: SandboxClient):
    """The mark in the list goes when the person looks."""
    li = await client.person("李娜")
    await li.says("/start")
    await ask("sendMessage", chat_id=li.chat_id, text="你好")
    assert (await client.call("GET", f"persons/{li.user_id}"))["unread"] == 1
    await li.reads()
    assert (await client.call("GET", f"persons/{li.user_id}"))["unread"] == 0


async def test_files_over_http(ask: Ask, client: SandboxClient):
    """Pictures and documents go up as base64 and come down as bytes."""
    li = await client.person("李娜")
    await li.sends_photo(picture(), picture(70), album=True, caption="佐证")
    await li.sends_document(b"%PDF", "证明.pdf")
    messages = await li.messages()
    assert [message["kind"] for message in messages] == ["photo", "photo", "document"]
    assert await client.download(messages[0]["photo"]["url"]) == picture()
    assert (messages[0]["caption"], messages[2]["document"]["name"]) == ("佐证", "证明.pdf")


async def test_files_as_multipart(ask: Ask, box: Sandbox, zhang: Person):
    """The page uploads forms."""
    form = aiohttp.FormData()
    form.add_field("photo", picture(), filename="a.png")
    form.add_field("caption", "佐证")
    async with ask.session.post(f"{box.url}/sim/persons/{zhang.user_id}/photos", data=form) as response:
        assert response.status == 200
    assert zhang.last.caption == "佐证"


async def test_groups_over_http(ask: Ask, client: SandboxClient):
    """Make, join, promote, kick, migrate."""
    zhang, li = await client.person("张伟"), await client.person("李娜")
    group = await client.group("第一支部", owner=zhang)
    await group.joins(li, tag="委员")
    await group.promotes(li.user_id)
    old = group.chat_id
    assert await group.migrate() != old
    await zhang.says("大家好", group)
    assert "李娜" in json.dumps(await client.call("GET", f"groups/{group.chat_id}"), ensure_ascii=False)
    await group.kicks(li.user_id)
    with pytest.raises(DeskError, match="not in the group"):
        await li.says("还在吗", group)


async def test_the_desk_runs_faults_limits_and_the_log(ask: Ask, client: SandboxClient, me: int):
    """Everything a test needs from outside."""
    await client.fault(method="sendMessage", code=500)
    assert await ask.refusal("sendMessage", chat_id=me, text="x")
    await client.limits()
    await ask("sendMessage", chat_id=me, text="x")
    assert (await ask.answer("sendMessage", chat_id=me, text="x"))["error_code"] == 429
    refused = await client.outbox(refused="true")
    assert [call["error_code"] for call in refused] == [500, 429]
    assert await client.idle(0.01)
    await client.reset()
    assert await client.outbox() == []


async def test_time_over_http(client: SandboxClient, box: Sandbox):
    """A timeline that is told, a travel that the bot hears of at every stop."""
    heard: list[str] = []

    async def on_travel(request: web.Request) -> web.Response:
        heard.append((await request.json())["now"])
        return web.Response()

    app = web.Application()
    app.router.add_post("/travel", on_travel)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/travel"
    due = [{"at": "2025-09-28T17:00:00+08:00", "name": "提醒 T-3", "names": {"en": "reminder T-3"}, "passing": False}]
    await client.call("PUT", "timeline", {"due": due})
    await client.call("PUT", "on-travel", {"url": url})
    assert (await client.clock())["due"] == due
    after = await client.travel("next")
    assert after["now"] == "2025-09-28T09:00:00+00:00"
    assert after["due"] == []
    await client.travel("2025-10-01T00:00:00+08:00")
    assert len(heard) == 2
    await runner.cleanup()
    with pytest.raises(DeskError, match="does not answer"):
        await client.travel("2025-10-02T00:00:00+08:00")


async def test_the_clock_names_the_zone_of_the_peoples_phones():
    """The page shows times there, wherever its reader sits; in standard it is the reader's own zone."""
    async with Sandbox(zone="Asia/Shanghai") as box, SandboxClient(box.url) as client:
        assert (await client.clock())["zone"] == "Asia/Shanghai"
    async with Sandbox() as box, SandboxClient(box.url) as client:
        assert (await client.clock())["zone"] is None


async def test_persons_are_found_by_name_branch_and_role(client: SandboxClient):
    """The page searches and pages through them."""
    for number in range(30):
        tags = {"branch": f"第{number % 3}支部", "role": "党员" if number else "支部书记"}
        await client.person(f"成员{number}", tags=tags, start_link=f"token{number}")
    page = await client.call("GET", "persons", limit=5, offset=5)
    assert (page["total"], [one["name"] for one in page["persons"]]) == (30, [f"成员{n}" for n in range(5, 10)])
    assert page["tags"]["role"] == {"支部书记": 1, "党员": 29}
    found = await client.call("GET", "persons", q="支部书记")
    assert [one["start_link"] for one in found["persons"]] == ["token0"]
    assert (await client.call("GET", "persons", **{"tag.branch": "第1支部"}))["total"] == 10


async def test_unread_until_read(ask: Ask, client: SandboxClient, me: int):
    """What the bot wrote counts until the person looks."""
    await ask("sendMessage", chat_id=me, text="one")
    await ask("sendMessage", chat_id=me, text="two")
    assert (await client.call("GET", f"persons/{me}"))["unread"] == 2
    assert (await client.call("POST", f"persons/{me}/read", {}))["unread"] == 0


async def events_until(response: aiohttp.ClientResponse, kind: str) -> list[tuple[int, str, dict[str, Any]]]:
    """Return the events up to the first of this kind."""
    events, number, name = [], 0, ""
    async for raw in response.content:
        line = raw.decode().rstrip("\n")
        if line.startswith("id: "):
            number = int(line[4:])
        elif line.startswith("event: "):
            name = line[7:]
        elif line.startswith("data: "):
            events.append((number, name, json.loads(line[6:])))
            if name == kind:
                return events
    raise AssertionError(f"no event {kind}: {events}")


async def test_the_page_hears_of_everything_at_once(ask: Ask, me: int, box: Sandbox, zhang: Person):
    """Messages, edits, taps and calls arrive as events; only those of the persons asked for."""
    li = box.person("李娜")
    await li.says("/start")
    async with ask.session.get(f"{box.url}/sim/events?person={me}") as response:
        await response.content.readline()
        await ask("sendMessage", chat_id=li.chat_id, text="not for this page")
        sent = await ask("sendMessage", chat_id=me, text="你好", reply_markup=keyboard("提交"))
        seen = await events_until(response, "message")
        assert [data["message"]["text"] for _, kind, data in seen if kind == "message"] == ["你好"]
        assert [kind for _, kind, _ in seen].count("call") == 1
        await ask("editMessageText", chat_id=me, message_id=sent["message_id"], text="再见")
        assert (await events_until(response, "edited"))[-1][2]["message"]["text"] == "再见"
        await zhang.taps(data="x", on=sent["message_id"], wait=0)
        assert (await events_until(response, "tap"))[-1][2]["answered"] is False


async def test_a_page_that_was_away_catches_up(ask: Ask, me: int, box: Sandbox):
    """Last-Event-ID brings what was missed; too old a number says to reload."""
    async with ask.session.get(f"{box.url}/sim/events") as response:
        await ask("sendMessage", chat_id=me, text="one")
        last = (await events_until(response, "message"))[-1][0]
    await ask("sendMessage", chat_id=me, text="two")
    async with ask.session.get(f"{box.url}/sim/events", headers={"Last-Event-ID": str(last)}) as response:
        assert (await events_until(response, "message"))[-1][2]["message"]["text"] == "two"
    for _ in range(6000):
        box.world.tell("alive")
    async with ask.session.get(f"{box.url}/sim/events?since={last}") as response:
        assert (await events_until(response, "reload"))[-1][2] == {}


BAD = [
    ("POST", "persons", {"name": ""}, "name"),
    ("POST", "persons", {"name": "x", "colour": 1}, "colour"),
    ("POST", "persons", {"name": "x", "user_id": 42}, "user_id"),
    ("POST", "persons", {"name": "x", "start_link": "with space"}, "start_link"),
    ("GET", "persons?limit=0", None, "limit"),
    ("GET", "persons?offset=x", None, "offset"),
    ("GET", "persons/abc", None, "person"),
    ("GET", "persons/5", None, "person"),
    ("POST", "persons/{me}/messages", {"text": 5}, "text"),
    ("POST", "persons/{me}/messages", {"text": " "}, "text"),
    ("POST", "persons/{me}/messages", {"text": "x", "chat": 99}, "chat"),
    ("POST", "persons/{me}/messages", {"text": "x", "reply_to": 99}, "reply_to"),
    ("POST", "persons/{me}/photos", {"photos": ["###"]}, "photos"),
    ("POST", "persons/{me}/photos", {"photos": [base64.b64encode(b"x").decode()]}, "photo"),
    ("POST", "persons/{me}/taps", {}, "label"),
    ("POST", "persons/{me}/taps", {"data": "x"}, "message_id"),
    ("POST", "persons/{me}/taps", {"label": "nothing"}, "label"),
    ("POST", "persons/{me}/votes", {"message_id": 1, "options": [0]}, "message_id"),
    ("POST", "groups", {"title": "x", "owner": 5}, "owner"),
    ("POST", "groups/-5/members", {"user_id": 1, "action": "join"}, "group"),
    ("POST", "faults", {"code": "x"}, "code"),
    ("DELETE", "faults/9", None, "fault"),
    ("POST", "clock", {"travel_to": "tomorrow"}, "travel_to"),
    ("POST", "clock", {"travel_to": "2025-10-01"}, "travel_to"),
    ("POST", "clock", {"travel_to": "next"}, "travel_to"),
    ("POST", "clock", {}, None),
    ("PUT", "timeline", {"url": "http://192.0.2.1/"}, "url"),
    ("PUT", "on-travel", {"url": "file:///etc/passwd"}, "url"),
    ("GET", "taps/x", None, "tap"),
    ("GET", "files/x", None, "file"),
    ("GET", "idle?timeout=99", None, "timeout"),
    ("GET", "events?since=x", None, "since"),
    ("GET", "nowhere", None, None),
    ("DELETE", "clock", None, None),
]


@pytest.mark.parametrize(("verb", "path", "body", "field"), BAD)
async def test_what_does_not_fit_is_refused_with_the_field(
    ask: Ask, me: int, verb: str, path: str, body: object, field: str | None
):
    """Every refusal is a sentence and names the field."""
    async with ask.session.request(verb, f"{ask.url}/sim/{path.format(me=me)}", json=body) as response:
        answer = await response.json()
        assert 400 <= response.status < 500
        assert answer["error"]
        assert answer["field"] == field


async def test_a_body_that_is_no_json(ask: Ask):
    """Also then there is a sentence."""
    async with ask.session.post(f"{ask.url}/sim/persons", data=b"{") as response:
        assert (response.status, (await response.json())["error"]) == (400, "the body is not JSON")


@pytest.mark.parametrize("header", [{"Origin": "https://elsewhere.example"}, {"Host": "elsewhere.example"}])
async def test_pages_from_elsewhere_get_no_answer(ask: Ask, header: dict[str, str]):
    """A web page that is open in the same browser cannot reach in."""
    async with ask.session.get(f"{ask.url}/sim/persons", headers=header) as response:
        assert response.status == 403
    async with ask.session.get(f"{ask.url}/sim/persons", headers={"Origin": ask.url}) as response:
        assert response.status == 200


async def test_served_alone_it_says_where_and_stops_when_told():
    """`python -m sandbox` listens on 127.0.0.1, keeps the time in a file, and ends on SIGTERM."""
    command = [sys.executable, "-m", "sandbox", "--port", "0", "--stand", "--at", "2025-09-25T09:00:00+08:00"]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    line = (await process.stdout.readline()).decode()
    async with SandboxClient(line.split()[2]) as client:
        assert (await client.clock())["now"] == "2025-09-25T01:00:00+00:00"
    process.terminate()
    assert await asyncio.wait_for(process.wait(), 10) == 0


async def test_bots_are_listed_with_what_waits(client: SandboxClient, zhang: Person):
    """The page shows which bots there are."""
    await zhang.says("x")
    assert await client.bot("43:OTHER", "other_bot")
    bots = (await client.call("GET", "bots"))["bots"]
    assert [(bot["token"], bot["username"], bot["pending"]) for bot in bots] == [
        (TOKEN, "xianfeng_bot", 1),
        ("43:OTHER", "other_bot", 0),
    ]
