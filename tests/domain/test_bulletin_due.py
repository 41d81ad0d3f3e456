"""When a quarter's bulletin goes out."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.periods import Quarter
from bot.domain.timetable import Moment, Timetable

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    """An instant in Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("final", "due"),
    [
        ("2026-10-23 00:00", "2026-10-23 09:00"),  # publicity ended with the Thursday
        ("2026-10-24 00:00", "2026-10-26 09:00"),  # with the Friday: Monday morning
        ("2026-10-01 00:00", "2026-10-08 09:00"),  # National Day
        ("2026-10-23 14:30", "2026-10-23 14:30"),  # the last objection was settled on a working afternoon
    ],
)
def test_it_goes_out_on_a_working_morning_or_at_once(final: str, due: str):
    """At nine of the working day that follows the end of publicity, never before the last branch is final."""
    found = Timetable(SHANGHAI).bulletin_due(Quarter(2026, 3), at(final))
    assert (found.at, found.moment, found.period) == (at(due), Moment.BULLETIN_DUE, "2026Q3")


def test_a_bulletin_that_was_missed_is_made_up_for():
    """It is no reminder: however long the bot stood still, it is sent once afterwards."""
    assert not Moment.BULLETIN_DUE.is_reminder
