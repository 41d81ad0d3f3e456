"""A whole year of a small organisation keeps every promise; nothing that the checker works out is otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.rehearsal.__main__ import read_options, rehearse
from bench.rehearsal.checker.verdict import NOUGHTS, TRUTHS, promises_kept

pytestmark = pytest.mark.slow


async def test_a_small_organisation_plays_a_whole_year(tmp_path: Path) -> None:
    """Four quarters by chat alone: drawn, reviewed, published, objected to, answered, final."""
    found = await rehearse(
        read_options(["--full", "--members", "17", "--branches", "3", "--seed", "3", "--out", str(tmp_path)])
    )
    assert {name: found[name] for name in ("lost", "duplicates", "wrong_totals")} == {
        "lost": 0, "duplicates": 0, "wrong_totals": 0
    }  # fmt: skip
    assert {name: found[name] for name in NOUGHTS} == dict.fromkeys(NOUGHTS, 0)
    assert {name: found[name] for name in TRUTHS} == dict.fromkeys(TRUTHS, True)
    assert promises_kept(found)
    assert (found["quarters"], found["objections"], found["objections_upheld"]) == (4, 12, 5)
    assert (found["redraws"], found["sent_back"], found["delegations"]) == (1, 2, 1)
    assert (found["disputed"], found["decided_alone"]) == (1, 1)
