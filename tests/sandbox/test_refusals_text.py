"""What Telegram refuses in texts. The words were taken from the open server (tdlib/telegram-bot-api, tdlib/td)."""

import pytest

from tests.sandbox.bot_api import Ask

API = "https://core.telegram.org/bots/api"


async def test_text_above_4096_characters_is_too_long(ask: Ask, me: int):
    """A message has 1-4096 characters after entities parsing. https://core.telegram.org/bots/api#sendmessage"""
    assert await ask.refusal("sendMessage", chat_id=me, text="党" * 4097) == "Bad Request: message is too long"
    assert (await ask("sendMessage", chat_id=me, text="党" * 4096))["text"] == "党" * 4096


async def test_markup_does_not_count_towards_the_length(ask: Ask, me: int):
    """4096 characters are counted after the tags are gone. https://core.telegram.org/bots/api#sendmessage"""
    sent = await ask("sendMessage", chat_id=me, text=f"<b>{'x' * 4096}</b>", parse_mode="HTML")
    assert len(sent["text"]) == 4096


async def test_length_is_counted_in_utf16_units(ask: Ask, me: int):
    """An emoji outside the basic plane counts as two. https://core.telegram.org/api/entities#entity-length"""
    assert await ask.refusal("sendMessage", chat_id=me, text="🚩" * 2049) == "Bad Request: message is too long"
    assert await ask("sendMessage", chat_id=me, text="🚩" * 2048)


async def test_no_text_at_all(ask: Ask, me: int):
    """A message needs text. https://github.com/tdlib/telegram-bot-api (Client.cpp, get_formatted_text)"""
    assert await ask.refusal("sendMessage", chat_id=me) == "Bad Request: message text is empty"
    assert await ask.refusal("sendMessage", chat_id=me, text="") == "Bad Request: message text is empty"


@pytest.mark.parametrize("blank", ["   ", "\n\n", " \x00 ", "<b> </b>"])
async def test_blank_text(ask: Ask, me: int, blank: str):
    """A text of nothing but blanks is no text. https://github.com/tdlib/td (MessageEntity.cpp, fix_formatted_text)"""
    refusal = await ask.refusal("sendMessage", chat_id=me, text=blank, parse_mode="HTML")
    assert refusal == "Bad Request: text must be non-empty"


async def test_caption_above_1024_characters(ask: Ask, me: int):
    """A caption has 0-1024 characters after entities parsing. https://core.telegram.org/bots/api#senddocument"""
    answer = await ask.upload("sendDocument", {"document": b"x"}, chat_id=me, caption="党" * 1025)
    assert answer["description"] == "Bad Request: message caption is too long"


async def test_unknown_parse_mode(ask: Ask, me: int):
    """Only HTML, MarkdownV2 and Markdown exist. https://core.telegram.org/bots/api#formatting-options"""
    refusal = await ask.refusal("sendMessage", chat_id=me, text="x", parse_mode="BBCode")
    assert refusal == "Bad Request: unsupported parse_mode"


HTML_ERRORS = {
    "<b>open": 'Can\'t find end tag corresponding to start tag "b"',
    "<script>x</script>": 'Unsupported start tag "script" at byte offset 0',
    "党<x>y</x>": 'Unsupported start tag "x" at byte offset 3',
    "<b><i>test</b></i>": 'Unmatched end tag at byte offset 10, expected "</i>", found "</b>"',
    "x</b>": "Unexpected end tag at byte offset 1",
    "a < b": 'Unsupported start tag "" at byte offset 2',
    "1 <b": "Unclosed start tag at byte offset 2",
    "<b>x</b": "Unclosed end tag at byte offset 4",
    '<span class="red">x</span>': 'Tag "span" must have class "tg-spoiler" at byte offset 0',
    '<tg-emoji emoji-id="9999999999999999999">x</tg-emoji>': "Invalid custom emoji identifier specified",
}


@pytest.mark.parametrize("text", HTML_ERRORS)
async def test_html_that_does_not_parse(ask: Ask, me: int, text: str):
    """Only the listed tags, all closed in order. https://core.telegram.org/bots/api#html-style"""
    refusal = await ask.refusal("sendMessage", chat_id=me, text=text, parse_mode="HTML")
    assert refusal == f"Bad Request: can't parse entities: {HTML_ERRORS[text]}"


@pytest.mark.parametrize("char", list(".!-+=#>|(){}"))
async def test_markdown_v2_wants_its_characters_escaped(ask: Ask, me: int, char: str):
    """These characters must be escaped with a backslash. https://core.telegram.org/bots/api#markdownv2-style"""
    refusal = await ask.refusal("sendMessage", chat_id=me, text=f"a{char}b", parse_mode="MarkdownV2")
    said = f"Character '{char}' is reserved and must be escaped with the preceding '\\'"
    assert refusal == f"Bad Request: can't parse entities: {said}"
    sent = await ask("sendMessage", chat_id=me, text=f"a\\{char}b", parse_mode="MarkdownV2")
    assert sent["text"] == f"a{char}b"


MARKDOWN_ERRORS = {
    ("*open", "MarkdownV2"): "Can't find end of Bold entity at byte offset 0",
    ("党_open", "MarkdownV2"): "Can't find end of Italic entity at byte offset 3",
    ("*bold _italic\\_*", "MarkdownV2"): "Can't find end of Bold entity at byte offset 15",
    ("```code", "MarkdownV2"): "Can't find end of Pre entity at byte offset 0",
    ("[a](http://x.cn", "MarkdownV2"): "Can't find end of a URL at byte offset 3",
    ("*open", "Markdown"): "Can't find end of the entity starting at byte offset 0",
}


@pytest.mark.parametrize(("text", "mode"), MARKDOWN_ERRORS)
async def test_markdown_that_does_not_end(ask: Ask, me: int, text: str, mode: str):
    """Every entity has its end. https://core.telegram.org/bots/api#markdownv2-style"""
    refusal = await ask.refusal("sendMessage", chat_id=me, text=text, parse_mode=mode)
    assert refusal == f"Bad Request: can't parse entities: {MARKDOWN_ERRORS[text, mode]}"


ENTITY_ERRORS = {
    '{"type": "bold", "offset": 100, "length": 1}': "entity begins after the end of the text at UTF-16 offset 100",
    '{"type": "bold", "offset": 0, "length": 100}': (
        "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 100"
    ),
    '{"type": "bold", "offset": -1, "length": 1}': "receive an entity with incorrect offset -1",
    '{"type": "shiny", "offset": 0, "length": 1}': "can't parse MessageEntity: Unsupported type specified",
    '{"type": "text_link", "offset": 0, "length": 1}': "can't parse MessageEntity: Can't find field \"url\"",
    '{"type": "bold", "offset": 0}': "can't parse MessageEntity: Can't find field \"length\"",
}


@pytest.mark.parametrize("entity", ENTITY_ERRORS)
async def test_entities_outside_the_text_or_incomplete(ask: Ask, me: int, entity: str):
    """Entities lie inside the text and have their fields. https://core.telegram.org/bots/api#messageentity"""
    refusal = await ask.refusal("sendMessage", chat_id=me, text="hello", entities=f"[{entity}]")
    assert refusal == f"Bad Request: {ENTITY_ERRORS[entity]}"
