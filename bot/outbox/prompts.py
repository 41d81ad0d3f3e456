"""Which letters are prompts: what the bot sends a member of a month's form by itself counts against his ceiling."""

from __future__ import annotations

from bot.outbox.letters import FormNudged, FormOpened, FormReminded, MonthSummarised

PROMPTS = (FormOpened.kind, FormReminded.kind, FormNudged.kind, MonthSummarised.kind)
