"""Proving the ledger 台账 and writing it into a workbook."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from bot.cli.errand import Terminal
from bot.domain.chain import Head
from bot.domain.periods import Quarter
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


async def export(terminal: Terminal, file: Path, branch: str | None, quarter: str | None, person: str | None) -> None:
    """Write a workbook that only its owner may read, and say whether the chain it was taken from is whole."""
    _ = terminal.words
    try:
        which = Quarter.parse(quarter) if quarter else None
    except ValueError:
        terminal.fail(_.plain("A quarter is written like 2026Q4."))
    async with terminal.core() as core:
        with _new_file(terminal, file):
            exported = await core.do.export_ledger.by_operator(_, file, branch, which, person)
    terminal.say(_.many_plain("Wrote {n} entry.", "Wrote {n} entries.", exported.rows))
    if exported.proof.flaw is not None:
        terminal.fail(flaw_sentence(_, exported.proof.flaw))
    terminal.say(_.plain("The ledger is whole. Head: {hash}", hash=str(exported.proof.head)))


@contextlib.contextmanager
def _new_file(terminal: Terminal, file: Path) -> Iterator[None]:
    """A file that only its owner may read; none is left where writing it fails."""
    terminal.make_new(file)
    try:
        yield
    except BaseException:
        file.unlink()
        raise
