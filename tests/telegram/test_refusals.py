"""What may go wrong between us and Telegram, in the few ways that matter."""

from __future__ import annotations

import aiohttp
import pytest
from aiogram.exceptions import ClientDecodeError, TelegramNetworkError, TelegramServerError
from aiogram.methods import GetMe

from bot.telegram.refusals import AnswerLostError, telegram_refusals


@pytest.mark.parametrize(
    "error",
    [
        TelegramNetworkError(GetMe(), "reset"),
        TelegramServerError(GetMe(), "bad gateway"),
        TimeoutError(),
        ClientDecodeError("no JSON", ValueError(), "<html>502</html>"),
        aiohttp.ClientPayloadError(),
        aiohttp.ClientOSError(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_call_without_a_readable_answer_is_an_answer_lost(error: Exception) -> None:
    """Also a proxy's error page in place of an answer, and a file whose download breaks off."""
    with pytest.raises(AnswerLostError), telegram_refusals():
        raise error
