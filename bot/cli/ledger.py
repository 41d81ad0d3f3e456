"""Proving the ledger 台账 and writing it into a workbook."""

from __future__ import annotations

from bot.cli.errand import Terminal
from bot.domain.chain import Head
from bot.views.ledger_flaws import flaw_sentence


async def verify(terminal: Terminal, published: str) -> None:
    """Recompute the chain; say its head, so that it can be kept outside the database."""
    _ = terminal.words
    try:
        head = Head.parse(published) if published else None
    except ValueError:
        terminal.fail(_.plain("A head looks like 1234:9f8e… – the number, a colon and 64 characters."))
    async with terminal.core() as core:
        proof = await core.do.verify_ledger(head)
    if proof.flaw is not None:
        terminal.fail(flaw_sentence(_, proof.flaw))
    terminal.say(_.many_plain("The ledger is whole: {n} entry.", "The ledger is whole: {n} entries.", proof.head.seq))
    terminal.say(_.plain("Head: {hash}", hash=str(proof.head)))
    if head is not None:
        terminal.say(_.plain("It holds the published head: nothing up to entry {n} was changed since.", n=head.seq))
