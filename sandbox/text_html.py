"""Telegram's HTML: which tags there are, and how a wrong one is refused (tdlib, MessageEntity.cpp, parse_html)."""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sandbox.refusals import Refusal, bad_request
from sandbox.utf16 import utf16_len

_SIMPLE = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
}  # fmt: skip
_TAGS = {*_SIMPLE, "a", "pre", "code", "blockquote", "tg-emoji", "tg-time", "span"}
_ENTITY = re.compile(r"&(?:#(?P<dec>\d{1,7})|#[xX](?P<hex>[0-9a-fA-F]{1,6})|(?P<name>lt|gt|amp|quot));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_START = re.compile(r"<(?P<name>[^\s>]*)")
_ATTRIBUTE = re.compile(
    r"\s+(?P<name>[^\s=>]+)(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[A-Za-z0-9.\-]+)))?"
)
_END = re.compile(r"</(?P<name>[^\s>]*)\s*>")


@dataclass(slots=True)
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int
    at: int


@dataclass(slots=True)
class _Draft:
    text: list[str] = field(default_factory=list)
    length: int = 0
    entities: list[dict[str, Any]] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)

    def add(self, piece: str) -> None:
        self.text.append(piece)
        self.length += utf16_len(piece)


def parse_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """Return the text without tags and its entities; raises `Refusal` with Telegram's words and byte offsets."""
    draft, at = _Draft(), 0
    while at < len(source):
        next_tag = source.find("<", at)
        if next_tag != at:
            stop = next_tag if next_tag >= 0 else len(source)
            draft.add(unescape(source[at:stop]))
            at = stop
        elif source.startswith("</", at):
            at = _close(draft, source, at)
        else:
            at = _open(draft, source, at)
    if draft.stack:
        raise _wrong(f'Can\'t find end tag corresponding to start tag "{draft.stack[-1].tag}"')
    return "".join(draft.text), sorted(draft.entities, key=lambda e: (e["offset"], -e["length"]))


def unescape(text: str) -> str:
    """Replace the character references that Telegram knows; others stay as they are."""
    return _ENTITY.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    if match["name"]:
        return _NAMED[match["name"]]
    code = int(match["dec"]) if match["dec"] else int(match["hex"], 16)
    if code == 0 or code >= 0x10FFFF or 0xD800 <= code < 0xE000:
        return match[0]
    return chr(code)


def _open(draft: _Draft, source: str, at: int) -> int:
    where = len(source[:at].encode("utf-8", "surrogatepass"))
    start = _START.match(source, at)
    if start is None or start.end() >= len(source):
        raise _wrong(f"Unclosed start tag at byte offset {where}")
    tag = start["name"].lower()
    if tag not in _TAGS:
        raise _wrong(f'Unsupported start tag "{tag}" at byte offset {where}')
    attributes: dict[str, str] = {}
    end = start.end()
    while match := _ATTRIBUTE.match(source, end):
        value = next((match[g] for g in ("double", "single", "bare") if match[g] is not None), "")
        attributes[match["name"].lower()] = unescape(value)
        end = match.end()
    close = re.compile(r"\s*>").match(source, end)
    if close is None:
        raise _wrong(f'Unclosed start tag "{tag}" at byte offset {where}')
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        raise _wrong(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
    draft.stack.append(_Open(tag, attributes, draft.length, len(draft.text)))
    return close.end()


def _close(draft: _Draft, source: str, at: int) -> int:
    where = len(source[:at].encode("utf-8", "surrogatepass"))
    match = _END.match(source, at)
    if match is None:
        raise _wrong(f"Unclosed end tag at byte offset {where}")
    if not draft.stack:
        raise _wrong(f"Unexpected end tag at byte offset {where}")
    opened, name = draft.stack.pop(), match["name"].lower()
    if name and name != opened.tag:
        raise _wrong(f'Unmatched end tag at byte offset {where}, expected "</{opened.tag}>", found "</{name}>"')
    if draft.length > opened.offset:
        entity = _entity(draft, opened)
        if entity is not None:
            draft.entities.append({**entity, "offset": opened.offset, "length": draft.length - opened.offset})
    return match.end()


def _entity(draft: _Draft, opened: _Open) -> dict[str, Any] | None:
    tag, attributes = opened.tag, opened.attributes
    if tag in _SIMPLE:
        return {"type": _SIMPLE[tag]}
    if tag == "span":
        return {"type": "spoiler"}
    if tag == "blockquote":
        return {"type": "expandable_blockquote" if "expandable" in attributes else "blockquote"}
    if tag == "a":
        return link(attributes.get("href") or "".join(draft.text[opened.at :]))
    if tag == "tg-emoji":
        return custom_emoji(attributes.get("emoji-id", ""))
    if tag == "tg-time":
        return date_time(attributes.get("unix", ""), attributes.get("format"))
    return _code(draft, opened)


def _code(draft: _Draft, opened: _Open) -> dict[str, Any] | None:
    if opened.tag == "pre":
        inner = draft.entities[-1] if draft.entities else None
        covers = {"offset": opened.offset, "length": draft.length - opened.offset}
        if inner and inner["type"] == "code" and covers.items() <= inner.items():
            draft.entities.pop()
            return {"type": "pre", **({"language": inner["language"]} if "language" in inner else {})}
        return {"type": "pre"}
    language = opened.attributes.get("class", "").removeprefix("language-")
    inside_pre = bool(draft.stack) and draft.stack[-1].tag == "pre"
    return {"type": "code", "language": language} if language and inside_pre else {"type": "code"}


def link(url: str) -> dict[str, Any] | None:
    """Return a link entity, or None where Telegram silently leaves plain text."""
    if url.startswith("tg://user?id=") and url[13:].isdecimal():
        return {"type": "text_mention", "user": {"id": int(url[13:])}}
    parts = _split(url)
    if (
        parts is None
        or parts.scheme not in ("http", "https", "tg", "ton", "tonsite", "")
        or not (parts.netloc or parts.path)
    ):
        return None
    if not parts.scheme:
        if "." not in url or " " in url:
            return None
        url = f"http://{url}"
    return {"type": "text_link", "url": url if _split(url) and _split(url).path else f"{url}/"}


def _split(url: str) -> Any:
    try:
        return urlsplit(url)
    except ValueError:
        return None


def custom_emoji(emoji_id: str) -> dict[str, Any]:
    """Return a custom emoji entity; the id must be a 64-bit number."""
    if not emoji_id.isdecimal() or int(emoji_id) >= 2**63:
        raise _wrong("Invalid custom emoji identifier specified")
    return {"type": "custom_emoji", "custom_emoji_id": emoji_id}


def date_time(unix: str, form: str | None) -> dict[str, Any]:
    """Return a date-time entity that clients show in the reader's own zone."""
    if not unix.isdecimal() or int(unix) >= 2**31:
        raise _wrong("Invalid date-time specified")
    if form is not None and not re.fullmatch(r"r|w?[dD]?[tT]?", form):
        raise _wrong("Invalid date-time format specified")
    entity: dict[str, Any] = {"type": "date_time", "unix_time": int(unix)}
    return entity if not form else {**entity, "date_time_format": form}


def special_link(url: str) -> dict[str, Any] | None:
    """Return what `![text](url)` means in MarkdownV2: a custom emoji or a date."""
    parts = _split(url)
    if parts is None or parts.scheme != "tg":
        return None
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    if parts.netloc == "emoji":
        return custom_emoji(query.get("id", ""))
    return date_time(query.get("unix", ""), query.get("format")) if parts.netloc == "time" else None


def _wrong(text: str) -> Refusal:
    return bad_request(f"can't parse entities: {text}")
