"""Methods that pin and unpin."""

from sandbox.acts import queue_message
from sandbox.calls import Context, Params, method
from sandbox.methods.outgoing import refuse_what_is_not_here
from sandbox.model import Chat
from sandbox.refusals import bad_request

_NO_RIGHTS = "not enough rights to manage pinned messages in the chat"


@method("pinChatMessage")
def pin_chat_message(ctx: Context, p: Params) -> bool:
    chat = _pinnable(ctx, p)
    message = ctx.message(chat, p["message_id"], "message to pin not found")
    if message.kind == "service":
        raise bad_request("service messages can't be pinned")
    if chat.pinned[-1:] == [message.id]:
        raise bad_request("CHAT_NOT_MODIFIED")
    chat.pinned = [number for number in chat.pinned if number != message.id] + [message.id]
    ctx.world.tell("pins", chat)
    notice = ctx.world.post(chat, ctx.bot.user, "service", {"pinned_message": message}, silent=True)
    # Of its own doings a bot is told only this and a few more (telegram-bot-api, need_skip_update_message).
    queue_message(ctx.world, notice, including_sender=True)
    return True


@method("unpinChatMessage")
def unpin_chat_message(ctx: Context, p: Params) -> bool:
    chat = _pinnable(ctx, p)
    message_id = p.get("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if message_id not in chat.messages:
        raise bad_request("message to unpin not found")
    chat.pinned = [number for number in chat.pinned if number != message_id]
    ctx.world.tell("pins", chat)
    return True


@method("unpinAllChatMessages")
def unpin_all_chat_messages(ctx: Context, p: Params) -> bool:
    chat = _pinnable(ctx, p)
    chat.pinned = []
    ctx.world.tell("pins", chat)
    return True


def _pinnable(ctx: Context, p: Params) -> Chat:
    refuse_what_is_not_here(p)
    chat = ctx.writable(p["chat_id"])
    if not chat.private:
        member = ctx.membership(chat)
        if not member.may("can_pin_messages") and (member.is_admin or not chat.permissions.get("can_pin_messages")):
            raise bad_request(_NO_RIGHTS)
    return chat
