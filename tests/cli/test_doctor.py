"""The doctor looks at everything and says what to do."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from itertools import pairwise

import pytest

from bot.catalog import load_catalog
from bot.domain.accounts import Language
from bot.views import doctor
from bot.views.doctor import Verdict
from sandbox import Sandbox
from tests.cli.conftest import TOKEN, Office

EN = load_catalog()[Language.EN]


async def test_a_sound_installation_is_all_good(ready: Office, monkeypatch):
    """Database, token, clock, font: nothing bad, exit code 0."""
    async with Sandbox(bots={TOKEN: "sound_bot"}) as box:
        monkeypatch.setenv("BOT_API_BASE", box.url)
        printed = await asyncio.to_thread(ready.does, "doctor")
    assert "✗" not in printed
    for line in (
        "up to date",
        "WAL",
        "@sound_bot",
        "rare characters",
        "Asia/Shanghai",
        "The clock agrees with Telegram",
    ):
        assert line in printed


def test_a_bare_installation_says_what_to_do(office: Office, monkeypatch):
    """Every bad line is followed by its remedy."""
    monkeypatch.setenv("BOT_TOKEN", "")
    monkeypatch.setattr("sys.argv", ["xianfeng"])
    lines = office.is_refused("doctor").splitlines()
    remedies = [after for line, after in pairwise(lines) if line.startswith("✗")]
    assert len(remedies) == 2
    assert all(remedy.strip().startswith("→") for remedy in remedies)
    assert "xianfeng migrate" in remedies[0]


def test_an_unreachable_telegram_is_bad(ready: Office, monkeypatch):
    """The address is named, the token is not."""
    monkeypatch.setenv("BOT_API_BASE", "http://127.0.0.1:9")
    assert "✗ http://127.0.0.1:9 does not answer" in ready.is_refused("doctor")


async def test_a_refused_token_is_bad(ready: Office, monkeypatch):
    """The API answers, but not to this bot."""
    async with Sandbox(bots={"7:OTHER": "other_bot"}) as box:
        monkeypatch.setenv("BOT_API_BASE", box.url)
        printed = await asyncio.to_thread(ready.is_refused, "doctor")
    assert "✗ Telegram does not know this BOT_TOKEN" in printed


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:9", "http://127.0.0.1:9"])
def test_a_proxy_that_does_not_answer_is_bad(ready: Office, monkeypatch, proxy: str):
    """A dead proxy means that Telegram cannot be reached, and that is said."""
    monkeypatch.setenv("BOT_PROXY", proxy)
    assert "does not answer" in ready.is_refused("doctor")


@pytest.mark.parametrize(
    ("seconds", "verdict"), [(0, Verdict.GOOD), (-5, Verdict.GOOD), (6, Verdict.BAD), (-90, Verdict.BAD)]
)
def test_a_clock_may_be_off_by_five_seconds(seconds: int, verdict: Verdict):
    """More than that moves deadlines."""
    assert doctor.clock(EN, timedelta(seconds=seconds), "Telegram").verdict is verdict


def test_an_unknown_year_is_worth_knowing_but_not_bad():
    """Monday to Friday stand in until the state has published its holidays."""
    assert doctor.calendar(EN, 2031, known=False).verdict is Verdict.MIND
    assert doctor.calendar(EN, 2026, known=True).verdict is Verdict.GOOD


@pytest.mark.parametrize("condition", ["away", "empty", "old", "unknown"])
def test_a_database_that_is_not_current_is_bad_and_has_a_remedy(condition: str):
    """Each state has its own advice."""
    finding = doctor.database(EN, condition, "SQLite", "3.40", "OperationalError", "xianfeng")
    assert finding.verdict is Verdict.BAD
    assert finding.advice


def test_without_write_ahead_sqlite_is_bad():
    """A network share cannot hold the database."""
    assert doctor.journal(EN, "delete").verdict is Verdict.BAD


def test_a_full_or_closed_disk_is_bad():
    """Room and right to write."""
    assert doctor.disk(EN, "/var", 10, writable=True).verdict is Verdict.BAD
    assert doctor.disk(EN, "/var", 10_000, writable=False).verdict is Verdict.BAD
    assert doctor.disk(EN, "/var", 10_000, writable=True).verdict is Verdict.GOOD


def test_a_font_that_lacks_characters_is_bad():
    """Names must not come out as blanks."""
    assert doctor.font(EN, "䶮", "").verdict is Verdict.BAD
    assert doctor.font(EN, "", "OSError").verdict is Verdict.BAD
