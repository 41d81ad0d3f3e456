"""Routes for groups: who is in them, with which rights; the move to a supergroup."""

from aiohttp import web

from sandbox import groups
from sandbox.box import Sandbox
from sandbox.desk import bodies
from sandbox.desk.bodies import add_route, body_of, path_number
from sandbox.model import Chat, Json, User
from sandbox.persons import Group
from sandbox.refusals import CannotError
from sandbox.seen import see_group
from sandbox.wire import FULL_RIGHTS


class GroupRoutes:
    """What the desk does with groups."""

    def __init__(self, box: Sandbox) -> None:
        self.box = box
        self.world = box.world

    def add_to(self, app: web.Application) -> None:
        """Register the routes."""
        one = "/sim/groups/{group}"
        for verb, path, handler in (
            ("GET", "/sim/groups", self.groups),
            ("POST", "/sim/groups", self.add_group),
            ("GET", one, self.group),
            ("POST", f"{one}/members", self.change_member),
            ("POST", f"{one}/migrate", self.migrate),
        ):
            add_route(app, verb, path, handler)

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
