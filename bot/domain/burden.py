"""How many prompts one month's form may cost a member, and which of them yields (MISSION §6)."""

from __future__ import annotations

from bot.domain.timetable import Moment

PROMPTS_A_MONTH = 4
PROMPTS_ALLOWED = range(2, 9)

# What must still find room: after a reminder the one of the last day, and after everything the summary. So of three
# reminders the middle one yields first: one comes early enough to plan the form, one late enough to save it.
ROOM_KEPT = {Moment.FORM_T3: 2, Moment.FORM_T1: 2, Moment.FORM_LAST_DAY: 1, Moment.MONTH_SUMMARY: 0}
ROOM_KEPT_BY_A_NUDGE = 1


def has_room(had: int, ceiling: int, kept: int) -> bool:
    """Whether one more prompt fits for who has had so many of his month, with room kept for what comes later."""
    return had + 1 + kept <= ceiling
