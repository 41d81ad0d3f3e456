"""Methods by which a bot changes who is who in a group."""

from sandbox import groups
from sandbox.calls import Context, Params, method
from sandbox.model import Chat, Member
from sandbox.refusals import bad_request
from sandbox.wire import ADMIN_RIGHTS, PERMISSIONS

MAX_TAG = 16


@method("leaveChat")
def leave_chat(ctx: Context, p: Params) -> bool:
    chat = ctx.writable(p["chat_id"])
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    groups.set_status(ctx.world, chat, ctx.bot.user, "left", by=ctx.bot.user)
    return True


@method("banChatMember")
def ban_chat_member(ctx: Context, p: Params) -> bool:
    chat, member = _subject(ctx, p, "can_restrict_members", "not enough rights to restrict/unrestrict chat member")
    groups.set_status(ctx.world, chat, member.user, "kicked", by=ctx.bot.user)
    return True


@method("unbanChatMember")
def unban_chat_member(ctx: Context, p: Params) -> bool:
    chat, member = _subject(ctx, p, "can_restrict_members", "not enough rights to restrict/unrestrict chat member")
    if member.status == "kicked" or not p.get("only_if_banned"):
        groups.set_status(ctx.world, chat, member.user, "left", by=ctx.bot.user)
    return True


@method("restrictChatMember")
def restrict_chat_member(ctx: Context, p: Params) -> bool:
    chat, member = _subject(ctx, p, "can_restrict_members", "not enough rights to restrict/unrestrict chat member")
    if chat.kind != "supergroup":
        raise bad_request("method is available only for supergroups")
    rights = {name: bool(p["permissions"].get(name, False)) for name in PERMISSIONS}
    groups.set_status(ctx.world, chat, member.user, "restricted", by=ctx.bot.user, rights=rights)
    return True


@method("promoteChatMember")
def promote_chat_member(ctx: Context, p: Params) -> bool:
    chat, member = _subject(ctx, p, "can_promote_members", "not enough rights")
    rights = {name: bool(p.get(name)) for name in ADMIN_RIGHTS}
    own = ctx.membership(chat)
    if any(granted and not own.may(name) for name, granted in rights.items()):
        raise bad_request("RIGHT_FORBIDDEN")
    status = "administrator" if any(rights.values()) else "member"
    groups.set_status(ctx.world, chat, member.user, status, by=ctx.bot.user, rights=rights)
    return True


@method("setChatMemberTag")
def set_chat_member_tag(ctx: Context, p: Params) -> bool:
    chat, member = _subject(ctx, p, "can_manage_tags", "not enough rights to change chat member tag")
    tag = (p.get("tag") or "").strip()
    if len(tag) > MAX_TAG or any(ord(char) > 0x1F000 for char in tag):
        raise bad_request("TAG_INVALID")
    groups.set_tag(ctx.world, chat, member, tag or None, by=ctx.bot.user)
    return True


@method("setChatAdministratorCustomTitle")
def set_custom_title(ctx: Context, p: Params) -> bool:
    chat, member = _subject(ctx, p, "can_promote_members", "not enough rights", owner_too=True)
    if member.status != "administrator":
        raise bad_request("user is not an administrator")
    title = p["custom_title"].strip()
    if len(title) > MAX_TAG:
        raise bad_request("ADMIN_RANK_INVALID")
    member.custom_title = title or None
    ctx.world.tell("chat", chat)
    return True


def _subject(ctx: Context, p: Params, right: str, text: str, *, owner_too: bool = False) -> tuple[Chat, Member]:
    """Return the group and whom the call is about, if the bot may do it."""
    chat = ctx.writable(p["chat_id"])
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    ctx.need_right(chat, right, text)
    member = chat.members.get(p["user_id"])
    if member is None:
        raise bad_request("USER_NOT_PARTICIPANT" if ctx.world.user(p["user_id"]) else "invalid user_id specified")
    if member.status == "creator" and not owner_too and right != "can_manage_tags":
        raise bad_request("can't remove chat owner")
    return chat, member
