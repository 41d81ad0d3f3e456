"""Faults on demand, and the sending limits."""

import aiohttp
import pytest

from sandbox import Person, Sandbox
from sandbox.limits import Limits
from sandbox.refusals import Refusal
from tests.sandbox.bot_api import Ask


async def test_too_many_requests_on_demand(ask: Ask, me: int, box: Sandbox):
    """429 tells how long to wait. https://core.telegram.org/bots/api#responseparameters"""
    box.fault(method="sendMessage", retry_after=7, times=2)
    for _ in range(2):
        answer = await ask.answer("sendMessage", chat_id=me, text="x")
        assert answer == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 7",
            "parameters": {"retry_after": 7},
        }
    assert await ask("sendMessage", chat_id=me, text="x")


@pytest.mark.parametrize(
    ("code", "said"),
    [(403, "Forbidden: bot was blocked by the user"), (500, "Internal Server Error"), (502, "Bad Gateway")],
)
async def test_any_code_has_telegrams_words(ask: Ask, me: int, box: Sandbox, code: int, said: str):
    """A fault reads like the real one."""
    box.fault(code=code)
    answer = await ask.answer("sendMessage", chat_id=me, text="x")
    assert (answer["error_code"], answer["description"]) == (code, said)


async def test_a_fault_hits_only_what_it_is_meant_for(ask: Ask, me: int, box: Sandbox, zhang: Person):
    """Method, chat and words choose the call."""
    li = box.person("李娜")
    await li.says("/start")
    box.fault(method="sendMessage", chat_id=li.chat_id, contains="积分", code=500)
    assert await ask("sendMessage", chat_id=me, text="积分")
    assert await ask("sendMessage", chat_id=li.chat_id, text="你好")
    assert await ask.refusal("sendMessage", chat_id=li.chat_id, text="你的积分")


async def test_a_fault_for_any_method_leaves_the_long_poll_alone(ask: Ask, me: int, box: Sandbox, zhang: Person):
    """It is meant for what the bot does; the poll goes wrong only when it is named."""
    box.fault(code=502)
    assert (await ask.answer("getUpdates"))["ok"]
    assert (await ask.answer("sendMessage", chat_id=me, text="x"))["error_code"] == 502
    box.fault(method="getUpdates", code=502)
    assert (await ask.answer("getUpdates"))["error_code"] == 502


async def test_an_answer_can_be_lost_after_the_deed(ask: Ask, me: int, box: Sandbox, zhang: Person):
    """The message stands in the chat, and the bot cannot know."""
    box.fault(method="sendMessage", lose_answer=True)
    with pytest.raises(aiohttp.ClientError):
        await ask.answer("sendMessage", chat_id=me, text="done but lost")
    assert zhang.last.text == "done but lost"
    assert box.outbox()[-1].fault


async def test_a_call_can_be_dropped_before_the_deed(ask: Ask, me: int, box: Sandbox, zhang: Person):
    """The connection breaks and nothing was done."""
    box.fault(method="sendMessage", drop=True)
    with pytest.raises(aiohttp.ClientError):
        await ask.answer("sendMessage", chat_id=me, text="never")
    assert "never" not in zhang.screen()


async def test_a_call_can_be_late(ask: Ask, me: int, box: Sandbox):
    """code=0 only delays."""
    box.fault(method="sendMessage", code=0, delay=0.05)
    assert await ask("sendMessage", chat_id=me, text="late")
    assert box.outbox()[-1].ms >= 50


async def test_a_fault_for_ever_can_be_taken_back(ask: Ask, me: int, box: Sandbox):
    """times=0 holds until it is removed."""
    fault = box.fault(code=500, times=0)
    for _ in range(3):
        assert await ask.refusal("sendMessage", chat_id=me, text="x")
    assert box.api.faults.remove(fault.id)
    assert await ask("sendMessage", chat_id=me, text="x")


async def test_limits_are_off_until_switched_on(ask: Ask, me: int, box: Sandbox):
    """One message a second to a chat. https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this"""
    for _ in range(5):
        await ask("sendMessage", chat_id=me, text="x")
    box.limits(True)
    assert await ask("sendMessage", chat_id=me, text="x")
    answer = await ask.answer("sendMessage", chat_id=me, text="x")
    assert (answer["error_code"], answer["parameters"]) == (429, {"retry_after": 1})
    assert await ask("sendChatAction", chat_id=me, action="typing")


async def test_30_a_second_overall_and_20_a_minute_to_a_group(box: Sandbox, zhang: Person):
    """The broadcast limit and the group limit. https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this"""
    now = [0.0]
    limits = Limits(on=True, monotonic=lambda: now[0])
    group = box.group("第一支部", owner=zhang).chat
    for _ in range(20):
        limits.check(42, "sendMessage", group)
    with pytest.raises(Refusal, match="retry after 60"):
        limits.check(42, "sendPhoto", group)
    chats = [box.person(f"p{n}").chat() for n in range(11)]
    for chat in chats[:10]:
        limits.check(42, "sendMessage", chat)
    with pytest.raises(Refusal, match="retry after 1"):
        limits.check(42, "sendMessage", chats[10])
    now[0] = 1.1
    limits.check(42, "sendMessage", chats[10])
