"""Carrying letters: what goes wrong with one must not stop the others, nor end the bot."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

import pytest
from markupsafe import Markup
from sqlalchemy.exc import InterfaceError
from structlog.testing import capture_logs

from bot.config import Settings
from bot.core import Core, open_core
from bot.delivery import postman as postman_module
from bot.delivery.pace import Pace
from bot.delivery.postman import MOST_ATTEMPTS, Postman
from bot.domain.accounts import Language
from bot.domain.people import Category, MemberStatus
from bot.outbox.letters import FormNudged, FormReminded, MonthSummarised
from bot.sheets.roster import Roster, RosterRow
from bot.storage.letters import LEASE, DueLetter
from bot.storage.schema import letter
from bot.views.view import View

MEMBER, TELEGRAM_ID = 1, 700


@dataclass
class HandClock:
    """A clock that is set by hand."""

    present: datetime = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)

    def now(self) -> datetime:
        """The present instant."""
        return self.present


class Writer:
    """Renders every letter but summaries, with which it always fails."""

    async def view(self, due: DueLetter) -> View:
        """The letter's kind as its text."""
        if isinstance(due.letter, MonthSummarised):
            raise KeyError("a row that nobody thought of")
        return View(Markup(due.letter.kind))


@dataclass
class Telegram:
    """Takes every message; one that is `slow` only once it may."""

    texts: list[str] = field(default_factory=list)
    slow: str = ""
    may: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, chat_id: int, view: View) -> int:
        """Take it."""
        if self.slow and self.slow == str(view.text):
            await self.may.wait()
        self.texts.append(str(view.text))
        return len(self.texts)


@dataclass
class Post:
    """A postman with all he works with."""

    core: Core
    clock: HandClock
    telegram: Telegram
    postman: Postman

    async def states(self) -> dict[str, int]:
        """How many letters are in each state."""
        async with self.core.store.read() as tx:
            return await tx.letters.counts()


@pytest.fixture
async def post(migrated_sqlite_url: str) -> AsyncIterator[Post]:
    """One bound member, no letters yet."""
    clock, telegram = HandClock(), Telegram()
    settings = Settings(_env_file=None, database_url=migrated_sqlite_url)
    async with open_core(settings, clock) as core:
        row = RosterRow("100", "张伟", "第一党支部", (), Category.STAFF, date(2010, 7, 1), MemberStatus.ACTIVE)
        await core.do.import_roster(Roster((row,)))
        async with core.store.write() as tx:
            await tx.accounts.bind(TELEGRAM_ID, MEMBER, Language.ZH, clock.now())
        with capture_logs():
            writer, sender, menus = cast("Any", Writer()), cast("Any", telegram), cast("Any", None)
            postman = Postman(core.store, writer, sender, menus, clock, Pace(1000), core.do.timetable)
            yield Post(core, clock, telegram, postman)


async def write(post: Post) -> None:
    """Two letters: one that cannot be rendered, and one that can."""
    async with post.core.store.write() as tx:
        await tx.letters.write("summary", MonthSummarised(1), to_member=MEMBER)
        await tx.letters.write("nudge", FormNudged(1), to_member=MEMBER)


async def test_a_letter_that_cannot_be_rendered_holds_up_no_other(post: Post) -> None:
    """It is tried again later, and given up in the end; the others arrive at once."""
    await write(post)
    await post.postman.carry_due()
    assert post.telegram.texts == ["form_nudged"]
    assert await post.states() == {"due": 1, "sent": 1}
    for _ in range(MOST_ATTEMPTS):
        post.clock.present += timedelta(hours=1)
        await post.postman.carry_due()
    assert await post.states() == {"refused": 1, "sent": 1}


async def test_a_letter_of_a_newer_version_is_left_to_it(post: Post) -> None:
    """While a new version is brought in, the old one carries what it knows."""
    await write(post)
    async with post.core.store.write() as tx:
        await tx.connection.execute(letter.update().where(letter.c.key == "summary").values(kind="of_tomorrow"))
    await post.postman.carry_due()
    assert post.telegram.texts == ["form_nudged"]
    assert await post.states() == {"due": 1, "sent": 1}


async def test_a_database_that_goes_away_after_sending_is_waited_for(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The letter went out: that must be noted, or it would go out again."""
    monkeypatch.setattr(postman_module, "ROUND_S", 0.001)
    await write(post)
    store, failures = post.core.store, [InterfaceError("", {}, Exception("connection is closed"))] * 3
    opened = store.write

    def failing(*args: Any) -> Any:
        if post.telegram.texts and failures:
            raise failures.pop()
        return opened(*args)

    monkeypatch.setattr(store, "write", failing)
    await post.postman.carry_due()
    assert failures == []
    assert (await post.states())["sent"] == 1


async def test_the_postman_outlives_a_database_that_is_away(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    """When it is back he goes on as if nothing had been."""
    monkeypatch.setattr(postman_module, "ROUND_S", 0.001)
    await write(post)
    store, failures = post.core.store, [ConnectionRefusedError()] * 3
    opened = store.write

    def failing(*args: Any) -> Any:
        if failures:
            raise failures.pop()
        return opened(*args)

    monkeypatch.setattr(store, "write", failing)
    stopping = asyncio.Event()
    running = asyncio.ensure_future(post.postman.run(stopping))
    async with asyncio.timeout(5):
        while not post.telegram.texts:
            await asyncio.sleep(0.01)
    stopping.set()
    await running
    assert post.telegram.texts == ["form_nudged"]


async def nudge(post: Post, times: int = 1) -> None:
    """Letters that arrive at once."""
    async with post.core.store.write() as tx:
        for number in range(times):
            await tx.letters.write(f"nudge {number}", FormNudged(1), to_member=MEMBER)


async def remind(post: Post) -> None:
    """A letter whose upload takes long."""
    post.telegram.slow = "form_reminded"
    async with post.core.store.write() as tx:
        await tx.letters.write("slow", FormReminded(1), to_member=MEMBER)


async def sent(post: Post, times: int) -> None:
    """Wait until so many letters have arrived."""
    async with asyncio.timeout(10):
        while (await post.states()).get("sent", 0) < times:
            await asyncio.sleep(0.001)


@contextlib.asynccontextmanager
async def at_work(post: Post) -> AsyncIterator[None]:
    """The postman runs."""
    stopping = asyncio.Event()
    running = asyncio.ensure_future(post.postman.run(stopping))
    yield
    stopping.set()
    await running


async def test_a_letter_that_takes_long_holds_up_no_other(post: Post) -> None:
    """While one is uploaded, those that come meanwhile are carried; it arrives in the end."""
    await remind(post)
    async with at_work(post):
        for number in range(3):
            async with post.core.store.write() as tx:
                await tx.letters.write(f"later {number}", FormNudged(1), to_member=MEMBER)
            await sent(post, number + 1)
        assert post.telegram.texts == ["form_nudged"] * 3
        post.telegram.may.set()
    assert post.telegram.texts == ["form_nudged"] * 3 + ["form_reminded"]


async def test_as_many_letters_are_carried_at_once_as_there_are_hands(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With more letters than hands, all arrive once."""
    monkeypatch.setattr(postman_module, "HANDS", 4)
    await nudge(post, 30)
    async with at_work(post):
        await sent(post, 30)
    assert post.telegram.texts == ["form_nudged"] * 30


async def test_a_letter_that_takes_long_is_not_carried_by_another(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    """However long an upload takes: its claim is renewed, and nobody else finds it due."""
    monkeypatch.setattr(postman_module, "ROUND_S", 0.001)
    await remind(post)
    async with at_work(post):
        for _ in range(5):
            await asyncio.sleep(0.02)
            post.clock.present += LEASE / 2
            await asyncio.sleep(0.02)
            async with post.core.store.write() as tx:
                assert await tx.letters.claim(10) == []
        post.telegram.may.set()
    assert post.telegram.texts == ["form_reminded"]


async def test_with_nothing_due_the_postman_only_looks(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    """His rounds take nobody's turn to write."""

    def never() -> Any:
        raise AssertionError

    monkeypatch.setattr(post.core.store, "write", never)
    assert await post.postman.carry_due() == 0
