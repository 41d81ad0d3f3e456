"""What the bot's own process carries in memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("matplotlib", "numpy", "PIL", "typst", "alembic")


def test_the_bot_carries_nothing_that_draws_or_migrates() -> None:
    """What draws has a process beside it, what migrates a command; together a third of its memory."""
    code = f"import sys, bot.app; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
