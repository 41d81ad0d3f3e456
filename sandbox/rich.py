"""Rich messages: blocks as they are sent become blocks as they are shown."""

from typing import Any

from sandbox.refusals import bad_request
from sandbox.text import formatted
from sandbox.utf16 import utf16_len

MAX_RICH = 32_768
MAX_BLOCKS = 500

Json = dict[str, Any]


def accept(message: Json) -> Json:
    """Return the RichMessage that a chat shows for an InputRichMessage.

    Blocks are kept as they are; HTML and Markdown become one paragraph a line.
    """
    given = [name for name in ("html", "markdown", "blocks") if message.get(name)]
    if len(given) != 1:
        raise bad_request("rich message must be specified in exactly one of html, markdown and blocks")
    if message.get("media"):
        raise bad_request("media in rich messages is not available in the sandbox")
    blocks = message["blocks"] if given == ["blocks"] else _paragraphs(message[given[0]], given[0])
    if len(blocks) > MAX_BLOCKS or utf16_len(plain(blocks)) > MAX_RICH:
        raise bad_request("rich message is too long")
    shown: Json = {"blocks": [_shown(block) for block in blocks]}
    return {**shown, "is_rtl": True} if message.get("is_rtl") else shown


def plain(value: Any) -> str:
    """Return all the words of blocks and rich texts, in reading order."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return (
            "\n".join(filter(None, (plain(member) for member in value)))
            if _are_blocks(value)
            else "".join(map(plain, value))
        )
    if isinstance(value, dict):
        if "cells" in value:
            return "\n".join(" | ".join(plain(cell.get("text", "")) for cell in row) for row in value["cells"])
        parts = (
            value.get(name) for name in ("label", "summary", "text", "items", "blocks", "buttons", "caption", "credit")
        )
        return "\n".join(filter(None, (plain(part) for part in parts if part is not None)))
    return ""


def _are_blocks(value: list[Any]) -> bool:
    return bool(value) and all(isinstance(member, dict) for member in value)


def _paragraphs(source: str, mode: str) -> list[Json]:
    text = formatted(source, "HTML" if mode == "html" else "Markdown", None)
    return [{"type": "paragraph", "text": line} for line in text.text.split("\n") if line.strip()]


def _shown(block: Json) -> Json:
    """Return the block with what the answer must have and the request may leave out."""
    if block["type"] == "table":
        cells = [[{"align": "left", "valign": "middle", **cell} for cell in row] for row in block["cells"]]
        return {**block, "cells": cells}
    return block
