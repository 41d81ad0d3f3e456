"""Every module that enters rows, so that the list is whole."""

from __future__ import annotations

import importlib

MODULES = ("kills", "races", "delivery", "clock", "input", "rights", "storage", "suites")


def load() -> None:
    """Let each enter its rows."""
    for name in MODULES:
        importlib.import_module(f"bench.faults.rows_{name}")
