"""Routes about people: who there is, which chats they have, what they see."""

import asyncio
from collections.abc import Sequence

from aiohttp import web

from sandbox import acts, voting
from sandbox.box import Sandbox
from sandbox.desk import bodies
from sandbox.desk.bodies import add_route, body_of, path_number, query_number, query_seconds
from sandbox.model import Bot, Chat, Json, User
from sandbox.refusals import CannotError
from sandbox.seen import see_chat, see_commands, see_message, see_person
from sandbox.transcript import transcript
from sandbox.world import World

PAGE = 500


def person_of(request: web.Request, world: World) -> User:
    """Return the person that the path names."""
    person = world.people.get(path_number(request, "person"))
    if person is None:
        raise CannotError("there is no such person", field="person", status=404)
    return person


class PeopleRoutes:
    """What there is to know about people."""

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
        ):
            add_route(app, verb, path, handler)

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
        return see_person(self.world, person_of(request, self.world))

    async def change(self, request: web.Request) -> Json:
        person = person_of(request, self.world)
        changes = (await body_of(request, bodies.ChangedPerson)).model_dump(exclude_none=True)
        for name, value in changes.items():
            setattr(person, "first_name" if name == "name" else name, value)
        self.world.tell("person", person=person)
        return see_person(self.world, person)

    async def chats(self, request: web.Request) -> Json:
        person = person_of(request, self.world)
        known = self.world.chats_of.get(person.id, {})
        for bot in self.world.bots.values():
            if bot.id not in known:
                self.world.private_chat(bot, person)
        return {"chats": [see_chat(chat, person) for chat in self.world.chats_of.get(person.id, {}).values()]}

    async def chat(self, request: web.Request) -> Json:
        person = person_of(request, self.world)
        chat = acts.chat_of(self.world, person, path_number(request, "key"))
        limit = query_number(request, "limit", 50, least=1, most=PAGE)
        before = query_number(request, "before", 0)
        visible = [message for message in chat.visible_to(person) if not before or message.id < before]
        for message in visible[-limit:]:
            voting.close_if_due(self.world, message)
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

    def _chat_asked(self, request: web.Request, person: User) -> Chat:
        least = -(2**53)
        key = query_number(request, "chat", 0, least=least) if "chat" in request.query else None
        return acts.chat_of(self.world, person, key)

    async def screen(self, request: web.Request) -> Json | web.Response:
        person = person_of(request, self.world)
        text = transcript(self._chat_asked(request, person), person)
        if request.headers.get("Accept", "").startswith("text/plain"):
            return web.Response(text=text)
        return {"screen": text}

    async def sees(self, request: web.Request) -> Json:
        person = person_of(request, self.world)
        chat = self._chat_asked(request, person)
        text, timeout_s = request.query.get("text", ""), query_seconds(request, "timeout", 3)
        to = chat.bot.id if chat.bot else chat.id
        if request.query.get("absent", "false").lower() == "true":
            await self.box.idle(timeout_s)
            shown = transcript(chat, person)
            return {"seen": text in shown, "screen": shown}
        seen = await self.box.known(person).watch(text, timeout_s, to=to)
        return {"seen": seen, "screen": transcript(chat, person)}


def _matches(person: User, words: Sequence[str], wanted: dict[str, str]) -> bool:
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
