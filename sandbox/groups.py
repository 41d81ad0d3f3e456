"""Groups: made, joined, left, promoted in, migrated; with the service messages and updates that bots get."""

from collections.abc import Iterable

from sandbox.acts import queue, queue_message
from sandbox.model import Bot, Chat, Json, Member, User
from sandbox.refusals import CannotError
from sandbox.wire import DEFAULT_PERMISSIONS, FULL_RIGHTS, member_update, member_wire
from sandbox.world import World

BASIC_BASE = -4_000_000_000
SUPERGROUP_BASE = -1_002_000_000_000


def create(world: World, title: str, owner: User, members: Iterable[User], *, supergroup: bool = False) -> Chat:
    """Make a group; the members are in it from the start."""
    base = SUPERGROUP_BASE if supergroup else BASIC_BASE
    chat = Chat(
        base - world.number(),
        "supergroup" if supergroup else "group",
        title=title,
        permissions=dict(DEFAULT_PERMISSIONS),
    )
    chat.instance = str(8_000_000_000 + world.number())
    world.groups[chat.id] = chat
    chat.members[owner.id] = Member(owner, "creator")
    for user in members:
        chat.members.setdefault(user.id, Member(user))
    for member in chat.members.values():
        world.seat(member.user, chat)
    made = {"supergroup_chat_created" if supergroup else "group_chat_created": True}
    world.post(chat, owner, "service", made)
    world.tell("chat", chat)
    return chat


def add_bot(world: World, chat: Chat, bot: Bot, *, by: User, rights: str = "administrator") -> None:
    """Add a bot as administrator with all rights, or as an ordinary member."""
    granted = dict(FULL_RIGHTS) if rights == "administrator" else {}
    set_status(world, chat, bot.user, rights, by=by, rights=granted)


def set_status(
    world: World, chat: Chat, user: User, status: str, *, by: User, rights: dict[str, bool] | None = None
) -> None:
    """Change somebody's standing; bots are told, and a service message says who came or went."""
    member = chat.members.get(user.id) or Member(user, "left")
    chat.members[user.id] = member
    before, was_inside, bots_before = member_wire(member), member.inside, list(world.bots_in(chat))
    member.status = status
    member.rights = dict(rights or {})
    if not member.is_admin:
        member.custom_title = None
    if not user.is_bot:
        world.seat(user, chat)
    if member_wire(member) != before:
        _tell_status(world, chat, member, by, before, bots_before)
    if was_inside and not member.inside:
        _announce(world, chat, by, {"left_chat_member": user.wire()})
    elif member.inside and not was_inside:
        _announce(world, chat, by, {"new_chat_members": [user.wire()]})
    world.tell("chat", chat)


def set_tag(world: World, chat: Chat, member: Member, tag: str | None, *, by: User) -> None:
    """Give a member a tag beside the name, or take it away."""
    before = member_wire(member)
    member.tag = tag
    if member_wire(member) != before:
        _tell_status(world, chat, member, by, before, [])
    world.tell("chat", chat)


def _tell_status(world: World, chat: Chat, member: Member, by: User, before: Json, bots_before: list[Bot]) -> None:
    update = member_update(chat, by, world.unix(), before, member_wire(member))
    for bot in {*bots_before, *world.bots_in(chat)}:
        if bot.user is member.user:
            queue(bot, "my_chat_member", update, chat)
        elif chat.members[bot.id].is_admin:
            queue(bot, "chat_member", update, chat)


def _announce(world: World, chat: Chat, by: User, body: Json) -> None:
    queue_message(world, world.post(chat, by, "service", body))


def join(world: World, chat: Chat, user: User) -> None:
    """Let a person come in; who was put out has to be let in first."""
    member = chat.members.get(user.id)
    if member is not None and member.status == "kicked":
        raise CannotError("this person was removed from the group", field="user_id", status=409)
    if member is None or not member.inside:
        set_status(world, chat, user, "member", by=user)


def leave(world: World, chat: Chat, user: User) -> None:
    """Let a person go."""
    _inside(chat, user)
    set_status(world, chat, user, "left", by=user)


def kick(world: World, chat: Chat, user: User, *, by: User) -> None:
    """Put somebody out; a bot put out cannot write any more."""
    _inside(chat, user)
    set_status(world, chat, user, "kicked", by=by)


def _inside(chat: Chat, user: User) -> Member:
    member = chat.members.get(user.id)
    if member is None or not member.inside:
        raise CannotError("nobody of this id is in the group", field="user_id", status=404)
    return member


def owner_of(chat: Chat) -> User:
    """Return who made the group."""
    return next(member.user for member in chat.members.values() if member.status == "creator")


def migrate(world: World, chat: Chat) -> Chat:
    """Turn a basic group into a supergroup: a new id, new message numbers; calls to the old id are refused."""
    if chat.kind != "group" or chat.migrated_to is not None:
        raise CannotError("only a basic group can become a supergroup", status=409)
    new = Chat(SUPERGROUP_BASE - world.number(), "supergroup", title=chat.title, permissions=dict(chat.permissions))
    new.instance, new.description, new.migrated_from = chat.instance, chat.description, chat.id
    new.members = chat.members
    world.groups[new.id] = new
    by = owner_of(chat)
    _announce(world, chat, by, {"migrate_to_chat_id": new.id})
    chat.migrated_to = new.id
    for member in new.members.values():
        world.chats_of.get(member.user.id, {}).pop(chat.id, None)
        world.seat(member.user, new)
    _announce(world, new, by, {"migrate_from_chat_id": chat.id})
    world.tell("chat", chat)
    world.tell("chat", new)
    return new
