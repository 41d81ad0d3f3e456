"""Pictures come from a process of their own, which may fail without anybody waiting for it."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import psutil
import pytest

from bot.charts.facts import Overview, OverviewWords, Standing, Standings, StandingsWords
from bot.charts.papers.objection_file import ObjectionFile
from bot.delivery.drawing import Drawing
from bot.telegram.refusals import PictureFailedError

BOARD = Standings(
    "第一党支部",
    "2026年第4季度",
    "",
    (Standing(1, "张伟", Decimal("86.5"), own=True),),
    StandingsWords("70 分线", "未评定"),
)
PNG = b"\x89PNG"


@pytest.fixture
async def drawing() -> AsyncIterator[Drawing]:
    """The real worker, started when first needed."""
    found = Drawing(longest_s=120)
    yield found
    await found.aclose()


def workers() -> list[psutil.Process]:
    """The drawing processes that this test has started and that still run."""
    alive = (child for child in psutil.Process().children() if child.status() != psutil.STATUS_ZOMBIE)
    return [child for child in alive if child.cmdline()[:2] == [sys.executable, "-m"]]


async def test_facts_become_a_picture_and_equal_facts_the_same_one(drawing: Drawing) -> None:
    """The second time nothing is drawn."""
    first = await drawing(BOARD)
    assert first.startswith(PNG)
    assert await drawing(replace(BOARD)) is first


async def test_what_cannot_be_drawn_is_an_error_and_the_next_picture_comes(drawing: Drawing) -> None:
    """A table far too long for a photo does not take the worker down."""
    with pytest.raises(PictureFailedError):
        await drawing(replace(BOARD, rows=BOARD.rows * 600))
    assert (await drawing(BOARD)).startswith(PNG)


async def test_a_paper_is_typeset_beside_the_bot_and_its_maker_goes(drawing: Drawing) -> None:
    """What typesets takes more memory than all that draws, and is needed a few times a quarter."""
    sheet = ObjectionFile("异议", "示范分行党委", "没有异议", "", ())
    assert (await drawing(sheet)).startswith(b"%PDF")
    assert not workers()
    assert (await drawing(BOARD)).startswith(PNG)


async def test_a_killed_worker_is_replaced(drawing: Drawing) -> None:
    """The order under way may be lost, none after it."""
    await drawing(BOARD)
    (worker,) = workers()
    worker.kill()
    worker.wait(5)
    await asyncio.sleep(0.1)
    assert (await drawing(replace(BOARD, title="第二党支部"))).startswith(PNG)


async def test_a_worker_that_hangs_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits is told after the time limit, and the process is gone."""
    (tmp_path / "hanging_worker.py").write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    drawing = Drawing("hanging_worker", longest_s=0.5)
    with pytest.raises(PictureFailedError):
        await drawing(BOARD)
    assert workers() == []


async def test_an_order_given_up_half_way_leaves_no_picture_for_the_next(drawing: Drawing) -> None:
    """Cancelled callers must not make others see the wrong picture."""
    await drawing(BOARD)
    words = OverviewWords("平均分", "最低–最高", "完成", "全部", "未评定")
    task = asyncio.ensure_future(drawing(Overview("示范分行党委", "", "", (), words)))
    await asyncio.sleep(0.001)
    task.cancel()
    wanted = replace(BOARD, title="第三党支部")
    async with contextlib.aclosing(Drawing(longest_s=120)) as other:
        assert await drawing(wanted) == await other(wanted)
