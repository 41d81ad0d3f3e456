"""An SQLite file is served by one running bot: a second one is refused before it has done anything."""

from __future__ import annotations

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.engine import make_url

from bot.errors import DatabaseTakenError


@contextlib.contextmanager
def sole_use(url: str) -> Iterator[None]:
    """Hold the file's lock, or DatabaseTakenError; the system lets go of it however the process ends.

    Commands of the command line do not take it: they may work beside the running bot.
    """
    address = make_url(url)
    if address.get_backend_name() != "sqlite" or address.database in {None, "", ":memory:"}:
        yield
        return
    with Path(f"{address.database}.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DatabaseTakenError from error
        yield
