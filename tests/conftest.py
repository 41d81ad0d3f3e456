"""Databases for every room: an empty SQLite file, and a real PostgreSQL started once a run."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from aiogram.types import Update
from aiohttp import web_app
from sqlalchemy import make_url

from bench.databases import PostgresServer, postgres_server
from bot.config import normalised_database_url
from bot.storage.migrate import migrate
from bot.storage.store import open_engine
from tests.leaks import _no_token_in_what_processes_say, pytest_runtest_makereport

__all__ = ["_no_token_in_what_processes_say", "pytest_runtest_makereport"]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """A worker for each core that this run may use, which need not be all of the machine's."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def pytest_configure() -> None:
    """Logged errors come with plain traces: painting all their variables in colour takes seconds for each."""
    painter = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], painter])


@pytest.fixture(autouse=True)
def _libraries_forget() -> Iterator[None]:
    """What two libraries remember for the process's life would keep the bot and the sandbox of every test alive."""
    yield
    web_app._cached_build_middleware.cache_clear()
    Update.event_type.fget.cache_clear()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL on a unix socket, for as long as the run lasts."""
    with postgres_server() as server:
        server.trust_the_machine()
        yield server


@pytest.fixture
def postgres_url(postgres: PostgresServer) -> str:
    """An empty PostgreSQL database of the test's own."""
    return normalised_database_url(postgres.fresh_database())


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """An empty SQLite file of the test's own."""
    return f"sqlite+aiosqlite:///{tmp_path / 'test.sqlite3'}"


BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database, once of each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


def _migrated(url: str) -> None:
    async def make() -> None:
        engine = open_engine(url)
        await migrate(engine)
        await engine.dispose()

    asyncio.run(make())


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, made once to be copied."""
    path = tmp_path_factory.mktemp("database") / "migrated.sqlite3"
    _migrated(f"sqlite+aiosqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_template(postgres: PostgresServer) -> str:
    """The name of a migrated PostgreSQL database, made once to be copied."""
    url = normalised_database_url(postgres.fresh_database())
    _migrated(url)
    return make_url(url).database or ""


@pytest.fixture
def migrated_sqlite_url(sqlite_url: str, migrated_file: Path) -> str:
    """A migrated SQLite file of the test's own."""
    shutil.copy(migrated_file, make_url(sqlite_url).database or "")
    return sqlite_url


@pytest.fixture
def migrated_postgres_url(postgres: PostgresServer, migrated_template: str) -> str:
    """A migrated PostgreSQL database of the test's own."""
    return normalised_database_url(postgres.fresh_database(like=migrated_template))


@pytest.fixture(params=BOTH)
def migrated_url(request: pytest.FixtureRequest) -> str:
    """A migrated database, once of each kind."""
    url: str = request.getfixturevalue(f"migrated_{request.param}_url")
    return url
