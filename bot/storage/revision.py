"""The revisions of the schema that this program knows, oldest first.

They are written down here so that the serving bot need not load the migration tool (10 MB) to compare one word.
"""

from __future__ import annotations

from sqlalchemy import Connection, String, column, inspect, select, table

KNOWN = ("0001", "0002", "0003", "0004")
NEWEST = KNOWN[-1]
TABLE = "alembic_version"

SELECT_REVISION = select(column("version_num", String)).select_from(table(TABLE))


def read_revision(connection: Connection) -> str:
    """The database's revision; empty where it was never migrated."""
    if not inspect(connection).has_table(TABLE):
        return ""
    return str(connection.scalar(SELECT_REVISION) or "")
