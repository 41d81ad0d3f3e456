"""`xianfeng member erase`: it proposes, says what has to follow, and refuses what cannot be."""

from __future__ import annotations

import re

import pytest

from bot.core import Core
from bot.sheets.roster import read_roster
from bot.sheets.table import read_table
from tests.cli.conftest import Office, _log_of_its_own, office, ready

__all__ = ["_log_of_its_own", "office", "ready"]
LEAVING = "000105"


@pytest.fixture
def left(ready: Office) -> Office:
    """An office in which one person has left the roster."""

    async def leave(core: Core) -> None:
        file = ready.folder / "党员名册.xlsx"
        roster = read_roster(read_table(file.read_bytes(), file.name), core.do.timetable.day_of(core.clock.now()))
        staying = type(roster)(tuple(row for row in roster.rows if row.staff_no != LEAVING))
        await core.do.import_roster(staying)

    ready.ask(leave)
    return ready


def test_it_proposes_and_says_who_has_to_agree(left: Office) -> None:
    """Nothing is erased yet; a second call finds the same proposal; the ledger has it once."""
    printed = left.does("member", "erase", LEAVING)
    assert "Nothing is erased yet." in printed
    assert re.search(r"Two of the committee have to agree in chat; \d+ of it are bound\.", printed)
    left.does("member", "erase", LEAVING)

    async def kinds(core: Core) -> list[str]:
        async with core.store.read() as tx:
            return [entry.kind for entry in await tx.ledger.entries()]

    assert left.ask(kinds).count("erasure_proposed") == 1


def test_it_can_be_taken_back(left: Office) -> None:
    """As long as it is open, and once."""
    left.does("member", "erase", LEAVING)
    assert "Taken back" in left.does("member", "erase", LEAVING, "--withdraw")
    assert "There is nothing of this name." in left.is_refused("member", "erase", LEAVING, "--withdraw")


def test_who_is_still_on_the_roster_stays(ready: Office) -> None:
    """One sentence that says what to do first."""
    assert "Take the person off the roster first." in ready.is_refused("member", "erase", LEAVING)


def test_a_number_that_nobody_has_is_told(ready: Office) -> None:
    """Nothing happens."""
    assert "There is nothing of this name." in ready.is_refused("member", "erase", "999999")
