"""Exports of the learning platforms: drafts, what was taken over, and how their columns were read last time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.periods import Quarter
from bot.domain.platforms import (
    Book,
    Columns,
    Field,
    FileState,
    Measure,
    Period,
    Platform,
    PlatformFile,
    Values,
    parse_period,
)
from bot.errors import NotFoundError
from bot.storage.dialects import insert_into
from bot.storage.schema import platform_file as file
from bot.storage.schema import platform_mapping as mapping
from bot.storage.schema import platform_record as record

DRAFT_LIVES = timedelta(days=3)
_LONGEST_NAME = 100


class Platforms:
    """Reads and writes exports; every change of a draft is a compare-and-set on state and revision."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    # ── how columns are read ──────────────────────────────────────────────────────────────────────────────────────────

    async def headings(self, platform: Platform) -> dict[Field, str]:
        """Under which heading each field stood the last time; nothing before the first import."""
        found = await self._connection.scalar(select(mapping.c.headings).where(mapping.c.platform == platform))
        return {Field(name): heading for name, heading in (found or {}).items()}

    async def remember_headings(self, platform: Platform, headings: Mapping[Field, str]) -> None:
        """Keep them for the next export of this platform."""
        document = {name.value: heading for name, heading in headings.items()}
        statement = insert_into(mapping, self._connection).values(platform=platform, headings=document)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["platform"], set_={"headings": statement.excluded.headings})
        )

    # ── exports ───────────────────────────────────────────────────────────────────────────────────────────────────────

    async def add_draft(
        self, *, platform: Platform, period: Period, name: str, sha256: str, content: bytes, columns: Columns,
        by: int | None, now: datetime,
    ) -> PlatformFile:  # fmt: skip
        """Keep an export to be looked at; the same person's older draft is dropped, and whatever nobody settled."""
        await self._connection.execute(
            update(file)
            .where(
                file.c.state == FileState.DRAFT,
                file.c.imported_by.is_not_distinct_from(by) | (file.c.imported_at < now - DRAFT_LIVES),
            )
            .values(state=FileState.DROPPED, content=None, revision=file.c.revision + 1)
        )
        values = {
            "platform": platform, "period": str(period), "name": name[:_LONGEST_NAME], "sha256": sha256,
            "content": content, "columns": _document(columns), "chosen": {}, "imported_by": by, "imported_at": now,
        }  # fmt: skip
        result = await self._connection.execute(insert(file).values(values).returning(file.c.id))
        return await self.get(int(result.scalar_one()))

    async def get(self, file_id: int) -> PlatformFile:
        """The export of this id with its content, or NotFoundError."""
        row = (await self._connection.execute(select(file).where(file.c.id == file_id))).first()
        if row is None:
            raise NotFoundError
        return _file(row)

    async def change(
        self,
        found: PlatformFile,
        *,
        columns: Columns | None = None,
        chosen: Mapping[int, int | None] | None = None,
        state: FileState | None = None,
        now: datetime | None = None,
    ) -> bool:
        """Write what is given if nobody changed the export since it was read; its content goes with the draft."""
        values: dict[str, Any] = {"revision": found.revision + 1}
        if columns is not None:
            values["columns"] = _document(columns)
        if chosen is not None:
            values["chosen"] = {str(row): member_id for row, member_id in chosen.items()}
        if state is not None:
            values |= {"state": state, "content": None}
        if now is not None:
            values["imported_at"] = now
        result = await self._connection.execute(
            update(file)
            .where(file.c.id == found.file_id, file.c.state == found.state, file.c.revision == found.revision)
            .values(values)
        )
        return result.rowcount == 1

    async def in_force(self, periods: Iterable[Period], platform: Platform | None = None) -> list[PlatformFile]:
        """The export that holds for each platform (or this one) and period, without its content."""
        columns = [column for column in file.columns if column is not file.c.content]
        statement = select(*columns).where(
            file.c.state == FileState.APPLIED, file.c.period.in_([str(period) for period in periods])
        )
        if platform is not None:
            statement = statement.where(file.c.platform == platform)
        return [_file(row) for row in await self._connection.execute(statement.order_by(file.c.id))]

    # ── what they say ─────────────────────────────────────────────────────────────────────────────────────────────────

    async def values(self, platform: Platform, period: Period) -> dict[int, Values]:
        """What is recorded of everybody, by member id."""
        rows = await self._connection.execute(
            select(record).where(record.c.platform == platform, record.c.period == str(period))
        )
        found: dict[int, dict[Measure, int]] = defaultdict(dict)
        for row in rows:
            found[row.member_id][Measure(row.measure)] = row.centi
        return dict(found)

    async def replace(self, taken: PlatformFile, values: Mapping[int, Values]) -> None:
        """This export holds now, and what it says is recorded in place of what was, for its platform and period."""
        await self._connection.execute(
            update(file)
            .where(
                file.c.platform == taken.platform, file.c.period == str(taken.period),
                file.c.state == FileState.APPLIED, file.c.id != taken.file_id,
            )
            .values(state=FileState.REPLACED)
        )  # fmt: skip
        await self._connection.execute(
            delete(record).where(record.c.platform == taken.platform, record.c.period == str(taken.period))
        )
        rows = [
            {
                "member_id": member_id, "platform": taken.platform, "period": str(taken.period),
                "measure": measure, "centi": centi, "file_id": taken.file_id,
            }
            for member_id, own in values.items()
            for measure, centi in own.items()
        ]  # fmt: skip
        if rows:
            await self._connection.execute(insert(record), rows)

    async def books(self, quarter: Quarter, member_ids: Iterable[int]) -> list[Book]:
        """Every export in force for this quarter or one of its months, with what it says of these members."""
        files = await self.in_force([quarter, *quarter.months])
        if not files:
            return []
        rows = await self._connection.execute(
            select(record).where(
                record.c.file_id.in_([one.file_id for one in files]), record.c.member_id.in_(list(member_ids))
            )
        )
        values: dict[int, dict[int, dict[Measure, int]]] = defaultdict(lambda: defaultdict(dict))
        for row in rows:
            values[row.file_id][row.member_id][Measure(row.measure)] = row.centi
        return [Book(one, values[one.file_id]) for one in files]


def _document(columns: Columns) -> dict[str, int]:
    return {name.value: column for name, column in columns.items()}


def _file(row: Row[Any]) -> PlatformFile:
    return PlatformFile(
        file_id=row.id, platform=Platform(row.platform), period=parse_period(row.period), name=row.name,
        sha256=row.sha256, state=FileState(row.state), revision=row.revision,
        columns={Field(name): column for name, column in row.columns.items()},
        chosen={int(number): member_id for number, member_id in row.chosen.items()},
        imported_by=row.imported_by, imported_at=row.imported_at,
        content=getattr(row, "content", None),
    )  # fmt: skip
