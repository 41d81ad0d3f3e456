"""Live news for the page: server-sent events, numbered, so that a page that was away can catch up."""

import asyncio
import contextlib
import json
from collections import deque
from collections.abc import Iterator
from typing import Any

from aiohttp import web

from sandbox.box import Sandbox
from sandbox.log import Call
from sandbox.model import Chat, Json, News, User
from sandbox.refusals import CannotError
from sandbox.seen import see_chat, see_message, see_person, see_tap
from sandbox.taps import Query

KEPT = 5000
QUEUE = 20_000
KEEP_ALIVE_S = 15.0

Numbered = tuple[int, News]


class Feed:
    """Keeps the newest news and hands them to every open page; what they say is worked out only for who listens."""

    def __init__(self, box: Sandbox) -> None:
        self.box = box
        self._kept: deque[Numbered] = deque(maxlen=KEPT)
        self._next = 1
        self._pages: set[asyncio.Queue[Numbered | None]] = set()
        box.world.listeners.append(self._hear)

    def add_to(self, app: web.Application) -> None:
        """Register the route."""
        app.router.add_get("/sim/events", self.stream)
        app.on_shutdown.append(self._close)

    def _hear(self, news: News) -> None:
        numbered = (self._next, news)
        self._next += 1
        self._kept.append(numbered)
        for page in self._pages:
            with contextlib.suppress(asyncio.QueueFull):
                page.put_nowait(numbered)

    async def _close(self, _: web.Application) -> None:
        for page in self._pages:
            with contextlib.suppress(asyncio.QueueFull):
                page.put_nowait(None)

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Send events until the page goes away."""
        only = _persons(request)
        since = _since(request)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        page: asyncio.Queue[Numbered | None] = asyncio.Queue(QUEUE)
        missed = self._missed(since)
        self._pages.add(page)
        try:
            await response.prepare(request)
            await response.write(b"retry: 1000\n\n")
            if missed is None:
                await response.write(_event(self._next - 1, "reload", {}))
            for old in missed or ():
                await self._write(response, old, only)
            while (numbered := await _next(page)) is not None:
                await self._write(response, numbered, only)
        except (ConnectionResetError, asyncio.CancelledError):
            pass
        finally:
            self._pages.discard(page)
        return response

    def _missed(self, since: int | None) -> list[Numbered] | None:
        """Return the news after `since`; None if they are no longer known."""
        if since is None or since >= self._next - 1:
            return []
        if not self._kept or self._kept[0][0] > since + 1:
            return None
        return [numbered for numbered in self._kept if numbered[0] > since]

    async def _write(self, response: web.StreamResponse, numbered: Numbered, only: set[int]) -> None:
        number, news = numbered
        if number == 0:
            await response.write(b": still here\n\n")
            return
        for kind, data in self._told(news, only):
            await response.write(_event(number, kind, data))

    def _told(self, news: News, only: set[int]) -> Iterator[tuple[str, Json]]:
        if news.kind in ("call", "clock", "faults", "reload", "bot", "commands"):
            yield news.kind, self._general(news)
        elif news.kind == "person" and news.person is not None:
            if not only or news.person.id in only:
                yield "person", see_person(self.box.world, news.person)
        elif news.kind == "tap" and isinstance(news.data, Query):
            if not only or news.data.person.id in only:
                yield "tap", see_tap(news.data)
        elif news.chat is not None:
            for person in self._watchers(news, only):
                if (data := _of_chat(news, news.chat, person)) is not None:
                    yield news.kind, {"person": person.id, "chat": news.chat.key(), **data}

    def _general(self, news: News) -> Json:
        if isinstance(news.data, Call):
            return news.data.wire()
        if news.kind == "clock":
            return {"now": self.box.clock.now().isoformat(), "running": self.box.clock.running}
        if news.kind == "faults":
            return {"faults": [fault.wire() for fault in self.box.api.faults.active]}
        return {}

    def _watchers(self, news: News, only: set[int]) -> list[User]:
        if news.person is not None:
            people = [news.person]
        elif news.chat is not None and news.kind == "chat":
            people = [m.user for m in news.chat.members.values() if not m.user.is_bot] or list(news.chat.people())
        else:
            people = list(news.chat.people()) if news.chat else []
        return [person for person in people if not only or person.id in only]


def _of_chat(news: News, chat: Chat, person: User) -> Json | None:
    """Return what this person is told of the change; None if it is not for these eyes."""
    unread = {"unread": chat.unread.get(person.id, 0)}
    if news.kind in ("message", "edited") and news.message is not None:
        if news.message.receiver not in (None, person):
            return None
        return {"message": see_message(news.message, person), **unread}
    told: dict[str, Any] = {
        "deleted": {"message_ids": news.data, **unread},
        "pins": {"pinned": chat.pinned},
        "read": unread,
        "keyboard": {"keyboard": chat.keyboards.get(person.id)},
        "typing": {"action": news.data},
    }
    if news.kind == "chat":
        return {"chat": see_chat(chat, person)}
    return told.get(news.kind)


async def _next(page: "asyncio.Queue[Numbered | None]") -> Numbered | None:
    """Return the next news; after a silence a sign of life with number 0."""
    try:
        return await asyncio.wait_for(page.get(), KEEP_ALIVE_S)
    except TimeoutError:
        return 0, News("alive")


def _event(number: int, kind: str, data: Json) -> bytes:
    return f"id: {number}\nevent: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode("utf-8", "replace")


def _persons(request: web.Request) -> set[int]:
    asked = request.query.getall("person", [])
    if any(not (one.isascii() and one.isdecimal()) for one in asked):
        raise CannotError("a person is named by number", field="person")
    return {int(one) for one in asked}


def _since(request: web.Request) -> int | None:
    text = request.headers.get("Last-Event-ID") or request.query.get("since")
    if text is None:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 16):
        raise CannotError("a number is needed", field="since")
    return int(text)
