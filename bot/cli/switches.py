"""The organisation's switches on who sees what."""

from __future__ import annotations

from bot.cli.columns import columns
from bot.cli.errand import Terminal
from bot.domain.switches import Switches


async def show(terminal: Terminal) -> None:
    """Each switch, how it stands, and what it can be set to."""
    async with terminal.core() as core:
        _say(terminal, await core.do.read_switches())


async def set_one(terminal: Terminal, name: str, value: str) -> None:
    """Set one switch and show them all."""
    async with terminal.core() as core:
        _say(terminal, await core.do.change_switch(name, value))


def _say(terminal: Terminal, switches: Switches) -> None:
    rows = [(name, value, " | ".join(Switches.values(name))) for name, value in switches.as_mapping().items()]
    terminal.say(columns(rows))
