"""The demo organisation is one that the real import takes, with all that makes real rosters hard."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.demo.organisation import demo_roster
from bot.domain.people import Category, Department, MemberStatus, Role
from bot.sheets.roster import read_roster
from bot.sheets.table import read_table

TODAY = date(2026, 1, 1)


def imported(**options):
    """The demo roster as the import reads it."""
    return read_roster(read_table(demo_roster(**options), "党员名册.xlsx"), TODAY)


@pytest.fixture(scope="module")
def roster():
    """The organisation of the published case."""
    return imported()


def test_it_has_253_members_in_24_branches_of_5_to_22(roster):
    """The demo has the size of the organisation that the method comes from."""
    sizes = Counter(row.branch for row in roster.rows)
    assert (len(roster.rows), len(roster.branches)) == (253, 24)
    assert (min(sizes.values()), max(sizes.values())) == (5, 22)


def test_every_branch_has_one_secretary_and_one_commissioner(roster):
    """There is somebody to collect and somebody to rate, everywhere."""
    for role in (Role.SECRETARY, Role.COMMISSIONER):
        holders = Counter(row.branch for row in roster.rows for office in row.offices if office.role is role)
        assert holders == Counter(roster.branches)


def test_the_posts_above_the_branches_are_filled(roster):
    """A committee of three, each department, an administrator; one secretary is in the committee."""
    posts = [office for row in roster.rows for office in row.offices]
    roles = Counter(office.role for office in posts)
    assert roles[Role.COMMITTEE] >= 3
    assert roles[Role.ADMIN] == 1
    assert {office.department for office in posts} - {None} == set(Department)
    held = [{office.role for office in row.offices} for row in roster.rows]
    assert {Role.SECRETARY, Role.COMMITTEE} in held


def test_all_categories_and_the_usual_absences_occur(roster):
    """Retired, new, probationary and mobile members; some on leave, seconded and gone."""
    assert {row.category for row in roster.rows} == set(Category)
    states = Counter(row.status for row in roster.rows)
    assert states[MemberStatus.ACTIVE] > 230
    assert set(states) == set(MemberStatus) - {MemberStatus.SUSPENDED}


def test_there_are_namesakes_even_within_a_branch(roster):
    """Names are never identity."""
    namesakes = Counter((row.branch, row.name) for row in roster.rows).most_common(1)
    assert namesakes[0][1] == 2
    assert len({row.branch for row in roster.rows if row.name == "张伟"}) == 2


@pytest.mark.parametrize("name", ["王喆", "李堃", "陈䶮", "欧阳明月", "阿依古丽·买买提"])
def test_rare_characters_and_long_names_occur(roster, name):
    """What breaks fonts and forms is in the demo."""
    assert name in {row.name for row in roster.rows}


def test_the_seed_decides_everything():
    """The same seed gives the same file, another one other people."""
    assert demo_roster(seed=3) == demo_roster(seed=3)
    assert imported(seed=3).rows != imported(seed=4).rows


@given(st.integers(1, 70), st.data())
@settings(max_examples=30, deadline=None)
def test_any_size_asked_for_is_made(branches, data):
    """Rehearsals choose how many members and branches they play, and every one of them is a faultless roster."""
    members = data.draw(st.integers(3 * branches, 12 * branches))
    roster = imported(seed=data.draw(st.integers(0, 9)), members=members, branches=branches)
    roles = {office.role for row in roster.rows for office in row.offices}
    assert (len(roster.rows), len(roster.branches)) == (members, branches)
    assert roles == set(Role) - {Role.MEMBER, Role.REVIEWER}
    assert sum(office.role is Role.COMMITTEE for row in roster.rows for office in row.offices) >= 3


@pytest.mark.parametrize(("members", "branches"), [(1, 1), (11, 4), (5, 0), (0, -1)])
def test_too_few_members_are_refused(members, branches):
    """A branch of two has nobody left to be rated."""
    with pytest.raises(ValueError, match=f"{members} members cannot fill {branches} branches"):
        demo_roster(members=members, branches=branches)
