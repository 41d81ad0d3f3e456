"""Which updates have had their effect; the key is stored in the transaction of the effect itself."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.dialects import insert_once
from bot.storage.schema import dead_letter, handled_update


async def remember(connection: AsyncConnection, key: str, now: datetime) -> bool:
    """Store the key; False if it was stored before."""
    result = await connection.execute(insert_once(handled_update, connection), {"key": key, "at": now})
    return result.rowcount == 1


async def is_handled(connection: AsyncConnection, key: str) -> bool:
    """Whether the key was stored."""
    return await connection.scalar(select(handled_update.c.key).where(handled_update.c.key == key)) is not None


async def forget_before(connection: AsyncConnection, instant: datetime) -> int:
    """Drop keys that Telegram can no longer deliver again (it keeps updates for a day); returns how many."""
    result = await connection.execute(delete(handled_update).where(handled_update.c.at < instant))
    return result.rowcount


async def bury(connection: AsyncConnection, update_id: int, raw: str, error: str, now: datetime) -> None:
    """Keep an update that always fails, with what it held, so that the others can go on."""
    await connection.execute(dead_letter.insert().values(update_id=update_id, raw=raw, error=error, at=now))
