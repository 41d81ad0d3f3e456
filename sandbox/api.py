"""The Bot API over HTTP: who calls, which method, which fault, which limit; then the method, and the log."""

import asyncio
import inspect
import json
import re
import time
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from sandbox import media, methods
from sandbox.calls import HANDLERS, Context, Handler
from sandbox.faults import Faults
from sandbox.limits import Limits
from sandbox.log import CallLog, loggable
from sandbox.model import Bot, User
from sandbox.refusals import Refusal
from sandbox.requests import Raw, decode, read
from sandbox.taps import Taps
from sandbox.updates import UpdateQueue
from sandbox.webhooks import Webhooks
from sandbox.world import World

__all__ = ["Api", "methods"]  # The methods are imported to be registered.

_TOKEN = re.compile(r"(?P<id>[1-9]\d{0,15}):[A-Za-z0-9_-]{1,128}")


@dataclass(frozen=True, slots=True)
class _Outcome:
    refusal: Refusal | None = None
    result: Any = None
    lost: bool = False
    by_fault: bool = False


class Api:
    """Answers bots. `open_bots` lets any token of the right shape in."""

    def __init__(self, world: World, *, open_bots: bool) -> None:
        self.world = world
        self.open_bots = open_bots
        self.taps = Taps()
        self.faults = Faults()
        self.limits = Limits()
        self.log = CallLog()
        self.webhooks = Webhooks(self._execute)

    def add_bot(self, token: str, username: str | None = None, name: str | None = None) -> Bot:
        """Return the bot of this token, made if it is new; raises ValueError for a token of the wrong shape."""
        match = _TOKEN.fullmatch(token)
        if match is None:
            raise ValueError("a token looks like 42:ABC…")
        if token in self.world.bots:
            return self.world.bots[token]
        bot_id = int(match["id"])
        username = username or f"bot{bot_id}_bot"
        user = User(bot_id, name or username, is_bot=True, username=username)
        bot = Bot(token, user, UpdateQueue(self.world.clock))
        self.world.bots[token] = bot
        self.world.tell("bot")
        return bot

    def _bot_of(self, token: str) -> Bot:
        bot = self.world.bots.get(token)
        if bot is not None:
            return bot
        if _TOKEN.fullmatch(token) is None:
            raise _not_found()
        if not self.open_bots or self.world.user(int(token.partition(":")[0])) is not None:
            raise Refusal(401, "Unauthorized")
        return self.add_bot(token)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer `/bot<token>/<method>`."""
        asked = request.match_info["method"]
        try:
            bot = self._bot_of(request.match_info["token"])
        except Refusal as refusal:
            return self._answer(_Outcome(refusal))
        name, handler = HANDLERS.get(asked.lower(), (asked, None))
        try:
            raw = await read(request)
        except Refusal as refusal:
            self._note(bot, name, {}, time.perf_counter(), _Outcome(refusal))
            return self._answer(_Outcome(refusal))
        outcome = await self._call(bot, name, handler, raw)
        if outcome.lost:
            if request.transport is not None:
                request.transport.close()
            return web.Response(status=500)
        return self._answer(outcome)

    async def download(self, request: web.Request) -> web.StreamResponse:
        """Answer `/file/bot<token>/<path>`."""
        try:
            self._bot_of(request.match_info["token"])
        except Refusal as refusal:
            return self._answer(_Outcome(refusal))
        path = request.match_info["path"]
        unique = path.rpartition("/")[2].partition(".")[0]
        file = self.world.files.get(unique)
        if file is None or media.path_of(file) != path:
            return self._answer(_Outcome(_not_found()))
        return web.Response(body=file.data, content_type=media.content_type(file))

    async def _execute(self, bot: Bot, answer: dict[str, Any]) -> None:
        """Carry out the method that a webhook gave as its answer; its result goes nowhere, as in Telegram."""
        asked = str(answer.pop("method"))
        name, handler = HANDLERS.get(asked.lower(), (asked, None))
        await self._call(bot, name, handler, Raw(answer))

    async def _call(self, bot: Bot, name: str, handler: Handler | None, raw: Raw) -> _Outcome:
        started, polling = time.perf_counter(), name == "getUpdates"
        if not polling:
            self.log.begin()
        params: dict[str, Any] = {}
        try:
            if handler is None:
                raise _not_found()
            params = decode(name, raw)
            outcome = await self._carry_out(Context(self.world, bot, self.taps, self.webhooks), name, handler, params)
        except Refusal as refusal:
            outcome = _Outcome(refusal)
        finally:
            if not polling:
                self.log.end()
        if not polling or outcome.refusal is not None:
            self._note(bot, name, params or raw.fields, started, outcome)
        return outcome

    async def _carry_out(self, ctx: Context, name: str, handler: Handler, params: dict[str, Any]) -> _Outcome:
        fault = self.faults.take(name, params) if self.faults.active else None
        if fault is not None:
            self.world.tell("faults")
            if fault.delay and not fault.lose_answer:
                await asyncio.sleep(fault.delay)
            if fault.drop:
                return _Outcome(lost=True, by_fault=True)
            if fault.code and not fault.lose_answer:
                return _Outcome(fault.refusal(), by_fault=True)
        if self.limits.on and "chat_id" in params:
            self.limits.check(ctx.bot.id, name, ctx.find_chat(str(params["chat_id"])))
        result = handler(ctx, params)
        if inspect.isawaitable(result):
            result = await result
        if fault is None or not fault.lose_answer:
            return _Outcome(result=result, by_fault=fault is not None)
        await asyncio.sleep(fault.delay)
        return _Outcome(result=result, lost=True, by_fault=True)

    def _note(self, bot: Bot, name: str, params: dict[str, Any], started: float, outcome: _Outcome) -> None:
        refusal = outcome.refusal
        chat_id = str(params.get("chat_id"))
        call = self.log.add(
            at=self.world.clock.now(),
            bot_id=bot.id,
            method=name,
            params=loggable(params),
            chat_id=int(chat_id) if chat_id.lstrip("-").isdecimal() and chat_id.isascii() else None,
            ok=refusal is None,
            error_code=refusal.code if refusal else None,
            description=refusal.description if refusal else None,
            result=outcome.result,
            ms=round((time.perf_counter() - started) * 1000, 1),
            fault=outcome.by_fault,
        )
        self.world.tell("call", data=call)

    @staticmethod
    def _answer(outcome: _Outcome) -> web.Response:
        refusal = outcome.refusal
        if refusal is None:
            return _json({"ok": True, "result": outcome.result})
        return _json(refusal.answer(), refusal.code if 400 <= refusal.code < 600 else 500)


def _not_found() -> Refusal:
    return Refusal(404, "Not Found")


def _json(body: dict[str, Any], status: int = 200) -> web.Response:
    text = json.dumps(body, ensure_ascii=False)
    return web.Response(body=text.encode("utf-8", "backslashreplace"), status=status, content_type="application/json")
