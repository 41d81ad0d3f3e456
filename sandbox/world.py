"""All data of one sandbox, the operations that keep it consistent, and who is told of every change."""

import itertools
from collections.abc import Callable, Iterable
from typing import Any

from sandbox.clock import SimClock
from sandbox.model import Bot, Chat, File, Json, Message, News, User

Listener = Callable[[News], None]


class World:
    """All data of one sandbox, and the operations that keep it consistent."""

    def __init__(self, clock: SimClock) -> None:
        self.clock = clock
        self.bots: dict[str, Bot] = {}
        self.listeners: list[Listener] = []
        self.clear()

    def clear(self) -> None:
        """Forget everybody and everything but the bots."""
        self.people: dict[int, User] = {}
        self.private: dict[tuple[int, int], Chat] = {}
        self.groups: dict[int, Chat] = {}
        self.files: dict[str, File] = {}
        self.chats_of: dict[int, dict[int, Chat]] = {}
        self.open_polls: list[Message] = []
        self._numbers = itertools.count(1)
        for bot in self.bots.values():
            bot.updates.clear()

    def number(self) -> int:
        """Return a number never given before in this sandbox."""
        return next(self._numbers)

    def unix(self) -> int:
        """Return the sandbox's time in Unix seconds."""
        return int(self.clock.now().timestamp())

    def bots_by_id(self, bot_id: int) -> Bot | None:
        return next((bot for bot in self.bots.values() if bot.id == bot_id), None)

    def user(self, user_id: int) -> User | None:
        """Return the person or bot of this id."""
        person = self.people.get(user_id)
        if person is not None:
            return person
        bot = self.bots_by_id(user_id)
        return bot.user if bot else None

    def private_chat(self, bot: Bot, person: User) -> Chat:
        """Return the chat of the two, made when first asked for."""
        chat = self.private.get((bot.id, person.id))
        if chat is None:
            chat = Chat(person.id, "private", bot=bot, person=person, instance=str(self.number() + 7_000_000_000))
            self.private[bot.id, person.id] = chat
            self.seat(person, chat)
        return chat

    def seat(self, person: User, chat: Chat) -> None:
        """Note that this person has this chat in the list."""
        self.chats_of.setdefault(person.id, {})[chat.key()] = chat

    def bots_in(self, chat: Chat) -> Iterable[Bot]:
        """Return the bots that take part in the chat."""
        if chat.bot is not None:
            return () if chat.blocked or not chat.started else (chat.bot,)
        inside = {member.user.id for member in chat.members.values() if member.inside and member.user.is_bot}
        return [bot for bot in self.bots.values() if bot.id in inside]

    def post(self, chat: Chat, sender: User, kind: str, body: Json, **rest: Any) -> Message:
        """Put a message into the chat and tell of it."""
        chat.last_id += 1
        message = Message(chat, chat.last_id, self.unix(), sender, kind, body, **rest)
        chat.messages[message.id] = message
        self._count_unread(message)
        self.tell("message", chat, message)
        return message

    def post_ephemeral(self, chat: Chat, sender: User, receiver: User, kind: str, body: Json, **rest: Any) -> Message:
        """Show a message to one member of a group only; it has an id of its own kind."""
        number = self.number()
        message = Message(chat, number, self.unix(), sender, kind, body, receiver=receiver, **rest)
        chat.ephemeral[number] = message
        self.tell("message", chat, message)
        return message

    def remove(self, chat: Chat, message_ids: Iterable[int]) -> None:
        """Take messages away for everybody."""
        gone = [number for number in message_ids if chat.messages.pop(number, None)]
        if set(gone) & set(chat.pinned):
            chat.pinned = [number for number in chat.pinned if number not in gone]
            self.tell("pins", chat)
        self.tell("deleted", chat, data=gone)

    def tell(
        self,
        kind: str,
        chat: Chat | None = None,
        message: Message | None = None,
        *,
        person: User | None = None,
        data: Any = None,
    ) -> None:
        """Wake those who wait for this chat, then tell the listeners."""
        if chat is not None and chat.watchers:
            waiting, chat.watchers = chat.watchers, []
            for future in waiting:
                if not future.done():
                    future.set_result(None)
        if self.listeners:
            news = News(kind, chat, message, person, data)
            for listener in self.listeners:
                listener(news)

    @staticmethod
    def _count_unread(message: Message) -> None:
        for person in message.chat.people():
            if person is not message.sender:
                message.chat.unread[person.id] = message.chat.unread.get(person.id, 0) + 1
