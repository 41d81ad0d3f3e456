"""The organisation changes one of its switches on who sees what."""

from __future__ import annotations

from bot.domain.switches import Switches
from bot.errors import SwitchUnknownError
from bot.storage.store import Store


class ReadSwitches:
    """The switches as they stand."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self) -> Switches:
        """All switches, with defaults for those never set."""
        async with self._store.read() as tx:
            return await tx.settings.switches()


class ChangeSwitch:
    """Sets one switch; what was published before stays as it was."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, name: str, value: str, actor: int | None = None) -> Switches:
        """Set it and return them all; a name or value that does not exist is a SwitchUnknownError."""
        async with self._store.write() as tx:
            before = await tx.settings.switches()
            if name not in Switches.names():
                raise SwitchUnknownError(name, Switches.names())
            if value not in Switches.values(name):
                raise SwitchUnknownError(value, Switches.values(name))
            after = Switches.from_mapping({**before.as_mapping(), name: value})
            if after != before:
                await tx.settings.put_switches(after)
                await tx.ledger.append(
                    "switch_changed", actor=actor, switch=name, before=before.as_mapping()[name], after=value
                )
            return after
