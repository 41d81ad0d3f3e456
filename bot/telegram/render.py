"""A View in Telegram's terms: keyboards, and what a message may hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from aiogram.types import BufferedInputFile, DisabledButton, InlineKeyboardButton, InlineKeyboardMarkup, InputFile
from markupsafe import Markup

from bot.telegram.codec import pack
from bot.views.view import Button, Paper, Picture, Rows, Style

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
_TAG = re.compile(r"<[^>]*>")
_PIECE = re.compile(r"<(?P<closing>/?)(?P<tag>[a-z-]+)[^>]*>|&#?\w{1,8};|.", re.DOTALL)
_ELLIPSIS = "\n…"


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


def paper_file(paper: Paper, content: bytes) -> InputFile:
    """The file as an upload."""
    return BufferedInputFile(content, filename=paper.name)


def fitting(text: Markup, limit: int) -> str:
    """The text if it fits (in UTF-16 units after the tags are gone), else as much of it as does, and an ellipsis.

    It is cut after a line, or within one that is longer than half of the rest; never within a tag or an entity, and
    what is open there is closed.
    """
    if _shown_length(text) <= limit and len(text) <= 4 * limit:
        return str(text)
    after_line, after_piece = _Cut(), _Cut()
    for piece in _PIECE.finditer(text):
        after_piece = after_piece.with_piece(piece)
        if after_piece.used > limit - len(_ELLIPSIS) or after_piece.end > 4 * limit:
            break
        if piece[0] == "\n":
            after_line = after_piece
        within_line = after_piece
    cut = after_line if after_line.used * 2 > within_line.used else within_line
    return f"{text[: cut.end]}".removesuffix("\n") + "".join(f"</{tag}>" for tag in reversed(cut.open)) + _ELLIPSIS


@dataclass(frozen=True, slots=True)
class _Cut:
    """A place at which the text could end: what it shows until there, and which tags are open."""

    end: int = 0
    used: int = 0
    open: tuple[str, ...] = ()

    def with_piece(self, piece: re.Match[str]) -> _Cut:
        if piece["tag"] is None:
            return _Cut(piece.end(), self.used + utf16_length(unescape(piece[0])), self.open)
        return _Cut(piece.end(), self.used, self.open[:-1] if piece["closing"] else (*self.open, piece["tag"]))


def _shown_length(text: str) -> int:
    # Not striptags(), which makes one blank of every run of them: Telegram counts each.
    return utf16_length(Markup(_TAG.sub("", text)).unescape())


def utf16_length(text: str) -> int:
    """How Telegram counts characters."""
    return len(text.encode("utf-16-le")) // 2


__all__ = ["CAPTION_LIMIT", "TEXT_LIMIT", "Style", "fitting", "keyboard", "paper_file", "picture_file", "utf16_length"]
