"""`Sandbox`: puts the parts together, starts and stops the server, and is what tests hold in their hands."""

import asyncio
import time
from collections.abc import Iterable, Mapping
from datetime import datetime
from types import TracebackType
from typing import Any, Self
from zoneinfo import ZoneInfo

from aiohttp import web

from sandbox import groups, voting
from sandbox.api import Api
from sandbox.clock import SimClock
from sandbox.faults import Fault
from sandbox.log import Call
from sandbox.model import Bot, User
from sandbox.persons import Group, Person
from sandbox.server import build
from sandbox.travel import OnTravel, Timeline, Traveller
from sandbox.world import World

FIRST_PERSON_ID = 700_000_001


class Sandbox:
    """A Telegram of one's own, on 127.0.0.1 while the `async with` lasts."""

    def __init__(
        self,
        port: int = 0,
        clock: SimClock | None = None,
        bots: Mapping[str, str] | None = None,
        *,
        open_bots: bool = False,
        limits: bool = False,
        zone: str | None = None,
    ) -> None:
        self.clock = clock if clock is not None else SimClock(running=True)
        self.zone = ZoneInfo(zone).key if zone is not None else None
        self.world = World(self.clock)
        self.api = Api(self.world, open_bots=open_bots)
        self.api.limits.on = limits
        self.traveller = Traveller(self.clock, settle=lambda: voting.close_due_polls(self.world))
        self._port = port
        self._runner: web.AppRunner | None = None
        self._persons: dict[int, Person] = {}
        for token, username in (bots or {}).items():
            self.api.add_bot(token, username)

    async def __aenter__(self) -> Self:
        self._runner = web.AppRunner(build(self), access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for bot in self.world.bots.values():
            bot.updates.release()
        await self.api.webhooks.close()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def url(self) -> str:
        """Return the base address, for the Bot API and for the page."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def timeline(self) -> Timeline | None:
        """Whatever tells the coming due moments."""
        return self.traveller.timeline

    @timeline.setter
    def timeline(self, timeline: Timeline | None) -> None:
        self.traveller.timeline = timeline

    @property
    def on_travel(self) -> OnTravel | None:
        """What is awaited at each stop of a travel."""
        return self.traveller.on_travel

    @on_travel.setter
    def on_travel(self, on_travel: OnTravel | None) -> None:
        self.traveller.on_travel = on_travel

    async def travel(self, to: datetime) -> None:
        """Go to `to`, stopping at every due moment on the way."""
        await self.traveller.travel(to)
        self.world.tell("clock")

    def bot(self, token: str, username: str | None = None, name: str | None = None) -> Bot:
        """Return the bot of this token, made if it is new."""
        return self.api.add_bot(token, username, name)

    def person(
        self,
        name: str,
        *,
        language: str = "zh-hans",
        user_id: int | None = None,
        username: str | None = None,
        tags: Mapping[str, str] | None = None,
        start_link: str = "",
    ) -> Person:
        """Return the person of this name (or id), made if new; tags and link given again replace the old."""
        user = self._find(name, user_id)
        if user is None:
            user = User(user_id or self._free_id(), name, username=username, language=language)
            self.world.people[user.id] = user
        user.tags = dict(tags) if tags is not None else user.tags
        user.start_link = start_link or user.start_link
        self.world.tell("person", person=user)
        return self.known(user)

    def known(self, user: User) -> Person:
        """Return the acting person of this account."""
        if user.id not in self._persons or self._persons[user.id].user is not user:
            self._persons[user.id] = Person(self, user)
        return self._persons[user.id]

    def _find(self, name: str, user_id: int | None) -> User | None:
        if user_id is not None:
            return self.world.people.get(user_id)
        return next((user for user in self.world.people.values() if user.first_name == name), None)

    def _free_id(self) -> int:
        number = FIRST_PERSON_ID + len(self.world.people)
        while number in self.world.people:
            number += 1
        return number

    def group(
        self,
        title: str,
        *,
        owner: Person,
        members: Iterable[Person] = (),
        bot_rights: str | None = "administrator",
        supergroup: bool = False,
    ) -> Group:
        """Make a group; the first bot is in it unless `bot_rights` is None."""
        chat = groups.create(self.world, title, owner.user, [one.user for one in members], supergroup=supergroup)
        if bot_rights is not None and self.world.bots:
            bot = next(iter(self.world.bots.values()))
            groups.add_bot(self.world, chat, bot, by=owner.user, rights=bot_rights)
        return Group(self.world, chat)

    def deliver(self, update: Mapping[str, Any], bot: Bot | None = None) -> int:
        """Hand a bot any update: forged, broken, or one it has had before; return its id.

        With an `update_id` this one is kept, so that the same update comes twice; without, it gets the next.
        """
        bot = bot or next(iter(self.world.bots.values()))
        return bot.updates.push_raw(dict(update))

    def outbox(self, since: int = 0) -> list[Call]:
        """Return every call that bots made with a number greater than `since`."""
        return self.api.log.since(since)

    def fault(
        self,
        method: str | None = None,
        chat_id: int | None = None,
        contains: str | None = None,
        code: int = 429,
        *,
        retry_after: int | None = None,
        description: str | None = None,
        times: int = 1,
        delay: float = 0,
        drop: bool = False,
        lose_answer: bool = False,
    ) -> Fault:
        """Let the next matching calls go wrong."""
        return self.api.faults.add(
            method=method,
            chat_id=chat_id,
            contains=contains,
            code=code,
            retry_after=retry_after,
            description=description,
            times=times,
            delay=delay,
            drop=drop,
            lose_answer=lose_answer,
        )

    def limits(self, on: bool = True) -> None:
        """Switch Telegram's sending limits."""
        self.api.limits.on = on

    def reset(self) -> None:
        """Forget people, chats, updates, faults and the log; bots stay."""
        self.world.clear()
        self.api.faults.active.clear()
        self.api.log.clear()
        self.api.taps.queries.clear()
        self._persons.clear()
        self.world.tell("reload")

    @property
    def pending(self) -> int:
        """How many updates no bot has confirmed."""
        return sum(len(bot.updates.pending) for bot in self.world.bots.values())

    async def idle(self, timeout: float = 5.0) -> bool:  # noqa: ASYNC109 - it is no cancellation
        """Wait until all updates were confirmed and no call is under way; False if that took too long."""
        deadline = time.monotonic() + timeout
        while self.pending or self.api.log.under_way:
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            await self._next_change(left)
        return True

    async def _next_change(self, within_s: float) -> None:
        waits = [self.api.log.changed(), *(bot.updates.changed() for bot in self.world.bots.values())]
        tasks = [asyncio.ensure_future(wait) for wait in waits]
        await asyncio.wait(tasks, timeout=within_s, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
