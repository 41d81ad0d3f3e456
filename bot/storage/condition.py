"""What can be told of a database from outside: whether it answers, how new it is, and what time it thinks it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url

from bot.storage.revision import KNOWN, NEWEST, read_revision
from bot.storage.store import open_engine


class Condition(StrEnum):
    """How far a database is."""

    AWAY = "away"
    EMPTY = "empty"
    OLD = "old"
    UNKNOWN = "unknown"
    CURRENT = "current"


@dataclass(frozen=True, slots=True)
class Found:
    """A database as it was found; `error` is the kind of failure where it is away."""

    condition: Condition
    kind: str
    version: str = ""
    journal: str = ""
    now: datetime | None = None
    error: str = ""


async def look_at(url: str) -> Found:
    """Look at the database; one that cannot be opened is AWAY, and an SQLite file is not made by looking."""
    kind = "PostgreSQL" if url.startswith("postgresql") else "SQLite"
    if kind == "SQLite" and not _file_exists(url):
        return Found(Condition.EMPTY, kind)
    engine = open_engine(url)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(_look, kind)
    except Exception as error:
        return Found(Condition.AWAY, kind, error=type(error).__name__)
    finally:
        await engine.dispose()


def _file_exists(url: str) -> bool:
    name = make_url(url).database
    return name is not None and Path(name).exists()


def _look(connection: Connection, kind: str) -> Found:
    condition = _condition(read_revision(connection))
    if kind == "SQLite":
        version = connection.scalar(text("select sqlite_version()"))
        return Found(condition, kind, str(version), str(connection.scalar(text("PRAGMA journal_mode"))))
    version = str(connection.scalar(text("show server_version")))
    now = connection.scalar(text("select now()"))
    return Found(condition, kind, version, now=now.astimezone(UTC) if isinstance(now, datetime) else None)


def _condition(revision: str) -> Condition:
    if not revision:
        return Condition.EMPTY
    if revision == NEWEST:
        return Condition.CURRENT
    return Condition.OLD if revision in KNOWN else Condition.UNKNOWN
