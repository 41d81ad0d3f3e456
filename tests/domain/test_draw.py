"""The draw: anybody recomputes it, nothing that was changed afterwards passes."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.draw import Line, Mismatch, draw, seed_of, verify
from bot.domain.periods import Quarter

Q4 = Quarter(2026, 4)
CLOSE = datetime(2026, 12, 31, 16, tzinfo=UTC)
BRANCHES = st.lists(st.integers(1, 500), unique=True, max_size=30)


def test_the_seed_is_what_a_shell_computes() -> None:
    """`printf %s "HASH:2026Q4" | sha256sum`, and for a repetition `printf %s "SEED:1" | sha256sum`."""
    first = hashlib.sha256(b"ab12:2026Q4").hexdigest()
    assert seed_of("ab12", Q4, 0) == first
    assert seed_of("ab12", Q4, 1) == hashlib.sha256(f"{first}:1".encode()).hexdigest()


@given(st.text(min_size=1, max_size=8), BRANCHES, st.integers(0, 5))
def test_the_smallest_lots_are_drawn(seed: str, candidates: list[int], places: int) -> None:
    """As many as there are places, each once, and none with a greater lot than one left out."""
    drawn = draw(seed, candidates, places)
    lots = {one: hashlib.sha256(f"{seed}:{one}".encode()).hexdigest() for one in candidates}
    assert sorted(drawn) == sorted(sorted(candidates, key=lots.__getitem__)[:places])


@given(st.text(min_size=1, max_size=8), BRANCHES, st.randoms())
def test_the_order_of_the_list_does_not_matter(seed: str, candidates: list[int], chance: object) -> None:
    """Whoever writes the candidates down cannot choose by their order."""
    shuffled = candidates[:]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert draw(seed, candidates, 3) == draw(seed, shuffled, 3)


def test_every_branch_has_the_same_chance() -> None:
    """Over four thousand seeds each of eight branches is drawn about as often."""
    counts = Counter(one for seed in range(4000) for one in draw(str(seed), range(1, 9), 3))
    assert all(1350 < counts[one] < 1650 for one in range(1, 9))


def ledger(redraw: bool = False) -> list[Line]:
    """A ledger in which a draw of three branches out of six was announced after the close and carried out."""
    source = "5" * 64
    lines = [
        Line(1, CLOSE - timedelta(hours=5), "form_submitted", "2026-12", "4" * 64, {}),
        Line(2, CLOSE - timedelta(microseconds=1), "form_submitted", "2026-12", source, {}),
        Line(3, CLOSE, "month_closed", "2026-12", "6" * 64, {}),
        Line(4, CLOSE + timedelta(days=3), "draw_announced", "2026Q4", "7" * 64, {
            "number": 0, "source_seq": 2, "source_hash": source, "seed": seed_of(source, Q4, 0),
            "candidates": [1, 2, 3, 4, 5, 6], "places": 3, "before": CLOSE.isoformat(),
        }),
        _drawn(5, source, 0),
    ]  # fmt: skip
    if redraw:
        facts = {"number": 1, "seed": seed_of(source, Q4, 1), "candidates": [1, 2, 3, 4, 5, 6], "text_sha256": "x"}
        lines += [
            Line(6, CLOSE + timedelta(days=4), "draw_repeated", "2026Q4", "9" * 64, facts), _drawn(7, source, 1)
        ]  # fmt: skip
    return lines


def _drawn(seq: int, source: str, number: int) -> Line:
    seed = seed_of(source, Q4, number)
    facts = {"number": number, "seed": seed, "drawn": list(draw(seed, range(1, 7), 3))}
    return Line(seq, CLOSE + timedelta(days=3), "branches_drawn", "2026Q4", str(seq) * 64, facts)


@pytest.mark.parametrize("redraw", [False, True])
def test_an_honest_draw_agrees(redraw: bool) -> None:
    """The first draw and a repetition with its reason."""
    verdict = verify(Q4, ledger(redraw))
    assert verdict.mismatch is None
    assert [one.number for one in verdict.draws] == ([0, 1] if redraw else [0])
    assert all(one.drawn == one.expected for one in verdict.draws)
    assert verdict.source_seq == 2


def test_what_is_announced_and_not_drawn_yet_agrees() -> None:
    """The expectation can be computed by everybody before anybody draws."""
    verdict = verify(Q4, ledger()[:4])
    assert verdict.mismatch is None
    assert verdict.draws[0].drawn is None
    assert len(verdict.draws[0].expected) == 3


def changed(seq: int, /, **facts: object) -> Callable[[list[Line]], list[Line]]:
    """The ledger with other facts in one entry."""
    return lambda lines: [replace(line, facts={**line.facts, **facts}) if line.seq == seq else line for line in lines]


@pytest.mark.parametrize(
    ("attack", "mismatch"),
    [
        (lambda lines: [line for line in lines if line.seq != 4], Mismatch.NOT_ANNOUNCED),
        (changed(4, source_seq=1, source_hash="4" * 64), Mismatch.SOURCE),
        (changed(4, before=(CLOSE - timedelta(hours=1)).isoformat()), Mismatch.SOURCE),
        (changed(4, before="no instant"), Mismatch.SOURCE),
        (changed(4, seed="a" * 64), Mismatch.SEED),
        (changed(5, seed="a" * 64), Mismatch.SEED),
        (changed(5, drawn=[1, 2, 3, 4]), Mismatch.BRANCHES),
        (changed(5, drawn=[]), Mismatch.BRANCHES),
        (changed(6, number=2), Mismatch.ORDER),
        (changed(6, text_sha256=""), Mismatch.REASON),
        (changed(6, candidates=[1, 2, 3]), Mismatch.CANDIDATES),
        (lambda lines: [replace(line, seq=3) if line.seq == 5 else line for line in lines], Mismatch.ORDER),
    ],
)
def test_what_was_changed_afterwards_is_found(attack: Callable[[list[Line]], list[Line]], mismatch: Mismatch) -> None:
    """Another source, seed, list of candidates, order, reason or result."""
    assert verify(Q4, attack(ledger(redraw=True))).mismatch is mismatch
