"""Keys of updates are forgotten once Telegram cannot deliver them again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.storage.migrate import migrate
from bot.storage.store import Cause, Store, open_engine
from bot.usecases.forget_updates import ForgetUpdates
from sandbox import SimClock
from tests.conversations.conftest import at


async def test_a_key_is_kept_for_three_days_and_then_free_again(tmp_path: Path) -> None:
    """Telegram repeats an update within a day; after a quiet week it may give the same number to another one."""
    clock = SimClock(at("2026-10-20 10:00"))
    engine = open_engine(f"sqlite+aiosqlite:///{tmp_path / 'keys.sqlite3'}")
    await migrate(engine)
    store = Store(engine, clock)
    async with store.write(Cause("u7")):
        pass
    clock.travel(clock.now() + timedelta(days=2))
    assert await ForgetUpdates(store)() == 0
    clock.travel(clock.now() + timedelta(days=2))
    assert await ForgetUpdates(store)() == 1
    async with store.write(Cause("u7")):
        pass
    await store.close()
