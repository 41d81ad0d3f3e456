"""Databases for every room: an empty SQLite file, and a real PostgreSQL started once a run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from aiogram.types import Update
from aiohttp import web_app

from bench.databases import PostgresServer, postgres_server
from bot.config import normalised_database_url
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
        yield server


@pytest.fixture
def postgres_url(postgres: PostgresServer) -> str:
    """An empty PostgreSQL database of the test's own."""
    return normalised_database_url(postgres.fresh_database())


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """An empty SQLite file of the test's own."""
    return f"sqlite+aiosqlite:///{tmp_path / 'test.sqlite3'}"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database, once of each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url
