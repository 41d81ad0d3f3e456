"""The shortest way between the bot and the sandbox: its calls are carried out in place, without HTTP between them."""

from __future__ import annotations

import json
from typing import Any

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.methods.base import TelegramMethod
from aiogram.types import InputFile

from sandbox import Sandbox
from sandbox.calls import HANDLERS
from sandbox.requests import Raw
from sandbox.schema import Upload


def shorten(bot: Bot, box: Sandbox) -> None:
    """From now on the bot's calls take this way: coded, decoded and answered as ever, for a fifth of the time."""
    session = bot.session

    async def make_request(bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:
        raw = await _raw(session, bot, method)
        name, handler = HANDLERS[method.__api_method__.lower()]
        outcome = await box.api._call(box.world.bots[bot.token], name, handler, raw)
        answer = {"ok": True, "result": outcome.result} if outcome.refusal is None else outcome.refusal.answer()
        code = 200 if outcome.refusal is None else outcome.refusal.code
        return session.check_response(bot, method, code, json.dumps(answer)).result

    session.make_request = make_request  # type: ignore[method-assign]


async def _raw(session: BaseSession, bot: Bot, method: TelegramMethod[Any]) -> Raw:
    files: dict[str, InputFile] = {}
    coded = {
        name: session.prepare_value(value, bot=bot, files=files)
        for name, value in method.model_dump(warnings=False).items()
    }
    uploads = {key: await _upload(bot, file) for key, file in files.items()}
    return Raw({name: value for name, value in coded.items() if value}, uploads)


async def _upload(bot: Bot, file: InputFile) -> Upload:
    data = b"".join([chunk async for chunk in file.read(bot)])
    return Upload(file.filename or "file", "", data)
