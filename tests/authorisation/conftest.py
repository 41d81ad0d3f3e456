"""The stage of the conversations, for trials of rights."""

from __future__ import annotations

from tests.conversations.conftest import empty_database, stage

__all__ = ["empty_database", "stage"]
