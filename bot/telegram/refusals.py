"""What Telegram may answer to a message, in the few ways that matter to us."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiohttp import ClientError


class TelegramRefusalError(Exception):
    """The base of all refusals; its text is Telegram's own and holds no token."""


class ChatUnreachableError(TelegramRefusalError):
    """The person blocked the bot, never started it, or is gone; or the bot is not in the group any more."""


@dataclass
class RetryLaterError(TelegramRefusalError):
    """Too many messages; try again after so many seconds."""

    after_s: float


class AnswerLostError(TelegramRefusalError):
    """No answer came: the message may have arrived or not."""


class NotModifiedError(TelegramRefusalError):
    """The message shows just this already."""


class MessageGoneError(TelegramRefusalError):
    """The message to edit, pin or delete is not there, or cannot be edited."""


class ButtonTooOldError(TelegramRefusalError):
    """The tap was answered already, or too long ago."""


@dataclass
class GroupMovedError(TelegramRefusalError):
    """The group became a supergroup with another id."""

    chat_id: int


class RefusedError(TelegramRefusalError):
    """Telegram will never take this."""


class PictureFailedError(Exception):
    """A picture could not be drawn; the same is said in words."""


_UNREACHABLE = ("chat not found", "user is deactivated", "bot was kicked", "bot was blocked", "peer_id_invalid")
_GONE = (
    "message to edit not found", "message can't be edited", "message to delete not found", "message_id_invalid",
    "message to pin not found", "there is no text in the message to edit", "message to react not found",
    "message can't be deleted", "no caption in the message",
)  # fmt: skip


@contextlib.contextmanager
def telegram_refusals() -> Iterator[None]:
    """Turn aiogram's exceptions into ours."""
    try:
        yield
    except TelegramRetryAfter as error:
        raise RetryLaterError(float(error.retry_after)) from error
    except TelegramMigrateToChat as error:
        raise GroupMovedError(error.migrate_to_chat_id) from error
    except TelegramForbiddenError as error:
        raise ChatUnreachableError(error.message) from error
    except TelegramBadRequest as error:
        raise _bad_request(error.message) from error
    except (TelegramNetworkError, TelegramServerError, ClientDecodeError, ClientError, TimeoutError) as error:
        # A proxy may answer with a page of its own, and aiogram passes on what breaks off a download as it is.
        raise AnswerLostError(type(error).__name__) from error
    except TelegramAPIError as error:
        raise RefusedError(error.message) from error


def _bad_request(message: str) -> TelegramRefusalError:
    lowered = message.lower()
    if "message is not modified" in lowered:
        return NotModifiedError(message)
    if "query is too old" in lowered or "query id is invalid" in lowered:
        return ButtonTooOldError(message)
    if any(part in lowered for part in _GONE):
        return MessageGoneError(message)
    if any(part in lowered for part in _UNREACHABLE):
        return ChatUnreachableError(message)
    return RefusedError(message)
