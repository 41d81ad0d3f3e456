"""Killed at random moments the bot loses nothing and does nothing twice; on PostgreSQL row F01 shows it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.faults.forked import forked_lives
from bench.rehearsal.__main__ import read_options, rehearse

pytestmark = pytest.mark.slow

SMALL = ("--members", "8", "--branches", "2", "--months", "1")


async def test_three_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    """Power cuts in the middle of a month do not cost a member one answer."""
    with forked_lives():
        found = await rehearse(read_options([*SMALL, "--out", str(tmp_path), "--seed", "7", "--kill", "3"]))
    assert (found["kills"], found["persons"]) == (3, 8)
    assert (found["lost"], found["duplicates"], found["wrong_totals"]) == (0, 0, 0)
