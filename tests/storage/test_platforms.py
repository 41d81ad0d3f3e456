"""Platform records on both databases: a whole import or none, twice is once, and what was there stays in the ledger."""

from __future__ import annotations

import json
from datetime import timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot.domain.periods import Month, Quarter
from bot.domain.platforms import Field, FileState, Measure, Platform
from bot.domain.timetable import Timetable
from bot.errors import PeriodNotOpenError
from bot.storage.store import Store
from bot.usecases.records.import_records import ImportByOperator
from sandbox import SimClock

OCTOBER = Month(2026, 10)


@pytest.fixture
def importing(store: Store) -> ImportByOperator:
    return ImportByOperator(store, Timetable(ZoneInfo("Asia/Shanghai")))


def export(counts: dict[int, int]) -> bytes:
    """What each of the three members did."""
    return ("工号,参学次数\n" + "".join(f"10{number},{count}\n" for number, count in counts.items())).encode()


async def state(store: Store) -> tuple[dict[int, dict[Measure, int]], list[tuple[str, int]]]:
    """The records and the export that holds, and how many entries the ledger has."""
    async with store.read() as tx:
        values = await tx.platforms.values(Platform.XUEXI, OCTOBER)
        files = await tx.platforms.in_force([OCTOBER])
        return dict(values), [(file.sha256, len(await tx.ledger.entries())) for file in files]


@pytest.mark.parametrize("seed", range(3))
async def test_importing_twice_is_importing_once(store, members, importing, seed) -> None:
    """Whatever was there: the second time nothing changes, not even the ledger; and the last file holds."""
    random = Random(seed)
    for _round in range(5):
        counts = {number: random.randrange(4) for number in random.sample(range(3), random.randrange(1, 4))}
        content = export(counts)
        await importing(content, "x.csv", Platform.XUEXI, OCTOBER, {})
        once = await state(store)
        assert once[0] == {members[number]: {Measure.STUDY_COUNT: 100 * count} for number, count in counts.items()}
        _card, look = await importing(content, "x.csv", Platform.XUEXI, OCTOBER, {})
        assert look.changes_nothing
        assert await state(store) == once


async def test_with_a_fault_or_in_rehearsal_nothing_is_stored(store, members, importing) -> None:
    """All or nothing, and --dry-run nothing at all."""
    await importing(b"\xef\xbb\xbf" + "工号,参学次数\n100,1\n101,x\n".encode(), "x.csv", Platform.XUEXI, OCTOBER, {})
    await importing(export({0: 1}), "x.csv", Platform.XUEXI, OCTOBER, {}, rehearse=True)
    assert await state(store) == ({}, [])
    async with store.read() as tx:
        assert await tx.platforms.headings(Platform.XUEXI) == {}


async def test_the_ledger_keeps_what_was_recorded_before(store, members, importing) -> None:
    """Changed and taken out, each with its old value; unchanged members have no new entry."""
    await importing(export({0: 1, 1: 2, 2: 3}), "a.csv", Platform.XUEXI, OCTOBER, {})
    await importing(export({0: 1, 1: 5}), "b.csv", Platform.XUEXI, OCTOBER, {})
    async with store.read() as tx:
        entries = [entry for entry in await tx.ledger.entries() if entry.kind == "platform_recorded"]
        assert await tx.ledger.first_bad() is None
    told = {entry.subject_id: json.loads(entry.body) for entry in entries[3:]}
    assert told.keys() == {members[1], members[2]}
    assert (told[members[1]]["before"], told[members[1]]["values"]) == ({"study_count": 200}, {"study_count": 500})
    assert (told[members[2]]["before"], told[members[2]]["values"]) == ({"study_count": 300}, {})


async def test_platforms_and_periods_keep_apart_and_columns_are_remembered(store, members, importing) -> None:
    """The quarter's file leaves the month's alone; a heading named once is known the next time."""
    await importing(export({0: 1}), "x.csv", Platform.XUEXI, OCTOBER, {})
    odd = "编码,完成情况\n100,4\n".encode()
    headings = {Field.STAFF_NO: "编码", Field.STUDY_COUNT: "完成情况"}
    await importing(odd, "x.csv", Platform.ZHINIAO, Quarter(2026, 4), headings)
    _card, again = await importing(odd, "x.csv", Platform.ZHINIAO, OCTOBER, {})
    assert again.values == {members[0]: {Measure.STUDY_COUNT: 400}}
    async with store.read() as tx:
        books = await tx.platforms.books(Quarter(2026, 4), members)
    held = {(book.file.platform, book.file.period): dict(book.values) for book in books}
    assert held.keys() == {
        (Platform.XUEXI, OCTOBER), (Platform.ZHINIAO, OCTOBER), (Platform.ZHINIAO, Quarter(2026, 4))
    }  # fmt: skip
    assert held[Platform.XUEXI, OCTOBER] == {members[0]: {Measure.STUDY_COUNT: 100}}


async def test_a_draft_loses_its_content_when_it_is_settled_or_forgotten(store, members, clock: SimClock) -> None:
    """The file of a platform is kept only while somebody looks at it."""
    async with store.write() as tx:
        draft = await _draft(tx, members[0])
        assert await tx.platforms.change(draft, state=FileState.APPLIED)
        assert not await tx.platforms.change(draft, state=FileState.DROPPED)
        old = await _draft(tx, members[1])
    clock.travel(clock.now() + timedelta(days=4))
    async with store.write() as tx:
        new = await _draft(tx, members[2])
        assert new.content == b"..."
        for file_id, expected in ((draft.file_id, FileState.APPLIED), (old.file_id, FileState.DROPPED)):
            kept = await tx.platforms.get(file_id)
            assert (kept.state, kept.content) == (expected, None)


async def test_nobody_records_a_time_to_come(members, importing) -> None:
    """October can be imported in October, November cannot."""
    with pytest.raises(PeriodNotOpenError):
        await importing(export({0: 1}), "x.csv", Platform.XUEXI, OCTOBER.next, {})


async def _draft(tx, by: int):
    return await tx.platforms.add_draft(
        platform=Platform.XUEXI, period=OCTOBER, name="x.csv", sha256="0", content=b"...", columns={}, by=by, now=tx.now
    )
