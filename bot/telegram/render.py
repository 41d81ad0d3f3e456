"""A View in Telegram's terms: keyboards, and what a message may hold."""

from __future__ import annotations

import re

from aiogram.types import BufferedInputFile, DisabledButton, InlineKeyboardButton, InlineKeyboardMarkup, InputFile
from markupsafe import Markup

from bot.telegram.codec import pack
from bot.views.view import Button, Paper, Picture, Rows, Style

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
_TAG = re.compile(r"<[^>]*>")


def keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    """The buttons under a message, or None."""
    if not rows:
        return None
    return InlineKeyboardMarkup(inline_keyboard=[[_button(button) for button in row] for row in rows])


def _button(button: Button) -> InlineKeyboardButton:
    style = button.style.value or None
    if button.url:
        return InlineKeyboardButton(text=button.label, url=button.url, style=style)
    if button.action is None:
        return InlineKeyboardButton(text=button.label, disabled=DisabledButton(), style=style)
    return InlineKeyboardButton(text=button.label, callback_data=pack(button.action), style=style)


def picture_file(picture: Picture, png: bytes) -> InputFile:
    """The drawn picture as an upload."""
    return BufferedInputFile(png, filename=picture.name)


def paper_file(paper: Paper) -> InputFile:
    """The file as an upload."""
    return BufferedInputFile(paper.content, filename=paper.name)


def fitting(text: Markup, limit: int) -> str:
    """The text if it fits (in UTF-16 units after the tags are gone), else its whole lines that do and an ellipsis."""
    if _shown_length(text) <= limit and len(text) <= 4 * limit:
        return str(text)
    kept: list[str] = []
    used = 2
    for line in text.split("\n"):
        used += _shown_length(line) + 1
        if used > limit:
            break
        kept.append(str(line))
    return "\n".join([*kept, "…"])


def _shown_length(text: str) -> int:
    # Not striptags(), which makes one blank of every run of them: Telegram counts each.
    return utf16_length(Markup(_TAG.sub("", text)).unescape())


def utf16_length(text: str) -> int:
    """How Telegram counts characters."""
    return len(text.encode("utf-16-le")) // 2


__all__ = ["CAPTION_LIMIT", "TEXT_LIMIT", "Style", "fitting", "keyboard", "paper_file", "picture_file", "utf16_length"]
