"""Methods that take messages away."""

from sandbox.calls import Context, Params, method
from sandbox.model import Chat, Message
from sandbox.refusals import Refusal, bad_request

DELETABLE_S = 48 * 3600
MAX_AT_ONCE = 100


@method("deleteMessage")
def delete_message(ctx: Context, p: Params) -> bool:
    chat = ctx.chat(p["chat_id"])
    message = ctx.message(chat, p["message_id"], "message to delete not found")
    _check_deletable(ctx, chat, message)
    ctx.world.remove(chat, [message.id])
    return True


@method("deleteMessages")
def delete_messages(ctx: Context, p: Params) -> bool:
    chat = ctx.chat(p["chat_id"])
    if not p["message_ids"]:
        raise bad_request("message identifiers are not specified")
    if len(p["message_ids"]) > MAX_AT_ONCE:
        raise bad_request("too many message identifiers specified")
    found = [chat.messages[number] for number in p["message_ids"] if number in chat.messages]
    ctx.world.remove(chat, [message.id for message in found if _is_deletable(ctx, chat, message)])
    return True


def _is_deletable(ctx: Context, chat: Chat, message: Message) -> bool:
    try:
        _check_deletable(ctx, chat, message)
    except Refusal:
        return False
    return True


def _check_deletable(ctx: Context, chat: Chat, message: Message) -> None:
    too_old = ctx.world.unix() - message.date > DELETABLE_S
    if chat.private:
        if too_old:
            raise bad_request("message can't be deleted for everyone")
        return
    member = ctx.membership(chat)
    if not member.inside:
        raise Refusal(403, f"Forbidden: bot is not a member of the {chat.kind} chat")
    if member.may("can_delete_messages") and (chat.kind == "supergroup" or not too_old):
        return
    if message.sender is not ctx.bot.user or too_old:
        raise bad_request("message can't be deleted")
