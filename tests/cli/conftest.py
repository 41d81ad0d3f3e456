"""An office with a terminal: a folder, settings in the environment, and the command line."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
import structlog
from typer.testing import CliRunner, Result

from bot.cli.program import program
from bot.config import Settings, load_settings
from bot.core import Core, open_core
from bot.demo.organisation import demo_roster

T = TypeVar("T")
TOKEN = "123456789:AAcliTestsOwnTokenThatNobodyElseHas"


@dataclass(frozen=True)
class Office:
    """Runs commands in its folder; everything ever printed is kept, to be searched for secrets."""

    folder: Path
    printed: list[str]

    def run(self, *words: str) -> Result:
        """`xianfeng …`."""
        result = CliRunner().invoke(program, list(words))
        self.printed.append(result.output)
        return result

    def does(self, *words: str) -> str:
        """The same, for a command that must succeed; what it printed."""
        result = self.run(*words)
        assert result.exit_code == 0, result.output
        return result.output

    def is_refused(self, *words: str) -> str:
        """The same, for a command that must be refused with exit code 1; what it printed."""
        result = self.run(*words)
        assert result.exit_code == 1, result.output
        assert "Traceback" not in result.output
        return result.output

    def ask(self, question: Callable[[Core], Awaitable[T]]) -> T:
        """Look into the system beside the command line."""

        async def asked() -> T:
            async with open_core(load_settings()) as core:
                return await question(core)

        return asyncio.run(asked())

    def roster(self, members: int = 12, branches: int = 3) -> str:
        """A roster file of the demo organisation."""
        file = self.folder / "党员名册.xlsx"
        file.write_bytes(demo_roster(1, members, branches))
        return str(file)


@pytest.fixture(autouse=True)
def _log_of_its_own() -> Iterator[None]:
    """A command sets the log up; the next test begins as if none had."""
    root = logging.getLogger()
    handlers, level, ours = root.handlers[:], root.level, structlog.get_config()
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**ours)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """An office with a token and an embedded database that is not made yet; English, so that tests read easily."""
    monkeypatch.setitem(Settings.model_config, "env_file", None)
    for name, value in {"LC_ALL": "C.UTF-8", "BOT_TOKEN": TOKEN, "VAR_DIR": str(tmp_path / "var")}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.chdir(tmp_path)
    office = Office(tmp_path, [])
    yield office
    assert TOKEN not in "".join(office.printed)


@pytest.fixture
def ready(office: Office) -> Office:
    """The same office with a database and a roster of twelve in three branches."""
    office.does("migrate")
    office.does("roster", "import", office.roster())
    return office
