"""From when a table may take effect."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.periods import Month
from bot.domain.rulemaking import first_free_month, may_take_effect, splits_quarter


@pytest.mark.parametrize(
    ("newest", "today", "first"),
    [
        (Month(2026, 10), date(2026, 10, 26), Month(2026, 11)),
        (Month(2026, 12), date(2026, 12, 31), Month(2027, 1)),
        (Month(2026, 9), date(2026, 10, 3), Month(2026, 10)),
        (None, date(2026, 10, 3), Month(2026, 10)),
    ],
)
def test_the_first_month_that_is_not_opened_is_free(newest: Month | None, today: date, first: Month) -> None:
    """The one after the newest; before the first of all, the present one."""
    assert first_free_month(newest, today) == first


@pytest.mark.parametrize(
    ("day", "may"),
    [
        (date(2026, 11, 1), True),
        (date(2027, 1, 1), True),
        (date(2026, 10, 1), False),
        (date(2026, 11, 2), False),
        (date(2026, 10, 31), False),
    ],
)
def test_a_table_begins_with_a_month_that_is_free(day: date, may: bool) -> None:
    """Never within a month, never in one that people have begun to answer."""
    assert may_take_effect(day, Month(2026, 11)) is may


def test_a_table_that_begins_within_a_quarter_splits_it() -> None:
    """October begins a quarter, November does not."""
    assert [splits_quarter(date(2026, month, 1)) for month in (10, 11, 12)] == [False, True, True]
