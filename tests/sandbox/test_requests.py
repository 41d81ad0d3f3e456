"""Requests are typed by the method's schema, whatever their coding, and never by how a value looks."""

import json

import pytest

from sandbox.refusals import Refusal
from sandbox.requests import Raw, decode, methods_by_name
from tests.sandbox.bot_api import TOKEN, Ask, keyboard


@pytest.mark.parametrize("coding", ["query", "form", "json", "multipart"])
async def test_every_coding_says_the_same(ask: Ask, me: int, coding: str):
    """Four ways to pass parameters. https://core.telegram.org/bots/api#making-requests"""
    fields = {
        "chat_id": str(me),
        "text": "42",
        "disable_notification": "true",
        "reply_markup": json.dumps(keyboard("A")),
    }
    url = f"{ask.url}/bot{TOKEN}/sendMessage"
    if coding == "multipart":
        answer = await ask.upload("sendMessage", {"unused": b"x"}, **fields)
    elif coding == "query":
        async with ask.session.get(url, params=fields) as response:
            answer = await response.json()
    else:
        body = {"data": fields} if coding == "form" else {"json": fields}
        async with ask.session.post(url, **body) as response:
            answer = await response.json()
    assert answer["result"]["text"] == "42"
    assert answer["result"]["reply_markup"] == keyboard("A")


@pytest.mark.parametrize("text", ["42", "true", "null", "[1]", '{"a": 1}', "1e5", " 007"])
def test_a_text_stays_a_text(text: str):
    """What looks like a number, a list or an object is a text where the schema says text."""
    assert decode("sendMessage", Raw({"chat_id": "1", "text": text}))["text"] == text


def test_scalars_may_come_as_text():
    """Forms have nothing but text."""
    given = {"offset": "-5", "timeout": "30", "allowed_updates": '["message"]'}
    assert decode("getUpdates", Raw(given)) == {"offset": -5, "timeout": 30, "allowed_updates": ["message"]}


@pytest.mark.parametrize(
    ("method", "given", "said"),
    [
        ("getUpdates", {"offset": "soon"}, 'field "offset" must be a valid Number'),
        ("getUpdates", {"allowed_updates": "message"}, "can't parse allowed_updates JSON object"),
        ("getUpdates", {"allowed_updates": [1]}, 'field "allowed_updates" must be of type String'),
        ("sendMessage", {"chat_id": 1, "text": "x", "protect_content": "perhaps"},
         'field "protect_content" must be of type Boolean'),
        ("sendMessage", {"chat_id": 1, "text": ["x"]}, 'field "text" must be of type String'),
        ("sendMessage", {"chat_id": 1, "text": "x", "entities": {}}, 'field "entities" must be of type Array'),
        ("setMyCommands", {"commands": [{"command": "a"}]}, "can't parse BotCommand: Can't find field \"description\""),
    ],
)  # fmt: skip
def test_values_of_the_wrong_type(method: str, given: dict[str, object], said: str):
    """A value that does not fit is refused, never bent."""
    with pytest.raises(Refusal) as refused:
        decode(method, Raw(given))
    assert refused.value.description == f"Bad Request: {said}"


def test_every_method_of_the_library_can_be_decoded():
    """There is a decoder for each parameter of each method that aiogram knows."""
    for method in methods_by_name():
        with pytest.raises(Refusal, match="has no parameter"):
            decode(method, Raw({"no such parameter": 1}))
