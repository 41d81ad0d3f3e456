"""What can be said of the ledger's chain: its head, whether it is whole, and what is wrong with the first bad entry."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

_HEAD = re.compile(r"(\d{1,15}):([0-9a-f]{64})")


class Wrong(StrEnum):
    """How an entry does not fit."""

    GAP = "gap"
    """Entries before it are missing, or it stands in another's place."""
    LINK = "link"
    """It does not carry the hash of the entry before it."""
    CONTENT = "content"
    """What it says is not what was hashed."""
    TEXT = "text"
    """Its reason is not the one that was hashed."""
    CUT_OFF = "cut_off"
    """The chain ends before the head that was published."""
    REWRITTEN = "rewritten"
    """Where the published head stood, there is another entry: it or something before it was written anew."""


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain, to be published where the database cannot reach."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"

    @classmethod
    def parse(cls, text: str) -> Head:
        """The head that was written 1234:9f8e…; ValueError for anything else."""
        found = _HEAD.fullmatch(text.strip().lower())
        if found is None:
            raise ValueError(text)
        return cls(int(found[1]), found[2])


@dataclass(frozen=True, slots=True)
class Flaw:
    """The first entry that does not fit; what it says of itself may be forged."""

    seq: int
    kind: str
    period: str
    wrong: Wrong


@dataclass(frozen=True, slots=True)
class Proof:
    """The chain as it was found; without a flaw it is whole up to its head."""

    head: Head
    newest_at: datetime | None
    flaw: Flaw | None
