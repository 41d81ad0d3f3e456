"""The bot as a process: it starts, refuses, and ends as an operator expects."""

from __future__ import annotations

import asyncio
import os
import signal
import sys

import pytest

from bot.config import ROOT
from sandbox import Sandbox
from tests.cli.conftest import TOKEN, Office

# Only a process that hangs takes so long, however busy the machine is.
LONGEST_S = 300


async def started(box_url: str) -> asyncio.subprocess.Process:
    """`xianfeng run`, as soon as it says that it runs."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "BOT_API_BASE": box_url, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    line = await asyncio.wait_for(process.stderr.readline(), LONGEST_S)
    assert b"event=running bot=run_bot" in line, line
    return process


async def test_a_signal_ends_it_gracefully_and_the_token_is_nowhere(ready: Office):
    """SIGTERM, as from a service manager: exit code 0 within ten seconds."""
    async with Sandbox(bots={TOKEN: "run_bot"}) as box:
        process = await started(box.url)
        stranger = box.person("路人")
        await stranger.says("/start")
        await stranger.sees("您好", timeout=10)
        process.send_signal(signal.SIGTERM)
        _nothing, errors = await asyncio.wait_for(process.communicate(), 10)
    assert process.returncode == 0
    assert b"event=ended" in errors
    assert TOKEN.encode() not in errors
    assert "路人".encode() not in errors


async def test_a_second_interrupt_ends_it_at_once(ready: Office):
    """Ctrl-C twice is for somebody in a hurry; what is not acknowledged comes again."""
    async with Sandbox(bots={TOKEN: "run_bot"}) as box:
        process = await started(box.url)
        box.fault(method="sendMessage", code=0, delay=30, times=0)
        await box.person("路人").says("/start")
        await asyncio.sleep(0.3)
        process.send_signal(signal.SIGINT)
        await asyncio.sleep(0.3)
        process.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(process.wait(), 5) == 130


@pytest.mark.parametrize(
    ("token", "sentence"), [("7:OTHERBOT", "does not know this BOT_TOKEN"), ("", "BOT_TOKEN is missing")]
)
async def test_without_a_good_token_it_does_not_start(ready: Office, monkeypatch, token: str, sentence: str):
    """One sentence, exit code 1."""
    monkeypatch.setenv("BOT_TOKEN", token)
    async with Sandbox(bots={TOKEN: "run_bot"}) as box:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", stderr=asyncio.subprocess.PIPE,
            env={**os.environ, "BOT_API_BASE": box.url, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        _nothing, errors = await asyncio.wait_for(process.communicate(), LONGEST_S)
    assert process.returncode == 1
    assert sentence in errors.decode()
    assert errors.count(b"\n") == 1


async def test_the_demo_says_where_to_click_and_ends_on_ctrl_c(office: Office):
    """Three commands are not needed: one starts everything, one key ends it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", "--members", "12", "--branches", "2", "--port", "8450", "--no-browser",
        stdout=asyncio.subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    printed = (await asyncio.wait_for(process.stdout.readuntil(b"Ctrl-C"), LONGEST_S)).decode()
    assert len([line for line in printed.splitlines() if "?as=" in line]) == 6
    process.send_signal(signal.SIGINT)
    rest, _nothing = await asyncio.wait_for(process.communicate(), 10)
    assert process.returncode == 0
    assert b"The demo has ended." in rest


def test_a_demo_of_too_few_people_is_refused(office: Office):
    """Each branch needs a secretary, a commissioner and a member."""
    assert "at least 3 members" in office.is_refused("demo", "--members", "5", "--branches", "2")
