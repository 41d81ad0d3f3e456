"""Health and figures: what an operator's watch is told, and that it tells nothing of persons."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot import monitor as monitor_module
from bot.app import App, open_app
from bot.config import Settings
from bot.outbox.letters import MonthSummarised
from sandbox import Sandbox

TOKEN = "42:MONITOR"
EXPECTED = {
    "xianfeng_updates_total", "xianfeng_update_seconds_count", "xianfeng_telegram_calls_total",
    "xianfeng_telegram_bursts_total", "xianfeng_poll_conflicts_total", "xianfeng_polls", "xianfeng_letters",
    "xianfeng_oldest_due_letter_seconds", "xianfeng_due_work", "xianfeng_due_work_lag_seconds",
    "xianfeng_dead_letters", "xianfeng_database_connections", "xianfeng_database_connections_most",
    "xianfeng_database_up",
}  # fmt: skip


class Watch:
    """Looks at the two pages."""

    def __init__(self, app: App, base: str) -> None:
        self.app = app
        self._base = base

    async def health(self) -> tuple[int, str]:
        """Status and text."""
        async with ClientSession() as session, session.get(f"{self._base}/health") as response:
            return response.status, await response.text()

    async def text(self) -> str:
        """The figures' page."""
        async with ClientSession() as session, session.get(f"{self._base}/metrics") as response:
            assert response.status == 200
            return await response.text()

    async def figures(self) -> dict[str, float]:
        """The figures by name and labels."""
        lines = [line for line in (await self.text()).splitlines() if not line.startswith("#")]
        return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


@pytest.fixture
async def box() -> AsyncIterator[Sandbox]:
    """A sandbox with one bot."""
    async with Sandbox(bots={TOKEN: "monitor_bot"}) as box:
        yield box


@pytest.fixture
async def watch(
    box: Sandbox, migrated_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Watch]:
    """A running bot that is looked at; what it found is never older than its last change."""
    monkeypatch.setattr(monitor_module, "KEPT_S", 0.0)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = Settings(
        _env_file=None, bot_token=TOKEN, bot_api_base=box.url, database_url=migrated_url, var_dir=tmp_path,
        metrics_listen=f"127.0.0.1:{port}",
    )  # fmt: skip
    stopping = asyncio.Event()
    async with open_app(settings) as app, asyncio.TaskGroup() as group:
        group.create_task(app.run(stopping))
        async with asyncio.timeout(10):
            while not await _listens(port):
                await asyncio.sleep(0.02)
        yield Watch(app, f"http://127.0.0.1:{port}")
        stopping.set()


async def _listens(port: int) -> bool:
    with contextlib.suppress(OSError):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.close()
        return True
    return False


async def test_a_sound_bot_is_healthy_and_shows_all_its_figures(watch: Watch) -> None:
    """200, and every figure that docs/operations.md speaks of."""
    assert await watch.health() == (200, "ok\n")
    names = {name.partition("{")[0] for name in await watch.figures()}
    assert names >= EXPECTED - {"xianfeng_updates_total"}
    operations = (Path(__file__).parents[2] / "docs" / "operations.md").read_text(encoding="utf-8")
    assert {name for name in EXPECTED if name.removesuffix("_total").removesuffix("_count") not in operations} == set()


async def test_an_update_is_counted_and_timed_and_nobody_is_named(box: Sandbox, watch: Watch) -> None:
    """How many and how fast, not who and what."""
    stranger = box.person("欧阳路人")
    await stranger.says("/start")
    await stranger.sees("您好", timeout=10)
    assert await box.idle()
    figures = await watch.figures()
    assert figures['xianfeng_updates_total{outcome="done"}'] == 1
    assert figures["xianfeng_update_seconds_count"] == 1
    text = await watch.text()
    assert not any(word in text for word in ("欧阳路人", str(stranger.user_id), TOKEN, "您好"))


async def test_an_update_that_was_put_away_is_counted(box: Sandbox, watch: Watch) -> None:
    """The operator sees that something waits for him in the dead-letter table."""
    box.deliver({"message": {"text": "毒"}})
    async with asyncio.timeout(10):
        while (await watch.figures())["xianfeng_dead_letters"] == 0:
            await asyncio.sleep(0.05)
    assert (await watch.figures())['xianfeng_updates_total{outcome="buried"}'] == 1


async def test_many_answers_429_in_a_row_are_one_burst(box: Sandbox, watch: Watch) -> None:
    """The row is told from its length."""
    box.fault(method="sendMessage", code=429, retry_after=1, times=2)
    stranger = box.person("路人")
    await stranger.says("/start")
    await stranger.sees("您好", timeout=10)
    figures = await watch.figures()
    assert figures["xianfeng_telegram_bursts_total"] == 1
    assert figures['xianfeng_telegram_calls_total{outcome="too_many"}'] == 2


async def test_a_letter_that_cannot_go_out_grows_old_in_sight(box: Sandbox, watch: Watch) -> None:
    """By state, and for how long the oldest has been due."""
    async with watch.app.core.store.write() as tx:
        await tx.letters.write("lost", MonthSummarised(404), to_member=None)
    async with asyncio.timeout(10):
        while (await watch.figures())['xianfeng_letters{state="unreachable"}'] == 0:
            await asyncio.sleep(0.05)


async def test_a_part_that_stands_still_is_told(watch: Watch) -> None:
    """503 with the reason, so that a service manager starts the bot anew."""
    watch.app.ticker.beat_at = time.monotonic() - 500
    status, text = await watch.health()
    assert status == 503
    assert text.startswith("the clock stands still for 500 s")


async def test_what_comes_round_again_is_well(watch: Watch) -> None:
    """The postman's rounds are seen, without a letter to carry."""
    watch.app.postman.beat_at = time.monotonic() - 500
    assert (await watch.health())[0] == 503
    async with asyncio.timeout(10):
        while (await watch.health())[0] != 200:
            await asyncio.sleep(0.1)


async def test_an_old_schema_is_told(watch: Watch) -> None:
    """Somebody has put back an older copy, or forgot to migrate."""
    async with watch.app.core.store.write() as tx:
        await tx.connection.exec_driver_sql("update alembic_version set version_num = '0001'")
    assert await watch.health() == (503, "the database is not up to date: xianfeng migrate\n")


async def test_only_the_two_pages_are_there(watch: Watch) -> None:
    """Nothing can be changed from there."""
    async with ClientSession() as session:
        for method, path, status in (("GET", "/", 404), ("POST", "/metrics", 405), ("DELETE", "/health", 405)):
            async with session.request(method, f"{watch._base}{path}") as response:
                assert response.status == status
