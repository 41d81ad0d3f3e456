"""Saving the database, putting it back, and deciding on letters of which a restore cannot know whether they arrived."""

from __future__ import annotations

from pathlib import Path

from bot.cli.errand import BY, Terminal, away
from bot.cli.speaking import own_name
from bot.clock import SystemClock
from bot.core import open_core
from bot.jobs.catch_up import catch_up
from bot.storage.archive import BackupBrokenError
from bot.storage.backup import save
from bot.storage.condition import Condition, look_at
from bot.storage.restore import BackupNewerError, TargetInUseError, restore
from bot.storage.sole_use import sole_use
from bot.storage.store import open_engine
from bot.views import held as views


async def make(terminal: Terminal, file: Path) -> None:
    """Save one consistent moment into a new file; the bot may run meanwhile, and the schema may be an older one."""
    _, settings = terminal.words, terminal.settings
    found = await look_at(settings.database)
    if found.condition is Condition.AWAY:
        terminal.fail(away(_))
    if found.condition is Condition.EMPTY:
        terminal.fail(_.plain("The database is empty: there is nothing to save."))
    _must_be_new(terminal, file)
    engine = open_engine(settings.database)
    try:
        manifest = await save(engine, file, SystemClock().now())
    finally:
        await engine.dispose()
    terminal.say(_.plain("Saved {rows} rows of {tables} tables to {file} ({size} MB).", rows=manifest.rows,
                         tables=len(manifest.tables), file=file,
                         size=_megabytes(file)))  # fmt: skip
    terminal.say(_.plain("Head of the ledger: {hash}", hash=str(manifest.head)))
    terminal.say(
        _.plain("The file holds personal data: keep it where only you can read it, and not beside the database.")
    )


def _must_be_new(terminal: Terminal, file: Path) -> None:
    if file.exists():
        terminal.fail(terminal.words.plain("{file} exists already and is not overwritten.", file=file))


def _megabytes(file: Path) -> str:
    return f"{file.stat().st_size / 1e6:.1f}"


async def put_back(terminal: Terminal, file: Path, replace: bool, moved: bool) -> None:
    """Restore into the database of the settings, whichever kind it is; the bot must not run."""
    _, settings = terminal.words, terminal.settings
    if not settings.database_url.get_secret_value():
        settings.var_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    clock = SystemClock()
    now, engine = clock.now(), open_engine(settings.database)
    try:
        with sole_use(settings.database):
            manifest, held = await restore(engine, file, now, replace=replace, moved=moved)
            if not moved:
                async with open_core(settings, by=BY) as core:
                    held += await catch_up(core.do)
    except TargetInUseError:
        terminal.fail(_.plain("The database holds data already. With --replace all of it gives way to the backup."))
    except BackupNewerError:
        terminal.fail(_.plain("The backup was made by a newer version of this program. Install that one."))
    except BackupBrokenError:
        terminal.fail(_.plain("{file} is no whole backup: it was damaged or changed. Nothing was restored.", file=file))
    finally:
        await engine.dispose()
    terminal.say(_.plain("Restored {rows} rows as of {at}; the ledger is whole up to {hash}.", rows=manifest.rows,
                         at=f"{manifest.taken_at.astimezone(settings.zone):%Y-%m-%d %H:%M:%S}",
                         hash=str(manifest.head)))  # fmt: skip
    if held:
        terminal.say(views.held_after_restore(_, held, own_name()))


async def held(terminal: Terminal) -> None:
    """Show what is held."""
    _ = terminal.words
    async with terminal.core() as core:
        kinds = await core.do.list_held()
    terminal.say(views.held_letters(_, kinds, terminal.settings.zone))


async def release(terminal: Terminal, kind: str) -> None:
    """Let held letters go out."""
    _ = terminal.words
    async with terminal.core() as core:
        number = await core.do.release_held(kind)
    terminal.say(_.many_plain("{n} letter goes out now.", "{n} letters go out now.", number))


async def drop(terminal: Terminal, kind: str) -> None:
    """Never send held letters."""
    _ = terminal.words
    async with terminal.core() as core:
        number = await core.do.drop_held(kind)
    terminal.say(_.many_plain("{n} letter is dropped.", "{n} letters are dropped.", number))
