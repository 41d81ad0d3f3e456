"""A task that one process has at a time, for a while: taken, renewed, given back; lapsed if its holder dies.

The database's own clock decides, in real time, whatever clock the rules go by: several machines need one judge. A
holder counts its time from before it asked, so that it stops before anybody else can begin.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import DateTime, Interval, delete, func, literal, or_
from sqlalchemy.dialects import postgresql

from bot.storage.schema import lease
from bot.storage.store import Store


class Lease:
    """One named lease as one process sees it; PostgreSQL only, for an SQLite file has one process anyway."""

    def __init__(self, store: Store, name: str, holder: str, length_s: float) -> None:
        self._store = store
        self._name = name
        self._holder = holder
        until = func.clock_timestamp(type_=DateTime(timezone=True)) + literal(timedelta(seconds=length_s), Interval())
        taken = postgresql.insert(lease).values(name=name, holder=holder, until=until)
        self._take = taken.on_conflict_do_update(
            index_elements=["name"],
            set_={"holder": taken.excluded.holder, "until": taken.excluded.until},
            where=or_(lease.c.holder == holder, lease.c.until < func.clock_timestamp()),
        ).returning(lease.c.holder)
        self.length_s = length_s

    async def take(self) -> bool:
        """Take the lease or make it longer; False while somebody else has it."""
        async with self._store.write() as tx:
            return await tx.connection.scalar(self._take) is not None

    async def give_back(self) -> None:
        """Let the next one begin at once."""
        async with self._store.write() as tx:
            await tx.connection.execute(delete(lease).where(lease.c.name == self._name, lease.c.holder == self._holder))
