"""Delivery by webhook: secret, order, retries, answers, and what excludes it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from sandbox import Person, Sandbox, webhooks
from tests.sandbox.bot_api import TOKEN, Ask


@dataclass
class Receiver:
    """A bot's own server: notes what comes, answers as told."""

    url: str = ""
    got: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    failures: int = 0
    reply: dict[str, Any] | None = None

    async def handle(self, request: web.Request) -> web.Response:
        self.got.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        if self.failures:
            self.failures -= 1
            return web.Response(status=500)
        return web.json_response(self.reply) if self.reply else web.Response()


@pytest.fixture
async def receiver(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Receiver]:
    monkeypatch.setattr(webhooks, "FIRST_PAUSE_S", 0.01)
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


async def test_updates_arrive_with_the_secret(ask: Ask, box: Sandbox, zhang: Person, receiver: Receiver):
    """The secret comes in a header. https://core.telegram.org/bots/api#setwebhook"""
    await ask("setWebhook", url=receiver.url, secret_token="s3cret")
    await zhang.says("hello")
    assert await box.idle()
    assert [update["message"]["text"] for update in receiver.got] == ["hello"]
    assert receiver.secrets == ["s3cret"]


async def test_a_failing_server_is_tried_again_in_order(ask: Ask, box: Sandbox, zhang: Person, receiver: Receiver):
    """Anything but 2xx is repeated, and what comes later in the chat waits. https://core.telegram.org/bots/api#setwebhook"""
    receiver.failures = 2
    await ask("setWebhook", url=receiver.url)
    await zhang.says("one")
    await zhang.says("two")
    assert await box.idle()
    assert [update["message"]["text"] for update in receiver.got] == ["one", "one", "one", "two"]
    assert (await ask("getWebhookInfo"))["last_error_message"].startswith("Wrong response from the webhook: 500")


async def test_an_answer_may_carry_a_method(ask: Ask, box: Sandbox, zhang: Person, receiver: Receiver):
    """A method in the answer is carried out. https://core.telegram.org/bots/api#making-requests-when-getting-updates"""
    receiver.reply = {"method": "sendMessage", "chat_id": zhang.chat_id, "text": "by return of post"}
    await ask("setWebhook", url=receiver.url)
    await zhang.says("hello")
    await zhang.sees("by return of post")


async def test_polling_beside_a_webhook(ask: Ask, receiver: Receiver):
    """getUpdates does not work while a webhook is set. https://core.telegram.org/bots/api#getupdates"""
    await ask("setWebhook", url=receiver.url)
    answer = await ask.answer("getUpdates")
    said = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    assert (answer["error_code"], answer["description"]) == (409, f"Conflict: {said}")
    await ask("deleteWebhook")
    assert await ask("getUpdates") == []


async def test_setting_a_webhook_ends_a_poll(ask: Ask, receiver: Receiver):
    """A poll that waits is ended. https://github.com/tdlib/telegram-bot-api (Client.cpp, abort_long_poll)"""
    poll = asyncio.ensure_future(ask.answer("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    await ask("setWebhook", url=receiver.url)
    answer = await asyncio.wait_for(poll, 2)
    assert answer["description"] == "Conflict: terminated by setWebhook request"


async def test_secrets_have_a_form(ask: Ask, receiver: Receiver):
    """1-256 characters of A-Z a-z 0-9 _ -. https://core.telegram.org/bots/api#setwebhook"""
    refusal = await ask.refusal("setWebhook", url=receiver.url, secret_token="with space")
    assert refusal == "Bad Request: secret token contains illegal characters"
    refusal = await ask.refusal("setWebhook", url=receiver.url, secret_token="x" * 257)
    assert refusal == "Bad Request: secret token is too long"


@pytest.mark.parametrize("url", ["http://192.0.2.1/hook", "https://bot.example/hook", "ftp://127.0.0.1/", "http://["])
async def test_nothing_leaves_the_machine(ask: Ask, url: str):
    """The sandbox calls loopback addresses only."""
    said = "Bad Request: bad webhook: the sandbox delivers to loopback addresses only"
    assert await ask.refusal("setWebhook", url=url) == said


async def test_dropping_what_waits(ask: Ask, box: Sandbox, zhang: Person, receiver: Receiver):
    """drop_pending_updates forgets the queue. https://core.telegram.org/bots/api#setwebhook"""
    await zhang.says("old")
    await ask("setWebhook", url=receiver.url, drop_pending_updates=True)
    await zhang.says("new")
    assert await box.idle()
    assert [update["message"]["text"] for update in receiver.got] == ["new"]
    assert len(box.world.bots[TOKEN].updates) == 0
