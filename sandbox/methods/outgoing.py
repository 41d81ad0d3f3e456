"""What all methods that put a message into a chat have in common."""

from typing import Any

from sandbox.calls import Context, Params
from sandbox.markup import split_markup
from sandbox.model import Chat, Json, Message, User
from sandbox.refusals import bad_request
from sandbox.text import Formatted, caption_text
from sandbox.utf16 import utf16_index
from sandbox.wire import message_wire

_NOT_HERE = {
    "business_connection_id": "business connection not found",
    "message_thread_id": "message thread not found",
    "direct_messages_topic_id": "direct messages topic not found",
    "suggested_post_parameters": "suggested posts can be sent only to channel direct messages",
    "inline_message_id": "MESSAGE_ID_INVALID",
}
EFFECTS = {
    "5104841245755180586", "5107584321108051014", "5104858069142078462", "5044134455711629726",
    "5046509860389126442", "5046589136895476101", "5159385139981059251",
}  # fmt: skip


def refuse_what_is_not_here(p: Params) -> None:
    """Refuse parameters that name things the sandbox does not have, as Telegram does for things that do not exist."""
    for name, text in _NOT_HERE.items():
        if p.get(name) is not None:
            raise bad_request(text)
    if p.get("allow_paid_broadcast"):
        raise bad_request("FLOODSKIP_NOT_ALLOWED")


def target(ctx: Context, p: Params) -> Chat:
    """Return the chat to write to."""
    refuse_what_is_not_here(p)
    return ctx.writable(p["chat_id"])


def caption(ctx: Context, p: Params) -> Json:
    """Return the caption's part of a message body."""
    text = check_mentions(ctx, caption_text(p.get("caption"), p.get("parse_mode"), p.get("caption_entities")))
    body: Json = text.wire("caption", "caption_entities") if text.text else {}
    if p.get("show_caption_above_media"):
        body["show_caption_above_media"] = True
    if p.get("has_spoiler"):
        body["has_media_spoiler"] = True
    return body


def check_mentions(ctx: Context, text: Formatted) -> Formatted:
    """Fill in whom a text mentions; people the bot cannot know lose the link."""
    kept = []
    for entity in text.entities:
        if entity["type"] != "text_mention":
            kept.append(entity)
        elif user := ctx.world.user(entity["user"]["id"]):
            kept.append({**entity, "user": user.wire()})
    return Formatted(text.text, kept)


def post(ctx: Context, chat: Chat, p: Params, kind: str, body: Json, **rest: Any) -> Message:
    """Put the bot's message into the chat with everything that its parameters say besides the content."""
    markup, keyboard = split_markup(p.get("reply_markup"))
    reply_to, quote = _reply(ctx, chat, p)
    effect = p.get("message_effect_id")
    if effect and not chat.private:
        raise bad_request("can't use message effects in the chat")
    if effect and effect not in EFFECTS:
        raise bad_request("EFFECT_ID_INVALID")
    options = {
        "markup": markup,
        "keyboard": keyboard,
        "reply_to": reply_to,
        "quote": quote,
        "protected": bool(p.get("protect_content")),
        "silent": bool(p.get("disable_notification")),
        "effect": effect or None,
        **rest,
    }
    receiver = _receiver(ctx, chat, p)
    if receiver is not None:
        return ctx.world.post_ephemeral(chat, ctx.bot.user, receiver, kind, body, **options)
    message = ctx.world.post(chat, ctx.bot.user, kind, body, **options)
    if keyboard is not None:
        _show_keyboard(ctx, chat, message, keyboard)
    chat.action = None
    return message


def sent(ctx: Context, message: Message) -> Json:
    """Return the Message object that answers the call."""
    return message_wire(message, ctx.bot)


def _reply(ctx: Context, chat: Chat, p: Params) -> tuple[int | None, Json | None]:
    parameters = p.get("reply_parameters")
    if parameters is None and p.get("reply_to_message_id"):
        lenient = p.get("allow_sending_without_reply")
        parameters = {"message_id": p["reply_to_message_id"], "allow_sending_without_reply": lenient}
    if parameters is None:
        return None, None
    if parameters.get("message_id") is None:
        raise bad_request('can\'t find field "message_id"')
    if parameters.get("chat_id") not in (None, p["chat_id"], chat.id):
        raise bad_request("replies to other chats are not available in the sandbox")
    origin = chat.messages.get(parameters["message_id"])
    if origin is None:
        if parameters.get("allow_sending_without_reply"):
            return None, None
        raise bad_request("message to be replied not found")
    return origin.id, _quote(origin, parameters)


def _quote(origin: Message, parameters: Json) -> Json | None:
    quote = parameters.get("quote")
    if not quote:
        return None
    text = origin.body.get("text") or origin.body.get("caption") or ""
    at = text.find(quote)
    if at < 0:
        raise bad_request("QUOTE_TEXT_INVALID")
    return {"text": quote, "position": utf16_index(text, at), "is_manual": True}


def _receiver(ctx: Context, chat: Chat, p: Params) -> User | None:
    parameters = p.get("ephemeral_message_parameters") or {}
    user_id = parameters.get("receiver_user_id") or p.get("receiver_user_id")
    if user_id is None:
        return None
    if chat.private:
        raise bad_request("ephemeral messages can be sent only to group and supergroup chats")
    member = chat.members.get(user_id)
    if member is None or not member.inside or member.user.is_bot:
        raise bad_request("USER_NOT_PARTICIPANT")
    query_id = parameters.get("callback_query_id") or p.get("callback_query_id")
    if query_id is not None:
        query = ctx.taps.queries.get(query_id)
        if query is None or query.person is not member.user:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
    return member.user


def _show_keyboard(ctx: Context, chat: Chat, message: Message, keyboard: Json) -> None:
    """Change what lies below the input field of those who see the chat."""
    replied = chat.messages.get(message.reply_to or 0)
    for person in chat.people():
        if keyboard.get("selective") and (replied is None or replied.sender is not person):
            continue
        if keyboard.get("remove_keyboard"):
            chat.keyboards.pop(person.id, None)
        else:
            chat.keyboards[person.id] = keyboard
        ctx.world.tell("keyboard", chat, person=person)
