"""Which function answers what a person did: one table for taps, one for commands, one for the awaited field."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.domain.actions.base import Action
from bot.errors import TextExpectedError
from bot.telegram.sender import Sender
from bot.usecases import UseCases
from bot.usecases.visit import Visit
from bot.views.view import Answer
from bot.views.words import Catalog, Words

A = TypeVar("A", bound=Action)


@dataclass(slots=True)
class Context:
    """What a handler works with: who visits, what can be done, and the chat it happens in."""

    visit: Visit
    do: UseCases
    catalog: Catalog
    sender: Sender
    chat_id: int
    message_id: int
    bot_username: str

    @property
    def words(self) -> Words:
        """The words of the person's language; asked after the use case has found out who it is."""
        return self.catalog[self.visit.language]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A photo or document that came where a field waits for evidence."""

    kind: str
    file_id: str
    size_bytes: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """What came for the awaited field: a text, or an attachment with its caption."""

    text: str
    attachment: Attachment | None = None


def text_of(typed: Typed) -> str:
    """The text, where only a text will do; a TextExpectedError for a picture or file."""
    if typed.attachment is not None:
        raise TextExpectedError
    return typed.text


OnTap = Callable[[Any, Context], Awaitable[Answer]]
OnTyped = Callable[[Any, Typed, Context], Awaitable[Answer]]
OnCommand = Callable[[str, Context], Awaitable[Answer]]

TAPS: dict[type[Action], OnTap] = {}
TYPED: dict[type[Action], OnTyped] = {}
COMMANDS: dict[str, OnCommand] = {}
GROUP_COMMANDS: dict[str, OnCommand] = {}


def on_tap(
    action: type[A],
) -> Callable[[Callable[[A, Context], Awaitable[Answer]]], Callable[[A, Context], Awaitable[Answer]]]:
    """Let the function answer this action's buttons."""

    def register(handler: Callable[[A, Context], Awaitable[Answer]]) -> Callable[[A, Context], Awaitable[Answer]]:
        TAPS[action] = handler
        return handler

    return register


def on_typed(action: type[A]) -> Callable[[Callable[[A, Typed, Context], Awaitable[Answer]]], OnTyped]:
    """Let the function take the text or attachment for which this action waits."""

    def register(handler: Callable[[A, Typed, Context], Awaitable[Answer]]) -> OnTyped:
        TYPED[action] = handler
        return handler

    return register


def on_command(name: str) -> Callable[[OnCommand], OnCommand]:
    """Let the function answer this command in a private chat; it is given what follows the command."""

    def register(handler: OnCommand) -> OnCommand:
        COMMANDS[name] = handler
        return handler

    return register


def on_group_command(name: str) -> Callable[[OnCommand], OnCommand]:
    """Let the function answer this command in a group."""

    def register(handler: OnCommand) -> OnCommand:
        GROUP_COMMANDS[name] = handler
        return handler

    return register
