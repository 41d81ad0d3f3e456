"""The demo: a made-up organisation, the bot and the sandbox in one process, with a clock that the visitor moves."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from bot.app import App, open_app
from bot.config import Settings
from bot.core import open_core
from bot.demo.cast import Cast, choose_cast
from bot.demo.extras import Extras
from bot.demo.life import Life
from bot.demo.organisation import demo_roster
from bot.demo.phone import Phone
from bot.demo.platforms import put_examples
from bot.demo.seats import account_of, seat
from bot.domain.accounts import Language
from bot.domain.calendar import working_day_from
from bot.domain.people import MemberStatus
from bot.domain.people import Person as Member
from bot.domain.periods import Month
from bot.domain.timetable import LEADERS_ARE_TOLD_AT
from bot.sheets.roster import read_roster
from bot.sheets.table import read_table
from bot.storage.migrate import migrate
from bot.storage.store import open_engine
from bot.views.moments import moment_name, morning_name
from bot.views.words import Words
from sandbox import DueMoment, Sandbox, SimClock

BEGINS_AT = datetime(2026, 10, 24, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
ORGANISATION = "中共示范分行委员会"
USERNAME, NAME = "xianfeng_demo_bot", "先锋积分"
EXPORTS = "platforms"
PORTS_TRIED = 100
FASTER_THAN_TELEGRAM = 1000.0
PAUSE_S = 0.01


@dataclass(frozen=True, slots=True)
class Wishes:
    """How the visitor wants the demo."""

    folder: Path
    port: int = 8081
    members: int = 253
    branches: int = 24
    seed: int = 1
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Demo:
    """Everything is set up; `run` brings it to life, and `entered` is set when everybody has come in."""

    box: Sandbox
    app: App
    cast: Cast
    people: int
    language: Language
    exports: Path
    _life: Life
    _extras: Extras
    _entering: tuple[Member, ...]
    entered: asyncio.Event = field(default_factory=asyncio.Event)

    def address(self, *members: Member) -> str:
        """The page in the visitor's language, open at the chats of these people."""
        asked = {"as": ",".join(str(account_of(member)) for member in members)} if members else {}
        if self.language is Language.EN:
            asked["lang"] = "en"
        return f"{self.box.url}/?{urlencode(asked, safe=',')}" if asked else f"{self.box.url}/"

    async def run(self, stopping: asyncio.Event) -> None:
        """Serve until told to stop; the extras come in while the visitor looks around."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self.app.run(stopping))
            entering = group.create_task(self._enter())
            await stopping.wait()
            entering.cancel()

    async def _enter(self) -> None:
        await self._extras.enter(self._entering)
        self.entered.set()

    async def timeline(self) -> list[DueMoment]:
        """What comes due, named in the languages of the page."""
        zh, en = (self.app.core.catalog[language] for language in (Language.ZH, Language.EN))
        coming = await self.app.core.do.list_coming()
        moments = [DueMoment(due.at, moment_name(zh, due), {Language.EN: moment_name(en, due)}) for due in coming]
        morning = DueMoment(self._next_morning(), morning_name(zh), {Language.EN: morning_name(en)}, passing=True)
        return [*moments, morning]

    def _next_morning(self) -> datetime:
        """When people are told next what waits for them."""
        timetable, now = self.app.core.do.timetable, self.box.clock.now()
        today = timetable.day_of(now)
        days = (working_day_from(today + timedelta(days=ahead)) for ahead in (0, 1))
        return next(at for day in days if (at := timetable.at(day, LEADERS_ARE_TOLD_AT)) > now)

    async def settle(self, _now: datetime) -> None:
        """Do all that is due now, and let everybody do what waits for him."""
        await self.entered.wait()
        await self._work_off()
        await self._life.act()
        await self._work_off()

    async def _work_off(self) -> None:
        await self.box.idle()
        await self.app.ticker.tick()
        # The bot's own postman may be carrying them just now; then there is nothing to do but wait for him.
        while await self._letters_wait():
            if not await self.app.postman.carry_due():
                await asyncio.sleep(PAUSE_S)
        await self.box.idle()

    async def _letters_wait(self) -> bool:
        async with self.app.core.store.read() as tx:
            due_at = await tx.letters.next_due_at()
            return due_at is not None and due_at <= tx.now


@contextlib.asynccontextmanager
async def open_demo(wishes: Wishes, words: Words) -> AsyncIterator[Demo]:
    """Set the demo up; the page answers from here on. Raises ValueError for people who cannot fill the branches."""
    settings = _settings(wishes)
    roster = demo_roster(wishes.seed, wishes.members, wishes.branches)
    begins_at = await _prepare(settings, roster, wishes)
    clock = SimClock(begins_at, running=True)
    async with Sandbox(free_port(wishes.port), clock, zone=settings.timezone) as box:
        box.bot(settings.bot_token.get_secret_value(), USERNAME, NAME)
        settings = settings.model_copy(update={"bot_api_base": box.url})
        async with open_core(settings, clock, by="cli") as core:
            tokens = {invite.person.member_id: invite.token for invite in await core.do.issue_invites()}
            async with core.store.read() as tx:
                people, bound = await tx.people.all(), await tx.people.bound()
            exports, today = wishes.folder / EXPORTS, BEGINS_AT.date()
            await asyncio.to_thread(put_examples, exports, Month.of(today), people, today)
            persons = await seat(box, core.catalog[Language.ZH], people, tokens)
        async with open_app(settings, clock, FASTER_THAN_TELEGRAM) as app:
            phones = {member_id: Phone(box, person) for member_id, person in persons.items()}
            cast, extras = choose_cast(people), Extras(phones, tokens)
            life = Life(app.core.store, app.core.do.timetable, cast, people, phones, extras)
            entering = _in_order_of_entry(cast, people, bound)
            demo = Demo(box, app, cast, len(people), words.language, exports, life, extras, entering)
            box.timeline, box.on_travel = demo.timeline, demo.settle
            yield demo


def _in_order_of_entry(cast: Cast, people: list[Member], bound: set[int]) -> tuple[Member, ...]:
    """Those who are known first, then the played and their branch, then all others; the member is left to come in."""
    leaders = [lead for lead in cast.leads if lead is not cast.member]
    known = [member for member in people if member.member_id in bound]
    others = [member for member in people if member.status is not MemberStatus.LEFT and member is not cast.member]
    return tuple({one.member_id: one for one in (*known, *leaders, *cast.extras, *others)}.values())


def free_port(wanted: int) -> int:
    """The wanted port, or the next one that is free. Raises OSError if none is."""
    for port in range(wanted, min(wanted + PORTS_TRIED, 65536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind(("127.0.0.1", port))
                return port
    raise OSError(f"no port from {wanted} on is free")


def _settings(wishes: Wishes) -> Settings:
    return Settings(
        _env_file=None, bot_token="42:DEMO", bot_api_base="http://127.0.0.1", bot_proxy="", organisation=ORGANISATION,
        timezone="Asia/Shanghai", var_dir=wishes.folder, tick_seconds=5,
        database_url=f"sqlite:///{wishes.folder / 'demo.sqlite3'}",
    )  # fmt: skip


async def _prepare(settings: Settings, roster: bytes, wishes: Wishes) -> datetime:
    """Make the database (or go on with the kept one) and import the roster as an office would; returns the time."""
    await asyncio.to_thread(_make_room, wishes)
    engine = open_engine(settings.database)
    await migrate(engine)
    await engine.dispose()
    async with open_core(settings, SimClock(BEGINS_AT), by="cli") as core:
        newest_at = (await core.do.verify_ledger()).newest_at
        if newest_at is None:
            table = await asyncio.to_thread(read_table, roster, "roster.xlsx")
            await core.do.import_roster(read_roster(table, BEGINS_AT.date()))
    return max(BEGINS_AT, newest_at or BEGINS_AT)


def _make_room(wishes: Wishes) -> None:
    wishes.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not wishes.keep:
        for file in wishes.folder.glob("demo.sqlite3*"):
            file.unlink()
