"""Days, times, months and quarters as an operator writes them; what is written otherwise is refused in one sentence."""

from __future__ import annotations

from datetime import date, datetime

from bot.cli.errand import Terminal
from bot.domain.periods import Month, Quarter


def month_of(terminal: Terminal, text: str) -> Month:
    """The month written 2026-11."""
    try:
        return Month.parse(text)
    except ValueError:
        terminal.fail(terminal.words.plain("A month is written like 2026-11."))


def quarter_of(terminal: Terminal, text: str) -> Quarter:
    """The quarter written 2026Q4."""
    try:
        return Quarter.parse(text)
    except ValueError:
        terminal.fail(terminal.words.plain("A quarter is written like 2026Q4."))


def day_of(terminal: Terminal, text: str) -> date:
    """The day written 2026-11-02."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        terminal.fail(terminal.words.plain("A day that exists is expected, written like 2026-11-02."))


def instant_of(terminal: Terminal, text: str, now: datetime) -> datetime:
    """The wall-clock time written 2026-11-02 18:00 in the organisation's zone; it must lie ahead, within a year."""
    _ = terminal.words
    try:
        instant = datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=terminal.settings.zone)
    except ValueError:
        terminal.fail(_.plain('A time that exists is expected, in quotes, written like "2026-11-02 18:00".'))
    if instant <= now:
        terminal.fail(_.plain("That time is past already. Name a later one."))
    if instant.year > now.year + 1:
        terminal.fail(_.plain("That is years ahead. Name a time before the end of next year."))
    return instant
