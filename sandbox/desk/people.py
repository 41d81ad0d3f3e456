"""Routes by which people act: `/sim/persons/…` and `/sim/taps/…`."""

import asyncio
import base64
import binascii
import contextlib
from typing import Any

from aiohttp import web
from aiohttp.multipart import BodyPartReader

from sandbox import acts
from sandbox.box import Sandbox
from sandbox.desk import bodies
from sandbox.desk.bodies import add_route, body_of, checked, path_number, query_number, query_seconds
from sandbox.refusals import CannotError
from sandbox.schema import Upload
from sandbox.seen import see_chat, see_commands, see_message, see_person, see_tap
from sandbox.taps import Query
from sandbox.transcript import transcript
from sandbox.world import Bot, Chat, Json, User

PAGE = 500


class PeopleRoutes:
    """What people of the sandbox can do and see."""

    def __init__(self, box: Sandbox) -> None:
        self.box = box
        self.world = box.world

    def add_to(self, app: web.Application) -> None:
        """Register the routes."""
        one = "/sim/persons/{person}"
        for verb, path, handler in (
            ("GET", "/sim/persons", self.list),
            ("POST", "/sim/persons", self.create),
            ("GET", one, self.get),
            ("PATCH", one, self.change),
            ("GET", f"{one}/chats", self.chats),
            ("GET", f"{one}/chats/{{key}}", self.chat),
            ("GET", f"{one}/screen", self.screen),
            ("GET", f"{one}/sees", self.sees),
            ("GET", "/sim/taps/{tap}", self.get_tap),
            ("POST", f"{one}/messages", self.messages),
            ("POST", f"{one}/photos", self.photos),
            ("POST", f"{one}/documents", self.documents),
            ("POST", f"{one}/stickers", self.stickers),
            ("POST", f"{one}/forwards", self.forwards),
            ("POST", f"{one}/taps", self.taps),
            ("POST", f"{one}/votes", self.votes),
            ("POST", f"{one}/reactions", self.reactions),
            ("POST", f"{one}/block", self.block),
            ("POST", f"{one}/unblock", self.unblock),
            ("POST", f"{one}/read", self.read),
        ):
            add_route(app, verb, path, handler)

    def person(self, request: web.Request) -> User:
        """Return the person that the path names."""
        person = self.world.people.get(path_number(request, "person"))
        if person is None:
            raise CannotError("there is no such person", field="person", status=404)
        return person

    async def list(self, request: web.Request) -> Json:
        offset = query_number(request, "offset", 0)
        limit = query_number(request, "limit", 100, least=1, most=PAGE)
        words = request.query.get("q", "").lower().split()
        wanted = {name[4:]: value for name, value in request.query.items() if name.startswith("tag.")}
        found = [person for person in self.world.people.values() if _matches(person, words, wanted)]
        tags: dict[str, dict[str, int]] = {}
        for person in self.world.people.values():
            for name, value in person.tags.items():
                counted = tags.setdefault(name, {})
                counted[value] = counted.get(value, 0) + 1
        shown = [see_person(self.world, person) for person in found[offset : offset + limit]]
        return {"total": len(found), "offset": offset, "persons": shown, "tags": tags}

    async def create(self, request: web.Request) -> Json:
        body = await body_of(request, bodies.NewPerson)
        if body.user_id is not None and self.world.bots_by_id(body.user_id):
            raise CannotError("this id belongs to a bot", field="user_id", status=409)
        fields = body.model_dump()
        return see_person(self.world, self.box.person(fields.pop("name"), **fields).user)

    async def get(self, request: web.Request) -> Json:
        return see_person(self.world, self.person(request))

    async def change(self, request: web.Request) -> Json:
        person = self.person(request)
        changes = (await body_of(request, bodies.ChangedPerson)).model_dump(exclude_none=True)
        for name, value in changes.items():
            setattr(person, "first_name" if name == "name" else name, value)
        self.world.tell("person", person=person)
        return see_person(self.world, person)

    async def chats(self, request: web.Request) -> Json:
        person = self.person(request)
        known = self.world.chats_of.get(person.id, {})
        for bot in self.world.bots.values():
            if bot.id not in known:
                self.world.private_chat(bot, person)
        return {"chats": [see_chat(chat, person) for chat in self.world.chats_of.get(person.id, {}).values()]}

    async def chat(self, request: web.Request) -> Json:
        person = self.person(request)
        chat = acts.chat_of(self.world, person, path_number(request, "key"))
        limit = query_number(request, "limit", 50, least=1, most=PAGE)
        before = query_number(request, "before", 0)
        visible = [message for message in chat.visible_to(person) if not before or message.id < before]
        for message in visible[-limit:]:
            acts.close_if_due(self.world, message)
        bot = next(iter(self.world.bots_in(chat)), chat.bot)
        return {
            "chat": see_chat(chat, person),
            "messages": [see_message(message, person) for message in visible[-limit:]],
            "more": len(visible) > limit,
            "pinned": chat.pinned,
            "keyboard": chat.keyboards.get(person.id),
            "commands": see_commands(bot, chat, person) if bot else [],
            "menu_button": _menu_button(bot, chat),
            "typing": _action(chat),
        }

    async def messages(self, request: web.Request) -> Json:
        person, body = self.person(request), await body_of(request, bodies.Say)
        chat = acts.chat_of(self.world, person, body.chat)
        if body.edit is not None:
            return see_message(acts.edit(self.world, person, chat, body.edit, body.text), person)
        return see_message(acts.say(self.world, person, chat, body.text, reply_to=body.reply_to), person)

    async def photos(self, request: web.Request) -> Json:
        person = self.person(request)
        body, uploads = await _photos(request)
        chat = acts.chat_of(self.world, person, body.chat)
        sent = acts.send_files(self.world, person, chat, "photo", uploads, caption=body.caption, reply_to=body.reply_to)
        return {"messages": [see_message(message, person) for message in sent]}

    async def documents(self, request: web.Request) -> Json:
        person = self.person(request)
        body, upload = await _document(request)
        chat = acts.chat_of(self.world, person, body.chat)
        sent = acts.send_files(
            self.world, person, chat, "document", [upload], caption=body.caption, reply_to=body.reply_to
        )
        return see_message(sent[0], person)

    async def stickers(self, request: web.Request) -> Json:
        person, body = self.person(request), await body_of(request, bodies.SendSticker)
        chat = acts.chat_of(self.world, person, body.chat)
        return see_message(acts.send_sticker(self.world, person, chat, body.emoji), person)

    async def forwards(self, request: web.Request) -> Json:
        person, body = self.person(request), await body_of(request, bodies.Forward)
        source = acts.chat_of(self.world, person, body.from_chat)
        chat = acts.chat_of(self.world, person, body.chat)
        return see_message(acts.forward(self.world, person, source, body.message_id, chat), person)

    async def taps(self, request: web.Request) -> Json:
        person, body = self.person(request), await body_of(request, bodies.Press)
        chat = acts.chat_of(self.world, person, body.chat)
        query = self._press(person, chat, body)
        if query is None:
            sent = acts.say(self.world, person, chat, body.label or "")
            return {"tap_id": None, "chat": chat.key(), "message_id": sent.id, "label": body.label, "data": "",
                    "answered": True, "answer": None, "person": person.id}  # fmt: skip
        await _answered(query, body.wait)
        return see_tap(query)

    def _press(self, person: User, chat: Chat, body: bodies.Press) -> Query | None:
        """Return the tap, or None if the label is a key of the reply keyboard, to be said as text."""
        taps = self.box.api.taps
        data = _decoded(body.data_base64, "data_base64").decode("utf-8", "replace") if body.data_base64 else body.data
        if data is not None:
            if body.message_id is None:
                raise CannotError("a forged tap names its message", field="message_id")
            message = acts.find_message(chat, person, body.message_id)
            return acts.press(self.world, taps, person, message, data, label=body.label or "")
        if not body.label:
            raise CannotError("a tap has a label or data", field="label")
        button = acts.find_button(person, chat, body.label, body.message_id)
        if button is not None:
            return acts.tap(self.world, taps, person, button)
        if acts.reply_key(person, chat, body.label):
            return None
        raise CannotError("there is no such button", field="label", status=404)

    async def get_tap(self, request: web.Request) -> Json:
        query = self.box.api.taps.queries.get(request.match_info["tap"])
        if query is None:
            raise CannotError("there is no such tap", field="tap", status=404)
        await _answered(query, query_seconds(request, "wait", 0))
        return see_tap(query)

    async def votes(self, request: web.Request) -> Json:
        person, body = self.person(request), await body_of(request, bodies.Vote)
        chat = acts.chat_of(self.world, person, body.chat)
        return see_message(acts.vote(self.world, person, chat, body.message_id, body.options), person)

    async def reactions(self, request: web.Request) -> Json:
        person, body = self.person(request), await body_of(request, bodies.React)
        chat = acts.chat_of(self.world, person, body.chat)
        return see_message(acts.react(self.world, person, chat, body.message_id, body.emoji), person)

    async def block(self, request: web.Request) -> Json:
        person, body = self.person(request), await body_of(request, bodies.WithBot)
        acts.block(self.world, acts.chat_of(self.world, person, body.bot))
        return see_person(self.world, person)

    async def unblock(self, request: web.Request) -> Json:
        person, body = self.person(request), await body_of(request, bodies.WithBot)
        acts.unblock(self.world, acts.chat_of(self.world, person, body.bot))
        return see_person(self.world, person)

    async def read(self, request: web.Request) -> Json:
        person, body = self.person(request), await body_of(request, bodies.Read)
        chat = acts.chat_of(self.world, person, body.chat)
        acts.read(self.world, person, chat)
        return see_chat(chat, person)

    def _chat_asked(self, request: web.Request, person: User) -> Chat:
        least = -(2**53)
        key = query_number(request, "chat", 0, least=least) if "chat" in request.query else None
        return acts.chat_of(self.world, person, key)

    async def screen(self, request: web.Request) -> Json | web.Response:
        person = self.person(request)
        text = transcript(self._chat_asked(request, person), person)
        if request.headers.get("Accept", "").startswith("text/plain"):
            return web.Response(text=text)
        return {"screen": text}

    async def sees(self, request: web.Request) -> Json:
        person = self.person(request)
        chat = self._chat_asked(request, person)
        text, timeout_s = request.query.get("text", ""), query_seconds(request, "timeout", 3)
        to = chat.bot.id if chat.bot else chat.id
        if request.query.get("absent", "false").lower() == "true":
            await self.box.idle(timeout_s)
            shown = transcript(chat, person)
            return {"seen": text in shown, "screen": shown}
        seen = await self.box.known(person).watch(text, timeout_s, to=to)
        return {"seen": seen, "screen": transcript(chat, person)}


def _matches(person: User, words: "list[str]", wanted: dict[str, str]) -> bool:
    if any(person.tags.get(name) != value for name, value in wanted.items()):
        return False
    hay = " ".join((person.first_name, person.username or "", str(person.id), *person.tags.values())).lower()
    return all(word in hay for word in words)


def _menu_button(bot: Bot | None, chat: Chat) -> Json | None:
    if bot is None or not chat.private:
        return None
    return bot.menu_buttons.get(chat.id) or bot.menu_buttons.get(None)


def _action(chat: Chat) -> str | None:
    if chat.action is None or chat.action[1] < asyncio.get_running_loop().time():
        return None
    return chat.action[0]


async def _answered(query: Query, wait_s: float) -> None:
    if query.answer is None and wait_s > 0:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(query.done.wait(), wait_s)


def _decoded(text: str, field: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise CannotError("not base64", field=field) from error


async def _photos(request: web.Request) -> tuple[bodies.SendPhotos, "list[Upload]"]:
    if request.content_type == "multipart/form-data":
        fields, files = await _multipart(request)
        return checked({**fields, "photos": []}, bodies.SendPhotos), [one for one in files if one.data]
    body = await body_of(request, bodies.SendPhotos)
    uploads = [
        Upload(f"photo{at}.jpg", "image/jpeg", _decoded(photo, "photos")) for at, photo in enumerate(body.photos, 1)
    ]
    return body, uploads


async def _document(request: web.Request) -> tuple[bodies.SendDocument, Upload]:
    if request.content_type == "multipart/form-data":
        fields, files = await _multipart(request)
        if len(files) != 1:
            raise CannotError("exactly one file is needed", field="document")
        return checked({**fields, "data": ""}, bodies.SendDocument), files[0]
    body = await body_of(request, bodies.SendDocument)
    return body, Upload(body.name, body.mime, _decoded(body.data, "data"))


async def _multipart(request: web.Request) -> tuple[dict[str, Any], "list[Upload]"]:
    """Return fields (chat and reply_to as numbers) and files."""
    fields: dict[str, Any] = {}
    files = []
    try:
        reader = await request.multipart()
        while (part := await reader.next()) is not None:
            if not isinstance(part, BodyPartReader) or not part.name:
                raise CannotError("every part needs a name")
            data = bytes(await part.read(decode=True))
            if part.filename is not None:
                files.append(Upload(part.filename, part.headers.get("Content-Type", ""), data))
            else:
                text = data.decode()
                fields[part.name] = int(text) if part.name in ("chat", "reply_to") else text
    except (ValueError, AssertionError, RuntimeError, LookupError) as error:
        raise CannotError("the multipart body cannot be read") from error
    return fields, files
