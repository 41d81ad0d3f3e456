"""What ails a database that does not take anything any more, where the operator can do something about it."""

from __future__ import annotations

import errno
import sqlite3
from enum import StrEnum

from sqlalchemy.exc import DBAPIError


class Trouble(StrEnum):
    """What the operator must mend."""

    DISK_FULL = "disk_full"
    READ_ONLY = "read_only"


_SQLITE = {sqlite3.SQLITE_FULL: Trouble.DISK_FULL, sqlite3.SQLITE_READONLY: Trouble.READ_ONLY}
_POSTGRES = {"53100": Trouble.DISK_FULL, "25006": Trouble.READ_ONLY}
_SYSTEM = {errno.ENOSPC: Trouble.DISK_FULL, errno.EDQUOT: Trouble.DISK_FULL, errno.EROFS: Trouble.READ_ONLY}


def trouble_of(error: BaseException) -> Trouble | None:
    """The trouble behind a failure of the database or of a file, if it is one of these."""
    failure = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(failure, OSError):
        return _SYSTEM.get(failure.errno or 0)
    if isinstance(failure, sqlite3.Error):
        # The lower byte is the kind; the rest tells where it happened.
        return _SQLITE.get(getattr(failure, "sqlite_errorcode", 0) & 0xFF)
    return _POSTGRES.get(getattr(failure, "sqlstate", None) or "")
