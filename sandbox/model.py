"""What exists in the sandbox: bots, people, chats, members, messages, polls, files; and the news of a change."""

import asyncio
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sandbox.updates import UpdateQueue

Json = dict[str, Any]


@dataclass(slots=True, eq=False)
class User:
    """A person or a bot's account."""

    id: int
    first_name: str
    is_bot: bool = False
    username: str | None = None
    language: str | None = None
    tags: dict[str, str] = field(default_factory=dict)
    start_link: str = ""
    deactivated: bool = False

    def wire(self) -> Json:
        """Return the User object of the Bot API."""
        wire: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.username:
            wire["username"] = self.username
        if self.language and not self.is_bot:
            wire["language_code"] = self.language
        return wire


@dataclass(slots=True, eq=False)
class Bot:
    """A bot: its account, what it told Telegram about itself, its queue."""

    token: str
    user: User
    updates: UpdateQueue
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    menu_buttons: dict[int | None, Json] = field(default_factory=dict)
    default_rights: Json = field(default_factory=dict)
    reads_all: bool = False

    @property
    def id(self) -> int:
        return self.user.id


@dataclass(slots=True)
class Member:
    """Somebody's standing in a group."""

    user: User
    status: str = "member"
    rights: dict[str, bool] = field(default_factory=dict)
    tag: str | None = None
    custom_title: str | None = None
    until_date: int = 0

    @property
    def inside(self) -> bool:
        return self.status in ("creator", "administrator", "member") or (
            self.status == "restricted" and self.rights.get("is_member", True)
        )

    @property
    def is_admin(self) -> bool:
        return self.status in ("creator", "administrator")

    def may(self, right: str) -> bool:
        """Tell whether this administrator has the right; the owner has all."""
        return self.status == "creator" or (self.status == "administrator" and self.rights.get(right, False))


@dataclass(slots=True, eq=False)
class File:
    """Stored bytes; `unique_id` is the same for the same bytes and kind."""

    unique_id: str
    kind: str
    name: str
    mime: str
    data: bytes
    width: int = 0
    height: int = 0


@dataclass(slots=True, eq=False)
class Poll:
    """A poll's fixed part and its votes by user id."""

    wire: Json
    anonymous: bool
    votes: dict[int, list[int]] = field(default_factory=dict)
    closed: bool = False
    closes_at: int | None = None


@dataclass(slots=True, eq=False)
class Message:
    """One message. `body` holds its content as the Bot API words it; `markup` is the inline keyboard only."""

    chat: "Chat"
    id: int
    date: int
    sender: User
    kind: str
    body: Json
    markup: Json | None = None
    keyboard: Json | None = None
    reply_to: int | None = None
    quote: Json | None = None
    edited_at: int | None = None
    group_id: str | None = None
    forward_origin: Json | None = None
    protected: bool = False
    silent: bool = False
    effect: str | None = None
    receiver: User | None = None
    file: File | None = None
    poll: Poll | None = None
    reactions: dict[int, list[Json]] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Chat:
    """A private chat of one bot and one person, or a group."""

    id: int
    kind: str
    title: str = ""
    bot: Bot | None = None
    person: User | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    ephemeral: dict[int, Message] = field(default_factory=dict)
    last_id: int = 0
    members: dict[int, Member] = field(default_factory=dict)
    permissions: dict[str, bool] = field(default_factory=dict)
    description: str = ""
    pinned: list[int] = field(default_factory=list)
    started: bool = False
    blocked: bool = False
    migrated_to: int | None = None
    migrated_from: int | None = None
    keyboards: dict[int, Json] = field(default_factory=dict)
    unread: dict[int, int] = field(default_factory=dict)
    toasts: dict[int, tuple[str, bool]] = field(default_factory=dict)
    action: tuple[str, float] | None = None
    instance: str = ""
    watchers: list[asyncio.Future[None]] = field(default_factory=list)

    @property
    def private(self) -> bool:
        return self.kind == "private"

    def wire(self) -> Json:
        """Return the Chat object of the Bot API."""
        if self.person is None:
            return {"id": self.id, "type": self.kind, "title": self.title}
        wire: Json = {"id": self.id, "type": "private", "first_name": self.person.first_name}
        if self.person.username:
            wire["username"] = self.person.username
        return wire

    def key(self) -> int:
        """Return how people call this chat: by the bot, or by the group."""
        return self.bot.id if self.bot is not None else self.id

    def people(self) -> Iterator[User]:
        """Yield the persons who see this chat now."""
        if self.person is not None:
            yield self.person
        for member in self.members.values():
            if member.inside and not member.user.is_bot:
                yield member.user

    def newest_for(self, person: User) -> Message | None:
        """Return the newest message that this person sees."""
        if self.ephemeral:
            return next(reversed(self.visible_to(person)), None)
        return next(reversed(self.messages.values()), None)

    def visible_to(self, person: User, newest: int | None = None) -> list[Message]:
        """Return what stands in the chat for this person, oldest first; perhaps only the newest."""
        if not self.ephemeral:
            if newest is None or newest >= len(self.messages):
                return list(self.messages.values())
            return list(itertools.islice(reversed(self.messages.values()), newest))[::-1]
        mine = [message for message in self.ephemeral.values() if message.receiver is person]
        both = sorted([*self.messages.values(), *mine], key=lambda message: message.date)
        return both if newest is None else both[-newest:]


@dataclass(frozen=True, slots=True)
class News:
    """One change that somebody may want to hear of."""

    kind: str
    chat: Chat | None = None
    message: Message | None = None
    person: User | None = None
    data: Any = None
