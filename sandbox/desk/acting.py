"""Routes by which people act: say, send, tap, vote, block."""

import asyncio
import contextlib

from aiohttp import web

from sandbox import acts, tapping, voting
from sandbox.box import Sandbox
from sandbox.desk import bodies
from sandbox.desk.bodies import add_route, body_of, query_seconds
from sandbox.desk.people import person_of
from sandbox.desk.uploads import decoded, read_document, read_photos
from sandbox.model import Chat, Json, User
from sandbox.persons import wait_for_button
from sandbox.refusals import CannotError
from sandbox.seen import see_chat, see_message, see_person, see_tap
from sandbox.taps import Query


class ActingRoutes:
    """What people of the sandbox can do."""

    def __init__(self, box: Sandbox) -> None:
        self.box = box
        self.world = box.world

    def add_to(self, app: web.Application) -> None:
        """Register the routes."""
        verbs = (
            ("messages", self.messages),
            ("photos", self.photos),
            ("documents", self.documents),
            ("stickers", self.stickers),
            ("forwards", self.forwards),
            ("taps", self.taps),
            ("votes", self.votes),
            ("reactions", self.reactions),
            ("block", self.block),
            ("unblock", self.unblock),
            ("read", self.read),
        )
        for verb, handler in verbs:
            add_route(app, "POST", f"/sim/persons/{{person}}/{verb}", handler)
        add_route(app, "GET", "/sim/taps/{tap}", self.get_tap)

    async def messages(self, request: web.Request) -> Json:
        person, body = person_of(request, self.world), await body_of(request, bodies.Say)
        chat = acts.chat_of(self.world, person, body.chat)
        if body.edit is not None:
            return see_message(acts.edit(self.world, person, chat, body.edit, body.text), person)
        return see_message(acts.say(self.world, person, chat, body.text, reply_to=body.reply_to), person)

    async def photos(self, request: web.Request) -> Json:
        person = person_of(request, self.world)
        body, uploads = await read_photos(request)
        chat = acts.chat_of(self.world, person, body.chat)
        sent = acts.send_files(self.world, person, chat, "photo", uploads, caption=body.caption, reply_to=body.reply_to)
        return {"messages": [see_message(message, person) for message in sent]}

    async def documents(self, request: web.Request) -> Json:
        person = person_of(request, self.world)
        body, upload = await read_document(request)
        chat = acts.chat_of(self.world, person, body.chat)
        sent = acts.send_files(
            self.world, person, chat, "document", [upload], caption=body.caption, reply_to=body.reply_to
        )
        return see_message(sent[0], person)

    async def stickers(self, request: web.Request) -> Json:
        person, body = person_of(request, self.world), await body_of(request, bodies.SendSticker)
        chat = acts.chat_of(self.world, person, body.chat)
        return see_message(acts.send_sticker(self.world, person, chat, body.emoji), person)

    async def forwards(self, request: web.Request) -> Json:
        person, body = person_of(request, self.world), await body_of(request, bodies.Forward)
        source = acts.chat_of(self.world, person, body.from_chat)
        chat = acts.chat_of(self.world, person, body.chat)
        return see_message(acts.forward(self.world, person, source, body.message_id, chat), person)

    async def taps(self, request: web.Request) -> Json:
        person, body = person_of(request, self.world), await body_of(request, bodies.Press)
        chat = acts.chat_of(self.world, person, body.chat)
        query = await self._press(person, chat, body)
        if query is None:
            sent = acts.say(self.world, person, chat, body.label or "")
            return {"tap_id": None, "chat": chat.key(), "message_id": sent.id, "label": body.label, "data": "",
                    "answered": True, "answer": None, "person": person.id}  # fmt: skip
        await _answered(query, body.wait)
        return see_tap(query)

    async def _press(self, person: User, chat: Chat, body: bodies.Press) -> Query | None:
        """Return the tap, or None if the label is a key of the reply keyboard, to be said as text."""
        taps = self.box.api.taps
        data = decoded(body.data_base64, "data_base64").decode("utf-8", "replace") if body.data_base64 else body.data
        if data is not None:
            if body.message_id is None:
                raise CannotError("a forged tap names its message", field="message_id")
            message = acts.find_message(chat, person, body.message_id)
            return tapping.press(self.world, taps, person, message, data, label=body.label or "")
        if not body.label:
            raise CannotError("a tap has a label or data", field="label")
        button = await wait_for_button(person, chat, body.label, body.message_id, body.wait)
        if button is not None:
            return tapping.tap(self.world, taps, person, button)
        if tapping.reply_key(person, chat, body.label):
            return None
        raise CannotError("there is no such button", field="label", status=404)

    async def get_tap(self, request: web.Request) -> Json:
        query = self.box.api.taps.queries.get(request.match_info["tap"])
        if query is None:
            raise CannotError("there is no such tap", field="tap", status=404)
        await _answered(query, query_seconds(request, "wait", 0))
        return see_tap(query)

    async def votes(self, request: web.Request) -> Json:
        person, body = person_of(request, self.world), await body_of(request, bodies.Vote)
        chat = acts.chat_of(self.world, person, body.chat)
        return see_message(voting.vote(self.world, person, chat, body.message_id, body.options), person)

    async def reactions(self, request: web.Request) -> Json:
        person, body = person_of(request, self.world), await body_of(request, bodies.React)
        chat = acts.chat_of(self.world, person, body.chat)
        return see_message(voting.react(self.world, person, chat, body.message_id, body.emoji), person)

    async def block(self, request: web.Request) -> Json:
        person, body = person_of(request, self.world), await body_of(request, bodies.WithBot)
        acts.block(self.world, acts.chat_of(self.world, person, body.bot))
        return see_person(self.world, person)

    async def unblock(self, request: web.Request) -> Json:
        person, body = person_of(request, self.world), await body_of(request, bodies.WithBot)
        acts.unblock(self.world, acts.chat_of(self.world, person, body.bot))
        return see_person(self.world, person)

    async def read(self, request: web.Request) -> Json:
        person, body = person_of(request, self.world), await body_of(request, bodies.Read)
        chat = acts.chat_of(self.world, person, body.chat)
        acts.read(self.world, person, chat)
        return see_chat(chat, person)


async def _answered(query: Query, wait_s: float) -> None:
    if query.answer is None and wait_s > 0:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(query.done.wait(), wait_s)
