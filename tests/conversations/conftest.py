"""A small organisation in a sandbox, with the real bot beside it: the stage on which conversations are played."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.app import App, open_app
from bot.config import Settings
from bot.domain.people import Category, Department, MemberStatus, Office, Role
from bot.sheets.roster import Roster, RosterRow
from sandbox import DueMoment, Person, Sandbox, SimClock
from tests.sandbox.second_reader import read_back

SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST, SECOND = "第一党支部", "第二党支部"

_SECRETARY, _COMMISSIONER = Office(Role.SECRETARY), Office(Role.COMMISSIONER)
PEOPLE: dict[str, tuple[str, tuple[Office, ...]]] = {
    "王书记": (FIRST, (_SECRETARY,)),
    "李委员": (FIRST, (_COMMISSIONER,)),
    "张伟": (FIRST, ()),
    "赵敏": (FIRST, ()),
    "孙喆": (FIRST, ()),
    "钱书记": (SECOND, (_SECRETARY,)),
    "周委员": (SECOND, (_COMMISSIONER,)),
    "吴芳": (SECOND, ()),
    "郑党委": (SECOND, (Office(Role.COMMITTEE),)),
    "冯办公室": (SECOND, (Office(Role.DEPARTMENT, Department.OFFICE),)),
    "陈管理": (SECOND, (Office(Role.ADMIN),)),
}


def roster_row(
    staff_no: str, name: str, branch: str, *offices: Office, status: MemberStatus = MemberStatus.ACTIVE
) -> RosterRow:
    """One made-up person."""
    return RosterRow(staff_no, name, branch, offices, Category.STAFF, date(2010, 7, 1), status)


def at(text: str) -> datetime:
    """An instant in Shanghai, written 2026-10-25 09:00."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@dataclass
class Stage:
    """The organisation on stage; persons are found by name and bound when first asked for."""

    box: Sandbox
    app: App
    clock: SimClock
    tokens: dict[str, str]
    on_stage: dict[str, Person] = field(default_factory=dict)

    async def person(self, name: str) -> Person:
        """The person of this name, bound to the bot."""
        if name not in self.on_stage:
            person = self.on_stage[name] = self.box.person(name)
            await person.says(f"/start {self.tokens[name]}")
            await person.sees("是，绑定")
            await person.taps("✅ 是，绑定")
            await self.settle()
        return self.on_stage[name]

    async def persons(self, *names: str) -> list[Person]:
        """Several persons, bound."""
        return [await self.person(name) for name in names]

    async def travel(self, to: str) -> None:
        """Let time pass until this instant in Shanghai; everything that comes due on the way is done in order."""
        await self.box.travel(at(to))
        await self.settle()

    async def settle(self) -> None:
        """Wait until the bot has done all it has to do now."""
        await self.box.idle()
        await self.app.ticker.tick()
        while await self._letters_wait():
            await self.app.postman.carry_due()
        await self.box.idle()

    async def _letters_wait(self) -> bool:
        async with self.app.core.store.read() as tx:
            next_due_at = await tx.letters.next_due_at()
            return next_due_at is not None and next_due_at <= tx.now

    async def open_october(self, *names: str) -> list[Person]:
        """Bind these persons and let the form of October 2026 open."""
        found = await self.persons(*names)
        await self.travel("2026-10-25 09:00")
        return found


def demo_people() -> Roster:
    """The made-up people as a roster."""
    numbered = enumerate(PEOPLE.items(), start=100)
    return Roster(
        tuple(roster_row(str(number), name, branch, *offices) for number, (name, (branch, offices)) in numbered)
    )


@pytest.fixture(scope="session")
def empty_database(migrated_file: Path) -> Path:
    """A migrated SQLite file that is copied for each stage."""
    return migrated_file


@pytest.fixture
async def stage(tmp_path: Path, empty_database: Path) -> AsyncIterator[Stage]:
    """The organisation on 20 October 2026, 10:00 in Shanghai, nobody bound yet."""
    async with open_stage(tmp_path, empty_database) as stage:
        yield stage


@contextlib.asynccontextmanager
async def open_stage(folder: Path, empty_database: Path) -> AsyncIterator[Stage]:
    """The same, in this folder; at the end python-telegram-bot reads back everything that the bot has said."""
    shutil.copy(empty_database, folder / "stage.sqlite3")
    clock = SimClock(at("2026-10-20 10:00"))
    async with Sandbox(clock=clock, bots={"42:TEST": "xianfeng_bot"}) as box:
        settings = Settings(
            _env_file=None, bot_token="42:TEST", bot_api_base=box.url, organisation="示范分行党委",
            database_url=f"sqlite:///{folder / 'stage.sqlite3'}", tick_seconds=60,
        )  # fmt: skip
        async with open_app(settings, clock, 1000) as app:
            await app.core.do.import_roster(demo_people())
            tokens = {issued.person.name: issued.token for issued in await app.core.do.issue_invites()}
            stage = Stage(box, app, clock, tokens)
            stopping = asyncio.Event()
            running = asyncio.ensure_future(app.run(stopping))
            await _connect_time(box, stage)
            try:
                yield stage
            finally:
                stopping.set()
                await asyncio.wait_for(running, 10)
        read_back(box)


async def _connect_time(box: Sandbox, stage: Stage) -> None:
    async def coming() -> list[DueMoment]:
        return [DueMoment(due.at, due.moment) for due in await stage.app.core.do.list_coming()]

    async def on_travel(now: datetime) -> None:
        await stage.settle()

    box.timeline = coming
    box.on_travel = on_travel
