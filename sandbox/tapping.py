"""Taps by people: finding the button, pressing it as an app does, or forging what no app shows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sandbox import rich
from sandbox.acts import enter, find_message, queue
from sandbox.model import Chat, Json, Message, User
from sandbox.refusals import CannotError
from sandbox.taps import Answer, Query, Taps
from sandbox.wire import message_wire
from sandbox.world import World


@dataclass(frozen=True, slots=True)
class Button:
    """A button found in a chat."""

    message: Message
    wire: Json


def find_button(person: User, chat: Chat, label: str, message_id: int | None = None) -> Button | None:
    """Return the newest visible inline button with this label; an exact label goes before one that contains it."""
    messages: Iterable[Message] = reversed(chat.visible_to(person))
    if message_id is not None:
        messages = [find_message(chat, person, message_id)]
    partial = None
    for message in messages:
        for button in _buttons(message):
            if button["text"] == label:
                return Button(message, button)
            if partial is None and label in button["text"]:
                partial = Button(message, button)
    return partial


def _buttons(message: Message) -> Iterator[Json]:
    if message.kind == "rich":
        yield from rich.buttons(message.body["rich_message"])
    for row in (message.markup or {}).get("inline_keyboard", ()):
        yield from row


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
