"""The draw on the command line: anybody with the ledger recomputes it."""

from __future__ import annotations

import asyncio
import hashlib
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.config import load_settings
from bot.core import Core, open_core
from bot.domain.accounts import Language
from bot.domain.people import Role
from bot.domain.periods import Month, Quarter
from bot.domain.timetable import Due, Moment
from bot.usecases.visit import Cause, Visit
from sandbox import SimClock
from tests.cli.conftest import Office

Q4 = Quarter(2026, 4)


async def _draw(core: Core, clock: SimClock, *, again: bool) -> None:
    do = core.do
    await do.open_month(Month(2026, 10))
    clock.travel(clock.now() + timedelta(days=1))
    await do.close_month(Month(2026, 10))
    await do.open_quarter(Q4)
    await do.announce_draw(Due(clock.now(), Moment.DRAW_OPENS, str(Q4)))
    async with core.store.write() as tx:
        lead = (await tx.people.holding(Role.COMMITTEE))[0].member_id
        await tx.accounts.bind(77, lead, Language.ZH, tx.now)
    await do.name_seat(Visit(77, Cause("u1")), str(Q4), "lead", lead)
    await do.draw_branches(Visit(77, Cause("u2")), str(Q4), 0)
    if again:
        await do.redraw_branches(Visit(77, Cause("u3")), str(Q4), 0, "书记外出培训")


@pytest.fixture
def drawn(ready: Office) -> Office:
    """The same office after a draw and its repetition."""

    async def draw() -> None:
        clock = SimClock(datetime(2026, 10, 26, 2, tzinfo=UTC))
        async with open_core(load_settings(), clock) as core:
            await _draw(core, clock, again=True)

    asyncio.run(draw())
    return ready


def forge(statement: str) -> None:
    """Change the database beside the bot; who can do that can also take the guard down."""
    with sqlite3.connect(Path("var") / "xianfeng.sqlite3") as connection:
        names = connection.execute("select name from sqlite_master where type = 'trigger'").fetchall()
        for (name,) in names:
            connection.execute(f'drop trigger "{name}"')
        connection.execute(statement)


def test_an_honest_draw_is_verified(drawn: Office) -> None:
    """It says what was compared: the ledger, the source, both draws."""
    told = drawn.does("draw", "verify", "2026Q4")
    assert "The ledger is whole" in told
    assert "the last before the forms closed" in told
    assert "Draw 0: announced and drawn as computed" in told
    assert "Draw 1: announced and drawn as computed" in told
    assert "The draw agrees with the ledger." in told


def test_what_it_shows_is_enough_for_a_shell(drawn: Office) -> None:
    """Source hash to seed, seed to lots, with nothing but SHA-256."""
    lines = drawn.does("draw", "show", "2026Q4").splitlines()
    source = lines[0].rsplit(" ", 1)[1]
    seed = hashlib.sha256(f"{source}:2026Q4".encode()).hexdigest()
    assert lines[1].endswith(seed)
    shown = [line.split() for line in lines[2:5]]
    for row in shown:
        lot, number = (row[1], row[2]) if row[0] == "*" else (row[0], row[1])
        assert lot == hashlib.sha256(f"{seed}:{number}".encode()).hexdigest()


def test_the_tables_are_not_asked(drawn: Office) -> None:
    """Whoever changes the draw's table deceives nobody who verifies."""
    forge("update draw set seed = 'x', drawn = '[1]'")
    assert "agrees with the ledger" in drawn.does("draw", "verify", "2026Q4")


@pytest.mark.parametrize(
    "kind", ["draw_announced", "branches_drawn", "draw_repeated", "form_submitted", "month_closed"]
)
def test_a_changed_ledger_is_refused(drawn: Office, kind: str) -> None:
    """A forged entry breaks the chain before anything else is believed."""
    forge("update ledger set body = '{}' where seq = (select max(seq) from ledger where kind = "
          f"'{kind}') or seq = (select max(seq) from ledger where kind = 'member_joined')")  # fmt: skip
    assert "agrees" not in drawn.is_refused("draw", "verify", "2026Q4")


def test_a_quarter_without_a_draw_is_refused(ready: Office) -> None:
    """Nothing announced; and what is no quarter."""
    assert "announces no draw" in ready.is_refused("draw", "verify", "2026Q4")
    assert "announces no draw" in ready.is_refused("draw", "show", "2026Q4")
    assert "2026Q4" in ready.is_refused("draw", "verify", "2026Q9")
