"""Writes docs/reliability.md from the figures of a run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def write(source: Path) -> None:
    """The page of this run."""
    Path("docs/reliability.md").write_text(text_of(json.loads(source.read_text())))


def text_of(reports: list[dict[str, Any]]) -> str:
    """The page as Markdown."""
    return str(reports)
