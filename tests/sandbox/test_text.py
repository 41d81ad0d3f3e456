"""What Telegram makes of the texts it takes."""

import contextlib

import pytest
from aiogram.utils.text_decorations import html_decoration, markdown_decoration
from hypothesis import given
from hypothesis import strategies as st

from sandbox.refusals import Refusal
from sandbox.text import formatted
from sandbox.utf16 import utf16_cut, utf16_len


def kinds(text: str, mode: str | None = None) -> list[tuple[str, str]]:
    """Return each entity's type and the words it covers."""
    result = formatted(text, mode, None)
    return [(e["type"], utf16_cut(result.text, e["offset"], e["length"])) for e in result.entities]


def test_html_becomes_entities_in_utf16_offsets():
    """Bold behind an emoji starts at 2, not at 1. https://core.telegram.org/bots/api#messageentity"""
    result = formatted("🚩<b>党</b>", "HTML", None)
    assert result.text == "🚩党"
    assert result.entities == [{"type": "bold", "offset": 2, "length": 1}]


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("<a href='https://a.cn/x'>y</a>", {"type": "text_link", "url": "https://a.cn/x"}),
        ("<blockquote expandable>y</blockquote>", {"type": "expandable_blockquote"}),
        ('<pre><code class="language-py">y</code></pre>', {"type": "pre", "language": "py"}),
        ("<code>y</code>", {"type": "code"}),
        ("<tg-spoiler>y</tg-spoiler>", {"type": "spoiler"}),
        ('<tg-emoji emoji-id="5368324170671202286">y</tg-emoji>',
         {"type": "custom_emoji", "custom_emoji_id": "5368324170671202286"}),
        ('<tg-time unix="1647531900" format="wDT">y</tg-time>',
         {"type": "date_time", "unix_time": 1647531900, "date_time_format": "wDT"}),
    ],
)  # fmt: skip
def test_each_tag_becomes_its_entity(text: str, entity: dict[str, object]):
    """The tags of the documentation. https://core.telegram.org/bots/api#html-style"""
    assert formatted(text, "HTML", None).entities == [{**entity, "offset": 0, "length": 1}]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("*a* _b_ __c__ ~d~ ||e||",
         [("bold", "a"), ("italic", "b"), ("underline", "c"), ("strikethrough", "d"), ("spoiler", "e")]),
        ("*a _b_*", [("bold", "a b"), ("italic", "b")]),
        ("`a*`", [("code", "a*")]),
        ("```py\na\n```", [("pre", "a")]),
        (">a\n>b\nc", [("blockquote", "a\nb")]),
        (">a\n>b||", [("expandable_blockquote", "a\nb")]),
        ("[a](https://x.cn/)", [("text_link", "a")]),
        ("![👍](tg://emoji?id=5368324170671202286)", [("custom_emoji", "👍")]),
        ("![a](tg://time?unix=1647531900)", [("date_time", "a")]),
    ],
)  # fmt: skip
def test_markdown_v2_becomes_entities(text: str, found: list[tuple[str, str]]):
    """The marks of the documentation. https://core.telegram.org/bots/api#markdownv2-style"""
    assert kinds(text, "MarkdownV2") == found


def test_telegram_finds_commands_links_and_hashtags_by_itself():
    """Commands, addresses, mentions and hashtags need no markup. https://core.telegram.org/bots/api#messageentity"""
    text = "/start #党建 @zhang_wei a@b.cn https://x.cn/a 1/2"
    assert kinds(text) == [
        ("bot_command", "/start"), ("hashtag", "#党建"), ("mention", "@zhang_wei"), ("email", "a@b.cn"),
        ("url", "https://x.cn/a"),
    ]  # fmt: skip


def test_blank_ends_are_cut_and_entities_move_along():
    """Leading and trailing blanks do not arrive. https://github.com/tdlib/td (MessageEntity.cpp)"""
    result = formatted("  <b> 党 </b> \n", "HTML", None)
    assert (result.text, result.entities) == ("党", [{"type": "bold", "offset": 0, "length": 1}])


def test_control_and_direction_characters_do_not_arrive():
    """NUL becomes a space, direction overrides vanish. https://github.com/tdlib/td (clean_input_string)"""
    assert formatted("a\x00b\u202ec\rd", None, None).text == "a bcd"


@given(st.text())
def test_whatever_aiogram_escapes_arrives_as_it_was(text: str):
    """Quoted for HTML or MarkdownV2, any text reads the same as sent plainly."""
    plain = formatted(text, None, None).text
    assert formatted(html_decoration.quote(text), "HTML", None).text == plain
    assert formatted(markdown_decoration.quote(text), "MarkdownV2", None).text == plain


@given(st.text(), st.sampled_from(["HTML", "MarkdownV2", "Markdown", None]))
def test_any_text_is_parsed_or_refused_in_words(text: str, mode: str | None):
    """There is no text that breaks the parser, and entities always lie inside the text."""
    with contextlib.suppress(Refusal):
        result = formatted(text, mode, None)
        length = utf16_len(result.text)
        assert all(0 <= e["offset"] < e["offset"] + e["length"] <= length for e in result.entities)
