"""Rich messages: which blocks are taken, how they are shown, which words and buttons they hold."""

from collections.abc import Iterator
from typing import Any

from aiogram.enums import RichBlockType

from sandbox.markup import check_button
from sandbox.refusals import bad_request
from sandbox.utf16 import utf16_len

MAX_CHARACTERS = 32_768
MAX_BLOCKS = 500
MAX_NESTING = 16
MAX_COLUMNS = 20
MAX_BUTTONS = 8

Json = dict[str, Any]

_KINDS = {kind.value for kind in RichBlockType}
_NOT_HERE = {"animation", "audio", "collage", "document", "map", "photo", "slideshow", "video", "voice_note"}
_WORDS = ("label", "summary", "text", "items", "blocks", "buttons", "caption", "credit", "expression")


def accept(message: Json) -> Json:
    """Return the RichMessage that a chat shows for an InputRichMessage; raises `Refusal`."""
    if message.get("blocks") is None or message.get("html") or message.get("markdown"):
        raise bad_request("rich messages are taken as blocks only by the sandbox")
    blocks: list[Json] = message["blocks"]
    if not blocks or not plain(blocks).strip():
        raise bad_request("rich message must be non-empty")
    found = list(_every_block(blocks, 1))
    if len(found) > MAX_BLOCKS or utf16_len(plain(blocks)) > MAX_CHARACTERS:
        raise bad_request("rich message is too long")
    for block in found:
        _check(block)
    shown: Json = {"blocks": [_shown(block) for block in blocks]}
    return {**shown, "is_rtl": True} if message.get("is_rtl") else shown


def _every_block(blocks: list[Json], depth: int) -> Iterator[Json]:
    if depth > MAX_NESTING:
        raise bad_request("rich message is nested too deeply")
    for block in blocks:
        yield block
        for item in block.get("items", ()):
            yield from _every_block(item["blocks"], depth + 1)
        yield from _every_block(block.get("blocks", []), depth + 1)


def _check(block: Json) -> None:
    if block["type"] in _NOT_HERE:
        raise bad_request(f"rich blocks of type {block['type']} are not available in the sandbox")
    if any(len(row) > MAX_COLUMNS for row in block.get("cells", ())):
        raise bad_request("rich message table has too many columns")
    if block["type"] == "buttons":
        if not 1 <= len(block["buttons"]) <= MAX_BUTTONS:
            raise bad_request("rich message block must have 1-8 buttons")
        for button in block["buttons"]:
            style = None if button.get("style") == "link" else button.get("style")
            check_button({**button, "text": plain(button["text"]), "style": style})


def _shown(block: Json) -> Json:
    """Return the block with what its answer has and its request has not: the labels of list items."""
    if "items" in block:
        items = [
            {"label": f"{item['value']}." if "value" in item else "•", **item, "blocks": _all_shown(item)}
            for item in block["items"]
        ]
        return {**block, "items": items}
    return {**block, "blocks": _all_shown(block)} if "blocks" in block else block


def _all_shown(parent: Json) -> list[Json]:
    return [_shown(block) for block in parent["blocks"]]


def plain(value: Any) -> str:
    """Return all the words of blocks or of a rich text, in reading order, a line for each block or table row."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        lines = bool(value) and all(isinstance(member, dict) and _is_block(member) for member in value)
        return ("\n" if lines else "").join(plain(member) for member in value)
    if "cells" in value:
        return "\n".join(" | ".join(plain(cell.get("text", "")) for cell in row) for row in value["cells"])
    return " ".join(plain(value[name]) for name in _WORDS if name in value)


def _is_block(value: Json) -> bool:
    return "blocks" in value or value.get("type") in _KINDS


def buttons(message: Json) -> Iterator[Json]:
    """Yield the buttons in the blocks of a shown message, their labels as plain text."""
    for block in _every_block(message["blocks"], 1):
        for button in block.get("buttons", ()):
            yield {**button, "text": plain(button["text"])}
