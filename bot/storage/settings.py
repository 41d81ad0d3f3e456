"""Values that the organisation set and that live in the database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.switches import Switches
from bot.storage.dialects import insert_into
from bot.storage.schema import setting


class OrganisationSettings:
    """Reads and writes the `setting` table."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find(self, key: str) -> Any:
        """The stored value, or None."""
        return await self._connection.scalar(select(setting.c.value).where(setting.c.key == key))

    async def put(self, key: str, value: Any) -> None:
        """Store a value under its key, replacing an older one."""
        statement = insert_into(setting, self._connection).values(key=key, value=value)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["key"], set_={"value": statement.excluded.value})
        )

    async def switches(self) -> Switches:
        """The organisation's switches, with defaults for what was never set."""
        return Switches.from_mapping(await self.find("switches") or {})

    async def put_switches(self, switches: Switches) -> None:
        """Store all switches."""
        await self.put("switches", switches.as_mapping())
