"""Killed at random moments the bot loses nothing and does nothing twice; and a bot with a known bug is found out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bench.rehearsal.__main__ import read_options, rehearse

pytestmark = pytest.mark.slow

SMALL = ("--members", "12", "--branches", "3", "--months", "1")


async def figures(tmp_path: Path, *more: str) -> dict[str, Any]:
    """The figures of a short rehearsal."""
    return await rehearse(read_options([*SMALL, "--out", str(tmp_path), *more]))


def broken(found: dict[str, Any]) -> dict[str, Any]:
    """What was promised and not kept."""
    return {name: found[name] for name in ("lost", "duplicates", "wrong_totals")}


async def test_three_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    """Power cuts in the middle of a month do not cost a member one answer."""
    found = await figures(tmp_path, "--seed", "7", "--kill", "3")
    assert (found["kills"], found["persons"]) == (3, 12)
    assert broken(found) == {"lost": 0, "duplicates": 0, "wrong_totals": 0}


@pytest.mark.postgres
async def test_the_same_holds_on_postgresql(tmp_path: Path) -> None:
    """The real database keeps the same promises."""
    found = await figures(tmp_path, "--seed", "8", "--kill", "2", "--database", "postgres")
    assert broken(found) == {"lost": 0, "duplicates": 0, "wrong_totals": 0}


async def test_a_bot_that_forgets_what_it_has_done_is_found_out(tmp_path: Path) -> None:
    """The checker sees letters that were written again and again."""
    found = await figures(tmp_path, "--seed", "7", "--plant", "no_dedupe")
    assert found["duplicates"] > 0
