"""Carries a command out: settings, language and log around it; every failure becomes one sentence and exit code 1."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

import structlog
import typer

from bot.cli.speaking import own_name, words_of_the_terminal
from bot.config import Settings, SettingsError, load_settings
from bot.core import Core, open_core
from bot.errors import NotFoundError, XianfengError
from bot.logs import configure_logs
from bot.storage.condition import Condition, look_at
from bot.storage.store import is_database_away
from bot.storage.trouble import Trouble, trouble_of
from bot.views.errors import refusal
from bot.views.words import Words

BY = "cli"
UTC = ZoneInfo("UTC")
INTERRUPTED = 130
READER_GONE = 141

log = structlog.get_logger(__name__)


class CommandError(Exception):
    """A command cannot be carried out; its text is the sentence for the operator."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """What a command works with."""

    settings: Settings
    words: Words

    def say(self, text: str = "") -> None:
        """Write a line for the operator; whoever reads through a pipe may have read enough."""
        try:
            typer.echo(text)
        except BrokenPipeError:
            # What Python still holds back for this pipe goes nowhere, instead of failing once more at the end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(READER_GONE) from None

    def fail(self, sentence: str) -> NoReturn:
        """Give up with this sentence."""
        raise CommandError(sentence)

    def make_new(self, file: Path) -> None:
        """An empty file that only its owner may read; fail where there is one already."""
        try:
            file.touch(mode=0o600, exist_ok=False)
        except FileExistsError:
            self.fail(self.words.plain("{file} exists already and is not overwritten.", file=file))

    @contextlib.asynccontextmanager
    async def core(self) -> AsyncIterator[Core]:
        """The core over a database that is there and current; what is done with it is noted as the operator's."""
        await self.need_current_database()
        async with open_core(self.settings, by=BY) as core:
            yield core

    async def need_current_database(self) -> None:
        """Fail with one sentence unless the database is there and has the newest schema."""
        found = await look_at(self.settings.database)
        if found.condition is Condition.AWAY:
            self.fail(away(self.words))
        if found.condition is not Condition.CURRENT:
            self.fail(self.words.plain("The database is not up to date. Run: {command} migrate", command=own_name()))


def carry_out(errand: Callable[..., Coroutine[Any, Any, None]], *values: Any, level: str = "WARNING") -> None:
    """Run `errand(terminal, *values)`; `level` is the log's where the settings do not ask for DEBUG."""
    words = words_of_the_terminal()
    configure_logs(level)
    try:
        settings = load_settings()
        level = "DEBUG" if settings.log_level.upper() == "DEBUG" else level
        configure_logs(level, settings.secrets())
        asyncio.run(errand(Terminal(settings, words), *values))
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    except typer.Exit:
        raise
    except Exception as error:
        typer.echo(sentence_for(words, error), err=True)
        log.debug("the command failed", exc_info=error)
        raise typer.Exit(1) from None


def sentence_for(_: Words, error: Exception) -> str:
    """What to tell the operator about any failure."""
    match error:
        case ExceptionGroup():
            return sentence_for(_, error.exceptions[0])
        case CommandError():
            return str(error)
        case SettingsError():
            return _.plain(str(error))
        case NotFoundError():
            return _.plain("There is nothing of this name.")
        case XianfengError():
            return refusal(_, error, UTC)
        case PermissionError() | FileNotFoundError() | IsADirectoryError() | NotADirectoryError() if error.filename:
            return _.plain("{file} cannot be used: {reason}.", file=error.filename, reason=error.strerror)
        case _ if (trouble := trouble_of(error)) is not None:
            return _mendable(_, trouble)
        case _ if is_database_away(error):
            return away(_)
        case _:
            kind = type(error).__name__
            return _.plain("Something unexpected went wrong ({kind}). LOG_LEVEL=DEBUG shows where.", kind=kind)


def _mendable(_: Words, trouble: Trouble) -> str:
    if trouble is Trouble.DISK_FULL:
        return _.plain("The disk is full. What was confirmed is kept; free some space and try again.")
    return _.plain("The database cannot be written to: its file, folder or server is read-only.")


def away(_: Words) -> str:
    """What to say of a database that does not answer."""
    return _.plain("The database cannot be reached. Check DATABASE_URL, or run: {command} migrate", command=own_name())
