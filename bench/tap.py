"""What one tap costs beside a bare aiogram handler on the same database: `python -m bench.tap [--database postgres]`.

The bare handler routes by one typed callback, does one SQLAlchemy-core transaction (an insert, a read, a write), edits
the message and answers. Both sides get the same raw update, write it out and read the answers as over HTTP; only the
network is left out. Rounds of the two alternate, so that a busy machine is busy for both.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gc
import json
import statistics
import tempfile
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import Any

from aiogram import Bot, Dispatcher, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import AnswerCallbackQuery, TelegramMethod
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bench.databases import fresh_database
from bot.config import Settings, normalised_database_url
from bot.core import Core, open_core
from bot.delivery.drawing import Drawing
from bot.demo.organisation import demo_roster
from bot.domain.accounts import Language
from bot.domain.actions.form import AnswerGrade
from bot.domain.periods import Month
from bot.handlers.all import build_dispatcher
from bot.handlers.entry import Desk
from bot.sheets.roster import read_roster
from bot.sheets.table import read_table
from bot.storage.migrate import migrate
from bot.storage.schema import account, form, handled_update, member
from bot.storage.store import open_engine
from bot.telegram.codec import pack
from bot.telegram.sender import Sender

ROUNDS, TAPS_A_ROUND, WARM_UP = 40, 10, 50
NOW = datetime(2026, 7, 25, 2, tzinfo=UTC)
TELEGRAM_ID = 700_000_001
TOKEN = "42:BENCH"
_WHO = {"id": TELEGRAM_ID, "is_bot": False, "first_name": "张伟", "language_code": "zh-hans"}
_CHAT = {"id": TELEGRAM_ID, "type": "private", "first_name": "张伟"}
_BOT = {"id": 42, "is_bot": True, "first_name": "先锋积分", "username": "xianfeng_bot"}
_CARD = {"message_id": 7, "date": 1_784_944_800, "chat": _CHAT, "from": _BOT, "text": "岗位职责"}
_GRADES = ("full", "mostly")

Tap = Callable[[int], Awaitable[None]]


class StandingClock:
    """It is always the same instant."""

    def now(self) -> datetime:
        return NOW


class ServerlessSession(AiohttpSession):
    """Writes each request out and reads a made-up answer, as over HTTP but without the wire."""

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:  # noqa: ASYNC109
        self.build_form_data(bot, method)
        result: Any = True if isinstance(method, AnswerCallbackQuery) else _CARD | {"edit_date": 1_784_944_801}
        content = json.dumps({"ok": True, "result": result})
        return self.check_response(bot, method, 200, content).result

    async def stream_content(self, *_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        yield b""


def raw_tap(update_id: int, data: str) -> dict[str, Any]:
    """A tap as it comes from Telegram."""
    query = {"id": str(update_id), "from": _WHO, "message": _CARD, "chat_instance": "1", "data": data}
    return {"update_id": update_id, "callback_query": query}


# ── ours ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


@contextlib.asynccontextmanager
async def our_tap(core: Core, form_id: int) -> AsyncIterator[Tap]:
    """The real dispatcher: one choice of a form's item, saved and answered with the next item."""
    bot = Bot(TOKEN, session=ServerlessSession())
    async with contextlib.aclosing(Drawing()) as drawing:
        dispatcher = build_dispatcher(Desk(core.do, core.catalog, Sender(bot, drawing), "xianfeng_bot"))

        async def tap(number: int) -> None:
            data = pack(AnswerGrade(form_id, "post", _GRADES[number % 2]))
            update = Update.model_validate(raw_tap(number, data), context={"bot": bot})
            await dispatcher.feed_update(bot, update)

        yield tap


# ── the peer ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class Choice(CallbackData, prefix="c"):
    """The peer's one typed callback."""

    form_id: int
    grade: str


def bare_tap(engine: AsyncEngine, form_id: int) -> Tap:
    """A bare aiogram handler: one transaction, one edit, one answer."""
    bot = Bot(TOKEN, session=ServerlessSession())
    router = Router()

    @router.callback_query(Choice.filter())
    async def on_choice(query: CallbackQuery, callback_data: Choice) -> None:
        async with engine.begin() as connection:
            await connection.execute(insert(handled_update).values(key=f"b{query.id}", at=NOW))
            row = (
                await connection.execute(
                    select(form.c.id, form.c.revision, form.c.answers, member.c.name)
                    .join(member, member.c.id == form.c.member_id)
                    .join(account, account.c.member_id == member.c.id)
                    .where(form.c.id == callback_data.form_id, account.c.telegram_id == query.from_user.id)
                )
            ).one()
            answers = json.dumps({**json.loads(row.answers), "post": [{"grade": callback_data.grade}]})
            await connection.execute(
                update(form).where(form.c.id == row.id).values(answers=answers, revision=row.revision + 1)
            )
        if isinstance(query.message, Message):
            await query.message.edit_text(f"{row.name}: {callback_data.grade}", reply_markup=keyboard)
        await query.answer()

    keyboard = InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=grade, callback_data=Choice(form_id=form_id, grade=grade).pack())]
            for grade in _GRADES
        ]
    )
    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.include_router(router)

    async def tap(number: int) -> None:
        data = Choice(form_id=form_id, grade=_GRADES[number % 2]).pack()
        update = Update.model_validate(raw_tap(number, data), context={"bot": bot})
        await dispatcher.feed_update(bot, update)

    return tap


# ── side by side ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def _prepare(core: Core) -> int:
    """A small organisation with one bound person and an open month; returns his form."""
    await core.do.import_roster(read_roster(read_table(demo_roster(1, 12, 3), "roster.xlsx"), date(2026, 7, 20)))
    await core.do.open_month(Month(2026, 7))
    async with core.store.write() as tx:
        person = (await tx.people.all())[0]
        await tx.accounts.bind(TELEGRAM_ID, person.member_id, Language.ZH, NOW)
        found = await tx.forms.find(person.member_id, Month(2026, 7))
    if found is None:
        raise RuntimeError("the person has no form")
    return found.form_id


async def _round(tap: Tap, numbers: Iterator[int], taps: int) -> list[float]:
    taken = []
    for _ in range(taps):
        begun = perf_counter()
        await tap(next(numbers))
        taken.append((perf_counter() - begun) * 1e6)
    return taken


async def compare(database: str) -> dict[str, float]:
    """Medians in microseconds and their ratio on the database of this address."""
    settings = Settings(_env_file=None, bot_token=TOKEN, database_url=database)
    engine = open_engine(normalised_database_url(database))
    await migrate(engine)
    numbers = count(1)
    try:
        async with open_core(settings, StandingClock()) as core:
            form_id = await _prepare(core)
            async with our_tap(core, form_id) as ours:
                bare = bare_tap(engine, form_id)
                times: dict[Tap, list[float]] = {ours: [], bare: []}
                for tap in times:
                    await _round(tap, numbers, WARM_UP)
                gc.collect()
                gc.freeze()
                for _ in range(ROUNDS):
                    for tap, taken in times.items():
                        taken += await _round(tap, numbers, TAPS_A_ROUND)
                ours_us, bare_us = statistics.median(times[ours]), statistics.median(times[bare])
    finally:
        await engine.dispose()
    return {"ours_us": round(ours_us), "bare_us": round(bare_us), "ratio": round(ours_us / bare_us, 2)}


def measure(kind: str) -> dict[str, float]:
    """The comparison on a fresh database: "sqlite" or "postgres"."""
    with tempfile.TemporaryDirectory() as folder, fresh_database(kind, Path(folder)) as database:
        return asyncio.run(compare(database))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    print(json.dumps(measure(parser.parse_args().database)))


if __name__ == "__main__":
    main()
