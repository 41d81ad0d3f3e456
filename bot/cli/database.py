"""Bringing the database to the newest schema."""

from __future__ import annotations

from bot.cli.errand import Terminal
from bot.storage.condition import Condition, look_at
from bot.storage.migrate import migrate
from bot.storage.store import open_engine


async def bring_up_to_date(terminal: Terminal) -> None:
    """Migrate; an embedded database is made with its folder."""
    _, settings = terminal.words, terminal.settings
    before = await look_at(settings.database)
    if before.condition is Condition.UNKNOWN:
        terminal.fail(_.plain("The database is newer than this program. Install the newer version."))
    if before.condition is Condition.CURRENT:
        terminal.say(_.plain("The database is up to date already."))
        return
    settings.var_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = open_engine(settings.database)
    try:
        await migrate(engine)
    finally:
        await engine.dispose()
    terminal.say(_.plain("The database is up to date."))
