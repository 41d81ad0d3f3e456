"""Methods that ask about chats and change what they are."""

from sandbox.acts import queue_message
from sandbox.calls import Context, Params, method
from sandbox.methods.outgoing import refuse_what_is_not_here
from sandbox.model import Chat, Json, Member
from sandbox.refusals import Refusal, bad_request
from sandbox.wire import full_chat, member_wire

_NO_RIGHTS = "not enough rights"


@method("getChat")
def get_chat(ctx: Context, p: Params) -> Json:
    chat = _visible(ctx, p)
    return full_chat(chat, ctx.bot)


@method("getChatMember")
def get_chat_member(ctx: Context, p: Params) -> Json:
    chat = _visible(ctx, p)
    user = ctx.world.user(p["user_id"])
    if user is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    if chat.private:
        if user not in (chat.person, ctx.bot.user):
            raise bad_request("member not found")
        return member_wire(Member(user))
    return member_wire(chat.members.get(user.id) or Member(user, "left"))


@method("getChatAdministrators")
def get_chat_administrators(ctx: Context, p: Params) -> list[Json]:
    chat = _visible(ctx, p)
    if chat.private:
        raise bad_request("there are no administrators in the private chat")
    return [
        member_wire(member)
        for member in chat.members.values()
        if member.is_admin and (not member.user.is_bot or member.user is ctx.bot.user)
    ]


@method("getChatMemberCount")
def get_chat_member_count(ctx: Context, p: Params) -> int:
    chat = _visible(ctx, p)
    return 2 if chat.private else sum(member.inside for member in chat.members.values())


@method("setChatTitle")
def set_chat_title(ctx: Context, p: Params) -> bool:
    chat = _changeable(ctx, p)
    title = p["title"].strip()
    if not 1 <= len(title) <= 128:
        raise bad_request("CHAT_TITLE_EMPTY" if not title else "chat title is too long")
    chat.title = title
    notice = ctx.world.post(chat, ctx.bot.user, "service", {"new_chat_title": title})
    queue_message(ctx.world, notice, including_sender=True)
    ctx.world.tell("chat", chat)
    return True


@method("setChatDescription")
def set_chat_description(ctx: Context, p: Params) -> bool:
    chat = _changeable(ctx, p)
    description = (p.get("description") or "").strip()
    if len(description) > 255:
        raise bad_request("CHAT_ABOUT_TOO_LONG")
    if description == chat.description:
        raise bad_request("chat description is not modified")
    chat.description = description
    return True


@method("setChatPermissions")
def set_chat_permissions(ctx: Context, p: Params) -> bool:
    chat = _group(ctx, p)
    ctx.need_right(chat, "can_restrict_members", "not enough rights to change chat permissions")
    chat.permissions = {**dict.fromkeys(chat.permissions, False), **p["permissions"]}
    return True


def _visible(ctx: Context, p: Params) -> Chat:
    """Return a chat the bot may look at; being blocked does not hinder looking, being put out does."""
    refuse_what_is_not_here(p)
    chat = ctx.chat(p["chat_id"])
    if chat.private:
        if not chat.started:
            raise bad_request("chat not found")
        return chat
    if not ctx.membership(chat).inside:
        return ctx.writable(p["chat_id"])
    return chat


def _group(ctx: Context, p: Params) -> Chat:
    chat = ctx.writable(p["chat_id"])
    if chat.private:
        raise bad_request("method is available for supergroup and channel chats only")
    return chat


def _changeable(ctx: Context, p: Params) -> Chat:
    chat = ctx.writable(p["chat_id"])
    if chat.private:
        raise Refusal(400, "Bad Request: can't change the private chat")
    ctx.need_right(chat, "can_change_info", "not enough rights to change chat information")
    return chat
