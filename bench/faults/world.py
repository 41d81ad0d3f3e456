"""The organisation of the rows: twelve members in three branches and an admin, a sandbox, and lives of the bot.

Time stands still unless a row moves it; what is read of the database is read by a connection of the world's own.
"""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text

from bench.faults.figures import Bench
from bench.faults.life import TOKEN, Life, Order
from bench.rehearsal.phone import Meter, Phone
from bot.config import Settings
from bot.core import Core, open_core
from bot.domain.accounts import Language
from bot.domain.actions.base import Action
from bot.domain.people import Category, Department, MemberStatus, Office, Role
from bot.domain.periods import Month, Quarter
from bot.sheets.roster import Roster, RosterRow
from bot.storage.migrate import migrate
from bot.storage.store import open_engine
from bot.telegram.codec import pack
from bot.usecases.visit import Cause, Visit
from sandbox import DueMoment, Group, Person, Sandbox, SimClock
from sandbox.sight import Tap

SHANGHAI = ZoneInfo("Asia/Shanghai")
BEGINS = "2026-10-20 10:00"
OCTOBER, QUARTER = "2026-10", "2026Q4"
_SECRETARY, _COMMISSIONER = Office(Role.SECRETARY), Office(Role.COMMISSIONER)
PEOPLE: dict[str, tuple[str, tuple[Office, ...]]] = {
    "王书记": ("第一党支部", (_SECRETARY,)),
    "李委员": ("第一党支部", (_COMMISSIONER,)),
    "张伟": ("第一党支部", ()),
    "赵敏": ("第一党支部", ()),
    "钱书记": ("第二党支部", (_SECRETARY,)),
    "周委员": ("第二党支部", (_COMMISSIONER,)),
    "吴芳": ("第二党支部", ()),
    "刘洋": ("第二党支部", (Office(Role.COMMITTEE),)),
    "冯书记": ("第三党支部", (_SECRETARY,)),
    "褚委员": ("第三党支部", (_COMMISSIONER,)),
    "卫强": ("第三党支部", ()),
    "蒋丽": ("第三党支部", (Office(Role.DEPARTMENT, Department.OFFICE),)),
    "陈管理": ("第三党支部", (Office(Role.ADMIN),)),
}
BRANCHES = tuple(dict.fromkeys(branch for branch, _ in PEOPLE.values()))
RESTS_WITHIN_S = 300.0


def at(moment: str) -> datetime:
    """An instant in Shanghai, written 2026-10-25 09:00."""
    return datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)


def roster(**moved: Any) -> Roster:
    """The organisation's people; by name, fields of the roster that are other ones."""
    rows = [
        RosterRow(str(100 + number), name, branch, offices, Category.STAFF, at("2010-07-01").date(),
                  MemberStatus.ACTIVE)
        for number, (name, (branch, offices)) in enumerate(PEOPLE.items())
    ]  # fmt: skip
    return Roster(tuple(replace(row, **moved.get(row.name, {})) for row in rows))


@dataclass(slots=True)
class World:
    """Everything that a row's play works with."""

    bench: Bench
    box: Sandbox
    clock: SimClock
    core: Core
    order: Order
    ids: dict[str, int]
    tokens: dict[str, str]
    people: dict[str, Person] = field(default_factory=dict)
    phones: dict[str, Phone] = field(default_factory=dict)
    life: Life | None = None
    kills: int = 0

    # ── the bot ───────────────────────────────────────────────────────────────────────────────────────────────────────

    async def start(self, **changed: Any) -> Life:
        """Begin a life of the bot."""
        self.life = await Life.begin(replace(self.order, **changed))
        return self.life

    @property
    def bot(self) -> Life:
        """The life that there is."""
        if self.life is None:
            raise RuntimeError("no bot lives")
        return self.life

    async def kill(self) -> None:
        """SIGKILL."""
        await self.bot.kill()
        self.kills += 1
        self.bench.counts["kills"] += 1
        self.life = None

    async def stop(self) -> float:
        """SIGTERM; how long it took."""
        taken = await self.bot.stop()
        self.life = None
        return taken

    async def rest(self) -> None:
        """Wait until the bot has taken every update, and done and said everything that is due now."""
        if not await self.box.idle(RESTS_WITHIN_S):
            raise TimeoutError(f"{self.box.pending} updates are still not taken")
        await self.bot.ask("settle")
        await self.box.idle(RESTS_WITHIN_S)

    async def travel(self, to: str | datetime) -> None:
        """Let time pass; all that comes due on the way is done in its order."""
        await self.rest()
        await self.box.travel(at(to) if isinstance(to, str) else to)
        await self.rest()

    # ── the database ──────────────────────────────────────────────────────────────────────────────────────────────────

    async def rows(self, statement: str, **values: Any) -> list[Mapping[str, Any]]:
        """What a query finds."""
        async with self.core.store.read() as tx:
            found = await tx.connection.execute(text(statement), values)
            return [dict(row) for row in found.mappings()]

    async def value(self, statement: str, **values: Any) -> Any:
        """The first column of the first row."""
        rows = await self.rows(statement, **values)
        return next(iter(rows[0].values())) if rows else None

    async def count(self, table: str, where: str = "1 = 1", **values: Any) -> int:
        """How many rows there are."""
        return int(await self.value(f"select count(*) from {table} where {where}", **values))

    async def write(self, *statements: str, **values: Any) -> None:
        """Change the database behind the bot's back."""
        async with self.core.store.write() as tx:
            for statement in statements:
                used = {name: value for name, value in values.items() if f":{name}" in statement}
                await tx.connection.execute(text(statement), used)

    async def first_bad(self) -> int | None:
        """The ledger's first bad entry, if any."""
        async with self.core.store.read() as tx:
            return await tx.ledger.first_bad()

    # ── the people ────────────────────────────────────────────────────────────────────────────────────────────────────

    async def taps(self, name: str, action: Action | str, *, wait: float = 10.0, **more: Any) -> Tap:
        """Send a button's data from the person's newest message of the bot, and note how long the answer took."""
        begun = time.perf_counter()
        data = action if isinstance(action, str) else pack(action)
        tap = await self.people[name].taps(data=data, wait=wait, **more)
        self.bench.counts["updates"] += 1
        if tap.answered and wait > 0:
            self.bench.answered_ms.append((time.perf_counter() - begun) * 1000)
        return tap

    async def says(self, name: str, words: str, to: Group | None = None) -> None:
        """Write to the bot, or into a group."""
        self.bench.counts["updates"] += 1
        await self.people[name].says(words, to)

    async def form(self, name: str, month: str = OCTOBER) -> Mapping[str, Any]:
        """The member's form as it is stored."""
        found = await self.rows(
            "select * from form where member_id = :member and month = :month", member=self.ids[name], month=month
        )
        return found[0]

    async def rating(self, name: str) -> Mapping[str, Any]:
        """The member's rating as it is stored."""
        return (await self.rows("select * from rating where member_id = :member", member=self.ids[name]))[0]

    async def open_october(self) -> None:
        """The form of October opens."""
        await self.travel("2026-10-25 09:00")

    async def hand_in(self, *names: str) -> None:
        """These hand October in as usual, behind the bot's back: the scoring is done by the product's own use case."""
        for name in names or PEOPLE:
            form = await self.form(name)
            visit = Visit(self.people[name].user_id, Cause(f"handed in by {name}"))
            await self.core.do.answer_rest(visit, form["id"])
            form = await self.form(name)
            visit = Visit(self.people[name].user_id, Cause(f"handed in again by {name}"))
            await self.core.do.submit_form(visit, form["id"], form["revision"])

    async def open_rating(self) -> None:
        """October is handed in and closed, and the rating of the quarter opens, by an admin's hand."""
        await self.open_october()
        await self.hand_in()
        await self.core.do.close_month(Month.parse(OCTOBER))
        await self.core.do.open_quarter(Quarter.parse(QUARTER))
        await self.rest()


@contextlib.asynccontextmanager
async def world(
    bench: Bench, *, begins: str = BEGINS, limits: bool = False, bound: bool = True, **order: Any
) -> AsyncIterator[World]:
    """Set an organisation on stage, everybody bound and chatting unless told otherwise, and no bot alive yet."""
    folder = Path(tempfile.mkdtemp(prefix="world", dir=bench.folder))
    clock = SimClock(at(begins), file=folder / "clock")
    settings = Settings(_env_file=None, bot_token=TOKEN, database_url=bench.fresh_database())
    engine = open_engine(settings.database)
    await migrate(engine)
    await engine.dispose()
    async with (
        Sandbox(clock=clock, bots={TOKEN: "xianfeng_bot"}, limits=limits) as box,
        open_core(settings, clock) as core,
    ):
        await core.do.import_roster(roster())
        issued = {one.person.name: one for one in await core.do.issue_invites()}
        life = Order(box.url, settings.database, folder / "clock", bench.folder / "bot.log", bench.plants, **order)
        here = World(
            bench, box, clock, core, life, {name: one.person.member_id for name, one in issued.items()},
            {name: one.token for name, one in issued.items()},
        )  # fmt: skip
        _seat(here)
        if bound:
            await _bind(here)
        _connect_time(here)
        try:
            yield here
        finally:
            if here.life is not None:
                await here.life.kill()


def _seat(here: World) -> None:
    meter = Meter(lambda: 0, lambda _taps: None)
    for number, name in enumerate(PEOPLE):
        here.people[name] = here.box.person(name, user_id=720_000_001 + number)
        here.phones[name] = Phone(here.people[name], meter, Random(here.bench.seed + number))


async def _bind(here: World) -> None:
    async with here.core.store.write() as tx:
        for name, member_id in here.ids.items():
            await tx.accounts.bind(here.people[name].user_id, member_id, Language.ZH, tx.now)
    await here.start()
    for name in PEOPLE:
        await here.people[name].says("/start")
    await here.rest()


def _connect_time(here: World) -> None:
    async def coming() -> list[DueMoment]:
        return [DueMoment(moment, name) for moment, name in await here.bot.ask("coming")]

    async def on_travel(_now: datetime) -> None:
        await here.rest()

    here.box.timeline = coming
    here.box.on_travel = on_travel


async def all_at_once(*deeds: Any) -> list[Any]:
    """Let these happen at the same time."""
    return await asyncio.gather(*deeds)


def leaders(branch: str) -> Sequence[str]:
    """The secretary and the commissioner."""
    return [name for name, (where, offices) in PEOPLE.items() if where == branch and offices and offices[0].role in {
        Role.SECRETARY, Role.COMMISSIONER,
    }]  # fmt: skip
