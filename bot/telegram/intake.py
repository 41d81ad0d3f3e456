"""Gives each update to the dispatcher until its effect stands, so that it may be acknowledged."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Any

import structlog
from aiogram import Bot, Dispatcher
from aiogram.methods import AnswerCallbackQuery
from aiogram.types import Update

from bot.storage.store import is_database_away
from bot.telegram.refusals import (
    AnswerLostError,
    ChatUnreachableError,
    RetryLaterError,
    TelegramRefusalError,
    telegram_refusals,
)

MOST_TRIES = 4
FIRST_PAUSE_S = 0.2
LONGEST_PAUSE_S = 5.0
LONGEST_WAIT_FOR_TELEGRAM_S = 40.0

log = structlog.get_logger(__name__)

Bury = Callable[[int, str, str], Awaitable[None]]
Apologise = Callable[[int, str | None], Awaitable[None]]


class Outcome(StrEnum):
    """What became of an update that may be acknowledged."""

    DONE = "done"
    UNANSWERED = "unanswered"
    BURIED = "buried"


class DatabaseAwayError(Exception):
    """The update had no effect, for the database is away; it must come again."""


class Intake:
    """Handles one update for good: done, or buried with its raw form if it fails again and again.

    While the database is away it waits or, where `waits` is False, raises DatabaseAwayError.
    """

    def __init__(
        self, bot: Bot, dispatcher: Dispatcher, bury: Bury, apologise: Apologise, *, waits: bool = True
    ) -> None:
        self._waits = waits
        self._bot = bot
        self._dispatcher = dispatcher
        self._bury = bury
        self._apologise = apologise

    async def __call__(self, update: Update) -> Outcome:
        """Return only when the update may be acknowledged; a database that is away is waited for."""
        pause_s, tries, waited_s = FIRST_PAUSE_S, 0, 0.0
        while True:
            try:
                await self._dispatcher.feed_update(self._bot, update)
                return Outcome.DONE
            except ChatUnreachableError:
                return Outcome.UNANSWERED
            except (RetryLaterError, AnswerLostError) as error:
                # The effect stands; only its answer is missing, and doing it again answers with the present state.
                wait_s = error.after_s if isinstance(error, RetryLaterError) else pause_s
                waited_s += wait_s
                if waited_s > LONGEST_WAIT_FOR_TELEGRAM_S:
                    log.warning("an answer could not be delivered", update=update.update_id)
                    return Outcome.UNANSWERED
                await asyncio.sleep(wait_s)
            except Exception as error:
                if is_database_away(error):
                    log.warning("the database is away", update=update.update_id)
                    if not self._waits:
                        raise DatabaseAwayError from error
                elif (tries := tries + 1) >= MOST_TRIES:
                    await self._give_up(update, error)
                    return Outcome.BURIED
                else:
                    log.warning("an update failed", update=update.update_id, error=type(error).__name__)
                await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 2, LONGEST_PAUSE_S)

    async def bury_unread(self, raw: dict[str, Any]) -> Outcome:
        """Bury what cannot even be read as an update."""
        await self._bury_for_good(raw["update_id"], raw, "ValidationError")
        return Outcome.BURIED

    async def _give_up(self, update: Update, error: Exception) -> None:
        log.error("an update was buried", update=update.update_id, exc_info=error)
        await self._bury_for_good(update.update_id, update.model_dump(exclude_none=True), type(error).__name__)
        try:
            if update.callback_query is not None:
                with telegram_refusals():
                    await self._bot(AnswerCallbackQuery(callback_query_id=update.callback_query.id))
            sender = _sender_of(update)
            if sender is not None:
                await self._apologise(*sender)
        except TelegramRefusalError:
            log.info("no apology could be delivered", update=update.update_id)

    async def _bury_for_good(self, update_id: int, document: dict[str, Any], error: str) -> None:
        # aiogram puts placeholders of its own into what it parsed, which only `str` can write.
        text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), default=str)
        # Half a character, as only a broken client sends, has no bytes of its own to be stored in.
        raw = text.encode(errors="backslashreplace").decode()
        while True:
            try:
                await self._bury(update_id, raw, error)
                return
            except Exception as failure:
                if not is_database_away(failure):
                    raise
                log.warning("the database is away", update=update_id)
                if not self._waits:
                    raise DatabaseAwayError from failure
                await asyncio.sleep(LONGEST_PAUSE_S)


def _sender_of(update: Update) -> tuple[int, str | None] | None:
    if update.callback_query is not None:
        return update.callback_query.from_user.id, update.callback_query.from_user.language_code
    message = update.message
    if message is None or message.from_user is None or message.chat.type != "private":
        return None
    return message.from_user.id, message.from_user.language_code
