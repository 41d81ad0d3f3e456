"""Updates by webhook: only Telegram is let in, and told 200 only when the effect stands."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from random import Random
from typing import Any

import pytest
from aiogram import Bot
from aiogram.types import Update
from aiohttp import ClientError, ClientSession
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ListenerError, WebhookRefusedError
from bot.telegram import webhook as webhook_module
from bot.telegram.intake import DatabaseAwayError
from bot.telegram.poller import ALLOWED, RawUpdate
from bot.telegram.webhook import SECRET_HEADER, Door, MalformedUpdateError, Webhook, read_update
from sandbox import Sandbox

SECRET = "a-secret-of-more-than-16"
PATH = "/telegram"


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def door(port: int, host: str = "127.0.0.1") -> Door:
    """A door of this machine."""
    return Door(f"http://{host}:{port}{PATH}", PATH, SECRET, "127.0.0.1", port, 40)


class Desk:
    """Takes updates; `before` is awaited with each text first."""

    def __init__(self, before: Callable[[str], Awaitable[None]] | None = None) -> None:
        self.begun: list[str] = []
        self.done: list[str] = []
        self.buried: list[RawUpdate] = []
        self.refused: list[str] = []
        self._before = before

    async def handle(self, update: Update) -> None:
        """Take it."""
        text = (update.message and update.message.text) or ""
        self.begun.append(text)
        if self._before is not None:
            await self._before(text)
        self.done.append(text)

    async def bury_unread(self, raw: RawUpdate) -> None:
        """Put it away."""
        self.buried.append(raw)

    async def until(self, count: int) -> None:
        """Return when so many are done."""
        async with asyncio.timeout(10):
            while len(self.done) < count:
                await asyncio.sleep(0.01)


@asynccontextmanager
async def serving(bot: Bot, desk: Desk) -> AsyncIterator[str]:
    """A webhook that runs meanwhile and ends in order; yields its address."""
    stopping, place = asyncio.Event(), door(free_port())
    server = Webhook(bot, desk.handle, desk.bury_unread, place, desk.refused.append)
    running = asyncio.ensure_future(server.run(stopping))
    try:
        await until_listening(place.port)
        yield place.url
    finally:
        stopping.set()
        await asyncio.wait_for(running, 10)


async def until_listening(port: int) -> None:
    """Return when somebody listens there."""
    async with asyncio.timeout(5):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.01)
                continue
            writer.close()
            return


async def post(url: str, body: object, secret: str | None = SECRET, **more: Any) -> int:
    """Send one request as Telegram does; its status."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {SECRET_HEADER: secret} if secret is not None else {}
    async with ClientSession() as session, session.post(url, data=data, headers=headers, **more) as response:
        return response.status


def message(update_id: int, text: str, user_id: int = 700) -> RawUpdate:
    """An update with a private message."""
    person = {"id": user_id, "is_bot": False, "first_name": "某"}
    chat = {"id": user_id, "type": "private", "first_name": "某"}
    inner = {"message_id": update_id, "date": 1_790_000_000, "chat": chat, "from": person, "text": text}
    return {"update_id": update_id, "message": inner}


# ── who is let in ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET[:-1], SECRET + "x", SECRET.upper()])
async def test_nobody_without_the_secret_is_let_in(bot: Bot, secret: str | None) -> None:
    """Whoever found the address can do nothing with it."""
    desk = Desk()
    async with serving(bot, desk) as url:
        assert await post(url, message(1, "/start"), secret) == 401
    assert (desk.begun, desk.buried) == ([], [])
    assert desk.refused == ["secret"]


async def test_the_secret_is_asked_for_before_the_body_is_read(bot: Bot) -> None:
    """A stranger cannot keep the server busy with large bodies."""
    desk = Desk()
    async with serving(bot, desk) as url:
        _, _, host = url.split("/")[:3]
        reader, writer = await asyncio.open_connection(*host.split(":"))
        writer.write(f"POST {PATH} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 999999\r\n\r\n".encode())
        async with asyncio.timeout(3):
            assert (await reader.readline()).split()[1] == b"401"
        writer.close()


@pytest.mark.parametrize("chunked", [False, True])
async def test_a_body_of_more_than_a_megabyte_is_refused(bot: Bot, chunked: bool) -> None:
    """Told beforehand by its length, or found out while it comes."""
    desk = Desk()
    body = json.dumps(message(1, "长" * 400_000), ensure_ascii=False).encode()
    async with serving(bot, desk) as url:
        try:
            assert await post(url, body, chunked=True if chunked else None) == 413
        except (ClientError, ConnectionError):
            # The server may close before all of it was sent.
            pass
        assert await post(url, message(2, "短")) == 200
    assert desk.done == ["短"]
    assert desk.refused == ["large"]


async def test_a_slow_body_is_not_waited_for(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a body and then silence ends with 408; the others go on."""
    monkeypatch.setattr(webhook_module, "BODY_WITHIN_S", 0.2)
    desk = Desk()
    async with serving(bot, desk) as url:
        host = url.split("/")[2]
        reader, writer = await asyncio.open_connection(*host.split(":"))
        head = f"POST {PATH} HTTP/1.1\r\nHost: {host}\r\n{SECRET_HEADER}: {SECRET}\r\nContent-Length: 900\r\n\r\n"
        writer.write(head.encode() + b'{"update_id": 1,')
        async with asyncio.timeout(3):
            assert (await reader.readline()).split()[1] == b"408"
        writer.close()
        assert await post(url, message(2, "其他人")) == 200
    assert desk.done == ["其他人"]


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"null", b"[]", b'"x"', b"{}", b'{"update_id": "1"}', b'{"update_id": 1.5}', b'{"update_id": true}',
     b'{"update_id": -1}', b'{"update_id": 99999999999999999999}', b"\xff\xfe{}", b"[" * 100_000, b"9" * 5_000],
)  # fmt: skip
async def test_what_is_no_update_is_refused_and_kept_nowhere(bot: Bot, body: bytes) -> None:
    """400, and nothing in the dead-letter table."""
    desk = Desk()
    async with serving(bot, desk) as url:
        assert await post(url, body) == 400
    assert (desk.begun, desk.buried) == ([], [])


@given(st.binary(max_size=300) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.just("update_id"), inner),
).map(lambda value: json.dumps(value).encode()))  # fmt: skip
def test_any_bytes_are_an_update_with_a_number_or_none(body: bytes) -> None:
    """Reading never ends in another way."""
    try:
        raw = read_update(body)
    except MalformedUpdateError:
        return
    assert 0 <= raw["update_id"] < 2**53


async def test_no_request_whatever_it_holds_makes_the_server_fail(bot: Bot) -> None:
    """Hundreds of odd requests by somebody who knows the secret: each has its answer, and the next person is served."""
    desk, random, statuses = Desk(), Random(7), set()
    good = json.dumps(message(5, "x"), ensure_ascii=False).encode()
    async with serving(bot, desk) as url, ClientSession() as session:
        for _ in range(300):
            body = bytearray(good)
            for _ in range(random.randrange(1, 6)):
                body[random.randrange(len(body))] = random.randrange(256)
            method = random.choice(["POST", "POST", "POST", "GET", "PUT", "DELETE", "OPTIONS"])
            path = random.choice([url, url, url, url + "/", url + "/../x", url + "?a=b"])
            secret = random.choice([SECRET, SECRET, SECRET, SECRET, "x", ""])
            async with session.request(method, path, data=bytes(body), headers={SECRET_HEADER: secret}) as response:
                statuses.add(response.status)
        desk.done.clear()
        assert await post(url, message(2**40, "下一位")) == 200
    assert statuses <= {200, 400, 401, 404, 405}
    assert desk.done == ["下一位"]


# ── what 200 means ────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_telegram_is_told_where_with_which_secret_and_what_it_shall_bring(box: Sandbox, bot: Bot) -> None:
    """The same kinds of updates as by polling, and what waits is kept."""
    await box.person("张伟").says("早")
    desk = Desk()
    async with serving(bot, desk) as url:
        await desk.until(1)
        call = next(call for call in box.outbox() if call.method == "setWebhook")
    assert (call.params["url"], call.params["secret_token"]) == (url, SECRET)
    assert call.params["allowed_updates"] == ALLOWED
    assert desk.done == ["早"]


async def test_the_answer_comes_only_after_the_effect(bot: Bot) -> None:
    """200 is a promise: while the work goes on there is no answer."""
    release = asyncio.Event()

    async def waits(_text: str) -> None:
        await release.wait()

    desk = Desk(waits)
    async with serving(bot, desk) as url:
        asking = asyncio.ensure_future(post(url, message(1, "慢")))
        await asyncio.sleep(0.3)
        assert desk.begun == ["慢"]
        assert not asking.done()
        release.set()
        assert await asyncio.wait_for(asking, 5) == 200
    assert desk.done == ["慢"]


async def test_while_the_database_is_away_telegram_is_asked_to_come_again(box: Sandbox, bot: Bot) -> None:
    """503, and the update comes again by itself until it has had its effect."""
    failures = iter(range(2))

    async def away(_text: str) -> None:
        if next(failures, None) is not None:
            raise DatabaseAwayError

    desk = Desk(away)
    async with serving(bot, desk):
        await box.person("张伟").says("重要")
        await desk.until(1)
        assert await box.idle()
    assert desk.begun == ["重要"] * 3
    assert desk.refused == ["later"] * 2


async def test_an_update_that_cannot_even_be_put_away_comes_again(bot: Bot) -> None:
    """Whatever goes wrong, nothing is confirmed that was not done."""

    async def breaks(_text: str) -> None:
        raise KeyError("nobody thought of this")

    desk = Desk(breaks)
    async with serving(bot, desk) as url:
        assert await post(url, message(1, "x")) == 500
    assert desk.done == []


async def test_work_that_takes_too_long_for_one_call_is_ended_in_the_next(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram is told to come again before it gives up; the work is not begun twice meanwhile."""
    monkeypatch.setattr(webhook_module, "ANSWER_WITHIN_S", 0.1)
    release = asyncio.Event()

    async def waits(_text: str) -> None:
        await release.wait()

    desk = Desk(waits)
    async with serving(bot, desk) as url:
        assert await post(url, message(1, "慢")) == 503
        asking = asyncio.ensure_future(post(url, message(1, "慢")))
        await asyncio.sleep(0.05)
        release.set()
        assert await asking == 200
    assert desk.begun == ["慢"]


async def test_five_deliveries_at_once_are_one_work(bot: Bot) -> None:
    """Telegram that lost the answers and repeats itself hears of the same one effect."""

    async def takes_a_while(_text: str) -> None:
        await asyncio.sleep(0.1)

    desk = Desk(takes_a_while)
    async with serving(bot, desk) as url:
        assert await asyncio.gather(*(post(url, message(1, "一次")) for _ in range(5))) == [200] * 5
    assert desk.begun == ["一次"]


async def test_what_cannot_be_read_is_buried_and_answered(bot: Bot) -> None:
    """Telegram has sent something new: it is kept for the operator and does not come for ever."""
    poison = {"update_id": 9, "message": {"text": "毒"}}
    desk = Desk()
    async with serving(bot, desk) as url:
        assert await post(url, poison) == 200
        assert await post(url, message(10, "下一位")) == 200
    assert desk.buried == [poison]
    assert desk.done == ["下一位"]


async def test_one_persons_updates_keep_their_order_and_hold_nobody_else_up(bot: Bot) -> None:
    """Even if they are delivered side by side."""
    release = asyncio.Event()

    async def waits(text: str) -> None:
        if text == "慢":
            await release.wait()

    desk = Desk(waits)
    async with serving(bot, desk) as url:
        slow = asyncio.ensure_future(post(url, message(1, "慢", 1)))
        await asyncio.sleep(0.1)
        after = asyncio.ensure_future(post(url, message(2, "之后", 1)))
        assert await post(url, message(3, "快", 2)) == 200
        await asyncio.sleep(0.1)
        assert desk.begun == ["慢", "快"]
        release.set()
        assert await asyncio.gather(slow, after) == [200, 200]
    assert desk.done == ["快", "慢", "之后"]


async def test_at_the_end_what_is_under_way_is_finished_and_nothing_is_begun(bot: Bot) -> None:
    """A service manager's stop loses nothing and promises nothing."""
    release, stopping, place = asyncio.Event(), asyncio.Event(), door(free_port())

    async def waits(_text: str) -> None:
        await release.wait()

    desk = Desk(waits)
    running = asyncio.ensure_future(Webhook(bot, desk.handle, desk.bury_unread, place).run(stopping))
    await until_listening(place.port)
    async with ClientSession(headers={SECRET_HEADER: SECRET}) as kept:
        async with kept.post(place.url, data=b"{") as response:
            assert response.status == 400
        asking = asyncio.ensure_future(post(place.url, message(1, "慢")))
        await asyncio.sleep(0.1)
        stopping.set()
        await asyncio.sleep(0.1)
        with pytest.raises(ClientError):
            await post(place.url, message(2, "over a new connection"))
        async with kept.post(place.url, json=message(3, "over the open connection")) as response:
            assert response.status == 503
        release.set()
        assert await asking == 200
    await asyncio.wait_for(running, 5)
    assert desk.done == ["慢"]


# ── what an operator got wrong ────────────────────────────────────────────────────────────────────────────────────────


async def test_an_address_that_is_taken_is_told(bot: Bot) -> None:
    """One sentence, and not a stack trace."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        place, desk = door(taken.getsockname()[1]), Desk()
        with pytest.raises(ExceptionGroup) as found:
            await Webhook(bot, desk.handle, desk.bury_unread, place).run(asyncio.Event())
    assert found.group_contains(ListenerError)


async def test_a_webhook_that_telegram_does_not_take_is_told(bot: Bot) -> None:
    """With Telegram's own reason."""
    desk, place = Desk(), door(free_port(), host="203.0.113.7")
    with pytest.raises(ExceptionGroup) as found:
        await Webhook(bot, desk.handle, desk.bury_unread, place).run(asyncio.Event())
    assert found.group_contains(WebhookRefusedError, match="loopback")
