"""How the bot comes to be away in plays: time passes while it does nothing, then it does what is due."""

from __future__ import annotations

from tests.conversations.conftest import Stage


async def away_until(stage: Stage, to: str) -> None:
    """The bot is away until this instant in Shanghai."""
    timeline, on_travel = stage.box.timeline, stage.box.on_travel
    stage.box.timeline = stage.box.on_travel = None
    await stage.travel(to)
    stage.box.timeline, stage.box.on_travel = timeline, on_travel
