"""Nothing that the suite prints, or any process that it starts, holds a bot's token: each test is searched for one."""

from __future__ import annotations

import asyncio.subprocess
import re
import subprocess
from asyncio.subprocess import SubprocessStreamProtocol
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
    heard: list[bytes] = []
    communicate, together = subprocess.Popen.communicate, asyncio.subprocess.Process.communicate
    receive = SubprocessStreamProtocol.pipe_data_received

    def searched_communicate(process: Any, *given: Any, **options: Any) -> Any:
        told = communicate(process, *given, **options)
        assert not any(found_in(one) for one in told), "a process printed a token"
        return told

    async def searched_together(process: Any, *given: Any) -> Any:
        told = await together(process, *given)
        if any(found_in(one) for one in told):
            heard.clear()
            raise AssertionError("a process printed a token")
        return told

    def searched_receive(protocol: Any, fd: int, data: bytes | str) -> None:
        heard.append(data if isinstance(data, bytes) else data.encode())
        receive(protocol, fd, data)

    monkeypatch.setattr(subprocess.Popen, "communicate", searched_communicate)
    monkeypatch.setattr(asyncio.subprocess.Process, "communicate", searched_together)
    monkeypatch.setattr(SubprocessStreamProtocol, "pipe_data_received", searched_receive)
    folder: Path | None = request.getfixturevalue("tmp_path") if "tmp_path" in request.fixturenames else None
    yield
    assert not found_in(b"".join(heard)), "a process printed a token"
    for log in folder.rglob("*.log") if folder else ():
        assert not found_in(log.read_bytes()), f"{log.name} holds a token"
