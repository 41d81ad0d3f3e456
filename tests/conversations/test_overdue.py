"""A branch that is late: who hears of it and when."""

from __future__ import annotations

from tests.conversations.conftest import Stage


async def test_an_overdue_branch_is_told_daily_and_the_party_office_from_the_third_working_day(stage: Stage) -> None:
    """Due on 7 January 2027: the secretary hears every working day, the office later."""
    wang, office = await stage.persons("王书记", "冯办公室")
    await stage.travel("2026-12-25 09:00")
    await stage.travel("2027-01-08 10:00")
    assert wang.screen().count("已逾期") == 1
    assert "· 第一党支部" not in office.screen()
    await stage.travel("2027-01-10 10:00")
    assert wang.screen().count("已逾期") == 1
    await stage.travel("2027-01-12 10:00")
    assert wang.screen().count("已逾期") == 3
    await office.sees("· 第一党支部")


async def test_no_branch_is_asked_to_rate_on_new_years_day(stage: Stage) -> None:
    """The forms of December close with the year; the rating opens on Monday 4 January 2027 at nine."""
    (wang,) = await stage.persons("王书记")
    await stage.travel("2026-12-25 09:00")
    await stage.travel("2027-01-03 20:00")
    await wang.sees_not("第4季度初评")
    await stage.travel("2027-01-04 09:00")
    await wang.sees("2026年第4季度初评")
