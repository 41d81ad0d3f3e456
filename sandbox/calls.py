"""The register of Bot API methods, and what a method gets to work with."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.model import Bot, Chat, Member, Message
from sandbox.refusals import bad_request, forbidden
from sandbox.taps import Taps
from sandbox.webhooks import Webhooks
from sandbox.world import World

Params = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Context:
    """One call: which bot calls, on what."""

    world: World
    bot: Bot
    taps: Taps
    webhooks: Webhooks

    def chat(self, value: str) -> Chat:
        """Return the chat that `chat_id` names; raises `Refusal` in Telegram's words."""
        chat = self.find_chat(value)
        if chat is None:
            raise bad_request("chat not found")
        if chat.migrated_to is not None:
            raise bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to)
        return chat

    def find_chat(self, value: str) -> Chat | None:
        """Return the chat if this bot can know it."""
        number = _number(value)
        if number is None:
            return None
        if number < 0:
            chat = self.world.groups.get(number)
            return chat if chat is not None and self.bot.id in chat.members else None
        return self.world.private.get((self.bot.id, number)) or self._stranger(number)

    def writable(self, value: str) -> Chat:
        """Return the chat if the bot may write there now."""
        chat = self.chat(value)
        if chat.person is not None:
            self._check_private(chat)
            return chat
        member = self.membership(chat)
        if not member.inside:
            what = "supergroup" if chat.kind == "supergroup" else "group"
            was = "was kicked from" if member.status == "kicked" else "is not a member of"
            raise forbidden(f"bot {was} the {what} chat")
        return chat

    def membership(self, chat: Chat) -> Member:
        """Return the bot's standing in the group."""
        return chat.members[self.bot.id]

    def need_permission(self, chat: Chat, permission: str, text: str) -> None:
        """Refuse if the group does not let ordinary members do this and the bot is not an administrator."""
        if chat.private:
            return
        member = self.membership(chat)
        rights = member.rights if member.status == "restricted" else chat.permissions
        if not member.is_admin and not rights.get(permission, False):
            raise bad_request(text)

    def need_right(self, chat: Chat, right: str, text: str) -> None:
        """Refuse if the bot is not an administrator with this right."""
        if not self.membership(chat).may(right):
            raise bad_request(text)

    def message(self, chat: Chat, message_id: int, missing: str) -> Message:
        """Return the message of this chat, or refuse with `missing`."""
        message = chat.messages.get(message_id)
        if message is None:
            raise bad_request(missing)
        return message

    def now(self) -> datetime:
        return self.world.clock.now()

    def _check_private(self, chat: Chat) -> None:
        if chat.person is not None and chat.person.deactivated:
            raise forbidden("user is deactivated")
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")

    def _stranger(self, user_id: int) -> Chat | None:
        """Return a chat that was never opened, if there is such a person at all."""
        person = self.world.people.get(user_id)
        return Chat(user_id, "private", bot=self.bot, person=person) if person is not None else None


Handler = Callable[[Context, Params], Any | Awaitable[Any]]
HANDLERS: dict[str, tuple[str, Handler]] = {}


def method(name: str) -> Callable[[Handler], Handler]:
    """Register a function as the Bot API method of this name."""

    def register(handler: Handler) -> Handler:
        HANDLERS[name.lower()] = (name, handler)
        return handler

    return register


def _number(value: str) -> int | None:
    try:
        return int(value)
    except ValueError:
        return None
