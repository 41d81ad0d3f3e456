"""Carrying out `member erase`: the proposal, and what still has to happen."""

from __future__ import annotations

from bot.cli.errand import Terminal


async def propose(terminal: Terminal, staff_no: str) -> None:
    """Put the erasure before the committee and say how many of it can be reached."""
    _ = terminal.words
    async with terminal.core() as core:
        card = await core.do.propose_erasure(staff_no)
        bound = await core.do.count_committee()
    terminal.say(_.plain("Proposed: {name}, {branch}. Nothing is erased yet.", name=card.person.name,
                         branch=card.person.branch))  # fmt: skip
    terminal.say(_.plain("Two of the committee have to agree in chat; {n} of it are bound.", n=bound))
    terminal.say(_.plain("Backups made before hold the person still: delete them when their time has come."))


async def withdraw(terminal: Terminal, staff_no: str) -> None:
    """Take an open proposal back."""
    _ = terminal.words
    async with terminal.core() as core:
        card = await core.do.propose_erasure.withdraw(staff_no)
    terminal.say(_.plain("Taken back: nothing of {name} was erased.", name=card.person.name))
