"""Telling a database that is away from a statement that is wrong."""

from __future__ import annotations

import sqlite3

import asyncpg
import pytest
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError, ProgrammingError

from bot.storage.store import is_database_away


@pytest.mark.parametrize(
    ("error", "away"),
    [
        (OperationalError("", {}, sqlite3.OperationalError("database is locked")), True),
        (OperationalError("", {}, sqlite3.OperationalError("database or disk is full")), True),
        (OperationalError("", {}, sqlite3.OperationalError("no such column: x")), False),
        (OperationalError("", {}, Exception("the database system is shutting down")), True),
        (InterfaceError("", {}, Exception("connection is closed")), True),
        (ConnectionRefusedError(), True),
        (asyncpg.CannotConnectNowError("the database system is starting up"), True),
        (asyncpg.TooManyConnectionsError("sorry, too many clients already"), True),
        (asyncpg.ConnectionDoesNotExistError("connection was closed in the middle of operation"), True),
        (asyncpg.InvalidPasswordError("password authentication failed"), False),
        (ProgrammingError("", {}, Exception("relation does not exist")), False),
        (IntegrityError("", {}, Exception("duplicate key")), False),
        (ValueError(), False),
    ],
    ids=str,
)
def test_only_what_may_pass_is_waited_for(error: Exception, away: bool) -> None:
    """A wrong statement would never get better by waiting."""
    assert is_database_away(error) is away
