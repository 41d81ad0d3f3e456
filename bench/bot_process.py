"""The bot as a process of its own: it follows the sandbox's clock and answers a few questions on its standard input.

One line of JSON in, one out. `serve` begins (so that a spare process can wait with everything imported); `settle`
answers when all that is due has been done and sent; `coming` lists the next due moments.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import sys
from datetime import datetime
from typing import Any

from bench.plants import PLANTS
from bot.app import App, open_app
from bot.config import Settings
from bot.logs import configure_logs
from sandbox import FollowingClock

TOKEN = "42:REHEARSAL"
SECRET = "the-rehearsal-knows-this-secret"
LOOKS_AGAIN_S = 0.01
MOST_ROUNDS = 5
NO_LIMITS = 1000.0


async def _settle(app: App) -> dict[str, Any]:
    # One moment's work may make another due at once: the draw is announced when the rating has opened.
    for _ in range(MOST_ROUNDS):
        await app.ticker.tick()
        if not await app.core.do.list_due():
            break
    while True:
        next_due_at = await _next_letter_at(app)
        if next_due_at is None or next_due_at > app.core.clock.now():
            return {"next_letter_at": next_due_at and next_due_at.isoformat()}
        app.core.store.doorbell.ring()
        await asyncio.sleep(LOOKS_AGAIN_S)


async def _next_letter_at(app: App) -> datetime | None:
    async with app.core.store.read() as tx:
        return await tx.letters.next_due_at()


async def _coming(app: App) -> dict[str, Any]:
    moments = [(due.at.isoformat(), f"{due.moment} {due.period}") for due in await app.core.do.list_coming()]
    letters_at = await _next_letter_at(app)
    if letters_at is not None and letters_at > app.core.clock.now():
        moments.append((letters_at.isoformat(), "letters"))
    return {"coming": moments}


async def _answer(app: App, question: str) -> dict[str, Any]:
    return await (_settle(app) if question == "settle" else _coming(app))


async def _lines() -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    return reader


def _say(answer: dict[str, Any]) -> None:
    print(json.dumps(answer), flush=True)


async def _serve(settings: Settings, clock_file: str) -> None:
    lines = await _lines()
    _say({"ready": True})
    await lines.readline()
    clock, webhook = FollowingClock(clock_file), bool(settings.webhook_url)
    async with open_app(settings, clock, NO_LIMITS, webhook=webhook) as app, asyncio.TaskGroup() as group:
        stopping = asyncio.Event()
        # As the command that serves does.
        gc.freeze()
        group.create_task(app.run(stopping))
        _say({"serving": True})
        while line := await lines.readline():
            _say(await _answer(app, json.loads(line)["do"]))
        stopping.set()


def main() -> None:
    """Read the command line and be the bot until the input ends or somebody kills."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--api", required=True)
    parser.add_argument("--database", required=True)
    parser.add_argument("--clock", required=True, help="the file of the sandbox's clock")
    parser.add_argument("--webhook", default="", metavar="URL", help="take updates by webhook, not by polling")
    parser.add_argument("--listen", default="", help="where the webhook's calls arrive")
    parser.add_argument("--plant", choices=sorted(PLANTS), action="append", default=[])
    options = parser.parse_args()
    configure_logs(secrets=[TOKEN])
    for plant in options.plant:
        PLANTS[plant]()
    settings = Settings(
        _env_file=None, bot_token=TOKEN, bot_api_base=options.api, database_url=options.database,
        organisation="示范分行党委", tick_seconds=1, webhook_url=options.webhook, webhook_secret=SECRET,
        webhook_listen=options.listen,
    )  # fmt: skip
    asyncio.run(_serve(settings, options.clock))


if __name__ == "__main__":
    main()
