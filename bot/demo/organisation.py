"""The demo organisation: a roster of made-up people, as the office of a bank branch would keep it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import groupby
from random import Random
from typing import Final

from bot.demo.names import REMARKABLE, RETIRED_BRANCH, branch_name, made_up_name
from bot.domain.people import Category, MemberStatus, Office
from bot.sheets.roster import RosterRow
from bot.sheets.words import (
    ADMIN,
    COMMISSIONER,
    COMMITTEE,
    DISCIPLINE,
    HEADERS,
    ORGANISATION,
    PARTY_OFFICE,
    SECRETARY,
    category_word,
    office_words,
    status_word,
)
from bot.sheets.workbook import Sheet, Value, write_workbook

SMALLEST_BRANCH: Final = 3
USUAL_SIZES: Final = (5, 22)

_KEPT_ON: Final = date(2025, 12, 31)
_BRANCH_OFFICES: Final[Mapping[int, tuple[Office, ...]]] = {0: (SECRETARY,), 1: (COMMISSIONER,)}
_POSTS: Final = (COMMITTEE, COMMITTEE, ORGANISATION, PARTY_OFFICE, DISCIPLINE, ADMIN)
_YEARS_JOINED: Final = {
    Category.STAFF: (1996, 2022),
    Category.NEW_STAFF: (2021, 2024),
    Category.SPECIALIST: (2003, 2019),
    Category.MANAGER: (1993, 2012),
    Category.PROBATIONARY: (2025, 2025),
    Category.RETIRED: (1972, 1994),
    Category.MOBILE: (2008, 2022),
}
_CATEGORIES_OF_25: Final = {
    Category.STAFF: 14,
    Category.NEW_STAFF: 4,
    Category.SPECIALIST: 4,
    Category.PROBATIONARY: 1,
    Category.RETIRED: 1,
    Category.MOBILE: 1,
}
_WITHOUT_OFFICE: Final = {Category.PROBATIONARY, Category.MOBILE}
_ONE_IN: Final = {MemberStatus.ON_LEAVE: 50, MemberStatus.SECONDED: 80, MemberStatus.LEFT: 120}
# Seats in a branch's committee that have no part in the scoring; small branches do without.
_OTHER_SEATS: Final = {2: "副书记", 3: "宣传委员", 4: "纪检委员"}
_SIZE_WITH_OTHER_SEATS: Final = 8


def demo_roster(seed: int = 1, members: int = 253, branches: int = 24) -> bytes:
    """An XLSX roster of so many members in so many branches; the same arguments give the same bytes.

    From 120 members on one or more have left, from 50 on some are on leave. Raises ValueError as `demo_people`.
    """
    rows: list[tuple[Value, ...]] = []
    for _branch, group in groupby(demo_people(seed, members, branches), key=lambda person: person.branch):
        people = list(group)
        rows += [_cells(person, _office_text(person, place, len(people))) for place, person in enumerate(people)]
    title = f"党员名册（截至{_KEPT_ON.year}年{_KEPT_ON.month}月{_KEPT_ON.day}日）"
    return write_workbook([Sheet("党员名册", tuple(HEADERS), rows, title)], _KEPT_ON)


def demo_people(seed: int, members: int, branches: int) -> tuple[RosterRow, ...]:
    """The people of that roster, branch by branch, secretary and commissioner first.

    Raises ValueError without a branch or with fewer than three members a branch.
    """
    if branches < 1 or members < SMALLEST_BRANCH * branches:
        raise ValueError(f"{members} members cannot fill {branches} branches; each needs at least {SMALLEST_BRANCH}")
    random = Random(seed)
    seats = [(branch, place) for branch, size in enumerate(_sizes(random, members, branches)) for place in range(size)]
    offices = _share_out_offices([place for _, place in seats])
    ordinary = [index for index, held in enumerate(offices) if not held]
    statuses = _draw_exceptions(random, members, ordinary)
    names = _place_remarkable_names(ordinary)
    deck = random.sample(list(_CATEGORIES_OF_25), counts=_CATEGORIES_OF_25.values(), k=25)
    people = []
    for index, (branch, _place) in enumerate(seats):
        category = _category(branch_name(branch), offices[index], deck[index % len(deck)])
        name = names.get(index) or made_up_name(random)
        status = statuses.get(index, MemberStatus.ACTIVE)
        joined = _joined(random, category)
        people.append(
            RosterRow(f"{index + 101:06d}", name, branch_name(branch), offices[index], category, joined, status)
        )
    return tuple(people)


def _sizes(random: Random, members: int, branches: int) -> list[int]:
    """Branch sizes that add up; with the usual numbers the smallest has 5 members and the largest 22."""
    low = min(USUAL_SIZES[0], members // branches)
    high = max(USUAL_SIZES[1], -(-members // branches))
    sizes = [low] * branches
    sizes[0] += min(high - low, members - sum(sizes))
    for _ in range(members - sum(sizes)):
        middle = [branch for branch in range(1, branches - 1) if sizes[branch] < high]
        sizes[random.choice(middle or [branches - 1])] += 1
    random.shuffle(sizes)
    return sizes


def _share_out_offices(places: list[int]) -> list[tuple[Office, ...]]:
    """Each branch's two offices by place; then the posts above the branches, one secretary also in the committee."""
    offices: list[tuple[Office, ...]] = [_BRANCH_OFFICES.get(place, ()) for place in places]
    offices[0] += (COMMITTEE,)
    ordinary = [index for index, held in enumerate(offices) if not held]
    spread = ordinary[:: max(1, len(ordinary) // len(_POSTS))]
    candidates = [*spread, *(index for index, held in enumerate(offices) if COMMISSIONER in held)]
    for turn, post in enumerate(_POSTS):
        offices[candidates[turn % len(candidates)]] += (post,)
    return offices


def _draw_exceptions(random: Random, members: int, ordinary: list[int]) -> dict[int, MemberStatus]:
    """Who is away or gone, among those without an office."""
    states = [status for status, share in _ONE_IN.items() for _ in range(members // share)]
    return dict(zip(random.sample(ordinary, len(states)), states, strict=True))


def _place_remarkable_names(ordinary: list[int]) -> dict[int, str]:
    """Two namesakes side by side, the other remarkable names spread over the organisation."""
    first, others = REMARKABLE[:2], REMARKABLE[2:]
    rest = ordinary[len(first) :]
    spread = rest[:: max(1, len(rest) // len(others))]
    return dict([*zip(ordinary, first, strict=False), *zip(spread, others, strict=False)])


def _category(branch: str, offices: tuple[Office, ...], usual: Category) -> Category:
    if branch == RETIRED_BRANCH:
        return Category.RETIRED
    if SECRETARY in offices or COMMITTEE in offices:
        return Category.MANAGER
    return Category.STAFF if offices and usual in _WITHOUT_OFFICE else usual


def _joined(random: Random, category: Category) -> date:
    first, last = _YEARS_JOINED[category]
    return date(random.randint(first, last), 1, 1) + timedelta(days=random.randrange(365))


def _office_text(person: RosterRow, place: int, size: int) -> str:
    if not person.offices and size >= _SIZE_WITH_OTHER_SEATS:
        return _OTHER_SEATS.get(place, office_words(()))
    return office_words(person.offices)


def _cells(person: RosterRow, office: str) -> tuple[Value, ...]:
    category, status = category_word(person.category), status_word(person.status)
    return (person.staff_no, person.name, person.branch, office, category, person.joined_party_on, status)
