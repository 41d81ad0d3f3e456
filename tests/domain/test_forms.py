"""The deciding meeting's quorum: more than half of those entitled."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.forms import Meeting, MeetingKind


@pytest.mark.parametrize(
    ("present", "entitled", "quorum"),
    [
        (5, 9, True),
        (4, 8, False),
        (5, 8, True),
        (1, 1, True),
        (1, 2, False),
        (0, 0, False),
        (9, 8, False),
        (-1, -3, False),
    ],
)
def test_more_than_half_must_be_present(present: int, entitled: int, quorum: bool) -> None:
    """Just half is not enough, and nobody can be present who is not entitled."""
    assert Meeting(MeetingKind.GENERAL, date(2026, 12, 30), present, entitled).has_quorum is quorum
