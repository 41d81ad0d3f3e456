"""The draw of the branches in the review group: who is drawn follows from a seed, and anybody can recompute it.

The seed is the hash of the ledger's last entry before the forms of the quarter's last month closed. A branch's lot is
the SHA-256 of "seed:number of the branch"; the smallest lots are drawn.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.domain.periods import Quarter

USUAL_PLACES = 3
ANNOUNCED, DRAWN, REPEATED = "draw_announced", "branches_drawn", "draw_repeated"
"""What the ledger calls the announcement, a draw, and the decision to draw again."""


def sha256(text: str) -> str:
    """The SHA-256 of a text, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def seed_of(entry_hash: str, quarter: Quarter, number: int) -> str:
    """The seed of a quarter's first draw (0), or of its k-th repetition."""
    first = sha256(f"{entry_hash}:{quarter}")
    return first if number == 0 else sha256(f"{first}:{number}")


def lot_of(seed: str, branch_id: int) -> str:
    """The branch's lot."""
    return sha256(f"{seed}:{branch_id}")


def draw(seed: str, candidates: Sequence[int], places: int) -> tuple[int, ...]:
    """The branches with the smallest lots, in that order; all of them where there are fewer than places."""
    return tuple(sorted(set(candidates), key=lambda branch_id: lot_of(seed, branch_id))[: max(places, 0)])


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the ledger, as far as a draw rests on it."""

    seq: int
    at: datetime
    kind: str
    period: str
    hash: str
    facts: Mapping[str, Any]


class Mismatch(StrEnum):
    """What does not agree with the ledger."""

    NOT_ANNOUNCED = "not_announced"
    SOURCE = "source"
    SEED = "seed"
    ORDER = "order"
    REASON = "reason"
    CANDIDATES = "candidates"
    BRANCHES = "branches"


@dataclass(frozen=True, slots=True)
class Recomputed:
    """One draw as it follows from the ledger; `drawn` is what was carried out, None while nobody drew."""

    number: int
    seed: str
    candidates: tuple[int, ...]
    expected: tuple[int, ...]
    drawn: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was compared, and the first thing that does not agree."""

    source_seq: int = 0
    source_hash: str = ""
    draws: tuple[Recomputed, ...] = ()
    mismatch: Mismatch | None = None


def verify(quarter: Quarter, lines: Iterable[Line]) -> Verdict:
    """Recompute all draws of a quarter from the ledger's entries, in their order."""
    everything = list(lines)
    own = [line for line in everything if line.period == str(quarter)]
    announced = next((line for line in own if line.kind == ANNOUNCED), None)
    if announced is None:
        return Verdict(mismatch=Mismatch.NOT_ANNOUNCED)
    facts = announced.facts
    source = source_before([line for line in everything if line.seq < announced.seq], instant(facts.get("before")))
    if (source.seq, source.hash) != (facts.get("source_seq"), facts.get("source_hash")):
        return Verdict(source.seq, source.hash, mismatch=Mismatch.SOURCE)
    draws: list[Recomputed] = []
    for number, line in enumerate(_openings(own)):
        found, mismatch = _recompute(quarter, source.hash, number, line, announced, own)
        draws.append(found)
        if mismatch is not None:
            return Verdict(source.seq, source.hash, tuple(draws), mismatch)
    return Verdict(source.seq, source.hash, tuple(draws))


@dataclass(frozen=True, slots=True)
class Source:
    """The entry whose hash is the seed of all."""

    seq: int
    hash: str


def source_before(lines: Sequence[Line], before: datetime | None) -> Source:
    """The last of these entries that was written before this instant; a ledger that begins later gives no choice."""
    fitting = [line for line in lines if before is not None and line.at < before]
    return Source(fitting[-1].seq, fitting[-1].hash) if fitting else Source(0, "0" * 64)


def instant(stored: object) -> datetime | None:
    """The instant that an entry holds; None for what is none."""
    try:
        found = datetime.fromisoformat(str(stored))
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def _openings(own: Sequence[Line]) -> list[Line]:
    """The entries that begin a draw: the announcement, then each decision to draw again."""
    return [line for line in own if line.kind in {ANNOUNCED, REPEATED}]


def _recompute(
    quarter: Quarter, source_hash: str, number: int, line: Line, announced: Line, own: Sequence[Line]
) -> tuple[Recomputed, Mismatch | None]:
    seed = seed_of(source_hash, quarter, number)
    candidates = tuple(announced.facts.get("candidates", ()))
    expected = draw(seed, candidates, int(announced.facts.get("places", 0)))
    done = next((one for one in own if one.kind == DRAWN and one.facts.get("number") == number), None)
    drawn = tuple(done.facts.get("drawn", ())) if done is not None else None
    found = Recomputed(number, seed, candidates, expected, drawn)
    if line.facts.get("number") != number or (done is not None and done.seq < line.seq):
        return found, Mismatch.ORDER
    if line.kind == REPEATED and not line.facts.get("text_sha256"):
        return found, Mismatch.REASON
    if line.facts.get("seed") != seed or (done is not None and done.facts.get("seed") != seed):
        return found, Mismatch.SEED
    if tuple(line.facts.get("candidates", ())) != candidates:
        return found, Mismatch.CANDIDATES
    return found, Mismatch.BRANCHES if drawn is not None and drawn != expected else None
