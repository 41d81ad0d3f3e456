"""Erasing on both databases, with something about the person in every table there is."""

from __future__ import annotations

import pytest
from sqlalchemy import JSON, Column, LargeBinary, String, Text, select

from bot.storage.erasure import GONE, STAYS, unplaced
from bot.storage.personal import about_tables
from bot.storage.schema import branch_quarter, member, metadata, result
from bot.storage.store import Store
from tests.privacy.filling import AT, CHAT, MARK, everything, fill

CHAINED = {"ledger.body", "ledger.hash", "ledger.previous_hash", "ledger.kind"}
"""Free of names by the way they are written; the chain stands on them."""
EMPTIED = {"member.name", "member.staff_no", "result.detail"}
CODES = {"category", "status", "state", "seat", "quarter", "period"}
"""Columns with a few known values, or a stretch of time."""


async def filled(store: Store, members: list[int]) -> int:
    """The first member with a row in every table; returns his id."""
    async with store.write() as tx:
        branch_id = await tx.connection.scalar(select(member.c.branch_id))
        await fill(tx, members[0], branch_id)
        await tx.connection.execute(
            result.update().values(
                detail={"ruleset": 1, "to_next": None, "by_part": {MARK: 1}, "months": [{"exempt": None, "x": MARK}]}
            )
        )  # fmt: skip
        await tx.connection.execute(
            member.update().where(member.c.id == members[0]).values(name=MARK, staff_no=f"{MARK}1")
        )
    return members[0]


async def test_no_table_holds_anything_of_an_erased_person(store: Store, members: list[int]) -> None:
    """Not his name, his number, his Telegram account, nor any text about him."""
    member_id = await filled(store, members)
    async with store.read() as tx:
        before = await everything(tx)
    assert before.count(MARK) > 20
    assert str(CHAT) in before
    async with store.write() as tx:
        await tx.erasures.erase(member_id, AT)
    async with store.read() as tx:
        after = await everything(tx)
    assert [line for line in after.splitlines() if MARK in line or str(CHAT) in line] == []


async def test_what_others_need_stays(store: Store, members: list[int]) -> None:
    """His result keeps points and rank; the person is a number called “已删除”."""
    member_id = await filled(store, members)
    async with store.write() as tx:
        await tx.erasures.erase(member_id, AT)
    async with store.read() as tx:
        person = await tx.people.get(member_id)
        row = (await tx.connection.execute(select(result))).one()
        assert await tx.erasures.is_erased(member_id)
    assert (person.name, person.offices) == ("已删除", frozenset())
    assert (row.centi, row.rank, row.detail["months"]) == (1, 1, [{"exempt": None}])


async def test_other_peoples_rows_stay_as_they_are(store: Store, members: list[int]) -> None:
    """Everything about somebody else is there afterwards, but for exports that nobody has taken over."""
    await filled(store, members)
    async with store.read() as tx:
        before = await everything(tx)
    async with store.write() as tx:
        await tx.erasures.erase(members[1], AT)
    async with store.read() as tx:
        after = await everything(tx)
    changed = set(before.splitlines()) ^ set(after.splitlines())
    assert {line.split(":")[0] for line in changed} == {"member", "membership", "platform_file"}


def test_every_table_about_people_says_what_becomes_of_it() -> None:
    """A new table about people must be placed."""
    assert [table.name for table in unplaced()] == [], "say in bot/storage/erasure.py: GONE, or STAYS and why"
    assert not GONE & STAYS
    assert {table.name for table in about_tables()} == GONE | STAYS


def _may_name_somebody(column: Column) -> bool:
    return isinstance(column.type, String | Text | JSON | LargeBinary)


def test_a_row_that_stays_has_no_room_for_words_about_the_person() -> None:
    """A text column in a table whose rows stay would survive him: it has to be emptied, and named here."""
    staying = [column for name in STAYS for column in metadata.tables[name].columns if _may_name_somebody(column)]
    told = {str(column) for column in staying if column.name not in CODES}
    assert told == CHAINED | EMPTIED


@pytest.mark.parametrize("state", ["rating", "final"])
async def test_only_final_quarters_let_him_go(store: Store, members: list[int], state: str) -> None:
    """As long as his points may still be corrected, others' ranks stand on his data."""
    member_id = await filled(store, members)
    async with store.write() as tx:
        await tx.connection.execute(branch_quarter.update().values(state=state))
    async with store.read() as tx:
        assert await tx.erasures.unsettled_quarter(member_id) == (None if state == "final" else "2026Q4")
