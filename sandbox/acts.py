"""What people do: say, send, tap, vote, block; each act becomes updates for the bots that may see it."""

from collections.abc import Sequence

from sandbox import media
from sandbox.model import Bot, Chat, File, Json, Member, Message, User
from sandbox.refusals import CannotError, Refusal
from sandbox.schema import Upload
from sandbox.text import caption_text, message_text
from sandbox.wire import member_update, member_wire, message_wire
from sandbox.world import World


def queue(bot: Bot, kind: str, payload: Json, chat: Chat) -> None:
    """Queue an update for one bot."""
    bot.updates.push(kind, payload, chat.id)


def queue_message(world: World, message: Message, *, edited: bool = False, including_sender: bool = False) -> None:
    """Queue a message for every bot that is in the chat and may read it."""
    for bot in world.bots_in(message.chat):
        if (including_sender or message.sender is not bot.user) and may_read(bot, message):
            queue(bot, "edited_message" if edited else "message", message_wire(message, bot), message.chat)


def may_read(bot: Bot, message: Message) -> bool:
    """Tell whether the bot gets this message; in groups privacy mode hides what is not meant for it."""
    chat = message.chat
    if chat.private or message.kind == "service" or bot.reads_all or chat.members[bot.id].is_admin:
        return True
    text: str = message.body.get("text") or message.body.get("caption") or ""
    if text.startswith("/") or f"@{bot.user.username}" in text:
        return True
    answered = chat.messages.get(message.reply_to or 0)
    return answered is not None and answered.sender is bot.user


def chat_of(world: World, person: User, key: int | None) -> Chat:
    """Return the chat that a person names by key: a bot's id, a group's id, or nothing for the first bot."""
    if key is not None and key < 0:
        return _group_of(world, person, key)
    bot = world.bots_by_id(key) if key is not None else next(iter(world.bots.values()), None)
    if bot is None:
        raise CannotError("there is no such bot", field="chat", status=404)
    return world.private_chat(bot, person)


def _group_of(world: World, person: User, key: int) -> Chat:
    chat = world.groups.get(key)
    if chat is not None and chat.migrated_to is not None:
        chat = world.groups[chat.migrated_to]
    if chat is None or person.id not in chat.members:
        raise CannotError("this person has no such chat", field="chat", status=404)
    return chat


def enter(world: World, person: User, chat: Chat, *, starting: bool = False) -> None:
    """Make sure that the person can write to this chat now."""
    if person.deactivated:
        raise CannotError("this account is deleted", status=409)
    chat.toasts.pop(person.id, None)
    if not chat.private:
        if not chat.members[person.id].inside:
            raise CannotError("this person is not in the group", field="chat", status=409)
        return
    if chat.blocked:
        if not starting:
            raise CannotError("this person has blocked the bot", field="chat", status=409)
        unblock(world, chat)
    if not chat.started:
        chat.started = True
        world.tell("chat", chat)


def say(world: World, person: User, chat: Chat, text: str, *, reply_to: int | None = None) -> Message:
    """Send a text; every bot in the chat that may read it gets an update."""
    content = _accepted(message_text, text)
    enter(world, person, chat, starting=text.startswith("/start"))
    _check_reply(chat, reply_to)
    _hide_one_time_keyboard(world, person, chat)
    message = world.post(chat, person, "text", content, reply_to=reply_to)
    queue_message(world, message)
    return message


def _accepted(check: object, text: str) -> Json:
    try:
        if check is message_text:
            return message_text(text, None, None).wire("text", "entities")
        caption = caption_text(text, None, None)
        return caption.wire("caption", "caption_entities") if caption.text else {}
    except Refusal as refusal:
        raise CannotError(refusal.description.removeprefix("Bad Request: "), field="text") from refusal


def _check_reply(chat: Chat, reply_to: int | None) -> None:
    if reply_to is not None and reply_to not in chat.messages:
        raise CannotError("there is no such message to reply to", field="reply_to", status=404)


def _hide_one_time_keyboard(world: World, person: User, chat: Chat) -> None:
    keyboard = chat.keyboards.get(person.id)
    if keyboard and (keyboard.get("one_time_keyboard") or keyboard.get("force_reply")):
        del chat.keyboards[person.id]
        world.tell("keyboard", chat, person=person)


def edit(world: World, person: User, chat: Chat, message_id: int, text: str) -> Message:
    """Change the text or caption of one's own message."""
    message = find_message(chat, person, message_id)
    if message.sender is not person or message.kind == "service":
        raise CannotError("only one's own messages can be edited", field="edit", status=409)
    enter(world, person, chat)
    has_text = message.kind == "text"
    message.body = _accepted(message_text if has_text else caption_text, text)
    message.edited_at = world.unix()
    world.tell("edited", chat, message)
    queue_message(world, message, edited=True)
    return message


def find_message(chat: Chat, person: User, message_id: int) -> Message:
    """Return a message of the chat that this person can see."""
    message = chat.messages.get(message_id) or chat.ephemeral.get(message_id)
    if message is None or message.receiver not in (None, person):
        raise CannotError("there is no such message", field="message_id", status=404)
    return message


def send_files(
    world: World,
    person: User,
    chat: Chat,
    kind: str,
    uploads: Sequence[Upload],
    *,
    caption: str = "",
    reply_to: int | None = None,
) -> list[Message]:
    """Send pictures or documents; two to ten make an album, the caption stands under the first."""
    if not 1 <= len(uploads) <= 10:
        raise CannotError("send one to ten files at once", field="photos")
    try:
        files = [media.store(world, kind, upload) for upload in uploads]
    except Refusal as refusal:
        raise CannotError(f"Telegram does not take this file: {refusal.description}", field=kind) from refusal
    body = _accepted(caption_text, caption)
    enter(world, person, chat)
    _check_reply(chat, reply_to)
    group_id = str(13_000_000_000_000_000 + world.number()) if len(files) > 1 else None
    return [
        _post_file(world, person, chat, file, {} if at else body, reply_to, group_id) for at, file in enumerate(files)
    ]


def _post_file(
    world: World, person: User, chat: Chat, file: File, body: Json, reply_to: int | None, group_id: str | None
) -> Message:
    message = world.post(chat, person, file.kind, body, file=file, reply_to=reply_to, group_id=group_id)
    queue_message(world, message)
    return message


def send_sticker(world: World, person: User, chat: Chat, emoji: str) -> Message:
    """Send a sticker; its file is a placeholder."""
    return send_files(world, person, chat, "sticker", [Upload(emoji, "image/webp", f"sticker {emoji}".encode())])[0]


def forward(world: World, person: User, source: Chat, message_id: int, chat: Chat) -> Message:
    """Forward a message that the person can see."""
    origin = find_message(source, person, message_id)
    if origin.protected or origin.kind == "service":
        raise CannotError("this message cannot be forwarded", field="message_id", status=409)
    enter(world, person, chat)
    sender = {"type": "user", "sender_user": origin.sender.wire(), "date": origin.date}
    message = world.post(
        chat,
        person,
        origin.kind,
        origin.body,
        file=origin.file,
        poll=origin.poll,
        forward_origin=origin.forward_origin or sender,
    )
    queue_message(world, message)
    return message


def block(world: World, chat: Chat) -> None:
    """Stop the bot from writing to this person; the bot is told."""
    if chat.started and not chat.blocked:
        chat.blocked = True
        _tell_blocking(world, chat, "member", "kicked")


def unblock(world: World, chat: Chat) -> None:
    """Let the bot write again; the bot is told."""
    if chat.blocked:
        chat.blocked = False
        _tell_blocking(world, chat, "kicked", "member")


def _tell_blocking(world: World, chat: Chat, old: str, new: str) -> None:
    if chat.bot is None or chat.person is None:
        return
    before, after = (member_wire(Member(chat.bot.user, status)) for status in (old, new))
    update = member_update(chat, chat.person, world.unix(), before, after)
    queue(chat.bot, "my_chat_member", update, chat)
    world.tell("chat", chat)


def read(world: World, person: User, chat: Chat) -> None:
    """Note that the person has seen everything."""
    if chat.unread.pop(person.id, 0):
        world.tell("read", chat, person=person)
