"""Proving the ledger 台账."""

from __future__ import annotations

from bot.cli.errand import Terminal


async def verify(terminal: Terminal) -> None:
    """Recompute the chain; say its head, so that it can be kept outside the database."""
    _ = terminal.words
    async with terminal.core() as core:
        proof = await core.do.verify_ledger()
    if proof.first_bad is not None:
        terminal.fail(
            _.plain("The ledger was changed: entry {n} does not fit. Restore a backup and compare.", n=proof.first_bad)
        )
    terminal.say(_.many_plain("The ledger is whole: {n} entry.", "The ledger is whole: {n} entries.", proof.entries))
    terminal.say(_.plain("Head: {hash}", hash=proof.head))
