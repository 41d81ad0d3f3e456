"""Methods for messages that only one member of a group sees."""

from sandbox.calls import Context, Params, method
from sandbox.markup import inline_keyboard
from sandbox.methods.editing import NOT_MODIFIED
from sandbox.methods.outgoing import caption, check_mentions
from sandbox.model import Json, Message
from sandbox.refusals import bad_request
from sandbox.text import message_text


@method("editEphemeralMessageText")
def edit_ephemeral_message_text(ctx: Context, p: Params) -> bool:
    message = _own(ctx, p, "message to edit not found")
    if not p.get("text"):
        raise bad_request("message text is empty")
    text = check_mentions(ctx, message_text(p["text"], p.get("parse_mode"), p.get("entities")))
    return _change(ctx, message, p, text.wire("text", "entities"))


@method("editEphemeralMessageCaption")
def edit_ephemeral_message_caption(ctx: Context, p: Params) -> bool:
    message = _own(ctx, p, "message to edit not found")
    if message.file is None:
        raise bad_request("there is no caption in the message to edit")
    return _change(ctx, message, p, caption(ctx, p))


@method("editEphemeralMessageReplyMarkup")
def edit_ephemeral_message_reply_markup(ctx: Context, p: Params) -> bool:
    message = _own(ctx, p, "message to edit not found")
    return _change(ctx, message, p, message.body)


@method("deleteEphemeralMessage")
def delete_ephemeral_message(ctx: Context, p: Params) -> bool:
    message = _own(ctx, p, "message to delete not found")
    del message.chat.ephemeral[message.id]
    ctx.world.tell("deleted", message.chat, data=[message.id])
    return True


def _own(ctx: Context, p: Params, missing: str) -> Message:
    chat = ctx.writable(p["chat_id"])
    message = chat.ephemeral.get(p["ephemeral_message_id"])
    if message is None or message.sender is not ctx.bot.user:
        raise bad_request(missing)
    if message.receiver is None or message.receiver.id != p["receiver_user_id"]:
        raise bad_request(missing)
    return message


def _change(ctx: Context, message: Message, p: Params, body: Json) -> bool:
    markup = inline_keyboard(p.get("reply_markup"))
    if (message.body, message.markup) == (body, markup):
        raise bad_request(NOT_MODIFIED)
    message.body, message.markup, message.edited_at = body, markup, ctx.world.unix()
    ctx.world.tell("edited", message.chat, message)
    return True
