"""After a crash the organisation goes on from a backup, and nobody is told twice what he was told before."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from pydantic import SecretStr

from bot.app import App, open_app
from bot.jobs.catch_up import catch_up
from bot.storage.backup import save
from bot.storage.restore import restore
from bot.storage.store import open_engine
from sandbox import Person
from tests.conversations.closing import MORE, branch_id_of, decide, rated_with
from tests.conversations.conftest import FIRST, Stage
from tests.conversations.rated import Q4

RESULT = "支部第 1 名（共 5 人）"


def told(person: Person, words: str) -> int:
    """How many messages with these words the bot has sent to the person."""
    return sum(words in (message.text or message.caption or "") for message in person.messages)


@contextlib.asynccontextmanager
async def restored(stage: Stage, backup: Path) -> AsyncIterator[App]:
    """The backup in a new database, brought up to now as the command does it, with a new bot over it."""
    url = f"sqlite+aiosqlite:///{backup.with_suffix('.sqlite3')}"
    engine = open_engine(url)
    await restore(engine, backup, stage.clock.now(), replace=False, moved=False)
    await engine.dispose()
    settings = stage.app.core.settings.model_copy(update={"database_url": SecretStr(url)})
    async with open_app(settings, stage.clock, 1000) as app:
        await catch_up(app.core.do)
        yield app


async def serve(app: App) -> None:
    """The new bot does all that it would do now."""
    await app.ticker.tick()
    while await app.postman.carry_due():
        pass


async def test_no_result_is_pushed_a_second_time(stage: Stage, tmp_path: Path) -> None:
    """Saved at night, pushed in the morning, then the disk was lost: the restored letters are held and dropped."""
    (zhang,) = await rated_with(stage, "张伟", 张伟=MORE)
    await stage.travel("2027-01-05 22:00")
    await decide(stage)
    await stage.app.core.do.close_branch.by_admin(Q4, await branch_id_of(stage, FIRST))
    await save(stage.app.core.store._engine, tmp_path / "night.zip", stage.clock.now())
    await stage.travel("2027-01-06 09:00")
    await zhang.sees(RESULT)
    assert told(zhang, RESULT) == 1

    async with restored(stage, tmp_path / "night.zip") as app:
        held = {one.kind: one.number for one in await app.core.do.list_held()}
        assert held["result_published"] == 1
        await serve(app)
        assert told(zhang, RESULT) == 1
        assert await app.core.do.drop_held("result_published") == 1
        await serve(app)
        assert told(zhang, RESULT) == 1
        assert (await app.core.do.verify_ledger()).flaw is None


async def test_the_work_of_the_lost_days_is_done_again_but_not_told_again(stage: Stage, tmp_path: Path) -> None:
    """The month closed and was summed up after the backup: it closes again, and nobody gets a second summary."""
    (zhang,) = await stage.open_october("张伟")
    await stage.travel("2026-11-01 20:00")
    await save(stage.app.core.store._engine, tmp_path / "before.zip", stage.clock.now())
    await stage.travel("2026-11-03 09:30")
    before = [message.text for message in zhang.messages if not message.outgoing]
    assert any("本月自评表未提交" in (text or "") for text in before)

    async with restored(stage, tmp_path / "before.zip") as app:
        assert [one.kind for one in await app.core.do.list_held()] == ["month_summarised"]
        await serve(app)
        assert [message.text for message in zhang.messages if not message.outgoing] == before
        async with app.core.store.read() as tx:
            assert await tx.periods.unclosed_months() == []
        assert await app.core.do.list_due() == []


async def test_released_letters_go_out(stage: Stage, tmp_path: Path) -> None:
    """The operator knows that the bot had died before it could send them."""
    (zhang,) = await stage.open_october("张伟")
    await stage.travel("2026-11-01 20:00")
    await save(stage.app.core.store._engine, tmp_path / "before.zip", stage.clock.now())
    await stage.travel("2026-11-03 09:30")
    summaries = told(zhang, "本月自评表未提交")

    async with restored(stage, tmp_path / "before.zip") as app:
        assert await app.core.do.release_held() == 1
        await serve(app)
        assert told(zhang, "本月自评表未提交") == summaries + 1
