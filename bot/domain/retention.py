"""How long what is kept, on one page; docs/privacy.md and the notice say the same figures, and a test compares them."""

from __future__ import annotations

from datetime import date, timedelta

NOTICE_VERSION = 1
"""Raised when the notice says something new; everybody is told once then."""

UPDATE_KEYS = timedelta(days=3)
"""Telegram keeps an update for a day, and may number them anew after a quiet week."""

LETTER_BODIES = timedelta(days=90)
"""What a message spoke of; that it was sent stays known a little longer, so that nothing is sent twice."""

INVITES = timedelta(days=30)
"""After they were used or have expired."""

DEAD_LETTERS = timedelta(days=30)
"""Long enough to look into a fault; they hold what a person wrote."""

IMPORTED_FILES = timedelta(days=30)
"""An export of a learning platform that nobody took over; of the others nothing but the rows is kept."""

CLAIMS_OF_EACH_DAY = timedelta(days=30)
"""That a day's housekeeping was done."""

SENDING_SLOTS = timedelta(days=1)
"""When a chat was written to last, for Telegram's limits."""

YEARS_OF_EVIDENCE = 1
"""Photos and files of a year are forgotten when the year after it has ended; so are the messages sent in it."""


def forgets_before(today: date) -> date:
    """The first day of the oldest year whose evidence is still kept."""
    return date(today.year - YEARS_OF_EVIDENCE, 1, 1)
