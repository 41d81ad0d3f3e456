"""Recomputing a quarter's draw from the ledger alone."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.chain import Proof
from bot.domain.draw import Line, Verdict, verify
from bot.domain.periods import Quarter
from bot.storage.ledger import Walk, facts_of
from bot.storage.store import Store


@dataclass(frozen=True, slots=True)
class ProvenDraw:
    """The draw as the ledger has it, whether the ledger itself is whole, and what its branches are called."""

    verdict: Verdict
    proof: Proof
    names: dict[int, str]


class VerifyDraw:
    """Follows the chain, and recomputes what was drawn."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, quarter: Quarter) -> ProvenDraw:
        """What was compared; the tables of the review group are not asked."""
        lines: list[Line] = []
        walk = Walk()
        async with self._store.read() as tx:
            async for entry, reason in tx.ledger.stream():
                walk.step(entry, reason)
                facts = facts_of(entry) if entry.period == str(quarter) else {}
                lines.append(Line(entry.seq, entry.at, entry.kind, entry.period, entry.hash, facts))
            names = {branch.branch_id: branch.name for branch in await tx.people.branches()}
        return ProvenDraw(verify(quarter, lines), walk.proof(), names)
