"""The made-up exports are what the platforms write, and the bot can read them."""

from __future__ import annotations

from datetime import date

import pytest

from bot.demo.organisation import demo_roster
from bot.demo.platforms import example_export
from bot.domain.people import Category, MemberStatus, Person
from bot.domain.periods import Month, Quarter
from bot.domain.platforms import Field, Measure, Platform
from bot.sheets.platform import find_export, guess_columns, read_export
from bot.sheets.platform_people import match_rows
from bot.sheets.roster import read_roster
from bot.sheets.table import read_table

TODAY = date(2026, 12, 31)
MEASURES = {
    Platform.DENGTA: {Measure.MEETINGS_ATTENDED, Measure.MEETINGS_MISSED},
    Platform.ZHINIAO: {Measure.STUDY_COUNT, Measure.STUDY_MINUTES},
    Platform.XUEXI: {Measure.STUDY_COUNT, Measure.STUDY_MINUTES, Measure.POINTS},
}


@pytest.fixture(scope="module")
def people() -> list[Person]:
    """The demo organisation."""
    roster = read_roster(read_table(demo_roster(1, 60, 6), "roster.xlsx"), TODAY)
    return [
        Person(number, row.staff_no, row.name, 1, row.branch, Category.STAFF, row.status)
        for number, row in enumerate(roster.rows, start=1)
    ]


@pytest.mark.parametrize("period", [Month(2026, 10), Quarter(2026, 4), Month(2027, 2)], ids=str)
@pytest.mark.parametrize("platform", Platform)
def test_every_example_is_read_without_a_fault(platform, period, people):
    """All columns are recognised, and everybody is found but namesakes and the two strangers."""
    name, content = example_export(platform, period, people, TODAY)
    export = find_export(read_table(content, name))
    columns = guess_columns(export, {})
    reading = read_export(export, columns, platform, period)
    found = match_rows(reading.rows, people, {}, events=Field.DAY in columns)
    assert (reading.faults, found.faults) == ((), ())
    assert {measure for own in found.values.values() for measure in own} == MEASURES[platform]
    active = {person.member_id for person in people if person.status is MemberStatus.ACTIVE}
    asked = {one.member_id for question in found.questions for one in question.candidates}
    assert found.values.keys() | asked == active | asked
    assert len(found.unknown) == (2 if platform is Platform.XUEXI else 0)
