"""Exports of the learning platforms: columns are guessed, every fault is named, and nobody is mistaken for another."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.people import Category, MemberStatus, Person
from bot.domain.periods import Month, Quarter
from bot.domain.platforms import Field, Measure, Platform
from bot.sheets.faults import Fault, FaultCode
from bot.sheets.platform import find_export, guess_columns, headings_to_remember, is_complete, read_export
from bot.sheets.platform_people import match_rows
from bot.sheets.table import read_table
from tests.sheets.making import Formula, csv_text, xlsx

OCTOBER = Month(2026, 10)
HEADER = ("工号", "姓名", "单位", "参学次数", "学习时长", "积分")


def reading(*rows, header=HEADER, platform=Platform.ZHINIAO, period=OCTOBER, data=None, name="导出.xlsx"):
    """An export with these rows, read by the columns that are guessed."""
    export = find_export(read_table(data or xlsx([header, *rows]), name))
    return read_export(export, guess_columns(export, {}), platform, period)


def values_of(*rows, **how):
    """What each faultless row counts."""
    found = reading(*rows, **how)
    assert found.faults == ()
    return [row.values for row in found.rows]


def person(member_id, name="张伟", branch="第一党支部", staff_no="", status=MemberStatus.ACTIVE):
    return Person(member_id, staff_no or f"10{member_id}", name, 1, branch, Category.STAFF, status)


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (("工号", "姓名", "参学次数"), [Field.STAFF_NO, Field.NAME, Field.STUDY_COUNT]),
        (("员工编号", "党员姓名", "所属党组织"), [Field.STAFF_NO, Field.NAME, Field.BRANCH]),
        (("序号", "*姓 名", "学习时长（分钟）", "总积分"), [Field.NAME, Field.STUDY_MINUTES, Field.POINTS]),
        (("name", "Branch", "points"), [Field.NAME, Field.BRANCH, Field.POINTS]),
        (("姓名", "完成日期", "课程"), [Field.NAME, Field.DAY]),
        (("姓名", "参加次数", "缺席次数"), [Field.NAME, Field.MEETINGS_ATTENDED, Field.MEETINGS_MISSED]),
        (("甲", "乙"), []),
    ],
)
def test_columns_are_guessed_from_the_usual_headings(header, found):
    """Spellings, stars, brackets and blanks do not matter; unknown headings are left alone."""
    assert list(guess_columns(find_export(read_table(xlsx([header, ["1"] * len(header)]), "x.xlsx")), {})) == found


def test_the_heading_row_is_found_below_a_title():
    """Platforms print their name and the period above the table."""
    data = xlsx([("学习强国 2026年10月",), (), HEADER, ("101", "张伟", "一支部", 2, 30, 5)])
    (row,) = reading(data=data).rows
    assert (row.row, row.address, row.name) == (4, "B4", "张伟")


def test_what_was_remembered_comes_before_what_is_guessed():
    """A column chosen by hand last time is chosen again, and one taken out by hand stays out."""
    export = find_export(read_table(xlsx([("姓名", "积分", "本月积分", "参学次数"), ("张伟", 1, 2, 3)]), "x.xlsx"))
    kept = headings_to_remember(export, {Field.NAME: 1, Field.POINTS: 3})
    assert kept == {Field.NAME: "姓名", Field.POINTS: "本月积分", Field.STUDY_COUNT: ""}
    assert guess_columns(export, kept) == {Field.NAME: 1, Field.POINTS: 3}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_of_any_usual_encoding_is_read(encoding):
    """What Excel and older platforms save."""
    data = csv_text([HEADER, ("101", "张伟", "一支部", "2", "30", "5")]).encode(encoding)
    assert values_of(data=data, name="导出.csv") == [
        {Measure.STUDY_COUNT: 200, Measure.STUDY_MINUTES: 3000, Measure.POINTS: 500}
    ]


@pytest.mark.parametrize(
    ("cell", "heading", "minutes"),
    [
        (90, "学习时长", "90"),
        ("1.5", "学习时长(小时)", "90"),
        (5400, "学习时长（秒）", "90"),
        ("1:30:00", "学习时长", "90"),
        ("1小时30分", "学习时长", "90"),
        ("90分钟", "学习时长", "90"),
        ("45秒", "学习时长", "0.75"),
        ("1,090", "学习时长", "1090"),
    ],
)
def test_study_time_is_minutes_however_it_is_written(cell, heading, minutes):
    """Hours, seconds and clock times become minutes in exact hundredths."""
    assert values_of(("张伟", cell), header=("姓名", heading)) == [{Measure.STUDY_MINUTES: int(Decimal(minutes) * 100)}]


@pytest.mark.parametrize("cell", ["", "-", "—", "/", "无", None])
def test_a_blank_or_a_dash_is_no_record(cell):
    """Nothing is made of nothing, not even a zero."""
    assert values_of(("张伟", cell, 0), header=("姓名", "参学次数", "积分")) == [{Measure.POINTS: 0}]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (("101", "张伟", "", "两次", 1, 1), Fault(2, "参学次数", "D2", FaultCode.NOT_A_NUMBER, "两次")),
        (("101", "张伟", "", -1, 1, 1), Fault(2, "参学次数", "D2", FaultCode.NUMBER_OUT_OF_RANGE, "-1", "1000000")),
        (("101", "张伟", "", 1, "很久", 1), Fault(2, "学习时长", "E2", FaultCode.NOT_A_DURATION, "很久")),
        (
            ("101", "张伟", "", 1, 1, 10**7),
            Fault(2, "积分", "F2", FaultCode.NUMBER_OUT_OF_RANGE, "10000000", "1000000"),
        ),
        (("101", "张伟", "", 1, 1, date(2026, 10, 1)), Fault(2, "积分", "F2", FaultCode.NOT_A_NUMBER, "2026-10-01")),
        (("101", "张伟", "", Formula("=1+1", 2), 1, 1), Fault(2, "参学次数", "D2", FaultCode.FORMULA)),
        (("工号一", "张伟", "", 1, 1, "="), Fault(2, "积分", "F2", FaultCode.NOT_A_NUMBER, "=")),
        (("1 1", "张伟", "", 1, 1, 1), Fault(2, "工号", "A2", FaultCode.INVALID_STAFF_NO, "1 1")),
        (("101", "张\u202e伟", "", 1, 1, 1), Fault(2, "姓名", "B2", FaultCode.FORBIDDEN_CHARACTER, "", "U+202E")),
        (("", "", "一支部", 1, 1, 1), Fault(2, "姓名", "B2", FaultCode.NOBODY_NAMED)),
    ],
)
def test_each_fault_is_named_with_row_and_column(row, fault):
    """So that the office can correct the cell."""
    assert reading(row).faults == (fault,)


def test_a_day_outside_the_period_is_a_fault_and_one_inside_an_event():
    """An export of another month is not taken for this one; each event is a row."""
    header, rows = ("姓名", "日期"), [("张伟", date(2026, 10, 31)), ("张伟", "2026-11-01")]
    found = reading(*rows, header=header)
    assert found.faults == (Fault(3, "日期", "B3", FaultCode.DAY_OUTSIDE_PERIOD, "2026-11-01", "2026-10"),)
    whole = values_of(*rows, header=header, period=Quarter(2026, 4))
    assert whole == [{Measure.STUDY_COUNT: 100}, {Measure.STUDY_COUNT: 100}]
    meetings = values_of(rows[0], header=header, platform=Platform.DENGTA)
    assert meetings == [{Measure.MEETINGS_ATTENDED: 100}]


def test_rows_of_sums_and_blank_rows_are_skipped_and_a_table_of_nobody_is_a_fault():
    """Totals at the foot are no members."""
    assert len(reading(("101", "张伟", "", 1, 1, 1), (), ("", "合 计", "", 9, 9, 9)).rows) == 1
    assert reading(("", "合计", "", 9, 9, 9)).faults == (Fault(0, "", "", FaultCode.NO_ROWS),)


def test_a_table_without_headings_or_without_people_or_numbers_is_not_complete():
    """Somebody must say which column is what."""
    assert find_export(read_table(xlsx([(1, 2), (3, 4)]), "x.xlsx")).headings == {}
    assert not is_complete({Field.NAME: 1})
    assert not is_complete({Field.POINTS: 1})
    assert is_complete({Field.STAFF_NO: 1, Field.DAY: 2})


# ── whom a row means ──────────────────────────────────────────────────────────────────────────────────────────────────

PEOPLE = [
    person(1), person(2, branch="第二党支部"), person(3, "赵敏"),
    person(4, "孙喆", status=MemberStatus.LEFT), person(5, "钱芳", "第二党支部"),
]  # fmt: skip


def matched(*rows, chosen=None, header=("工号", "姓名", "单位", "参学次数")):
    found = reading(*rows, header=header)
    return match_rows(found.rows, PEOPLE, chosen or {}, events=Field.DAY in guess_columns_of(header))


def guess_columns_of(header):
    return guess_columns(find_export(read_table(xlsx([header, ["1"] * len(header)]), "x.xlsx")), {})


@pytest.mark.parametrize(
    ("row", "member_id"),
    [
        (("101", "", "", 1), 1),
        (("102", "张伟", "第一党支部", 1), 2),
        (("", "张伟", "第二党支部", 1), 2),
        (("", "张伟", "示范分行/第一党支部", 1), 1),
        (("", "赵敏", "", 1), 3),
        (("", "赵敏", "工会", 1), 3),
        (("0x9", "赵敏", "第一党支部", 1), 3),
    ],
)
def test_a_person_is_found_by_number_or_else_by_name_in_his_branch(row, member_id):
    """A known staff number decides; else the name, within the branch if the row names one."""
    assert list(matched(row).values) == [member_id]


@pytest.mark.parametrize(
    ("row", "asked"),
    [
        (("", "张伟", "", 1), (1, 2)),
        (("", "张伟", "工会", 1), (1, 2)),
        (("", "钱芳", "第一党支部", 1), (5,)),
    ],
)
def test_who_could_be_several_or_stands_in_another_branch_is_asked(row, asked):
    """Nobody is guessed; the answer counts, and leaving a row out is one."""
    (question,) = matched(row).questions
    assert tuple(one.member_id for one in question.candidates) == asked
    assert list(matched(row, chosen={2: asked[-1]}).values) == [asked[-1]]
    left_out = matched(row, chosen={2: None})
    assert (left_out.values, left_out.questions) == ({}, ())


@pytest.mark.parametrize("row", [("999", "", "", 1), ("", "孙喆", "", 1), ("", "路人", "第一党支部", 1)])
def test_who_is_not_on_the_roster_is_named(row):
    """Strangers and those who have left are no faults, and get no record."""
    found = matched(row)
    assert (found.values, len(found.unknown), found.faults) == ({}, 1, ())


def test_a_number_of_somebody_else_and_a_second_row_are_faults():
    """Either would put one member's records into another's book."""
    found = matched(("101", "赵敏", "", 1), ("103", "赵敏", "", 1), ("", "赵敏", "", 2))
    assert found.faults == (
        Fault(2, "", "B2", FaultCode.NAME_DIFFERS, "赵敏", "张伟"),
        Fault(4, "", "B4", FaultCode.SAME_PERSON, "赵敏", "B3"),
    )


@given(st.lists(st.tuples(st.sampled_from(["101", "102", "103"]), st.integers(1, 31)), max_size=20), st.randoms())
def test_events_are_added_up_in_any_order(events, random):
    """A member's records are as many as his rows."""
    header = "工号,日期\n"
    lines = [f"{number},2026-10-{day:02d}\n" for number, day in events]
    shuffled = random.sample(lines, len(lines))
    first, second = (
        match_rows(reading(data=(header + "".join(rows)).encode(), name="x.csv").rows, PEOPLE, {}, events=True).values
        for rows in (lines, shuffled)
    )
    assert first == second
    assert sum(own[Measure.STUDY_COUNT] for own in first.values()) == 100 * len(events)
