"""A roster is read as an office clerk would read it."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.domain.people import Category, Department, MemberStatus, Office, Role
from bot.sheets.roster import RosterRow, read_roster
from bot.sheets.table import read_table
from bot.sheets.words import CATEGORIES, OFFICES, STATUSES
from tests.sheets.making import HEADER, TODAY, Formula, person, read, read_one, xlsx

SECRETARY = Office(Role.SECRETARY)
COMMITTEE = Office(Role.COMMITTEE)


def test_a_row_says_who_a_person_is():
    """Every column arrives in its own type."""
    assert read_one(党内职务="支部书记、党委") == RosterRow(
        staff_no="000101",
        name="张伟",
        branch="公司业务部党支部",
        offices=(SECRETARY, COMMITTEE),
        category=Category.STAFF,
        joined_party_on=date(2005, 7, 1),
        status=MemberStatus.ACTIVE,
    )


def test_empty_cells_mean_the_usual():
    """Nobody writes 党员 and 在册 two hundred times."""
    row = read_one(党内职务=None, 人员类别=None, 入党日期=None, 状态=None)
    assert row.offices == ()
    assert (row.category, row.joined_party_on, row.status) == (Category.STAFF, None, MemberStatus.ACTIVE)


@pytest.mark.parametrize(
    ("cell", "number"),
    [("007", "007"), (1001, "1001"), ("１００１", "1001"), (" 101 ", "101"), ("A-1.2/3", "A-1.2/3")],
)
def test_staff_numbers_are_text(cell, number):
    """007 keeps its zeros, a number has no decimals, and full-width digits are digits."""
    assert read_one(工号=cell).staff_no == number


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("张　伟", "张伟"),
        (" 张 伟\n", "张伟"),
        ("张伟\u200b", "张伟"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽 ・ 买买提", "阿依古丽·买买提"),
        ("Anna  Maria Li", "Anna Maria Li"),
        ("陈䶮", "陈䶮"),
        ("𠮷田", "𠮷田"),
        ("<b>&_*张", "<b>&_*张"),
        ("=1+1", "=1+1"),
    ],
)
def test_names_lose_only_what_aligned_them(cell, name):
    """Blanks that align two characters with three go; rare characters, dots and odd signs stay."""
    assert read_one(姓名=cell).name == name


def test_one_branch_written_in_two_ways_is_one_branch():
    """Full-width and half-width brackets and digits do not found a new branch."""
    roster = read(person(工号="1", 支部="第1支部(城东)"), person(工号="2", 支部="第１支部 （城东）"))
    assert roster.branches == ("第1支部（城东）",)


@pytest.mark.parametrize(
    "cell",
    [
        "2005-07-01",
        "2005-7-1",
        "2005/7/1",
        "2005.07.01",
        "2005年7月1日",
        "2005 年 7 月 1 日",
        "２００５－０７－０１",
        "20050701",
        20050701,
        "2005-07-01 00:00:00",
        date(2005, 7, 1),
        datetime(2005, 7, 1, 9, 30),  # noqa: DTZ001
    ],
)
def test_a_day_may_be_written_in_every_usual_way(cell):
    """Real dates and all that offices type instead mean the same day."""
    assert read_one(入党日期=cell).joined_party_on == date(2005, 7, 1)


@pytest.mark.parametrize("day", [date(1921, 7, 1), TODAY])
def test_the_first_day_and_today_are_possible(day):
    """Who joined this morning may be imported this afternoon."""
    assert read_one(入党日期=day.isoformat()).joined_party_on == day


@pytest.mark.parametrize(("office", "word"), [(office, word) for office, words in OFFICES.items() for word in words])
def test_every_word_for_an_office_is_known(office, word):
    """Each spelling gives its office; known seats without a part in the scoring give none."""
    assert read_one(党内职务=word).offices == (() if office is None else (office,))


@pytest.mark.parametrize(("category", "word"), [(key, word) for key, words in CATEGORIES.items() for word in words])
def test_every_word_for_a_category_is_known(category, word):
    """Each spelling gives its category."""
    assert read_one(人员类别=word).category is category


@pytest.mark.parametrize(("status", "word"), [(key, word) for key, words in STATUSES.items() for word in words])
def test_every_word_for_a_status_is_known(status, word):
    """Each spelling gives its state."""
    assert read_one(状态=word).status is status


@pytest.mark.parametrize("separator", ["、", "，", ",", ";", "；", "/", " 、 ", "兼", "\n、"])
def test_several_offices_may_be_separated_as_usual(separator):
    """Whatever stands between two offices, both are read, each once."""
    offices = read_one(党内职务=separator.join(["支部书记", "纪委办公室", "支部书记"])).offices
    assert offices == (SECRETARY, Office(Role.DEPARTMENT, Department.DISCIPLINE))


def test_who_has_left_holds_no_office():
    """The old secretary may stay on the sheet as 转出 beside the new one."""
    roster = read(person(工号="1", 党内职务="支部书记", 状态="转出"), person(工号="2", 党内职务="支部书记"))
    assert [row.offices for row in roster.rows] == [(), (SECRETARY,)]


def test_one_person_may_be_secretary_and_commissioner():
    """A branch of three has not enough people for one office each."""
    assert len(read_one(党内职务="支部书记、组织委员").offices) == 2


def test_title_rows_blank_rows_and_other_columns_are_left_alone():
    """The office keeps its layout: a merged title, a computed serial number, notes, empty lines."""
    rows = [
        ["某某分行党员名册"],
        ["制表日期：", "2026年1月"],
        ["序号", *HEADER, "备注"],
        [Formula("=ROW()-3", 1), *person(), "组织关系在本部"],
        [Formula("=ROW()-3", 2)],
        [None, " ", "　"],
        [Formula("=ROW()-3", 4), *person(工号="000102")],
    ]
    roster = read_roster(read_table(xlsx(rows, lambda _book, sheet: sheet.merge_range("A2:C2", "x")), "a.xlsx"), TODAY)
    assert [row.staff_no for row in roster.rows] == ["000101", "000102"]


@pytest.mark.parametrize(
    "header",
    [
        ("staff_no", "name", "branch", "office", "category", "joined_on", "status"),
        ("Staff No", "Full name", "Branch", "Party office", "Category", "Joined party on", "STATUS"),
        ("员工编号*", "姓　名", "所在党支部", "党内\n职务", "人员类别：", "入党时间（必填）", "党员状态"),
    ],
)
def test_headers_may_be_written_in_other_usual_ways(header):
    """English headers, stars, blanks and remarks in brackets are understood."""
    assert read(person(), header=header).rows == (read_one(),)


def test_columns_may_stand_in_any_order():
    """The header tells, not the place."""
    assert read(person()[::-1], header=HEADER[::-1]).rows == (read_one(),)


def test_a_branch_merged_beside_its_members_stands_for_each_of_them():
    """Offices like to write the branch once, in a cell merged over its people."""

    def merge(_workbook, sheet):
        sheet.merge_range("C2:C4", "营业部党支部")

    rows = [HEADER, *(person(工号=str(number), 支部=None) for number in (1, 2, 3)), person(工号="4")]
    roster = read_roster(read_table(xlsx(rows, merge), "a.xlsx"), TODAY)
    assert [row.branch for row in roster.rows] == ["营业部党支部"] * 3 + ["公司业务部党支部"]
