"""Routes for time: the clock, what is due, and who is told of a travel."""

import ipaddress
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import aiohttp
from aiohttp import web

from sandbox.box import Sandbox
from sandbox.desk import bodies
from sandbox.desk.bodies import add_route, body_of, instant_of
from sandbox.model import Json
from sandbox.refusals import CannotError
from sandbox.travel import DueMoment

ASK_WITHIN_S = 60.0


class TimeRoutes:
    """What the desk does with time."""

    def __init__(self, box: Sandbox) -> None:
        self.box = box
        self.world = box.world

    def add_to(self, app: web.Application) -> None:
        """Register the routes."""
        for verb, path, handler in (
            ("GET", "/sim/clock", self.clock),
            ("POST", "/sim/clock", self.travel),
            ("PUT", "/sim/timeline", self.set_timeline),
            ("PUT", "/sim/on-travel", self.set_on_travel),
        ):
            add_route(app, verb, path, handler)

    async def clock(self, _: web.Request) -> Json:
        due = [moment.wire() for moment in await self.box.traveller.due()]
        clock = self.box.clock
        return {"now": clock.now().isoformat(), "running": clock.running, "zone": self.box.zone, "due": due}

    async def travel(self, request: web.Request) -> Json:
        body = await body_of(request, bodies.Travel)
        if [body.travel_to, body.advance_s, body.running].count(None) != 2:
            raise CannotError("exactly one of travel_to, advance_s and running is needed")
        if body.running is not None:
            self.box.clock.run(body.running)
        elif body.travel_to == "next":
            await self.box.traveller.travel_to_next()
        elif body.advance_s is not None:
            await self.box.traveller.travel(self.box.clock.now() + timedelta(seconds=body.advance_s))
        else:
            await self.box.traveller.travel(instant_of(body.travel_to or "", "travel_to"))
        self.world.tell("clock")
        return await self.clock(request)

    async def set_timeline(self, request: web.Request) -> Json:
        body = await body_of(request, bodies.NewTimeline)
        if body.url is not None:
            url = _loopback(body.url)
            self.box.timeline = lambda: _ask_timeline(url)
        else:
            moments = [_moment(due) for due in body.due or []]
            self.box.timeline = lambda: moments
        self.world.tell("clock")
        return await self.clock(request)

    async def set_on_travel(self, request: web.Request) -> Json:
        body = await body_of(request, bodies.Url)
        if body.url is None:
            self.box.on_travel = None
        else:
            url = _loopback(body.url)
            self.box.on_travel = lambda now: _tell_travel(url, now)
        return await self.clock(request)


def _loopback(url: str) -> str:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        fine = parts.scheme == "http" and (host == "localhost" or ipaddress.ip_address(host).is_loopback)
    except ValueError:
        fine = False
    if not fine:
        raise CannotError("only http:// addresses of this machine are called", field="url")
    return url


def _moment(due: bodies.Due) -> DueMoment:
    return DueMoment(instant_of(due.at, "due"), due.name, due.names, due.passing)


async def _ask_timeline(url: str) -> Sequence[DueMoment]:
    try:
        async with _session() as session, session.get(url) as response:
            answer = await response.json()
        given = bodies.NewTimeline.model_validate(answer).due or []
        return [_moment(due) for due in given]
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        raise CannotError("the bot does not tell its timeline", field="timeline", status=409) from error


async def _tell_travel(url: str, now: datetime) -> None:
    try:
        async with _session() as session, session.post(url, json={"now": now.isoformat()}) as response:
            await response.read()
            if response.status // 100 != 2:
                raise CannotError(f"the bot answered the travel with {response.status}", status=409)
    except (aiohttp.ClientError, TimeoutError) as error:
        raise CannotError("the bot does not answer to the travel", status=409) from error


def _session() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ASK_WITHIN_S))
