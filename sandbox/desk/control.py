"""Routes by which the desk runs the place: bots, groups, files, log, faults, limits, reset, clock."""

import ipaddress
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import aiohttp
from aiohttp import web

from sandbox import groups, media
from sandbox.box import Sandbox
from sandbox.desk import bodies
from sandbox.desk.bodies import add_route, body_of, instant_of, path_number, query_number, query_seconds
from sandbox.persons import Group
from sandbox.refusals import CannotError
from sandbox.seen import see_group
from sandbox.travel import DueMoment
from sandbox.wire import FULL_RIGHTS
from sandbox.world import Chat, Json, User

ASK_WITHIN_S = 60.0


class ControlRoutes:
    """Everything about the sandbox that no single person does."""

    def __init__(self, box: Sandbox) -> None:
        self.box = box
        self.world = box.world

    def add_to(self, app: web.Application) -> None:
        """Register the routes."""
        for verb, path, handler in (
            ("GET", "/sim/bots", self.bots),
            ("POST", "/sim/bots", self.add_bot),
            ("GET", "/sim/groups", self.groups),
            ("POST", "/sim/groups", self.add_group),
            ("GET", "/sim/groups/{group}", self.group),
            ("POST", "/sim/groups/{group}/members", self.change_member),
            ("POST", "/sim/groups/{group}/migrate", self.migrate),
            ("GET", "/sim/files/{file}", self.file),
            ("GET", "/sim/outbox", self.outbox),
            ("POST", "/sim/updates", self.deliver),
            ("GET", "/sim/faults", self.faults),
            ("POST", "/sim/faults", self.add_fault),
            ("DELETE", "/sim/faults", self.clear_faults),
            ("DELETE", "/sim/faults/{fault}", self.remove_fault),
            ("GET", "/sim/limits", self.limits),
            ("POST", "/sim/limits", self.set_limits),
            ("POST", "/sim/reset", self.reset),
            ("GET", "/sim/idle", self.idle),
            ("GET", "/sim/clock", self.clock),
            ("POST", "/sim/clock", self.travel),
            ("PUT", "/sim/timeline", self.set_timeline),
            ("PUT", "/sim/on-travel", self.set_on_travel),
        ):
            add_route(app, verb, path, handler)

    async def bots(self, _: web.Request) -> Json:
        return {"bots": [self._bot(token) for token in self.world.bots]}

    def _bot(self, token: str) -> Json:
        bot = self.world.bots[token]
        hook = self.box.api.webhooks.of(bot)
        return {
            "id": bot.id,
            "token": token,
            "username": bot.user.username,
            "name": bot.user.first_name,
            "description": bot.texts.get(("description", ""), ""),
            "short_description": bot.texts.get(("short_description", ""), ""),
            "webhook": hook.url if hook else None,
            "pending": len(bot.updates.pending),
        }

    async def add_bot(self, request: web.Request) -> Json:
        body = await body_of(request, bodies.NewBot)
        try:
            return self._bot(self.box.bot(body.token, body.username, body.name).token)
        except ValueError as error:
            raise CannotError(str(error), field="token") from error

    async def groups(self, _: web.Request) -> Json:
        return {"groups": [see_group(chat) for chat in self.world.groups.values() if chat.migrated_to is None]}

    async def add_group(self, request: web.Request) -> Json:
        body = await body_of(request, bodies.NewGroup)
        members = [self.box.known(self._person(user_id, "members")) for user_id in body.members]
        owner = self.box.known(self._person(body.owner, "owner"))
        group = self.box.group(
            body.title, owner=owner, members=members, bot_rights=body.bot_rights, supergroup=body.supergroup
        )
        return see_group(group.chat)

    def _person(self, user_id: int, field: str) -> User:
        person = self.world.people.get(user_id)
        if person is None:
            raise CannotError("there is no such person", field=field, status=404)
        return person

    def _group(self, request: web.Request) -> Chat:
        chat = self.world.groups.get(path_number(request, "group"))
        if chat is None:
            raise CannotError("there is no such group", field="group", status=404)
        return chat

    async def group(self, request: web.Request) -> Json:
        return see_group(self._group(request))

    async def change_member(self, request: web.Request) -> Json:
        chat, body = self._group(request), await body_of(request, bodies.ChangeMember)
        user = self.world.user(body.user_id)
        if user is None:
            raise CannotError("there is nobody of this id", field="user_id", status=404)
        by = self._person(body.by, "by") if body.by is not None else groups.owner_of(chat)
        if body.action == "join":
            self._let_in(chat, user, by)
        else:
            self._change(chat, user, body, by)
        if body.tag is not None:
            groups.set_tag(self.world, chat, chat.members[user.id], body.tag or None, by=by)
        return see_group(chat)

    def _let_in(self, chat: Chat, user: User, by: User) -> None:
        if user.is_bot:
            bot = self.world.bots_by_id(user.id)
            if bot is not None:
                groups.add_bot(self.world, chat, bot, by=by, rights="member")
        else:
            groups.join(self.world, chat, user)

    def _change(self, chat: Chat, user: User, body: bodies.ChangeMember, by: User) -> None:
        member = chat.members.get(user.id)
        if member is None or not member.inside:
            raise CannotError("nobody of this id is in the group", field="user_id", status=404)
        if member.status == "creator":
            raise CannotError("the owner stays what the owner is", field="user_id", status=409)
        if body.action == "leave":
            groups.leave(self.world, chat, user)
        elif body.action == "kick":
            groups.kick(self.world, chat, user, by=by)
        else:
            rights = {**dict.fromkeys(FULL_RIGHTS, body.rights is None), **(body.rights or {})}
            admin = body.action == "promote"
            status = "administrator" if admin else "member"
            groups.set_status(self.world, chat, user, status, by=by, rights=rights if admin else None)

    async def migrate(self, request: web.Request) -> Json:
        group = Group(self.world, self._group(request))
        await group.migrate()
        return see_group(group.chat)

    async def file(self, request: web.Request) -> web.Response:
        file = self.world.files.get(request.match_info["file"])
        if file is None:
            raise CannotError("there is no such file", field="file", status=404)
        headers = {"Cache-Control": "max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
        if file.kind != "photo":
            headers["Content-Disposition"] = "attachment"
        return web.Response(body=file.data, content_type=media.content_type(file), headers=headers)

    async def outbox(self, request: web.Request) -> Json:
        since, limit = query_number(request, "since", 0), query_number(request, "limit", 500, least=1, most=500)
        calls = self.box.outbox(since)
        wanted = request.query
        if "method" in wanted:
            calls = [call for call in calls if call.method.lower() == wanted["method"].lower()]
        if "chat_id" in wanted:
            calls = [call for call in calls if str(call.chat_id) == wanted["chat_id"]]
        if wanted.get("refused", "").lower() == "true":
            calls = [call for call in calls if not call.ok]
        shown = calls[:limit]
        following = shown[-1].seq if len(calls) > limit else self.box.api.log.next_seq - 1
        return {"next": following, "calls": [call.wire() for call in shown]}

    async def deliver(self, request: web.Request) -> Json:
        body = await body_of(request, bodies.AnyUpdate)
        bot = self.world.bots_by_id(body.bot) if body.bot is not None else next(iter(self.world.bots.values()), None)
        if bot is None:
            raise CannotError("there is no such bot", field="bot", status=404)
        return {"update_id": self.box.deliver(body.update, bot)}

    async def faults(self, _: web.Request) -> Json:
        return {"faults": [fault.wire() for fault in self.box.api.faults.active]}

    async def add_fault(self, request: web.Request) -> Json:
        body = await body_of(request, bodies.NewFault)
        self.box.api.faults.add(**body.model_dump())
        self.world.tell("faults")
        return await self.faults(request)

    async def clear_faults(self, request: web.Request) -> Json:
        self.box.api.faults.active.clear()
        self.world.tell("faults")
        return await self.faults(request)

    async def remove_fault(self, request: web.Request) -> Json:
        if not self.box.api.faults.remove(path_number(request, "fault")):
            raise CannotError("there is no such fault", field="fault", status=404)
        self.world.tell("faults")
        return await self.faults(request)

    async def limits(self, _: web.Request) -> Json:
        return {"on": self.box.api.limits.on}

    async def set_limits(self, request: web.Request) -> Json:
        self.box.limits((await body_of(request, bodies.Switch)).on)
        return {"on": self.box.api.limits.on}

    async def reset(self, _: web.Request) -> Json:
        self.box.reset()
        return {}

    async def idle(self, request: web.Request) -> Json:
        idle = await self.box.idle(query_seconds(request, "timeout", 5))
        return {"idle": idle, "pending": self.box.pending, "under_way": self.box.api.log.under_way}

    async def clock(self, _: web.Request) -> Json:
        due = [{"at": moment.at.isoformat(), "name": moment.name} for moment in await self.box.traveller.due()]
        return {"now": self.box.clock.now().isoformat(), "running": self.box.clock.running, "due": due}

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
            moments = [DueMoment(instant_of(due.at, "due"), due.name) for due in body.due or []]
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


async def _ask_timeline(url: str) -> Sequence[DueMoment]:
    try:
        async with _session() as session, session.get(url) as response:
            answer = await response.json()
        return [DueMoment(instant_of(due["at"], "due"), str(due["name"])) for due in answer["due"]]
    except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError) as error:
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
