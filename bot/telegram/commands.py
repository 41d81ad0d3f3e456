"""The command menu that each person sees, by his roles and language."""

from __future__ import annotations

from collections.abc import Iterable

from aiogram import Bot
from aiogram.methods import SetMyCommands
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat

from bot.domain.accounts import Language
from bot.telegram.refusals import telegram_refusals

Commands = tuple[tuple[str, str], ...]


class CommandMenu:
    """Sets command menus: a small one for strangers, a person's own once he is bound."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def show_to(self, chat_id: int, commands: Commands) -> None:
        """Set the menu of one private chat."""
        with telegram_refusals():
            await self._bot(SetMyCommands(commands=_listed(commands), scope=BotCommandScopeChat(chat_id=chat_id)))

    async def show_to_strangers(self, commands: Commands, language: Language | None) -> None:
        """Set the menu of everybody who is not bound, for this language of the client (None: every other)."""
        with telegram_refusals():
            await self._bot(
                SetMyCommands(
                    commands=_listed(commands), scope=BotCommandScopeAllPrivateChats(), language_code=language
                )
            )


def _listed(commands: Iterable[tuple[str, str]]) -> list[BotCommand]:
    return [BotCommand(command=name, description=description) for name, description in commands]
