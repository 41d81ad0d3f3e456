"""Says things on Telegram: sends and edits views, answers taps, fetches files."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import replace

from aiogram import Bot
from aiogram.enums import ChatAction, ParseMode
from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageCaption,
    EditMessageMedia,
    EditMessageText,
    GetUpdates,
    PinChatMessage,
    SendChatAction,
    SendDocument,
    SendMessage,
    SendPhoto,
    SetMessageReaction,
)
from aiogram.methods.base import Response
from aiogram.types import InputMediaPhoto, LinkPreviewOptions, Message, ReactionTypeEmoji

from bot.charts.facts import PictureFacts
from bot.charts.papers.kinds import PaperFacts
from bot.telegram.refusals import (
    AnswerLostError,
    ButtonTooOldError,
    ChatUnreachableError,
    MessageGoneError,
    NotModifiedError,
    PictureFailedError,
    RefusedError,
    TelegramRefusalError,
    telegram_refusals,
)
from bot.telegram.render import CAPTION_LIMIT, TEXT_LIMIT, fitting, keyboard, paper_file, picture_file
from bot.views.view import Paper, Picture, StoredFile, View

TOAST_LIMIT = 200
UPLOAD_TIMEOUT_S = 20
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

# pydantic rebuilds Response[T] whenever the garbage collector has taken it, which costs milliseconds: these stay.
_KEPT = [
    Response[method.__returning__]  # type: ignore[name-defined]
    for method in (AnswerCallbackQuery, EditMessageText, EditMessageCaption, EditMessageMedia, GetUpdates,
                   SendMessage, SendPhoto, SendDocument, PinChatMessage, SetMessageReaction, SendChatAction)
]  # fmt: skip


Draw = Callable[[PictureFacts | PaperFacts], Awaitable[bytes]]


class Sender:
    """The one who speaks; every method raises a TelegramRefusalError and nothing else of Telegram's."""

    def __init__(self, bot: Bot, draw: Draw) -> None:
        self._bot = bot
        self._draw = draw

    async def send(self, chat_id: int, view: View) -> int:
        """Send a view as a new message; returns the id of the message that carries the buttons."""
        with telegram_refusals():
            message = await self._send(chat_id, view)
        if view.pinned:
            # The message stands whatever becomes of the pin: an error here would have it sent once more.
            with contextlib.suppress(TelegramRefusalError), telegram_refusals():
                await self._bot(
                    PinChatMessage(chat_id=chat_id, message_id=message.message_id, disable_notification=True)
                )
        return message.message_id

    async def _send(self, chat_id: int, view: View) -> Message:
        markup = keyboard(view.rows)
        if view.file is not None:
            return await self._send_file(chat_id, view, view.file)
        if view.picture is not None:
            return await self._send_picture(chat_id, view, view.picture)
        if view.paper is not None:
            return await self._send_paper(chat_id, view, view.paper)
        return await self._bot(
            SendMessage(
                chat_id=chat_id, text=fitting(view.text, TEXT_LIMIT), parse_mode=ParseMode.HTML, reply_markup=markup,
                link_preview_options=_NO_PREVIEW, protect_content=view.private or None,
                disable_notification=view.silent or None,
            )
        )  # fmt: skip

    async def _send_picture(self, chat_id: int, view: View, picture: Picture) -> Message:
        """The picture with its caption; where it cannot be drawn or uploaded, all of it in words."""
        try:
            png = await self._draw(picture.facts)
            with telegram_refusals():
                return await self._bot(
                    SendPhoto(
                        chat_id=chat_id, photo=picture_file(picture, png), caption=fitting(view.text, CAPTION_LIMIT),
                        parse_mode=ParseMode.HTML, reply_markup=keyboard(view.rows),
                        protect_content=view.private or None, disable_notification=view.silent or None,
                    ),
                    request_timeout=UPLOAD_TIMEOUT_S,
                )  # fmt: skip
        except (PictureFailedError, RefusedError, AnswerLostError):
            return await self._send(chat_id, replace(view, text=picture.instead, picture=None))

    async def _send_paper(self, chat_id: int, view: View, paper: Paper) -> Message:
        content = paper.content if isinstance(paper.content, bytes) else await self._draw(paper.content)
        return await self._bot(
            SendDocument(
                chat_id=chat_id, document=paper_file(paper, content), caption=fitting(view.text, CAPTION_LIMIT),
                parse_mode=ParseMode.HTML, reply_markup=keyboard(view.rows), disable_notification=view.silent or None,
            ),
            request_timeout=UPLOAD_TIMEOUT_S,
        )  # fmt: skip

    async def _send_file(self, chat_id: int, view: View, file: StoredFile) -> Message:
        """The file by its id; where Telegram does not keep it any more, its caption alone."""
        caption, protect = fitting(view.text, CAPTION_LIMIT), view.private or None
        call = (
            SendPhoto(chat_id=chat_id, photo=file.file_id, caption=caption, parse_mode=ParseMode.HTML,
                      protect_content=protect)
            if file.kind == "photo"
            else SendDocument(chat_id=chat_id, document=file.file_id, caption=caption, parse_mode=ParseMode.HTML,
                              protect_content=protect)
        )  # fmt: skip
        try:
            with telegram_refusals():
                return await self._bot(call)
        except RefusedError:
            return await self._send(chat_id, replace(view, file=None))

    async def edit(self, chat_id: int, message_id: int, view: View) -> int:
        """Show the view in place of a message, or as a new one where that cannot be; returns the message's id."""
        if view.picture is not None or view.paper is not None:
            return await self.send(chat_id, view)
        try:
            with telegram_refusals():
                await self._bot(
                    EditMessageText(
                        chat_id=chat_id, message_id=message_id, text=fitting(view.text, TEXT_LIMIT),
                        parse_mode=ParseMode.HTML, reply_markup=keyboard(view.rows), link_preview_options=_NO_PREVIEW,
                    )
                )  # fmt: skip
        except NotModifiedError:
            return message_id
        except MessageGoneError:
            return await self.send(chat_id, view)
        return message_id

    async def renew(self, chat_id: int, message_id: int, view: View) -> None:
        """Let a message that was sent before say what holds now, picture and all; it is never sent once more."""
        with contextlib.suppress(NotModifiedError):
            if view.picture is None or not await self._renew_picture(chat_id, message_id, view, view.picture):
                await self._renew_words(chat_id, message_id, view)

    async def _renew_picture(self, chat_id: int, message_id: int, view: View, picture: Picture) -> bool:
        """Put the new picture in the place of the old one; False where none can be drawn or none was there."""
        try:
            png = await self._draw(picture.facts)
            media = InputMediaPhoto(
                media=picture_file(picture, png), caption=fitting(view.text, CAPTION_LIMIT), parse_mode=ParseMode.HTML
            )
            with telegram_refusals():
                await self._bot(
                    EditMessageMedia(
                        chat_id=chat_id, message_id=message_id, media=media, reply_markup=keyboard(view.rows)
                    ),
                    request_timeout=UPLOAD_TIMEOUT_S,
                )  # fmt: skip
        except (PictureFailedError, RefusedError):
            return False
        return True

    async def _renew_words(self, chat_id: int, message_id: int, view: View) -> None:
        text = view.picture.instead if view.picture is not None else view.text
        try:
            with telegram_refusals():
                await self._bot(
                    EditMessageText(
                        chat_id=chat_id, message_id=message_id, text=fitting(text, TEXT_LIMIT),
                        parse_mode=ParseMode.HTML, reply_markup=keyboard(view.rows), link_preview_options=_NO_PREVIEW,
                    )
                )  # fmt: skip
        except MessageGoneError:
            # It may be a picture, whose words are its caption.
            with telegram_refusals():
                await self._bot(
                    EditMessageCaption(
                        chat_id=chat_id, message_id=message_id, caption=fitting(text, CAPTION_LIMIT),
                        parse_mode=ParseMode.HTML, reply_markup=keyboard(view.rows),
                    )
                )  # fmt: skip

    async def answer_tap(self, tap_id: str, toast: str = "", *, alert: bool = False) -> None:
        """End the button's spinner, with a toast if there is something to say."""
        text = toast if len(toast) <= TOAST_LIMIT else toast[: TOAST_LIMIT - 1] + "…"
        with contextlib.suppress(ButtonTooOldError), telegram_refusals():
            await self._bot(AnswerCallbackQuery(callback_query_id=tap_id, text=text or None, show_alert=alert or None))

    async def nod(self, chat_id: int, message_id: int) -> None:
        """Show with a reaction that a message was taken; a small grace that may fail."""
        with contextlib.suppress(TelegramRefusalError), telegram_refusals():
            await self._bot(
                SetMessageReaction(chat_id=chat_id, message_id=message_id, reaction=[ReactionTypeEmoji(emoji="👌")])
            )

    async def shows_upload(self, chat_id: int) -> None:
        """Let the chat see that a picture is on its way."""
        with contextlib.suppress(RefusedError, ChatUnreachableError), telegram_refusals():
            await self._bot(SendChatAction(chat_id=chat_id, action=ChatAction.UPLOAD_PHOTO))

    async def fetch(self, file_id: str) -> bytes:
        """The content of a file that somebody sent."""
        with telegram_refusals():
            content = await self._bot.download(file_id)
        if content is None:
            raise RefusedError("the file has no content")
        return content.read()
