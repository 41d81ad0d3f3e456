"""What people do: say, send, tap, vote, block; each act becomes updates for the bots that may see it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sandbox import media
from sandbox.refusals import CannotError, Refusal
from sandbox.schema import Upload
from sandbox.taps import Answer, Query, Taps
from sandbox.text import caption_text, message_text
from sandbox.wire import member_update, member_wire, message_wire, poll_wire
from sandbox.world import Bot, Chat, File, Json, Member, Message, User, World


@dataclass(frozen=True, slots=True)
class Button:
    """A button found in a chat."""

    message: Message
    wire: Json


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


def find_button(person: User, chat: Chat, label: str, message_id: int | None = None) -> Button | None:
    """Return the newest visible inline button with this label; an exact label goes before one that contains it."""
    messages: Iterable[Message] = reversed(chat.visible_to(person))
    if message_id is not None:
        messages = [find_message(chat, person, message_id)]
    partial = None
    for message in messages:
        for row in (message.markup or {}).get("inline_keyboard", ()):
            for button in row:
                if button["text"] == label:
                    return Button(message, button)
                if partial is None and label in button["text"]:
                    partial = Button(message, button)
    return partial


def reply_key(person: User, chat: Chat, label: str) -> bool:
    """Tell whether the keyboard below the input field has this key."""
    rows = chat.keyboards.get(person.id, {}).get("keyboard", ())
    return any(button["text"] == label for row in rows for button in row)


def tap(world: World, taps: Taps, person: User, button: Button) -> Query:
    """Press an inline button as an ordinary app does."""
    wire, message = button.wire, button.message
    if wire.get("disabled") is not None:
        raise CannotError(f"the button “{wire['text']}” is disabled", field="label", status=409)
    if "callback_data" in wire:
        return press(world, taps, person, message, wire["callback_data"], label=wire["text"])
    url = wire.get("url") or (wire.get("web_app") or wire.get("login_url") or {}).get("url", "")
    text = (wire.get("copy_text") or {}).get("text", "")
    query = _query(world, taps, person, message, wire["text"], "")
    query.answer = Answer(text, url=url)
    query.done.set()
    return query


def press(world: World, taps: Taps, person: User, message: Message, data: str, *, label: str = "") -> Query:
    """Send a callback with any data on any message of a bot, as a forged app could."""
    chat = message.chat
    if not message.sender.is_bot:
        raise CannotError("callbacks go to messages of bots only", field="message_id", status=409)
    enter(world, person, chat)
    query = _query(world, taps, person, message, label, data)
    payload = {
        "id": query.id,
        "from": person.wire(),
        "message": message_wire(message, query.bot),
        "chat_instance": chat.instance,
        "data": data,
    }
    world.tell("tap", chat, message, person=person, data=query)
    queue(query.bot, "callback_query", payload, chat)
    return query


def _query(world: World, taps: Taps, person: User, message: Message, label: str, data: str) -> Query:
    bot = world.bots_by_id(message.sender.id)
    if bot is None:
        raise CannotError("this bot is gone", status=409)
    query = Query(str(4_000_000_000_000_000 + world.number()), person, message, label, data, bot)
    taps.add(query)
    return query


def vote(world: World, person: User, chat: Chat, message_id: int, options: Sequence[int]) -> Message:
    """Choose in a poll; nothing chosen takes the vote back."""
    message = find_message(chat, person, message_id)
    poll = message.poll
    if poll is None:
        raise CannotError("this message is not a poll", field="message_id", status=409)
    close_if_due(world, message)
    if poll.closed:
        raise CannotError("the poll is closed", field="message_id", status=409)
    chosen = sorted(set(options))
    if any(not 0 <= index < len(poll.wire["options"]) for index in chosen):
        raise CannotError("the poll has no such option", field="options")
    if len(chosen) > 1 and not poll.wire["allows_multiple_answers"]:
        raise CannotError("the poll takes one answer only", field="options")
    if person.id in poll.votes and not poll.wire["allows_revoting"]:
        raise CannotError("the vote cannot be changed", field="options", status=409)
    enter(world, person, chat)
    poll.votes[person.id] = chosen
    if not chosen:
        del poll.votes[person.id]
    world.tell("edited", chat, message)
    _tell_vote(world, person, message, chosen)
    return message


def _tell_vote(world: World, person: User, message: Message, chosen: list[int]) -> None:
    bot = world.bots_by_id(message.sender.id)
    if bot is None or message.poll is None:
        return
    queue(bot, "poll", poll_wire(message.poll), message.chat)
    if not message.poll.anonymous:
        named = [message.poll.wire["options"][index]["persistent_id"] for index in chosen]
        answer = {"poll_id": message.poll.wire["id"], "user": person.wire(), "option_ids": chosen}
        queue(bot, "poll_answer", {**answer, "option_persistent_ids": named}, message.chat)


def close_if_due(world: World, message: Message) -> None:
    """Close a poll whose time is over."""
    poll = message.poll
    if poll is not None and not poll.closed and poll.closes_at is not None and poll.closes_at <= world.unix():
        poll.closed = True
        world.tell("edited", message.chat, message)
        bot = world.bots_by_id(message.sender.id)
        if bot is not None:
            queue(bot, "poll", poll_wire(poll), message.chat)


def close_due_polls(world: World) -> None:
    """Close every poll whose time is over, after the clock was moved."""
    for message in world.open_polls:
        close_if_due(world, message)
    world.open_polls = [message for message in world.open_polls if message.poll and not message.poll.closed]


def react(world: World, person: User, chat: Chat, message_id: int, emoji: str | None) -> Message:
    """Put one reaction on a message, or take it away."""
    message = find_message(chat, person, message_id)
    enter(world, person, chat)
    old = message.reactions.get(person.id, [])
    new = [{"type": "emoji", "emoji": emoji}] if emoji else []
    if new:
        message.reactions[person.id] = new
    else:
        message.reactions.pop(person.id, None)
    world.tell("edited", chat, message)
    payload = {"chat": chat.wire(), "message_id": message.id, "user": person.wire(), "date": world.unix()}
    for bot in world.bots_in(chat):
        if chat.private or chat.members[bot.id].is_admin:
            queue(bot, "message_reaction", {**payload, "old_reaction": old, "new_reaction": new}, chat)
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
