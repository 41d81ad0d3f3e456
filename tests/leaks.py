"""Nothing that the suite prints, or any process that it starts, holds a bot's token: each test is searched for one."""

from __future__ import annotations

import asyncio.subprocess
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

TOKEN = re.compile(r"\d{8,12}(?::|%3A)[A-Za-z0-9_-]{30,}")
"""What a real token looks like; tests of running processes use tokens of this shape."""


def found_in(output: str | bytes | None) -> bool:
    """Whether a token stands in this output."""
    text = output.decode(errors="replace") if isinstance(output, bytes) else output
    return text is not None and TOKEN.search(text) is not None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """A test during which a token was printed has failed, whatever else it showed."""
    report = yield
    if report.when == "call" and report.passed and any(found_in(text) for _name, text in report.sections):
        report.outcome, report.longrepr = "failed", f"{item.nodeid} printed a token"
    return report


@pytest.fixture(autouse=True)
def _no_token_in_what_processes_say(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What they answered through a pipe is looked at as it is read, and their log files when the test is over."""
    run, communicate = subprocess.run, asyncio.subprocess.Process.communicate

    def searched_run(*command: Any, **options: Any) -> Any:
        done = run(*command, **options)
        assert not found_in(done.stdout), "a process printed a token"
        assert not found_in(done.stderr), "a process printed a token"
        return done

    async def searched_communicate(process: Any, *given: Any) -> Any:
        told = await communicate(process, *given)
        assert not any(found_in(one) for one in told), "a process printed a token"
        return told

    monkeypatch.setattr(subprocess, "run", searched_run)
    monkeypatch.setattr(asyncio.subprocess.Process, "communicate", searched_communicate)
    folder: Path | None = request.getfixturevalue("tmp_path") if "tmp_path" in request.fixturenames else None
    yield
    for log in folder.rglob("*.log") if folder else ():
        assert not found_in(log.read_bytes()), f"{log.name} holds a token"
