"""Counts updates and calls to Telegram, beside the doing of them."""

from __future__ import annotations

import time
from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import (
    TelegramConflictError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import TelegramMethod
from aiogram.methods.base import Response, TelegramType
from aiogram.types import Update

from bot.metrics import Metrics
from bot.telegram.intake import DatabaseAwayError, Intake

# Answers 429 that come closer together belong to one burst.
BURST_ENDS_AFTER_S = 30.0


class CountedIntake:
    """An intake whose updates are counted by outcome and timed."""

    def __init__(self, intake: Intake, metrics: Metrics) -> None:
        self._intake = intake
        self._metrics = metrics

    async def __call__(self, update: Update) -> None:
        """Handle the update as the intake does."""
        begun = time.perf_counter()
        try:
            outcome = await self._intake(update)
        except DatabaseAwayError:
            self._metrics.updates.labels("postponed").inc()
            raise
        self._metrics.updates.labels(outcome).inc()
        self._metrics.update_seconds.observe(time.perf_counter() - begun)

    async def bury_unread(self, raw: dict[str, Any]) -> None:
        """Bury it as the intake does."""
        self._metrics.updates.labels(await self._intake.bury_unread(raw)).inc()

    def refused(self, why: str) -> None:
        """Something came that is not even looked at."""
        self._metrics.updates.labels(f"refused_{why}").inc()


class CountedCalls(BaseRequestMiddleware):
    """Sees every call to Telegram and how it ended."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._last_429_at = float("-inf")

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """Make the call and count it."""
        outcome = "refused"
        try:
            response = await make_request(bot, method)
            outcome = "ok"
            return response
        except TelegramRetryAfter:
            outcome = "too_many"
            self._note_429()
            raise
        except TelegramConflictError:
            self._metrics.conflicts.inc()
            raise
        except (TelegramNetworkError, TelegramServerError):
            outcome = "lost"
            raise
        finally:
            self._metrics.telegram_calls.labels(outcome).inc()

    def _note_429(self) -> None:
        now = time.monotonic()
        if now - self._last_429_at > BURST_ENDS_AFTER_S:
            self._metrics.telegram_bursts.inc()
        self._last_429_at = now
