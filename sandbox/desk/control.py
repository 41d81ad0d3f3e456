"""Routes by which the desk runs the place: bots, files, the log, faults, limits, reset."""

from aiohttp import web

from sandbox import media
from sandbox.box import Sandbox
from sandbox.desk import bodies
from sandbox.desk.bodies import add_route, body_of, path_number, query_number, query_seconds
from sandbox.model import Json
from sandbox.refusals import CannotError


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
