"""What holds for every roster and for every file, tried on many."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.people import Category, MemberStatus, Office, Role
from bot.sheets.faults import RosterFaults, SheetError
from bot.sheets.roster import RosterRow, read_roster
from bot.sheets.table import Table, read_table
from bot.sheets.values import FIRST_DAY
from bot.sheets.words import COMMISSIONER, OFFICES, SECRETARY, category_word, office_words, status_word
from bot.sheets.workbook import Sheet, write_workbook
from tests.sheets.making import HEADER, TODAY, csv_text, xlsx

WORKBOOK = xlsx([HEADER, ["007", "张伟", "一支部", "支部书记", "在职", date(2005, 7, 1), "在册"]])

names = st.text("张王李伟敏喆堃䶮𠮷欧阳·", min_size=1, max_size=6)
offices = st.lists(
    st.sampled_from([office for office in OFFICES if office not in {None, SECRETARY, COMMISSIONER}]),
    unique=True,
    max_size=3,
).map(tuple)


@st.composite
def rosters(draw: st.DrawFn) -> tuple[RosterRow, ...]:
    """Any faultless roster: unique numbers, at most one secretary a branch, no office for who has left."""
    numbers = draw(st.lists(st.from_regex(r"[0-9A-Z]{1,12}", fullmatch=True), unique=True, min_size=1, max_size=12))
    rows = []
    led: set[str] = set()
    for number in numbers:
        status = draw(st.sampled_from(MemberStatus))
        branch = draw(st.sampled_from(["第1支部", "第2支部（城东）", "Branch 3"]))
        held: tuple[Office, ...] = () if status is MemberStatus.LEFT else draw(offices)
        if status is not MemberStatus.LEFT and branch not in led and draw(st.booleans()):
            led.add(branch)
            held = (Office(Role.SECRETARY), *held)
        joined = draw(st.none() | st.dates(FIRST_DAY, TODAY))
        rows.append(RosterRow(number, draw(names), branch, held, draw(st.sampled_from(Category)), joined, status))
    return tuple(rows)


def cells(row: RosterRow) -> tuple[str | date | None, ...]:
    """The row in the words of an office."""
    return (
        row.staff_no,
        row.name,
        row.branch,
        office_words(row.offices),
        category_word(row.category),
        row.joined_party_on,
        status_word(row.status),
    )


@given(rosters())
@settings(max_examples=60, deadline=None)
def test_a_roster_we_write_is_read_back_as_it_was(rows):
    """Nothing is lost between our workbook and our reader."""
    data = write_workbook([Sheet("名册", HEADER, [cells(row) for row in rows], title="党员名册")], TODAY)
    assert read_roster(read_table(data, "a.xlsx"), TODAY).rows == rows


@given(rosters(), st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]), st.sampled_from(",;\t"))
@settings(max_examples=60, deadline=None)
def test_a_roster_survives_csv_in_every_encoding(rows, encoding, delimiter):
    """The same people arrive whatever the office chose when it saved the file."""
    lines = [HEADER, *(["" if cell is None else cell for cell in cells(row)] for row in rows)]
    data = csv_text(lines, delimiter).encode(encoding)
    assert read_roster(read_table(data, "a.csv"), TODAY).rows == rows


def is_answered(data: bytes, filename: str) -> bool:
    """Whether the file gives a table and a roster, or an error made for people."""
    try:
        table = read_table(data, filename)
    except SheetError:
        return True
    try:
        return bool(read_roster(table, TODAY).rows)
    except RosterFaults as refusal:
        return bool(refusal.faults) and isinstance(table, Table)


@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.xlsx", "a"]))
@settings(max_examples=200, deadline=None)
def test_no_bytes_crash_the_reader(data, filename):
    """Whatever is sent instead of a spreadsheet gets an answer."""
    assert is_answered(data, filename)


@given(st.lists(st.lists(st.text(max_size=8), max_size=9), max_size=6))
@settings(max_examples=200, deadline=None)
def test_no_text_under_the_headers_crashes_the_reader(rows):
    """Cells may hold any characters."""
    assert is_answered(csv_text([HEADER, *rows]).encode("utf-8", "replace"), "a.csv")


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_no_damage_to_a_workbook_crashes_the_reader(data):
    """A few bytes changed anywhere are found out or do no harm."""
    damaged = bytearray(WORKBOOK)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    assert is_answered(bytes(damaged), "a.xlsx")
