"""What is kept for how long, over years of virtual time, on both databases."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Table, func, select

from bot.domain import retention
from bot.domain.timetable import Moment, Timetable
from bot.storage.schema import dead_letter, due, evidence, form, handled_update, invite, letter, sending_slot
from bot.storage.sending_slots import OVERALL
from bot.storage.store import Cause, Store
from bot.usecases.calendar.due_work import ListDue
from bot.usecases.people.forget_old_data import ForgetOldData
from sandbox import SimClock
from tests.privacy.filling import fill

TIMETABLE = Timetable(ZoneInfo("Asia/Shanghai"))
DOCS = Path(__file__).resolve().parents[2] / "docs" / "privacy.md"
MOMENT = timedelta(minutes=1)
NOON = time(12)


@pytest.fixture
async def kept(store: Store, members: list[int]) -> Store:
    """A store with one row of everything, a sent letter among them."""
    async with store.write(Cause("u7")) as tx:
        await fill(tx, members[0], (await tx.people.get(members[0])).branch_id)
        await tx.connection.execute(letter.update().values(state="sent"))
        await tx.connection.execute(sending_slot.update().values(free_at=tx.now))
        await tx.connection.execute(due.update().values(kind=Moment.DATA_FORGOTTEN))
    return store


async def count(store: Store, table: Table) -> int:
    """How many rows there are."""
    async with store.read() as tx:
        return int(await tx.connection.scalar(select(func.count()).select_from(table)) or 0)


async def test_the_slot_that_every_booking_goes_through_stays(kept: Store, clock: SimClock) -> None:
    """It is nobody's; and forgetting that took it would wait for a booking which waits for what is being forgotten."""
    async with kept.write() as tx:
        await tx.connection.execute(sending_slot.insert().values(chat_id=OVERALL, free_at=tx.now))
    clock.travel(clock.now() + 2 * retention.SENDING_SLOTS)
    await ForgetOldData(kept, TIMETABLE)()
    async with kept.read() as tx:
        assert list(await tx.connection.scalars(select(sending_slot.c.chat_id))) == [OVERALL]


@pytest.mark.parametrize(
    ("table", "age", "left"),
    [
        (handled_update, retention.UPDATE_KEYS, 0),
        (dead_letter, retention.DEAD_LETTERS, 0),
        (invite, retention.INVITES, 0),
        (sending_slot, retention.SENDING_SLOTS, 0),
        (due, retention.CLAIMS_OF_EACH_DAY, 0),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
async def test_rows_go_when_their_time_is_over_and_not_before(
    kept: Store, clock: SimClock, table: Table, age: timedelta, left: int
) -> None:
    """Each kind after its own time."""
    before, start = await count(kept, table), clock.now()
    clock.travel(start + age - MOMENT)
    await ForgetOldData(kept, TIMETABLE)()
    assert await count(kept, table) == before
    clock.travel(start + age + MOMENT)
    await ForgetOldData(kept, TIMETABLE)()
    assert await count(kept, table) == left


async def test_a_sent_letter_loses_its_contents_and_later_itself(kept: Store, clock: SimClock) -> None:
    """After 90 days nobody can read what it spoke of; after the following year nobody knows that it was sent."""
    clock.travel(clock.now() + retention.LETTER_BODIES + MOMENT)
    await ForgetOldData(kept, TIMETABLE)()
    async with kept.read() as tx:
        assert list(await tx.connection.scalars(select(letter.c.body))) == [{}]
    clock.travel(TIMETABLE.at(date(2028, 1, 1), NOON))
    await ForgetOldData(kept, TIMETABLE)()
    assert await count(kept, letter) == 0


async def test_a_letter_that_waits_is_never_forgotten(kept: Store, clock: SimClock) -> None:
    """What was not said yet is still to be said."""
    async with kept.write() as tx:
        await tx.connection.execute(letter.update().values(state="due"))
    clock.travel(clock.now() + timedelta(days=1000))
    await ForgetOldData(kept, TIMETABLE)()
    assert await count(kept, letter) == 1


async def test_evidence_goes_when_the_following_year_has_ended(kept: Store, clock: SimClock) -> None:
    """The form and its points stay."""
    clock.travel(TIMETABLE.at(date(2027, 12, 31), NOON))
    await ForgetOldData(kept, TIMETABLE)()
    assert await count(kept, evidence) == 1
    clock.travel(TIMETABLE.at(date(2028, 1, 1), NOON))
    await ForgetOldData(kept, TIMETABLE)()
    assert (await count(kept, evidence), await count(kept, form)) == (0, 1)


async def test_it_happens_every_day_once(store: Store, clock: SimClock) -> None:
    """At 03:30, by whichever process comes first; a day that was missed is not made up for."""
    forget = ForgetOldData(store, TIMETABLE)
    done = []
    for _ in range(5):
        clock.travel(clock.now() + timedelta(hours=12))
        for found in await ListDue(store, TIMETABLE)():
            if found.moment is Moment.DATA_FORGOTTEN:
                done.append(found.period)
                await forget(found)
    assert done == ["2026-10-26", "2026-10-27"]


def test_the_page_says_the_same_figures() -> None:
    """docs/privacy.md and the code do not part."""
    told = dict(re.findall(r"\| (\w+) \| (\d+) (?:days?|years?) \|", DOCS.read_text(encoding="utf-8")))
    figures = {
        name: value.days if isinstance(value, timedelta) else value
        for name, value in vars(retention).items()
        if name.isupper() and name != "NOTICE_VERSION"
    }
    assert told == {name: str(value) for name, value in figures.items()}
