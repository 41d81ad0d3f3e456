"""How stored instants and days are written."""

from __future__ import annotations

from datetime import date

from bot.views.stored_facts import MyData
from bot.views.terms import date_name
from bot.views.words import Words


def when(_: Words, facts: MyData, stored: str | None) -> str:
    """A stored instant with its year, in the organisation's zone."""
    if stored is None:
        return "–"
    local = facts.local(stored)
    return f"{date_name(_, local.date())} {local:%H:%M}"


def day_of(_: Words, stored: str | None) -> str:
    """A stored day, or a dash."""
    return "–" if stored is None else date_name(_, date.fromisoformat(stored))
