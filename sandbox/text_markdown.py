"""Telegram's MarkdownV2 and the older Markdown (tdlib, MessageEntity.cpp, parse_markdown_v2 and parse_markdown)."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.refusals import Refusal, bad_request
from sandbox.text_html import link, special_link
from sandbox.utf16 import utf16_len

_RESERVED = "_*[]()~`>#+-=|{}.!\n"
_NAMES = {
    "bold": "Bold", "italic": "Italic", "underline": "Underline", "strikethrough": "Strikethrough",
    "spoiler": "Spoiler", "code": "Code", "pre": "Pre", "text_link": "TextUrl", "special": "CustomEmoji",
    "blockquote": "BlockQuote",
}  # fmt: skip
_MARKS = {
    "bold": "*", "italic": "_", "underline": "__", "strikethrough": "~", "spoiler": "||", "code": "`", "pre": "```",
    "text_link": "]", "special": "]",
}  # fmt: skip
_STARTS = (
    ("__", "underline"), ("_", "italic"), ("*", "bold"), ("~", "strikethrough"), ("||", "spoiler"), ("```", "pre"),
    ("`", "code"), ("![", "special"), ("[", "text_link"),
)  # fmt: skip


@dataclass(slots=True)
class _Open:
    kind: str
    offset: int
    where: int
    at: int
    language: str = ""


@dataclass(slots=True)
class _V2:
    source: str
    at: int = 0
    text: list[str] = field(default_factory=list)
    length: int = 0
    entities: list[dict[str, Any]] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)

    def add(self, piece: str) -> None:
        self.text.append(piece)
        self.length += utf16_len(piece)

    @property
    def top(self) -> str:
        return self.stack[-1].kind if self.stack else ""

    def byte_offset(self) -> int:
        return len(self.source[: self.at].encode("utf-8", "surrogatepass"))

    def finish(self, opened: _Open, entity: dict[str, Any] | None) -> None:
        if entity is not None and self.length > opened.offset:
            self.entities.append({**entity, "offset": opened.offset, "length": self.length - opened.offset})


def parse_markdown_v2(source: str) -> tuple[str, list[dict[str, Any]]]:
    """Return the plain text and its entities; raises `Refusal` with Telegram's words and byte offsets."""
    state = _V2(source)
    while state.at < len(source):
        _step(state)
    while state.top == "blockquote":
        _end_quote(state, expandable=False)
    if state.stack:
        opened = state.stack[-1]
        raise _wrong(f"Can't find end of {_NAMES[opened.kind]} entity at byte offset {opened.where}")
    return "".join(state.text), sorted(state.entities, key=lambda e: (e["offset"], -e["length"]))


def _step(state: _V2) -> None:
    source, at = state.source, state.at
    char = source[at]
    if char == "\\" and at + 1 < len(source) and "\x00" < source[at + 1] <= "\x7e":
        state.add(source[at + 1])
        state.at += 2
    elif char not in ("`" if state.top in ("code", "pre") else _RESERVED):
        state.add(char)
        state.at += 1
    elif char == "\n":
        _new_line(state)
    elif _ends_expandable_quote(state):
        state.at += 2
        _end_quote(state, expandable=True)
    elif state.top in _MARKS and source.startswith(_MARKS[state.top], at):
        _end(state)
    else:
        _start(state)


def _new_line(state: _V2) -> None:
    state.at += 1
    quoted = any(opened.kind == "blockquote" for opened in state.stack)
    if quoted and not state.source.startswith(">", state.at):
        if state.top != "blockquote":
            raise _wrong(f"Can't find end of {_NAMES[state.top]} entity at byte offset {state.stack[-1].where}")
        _end_quote(state, expandable=False)
    elif quoted:
        state.at += 1
    state.add("\n")


def _ends_expandable_quote(state: _V2) -> bool:
    after = state.source[state.at + 2 : state.at + 3]
    return state.top == "blockquote" and state.source.startswith("||", state.at) and after in ("", "\n")


def _end_quote(state: _V2, *, expandable: bool) -> None:
    state.finish(state.stack.pop(), {"type": "expandable_blockquote" if expandable else "blockquote"})


def _start(state: _V2) -> None:
    source, at, where = state.source, state.at, state.byte_offset()
    at_line_start = not state.text or state.text[-1] == "\n"
    if at_line_start and source.startswith(("**>", ">"), at):
        state.at += 3 if source[at] == "*" else 1
        state.stack.append(_Open("blockquote", state.length, where, len(state.text)))
        return
    mark, kind = next((start for start in _STARTS if source.startswith(start[0], at)), ("", ""))
    if not mark:
        raise _wrong(f"Character '{source[at]}' is reserved and must be escaped with the preceding '\\'")
    state.at += len(mark)
    opened = _Open(kind, state.length, where, len(state.text))
    if kind == "pre":
        opened.language = _language(state)
    state.stack.append(opened)


def _language(state: _V2) -> str:
    """Take the language after the opening fence, and the line break that belongs to the fence."""
    line_end = state.source.find("\n", state.at)
    word = state.source[state.at : line_end] if line_end >= 0 else ""
    if "`" in word or any(char.isspace() for char in word):
        return ""
    if line_end >= 0:
        state.at = line_end + 1
    return word


def _end(state: _V2) -> None:
    opened = state.stack.pop()
    state.at += len(_MARKS[opened.kind])
    if opened.kind == "pre":
        state.finish(opened, {"type": "pre", **({"language": opened.language} if opened.language else {})})
    elif opened.kind in ("text_link", "special"):
        _end_link(state, opened)
    else:
        state.finish(opened, {"type": opened.kind})


def _end_link(state: _V2, opened: _Open) -> None:
    url = "".join(state.text[opened.at :])
    if state.source.startswith("(", state.at):
        url = _url(state)
    elif opened.kind == "special":
        raise _wrong("Custom emoji entity must contain a tg://emoji URL")
    if opened.kind == "text_link":
        state.finish(opened, link(url))
        return
    entity = special_link(url)
    if entity is None:
        raise _wrong("Custom emoji URL must have a tg scheme")
    state.finish(opened, entity)


def _url(state: _V2) -> str:
    begin = state.byte_offset()
    state.at += 1
    url = []
    while state.at < len(state.source) and state.source[state.at] != ")":
        if state.source[state.at] == "\\" and state.at + 1 < len(state.source):
            state.at += 1
        url.append(state.source[state.at])
        state.at += 1
    if state.at >= len(state.source):
        raise _wrong(f"Can't find end of a URL at byte offset {begin}")
    state.at += 1
    return "".join(url)


def parse_markdown(source: str) -> tuple[str, list[dict[str, Any]]]:
    """Return the plain text and entities of the older Markdown, in which nothing nests."""
    state = _V2(source)
    while state.at < len(source):
        char = source[state.at]
        if char == "\\" and source[state.at + 1 : state.at + 2] in tuple("_*`["):
            state.add(source[state.at + 1])
            state.at += 2
        elif char in "_*`[":
            _legacy_entity(state)
        else:
            state.add(char)
            state.at += 1
    return "".join(state.text), state.entities


def _legacy_entity(state: _V2) -> None:
    source, where = state.source, state.byte_offset()
    mark = "```" if source.startswith("```", state.at) else source[state.at]
    kind = {"_": "italic", "*": "bold", "`": "code", "```": "pre", "[": "text_link"}[mark]
    opened = _Open(kind, state.length, where, len(state.text))
    state.at += len(mark)
    if kind == "pre":
        opened.language = _language(state)
    stop = "]" if kind == "text_link" else mark
    end = source.find(stop, state.at)
    if end < 0:
        raise _wrong(f"Can't find end of the entity starting at byte offset {where}")
    state.add(source[state.at : end])
    state.stack.append(opened)
    state.at = end
    _end(state)


def _wrong(text: str) -> Refusal:
    return bad_request(f"can't parse entities: {text}")
