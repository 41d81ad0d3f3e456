"""What Telegram makes of a text: parsed, cleaned, trimmed, measured, with the entities it finds by itself."""

import re
from dataclasses import dataclass, field
from typing import Any

from sandbox.refusals import bad_request
from sandbox.text_html import parse_html
from sandbox.text_markdown import parse_markdown, parse_markdown_v2
from sandbox.utf16 import utf16_index, utf16_len

MAX_TEXT = 4096
MAX_CAPTION = 1024

Entity = dict[str, Any]

_ENTITY_TYPES = {
    "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold", "italic", "underline",
    "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code", "pre", "text_link", "text_mention",
    "custom_emoji", "date_time",
}  # fmt: skip
_EXTRA_FIELD = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id", "date_time": "unix_time"}
_FOUND_BY_TELEGRAM = re.compile(
    r"(?P<url>(?:https?://|(?<![\w@./-])www\.)[^\s<>\"]*[^\s<>\".,:;!?)\]。,;!?)])"
    r"|(?P<email>(?<![\w.@-])[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"
    r"|(?P<mention>(?<![\w@])@[A-Za-z][A-Za-z0-9_]{2,31}(?!\w))"
    r"|(?P<hashtag>(?<![\w#])#(?=\d*[^\W\d])\w{1,256})"
    r"|(?P<bot_command>(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/]))"
)
_NOT_SCANNED = {"code", "pre", "text_link", "text_mention", "url", "email", "mention", "hashtag", "bot_command"}
_CONTROL = {code: " " for code in range(32) if chr(code) not in "\n\r\t"} | {ord("\r"): None}
_REMOVED = dict.fromkeys([*range(0x2028, 0x202F), 0x333, 0x33F, 0x30A])


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text and its entities, offsets in UTF-16 units."""

    text: str
    entities: list[Entity] = field(default_factory=list)

    def wire(self, text_key: str, entities_key: str) -> dict[str, Any]:
        """Return the two as fields of a message; entities only where there are some."""
        if not self.entities:
            return {text_key: self.text}
        return {text_key: self.text, entities_key: self.entities}


def formatted(text: str, parse_mode: str | None, entities: list[Entity] | None) -> Formatted:
    """Parse, clean and trim; may come out empty. Raises `Refusal` for markup errors."""
    plain, found = _parse(text, parse_mode, entities)
    return _trim(*_clean(plain, found))


def message_text(text: str, parse_mode: str | None, entities: list[Entity] | None) -> Formatted:
    """Return a message's text, 1-4096 units after parsing."""
    result = formatted(text, parse_mode, entities)
    if not result.text:
        raise bad_request("text must be non-empty")
    if utf16_len(result.text) > MAX_TEXT:
        raise bad_request("message is too long")
    return result


def caption_text(text: str | None, parse_mode: str | None, entities: list[Entity] | None) -> Formatted:
    """Return a caption, 0-1024 units after parsing."""
    result = formatted(text or "", parse_mode, entities)
    if utf16_len(result.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return result


def _parse(text: str, parse_mode: str | None, entities: list[Entity] | None) -> tuple[str, list[Entity]]:
    mode = (parse_mode or "").lower()
    if mode == "html":
        return parse_html(text)
    if mode == "markdownv2":
        return parse_markdown_v2(text)
    if mode == "markdown":
        return parse_markdown(text)
    if mode not in ("", "none"):
        raise bad_request("unsupported parse_mode")
    return text, [_checked(entity, utf16_len(text)) for entity in entities or []]


def _checked(entity: Entity, length: int) -> Entity:
    """Return the entity if it lies inside the text and is complete."""
    if entity["type"] not in _ENTITY_TYPES:
        raise bad_request("can't parse MessageEntity: Unsupported type specified")
    extra = _EXTRA_FIELD.get(entity["type"])
    if extra and extra not in entity:
        raise bad_request(f"can't parse MessageEntity: Can't find field \"{extra}\"")
    begin, end = entity["offset"], entity["offset"] + entity["length"]
    if begin < 0:
        raise bad_request(f"receive an entity with incorrect offset {begin}")
    if entity["length"] < 0:
        raise bad_request(f"receive an entity with incorrect length {entity['length']}")
    if begin > length:
        raise bad_request(f"entity begins after the end of the text at UTF-16 offset {begin}")
    if end > length:
        raise bad_request(
            f"entity beginning at UTF-16 offset {begin} ends after the end of the text at UTF-16 offset {end}"
        )
    return entity


def _clean(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Replace control characters by spaces; drop what Telegram drops, moving the entities along."""
    text = text.translate(_CONTROL) if "\r" not in text else text.translate({**_CONTROL, ord("\r"): "\r"})
    if not any(ord(char) in _REMOVED or char == "\r" for char in text):
        return text, entities
    dropped = [utf16_len(text[:at]) for at, char in enumerate(text) if ord(char) in _REMOVED or char == "\r"]
    moved = []
    for entity in entities:
        begin, end = entity["offset"], entity["offset"] + entity["length"]
        shift = sum(position < begin for position in dropped)
        inner = sum(begin <= position < end for position in dropped)
        moved.append({**entity, "offset": begin - shift, "length": entity["length"] - inner})
    return text.replace("\r", "").translate(_REMOVED), moved


def _trim(text: str, entities: list[Entity]) -> Formatted:
    """Cut blank ends as Telegram does, add what it finds by itself, sort."""
    left = utf16_len(text) - utf16_len(text.lstrip())
    text = text.strip()
    length = utf16_len(text)
    kept = []
    for entity in entities:
        begin = max(0, entity["offset"] - left)
        end = min(length, entity["offset"] + entity["length"] - left)
        if end > begin:
            kept.append({**entity, "offset": begin, "length": end - begin})
    kept.extend(_found(text, kept))
    kept.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return Formatted(text, kept)


def _found(text: str, taken: list[Entity]) -> list[Entity]:
    busy = [(e["offset"], e["offset"] + e["length"]) for e in taken if e["type"] in _NOT_SCANNED]
    found = []
    for match in _FOUND_BY_TELEGRAM.finditer(text):
        begin, end = utf16_index(text, match.start()), utf16_index(text, match.end())
        if not any(begin < other_end and other_begin < end for other_begin, other_end in busy):
            found.append({"type": match.lastgroup, "offset": begin, "length": end - begin})
    return found
