"""Methods that change a message that the bot sent."""

from sandbox import media, rich
from sandbox.calls import Context, Params, method
from sandbox.markup import inline_keyboard
from sandbox.methods.outgoing import caption, check_mentions, refuse_what_is_not_here, sent
from sandbox.methods.sending import link_preview
from sandbox.model import File, Json, Message
from sandbox.refusals import bad_request
from sandbox.text import message_text

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)
WITH_CAPTION = {"photo", "document", "video", "audio", "animation", "voice"}
_MEDIA_CAN_CHANGE = WITH_CAPTION - {"voice"} | {"text", "rich"}
_ALBUM_MAY_BECOME = {
    "photo": {"photo", "video"},
    "video": {"photo", "video"},
    "document": {"document"},
    "audio": {"audio"},
}


@method("editMessageText")
def edit_message_text(ctx: Context, p: Params) -> Json:
    message = editable(ctx, p)
    if p.get("rich_message") is not None:
        return change(ctx, message, p, "rich", {"rich_message": rich.accept(p["rich_message"])})
    if not p.get("text"):
        raise bad_request("message text is empty")
    text = check_mentions(ctx, message_text(p["text"], p.get("parse_mode"), p.get("entities")))
    if message.kind not in ("text", "rich"):
        raise bad_request("there is no text in the message to edit")
    return change(ctx, message, p, "text", {**text.wire("text", "entities"), **link_preview(p)})


@method("editMessageCaption")
def edit_message_caption(ctx: Context, p: Params) -> Json:
    message = editable(ctx, p)
    body = caption(ctx, p)
    if message.kind not in WITH_CAPTION:
        raise bad_request("there is no caption in the message to edit")
    if message.body.get("has_media_spoiler"):
        body["has_media_spoiler"] = True
    return change(ctx, message, p, message.kind, body, message.file)


@method("editMessageMedia")
def edit_message_media(ctx: Context, p: Params) -> Json:
    message = editable(ctx, p)
    item: Json = p["media"]
    if message.kind not in _MEDIA_CAN_CHANGE:
        raise bad_request("message media can't be edited")
    if message.group_id is not None and item["type"] not in _ALBUM_MAY_BECOME[message.kind]:
        raise bad_request("can't change media type in the album")
    file = media.take(ctx.world, ctx.bot, item["type"], item["media"])
    return change(ctx, message, p, item["type"], caption(ctx, item), file)


@method("editMessageReplyMarkup")
def edit_message_reply_markup(ctx: Context, p: Params) -> Json:
    message = editable(ctx, p)
    return change(ctx, message, p, message.kind, message.body, message.file)


def editable(ctx: Context, p: Params) -> Message:
    """Return the message that the call names, if the bot may edit it."""
    refuse_what_is_not_here(p)
    if p.get("chat_id") is None:
        raise bad_request("chat_id is empty")
    chat = ctx.writable(p["chat_id"])
    if not p.get("message_id"):
        raise bad_request("message identifier is not specified")
    message = ctx.message(chat, p["message_id"], "message to edit not found")
    foreign = message.sender is not ctx.bot.user or message.forward_origin is not None
    if foreign or message.kind == "service" or message.keyboard is not None:
        raise bad_request("message can't be edited")
    return message


def change(ctx: Context, message: Message, p: Params, kind: str, body: Json, file: File | None = None) -> Json:
    """Give the message new content and keyboard; refuse if both are what they were."""
    markup = inline_keyboard(p.get("reply_markup"))
    if (message.kind, message.body, message.file, message.markup) == (kind, body, file, markup):
        raise bad_request(NOT_MODIFIED)
    if (message.kind, message.body, message.file) != (kind, body, file):
        message.edited_at = ctx.world.unix()
    message.kind, message.body, message.file, message.markup = kind, body, file, markup
    ctx.world.tell("edited", message.chat, message)
    return sent(ctx, message)
