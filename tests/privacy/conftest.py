"""The stage of the conversations and a store on both databases, for tests of what is kept and forgotten."""

from __future__ import annotations

from tests.conversations.conftest import empty_database, stage
from tests.storage.conftest import clock, members, store

__all__ = ["clock", "empty_database", "members", "stage", "store"]
