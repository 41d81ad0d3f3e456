"""When the group is reminded, and when the committee is asked for one."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.periods import Quarter
from bot.domain.review import Body, Conflict, ConflictKind, Seat, SeatKind, Task, TaskState
from bot.domain.timetable import Moment, Timetable

ZONE = ZoneInfo("Asia/Shanghai")
TIMETABLE, Q4 = Timetable(ZONE), Quarter(2026, 4)
NOON = datetime(2027, 1, 4, 12, tzinfo=ZONE)


def test_the_draw_comes_with_the_rating_and_reminders_before_the_14th() -> None:
    """Three days and one day before, and on the day, at nine."""
    opened_at, due_at = datetime(2027, 1, 4, 9, tzinfo=ZONE), TIMETABLE.review_due_at(Q4)
    dues = TIMETABLE.review_dues(Q4, opened_at, due_at)
    assert [(due.moment, due.at.date(), due.at.hour) for due in dues] == [
        (Moment.DRAW_OPENS, date(2027, 1, 4), 9),
        (Moment.REVIEW_T3, date(2027, 1, 11), 9),
        (Moment.REVIEW_T1, date(2027, 1, 13), 9),
        (Moment.REVIEW_T0, date(2027, 1, 14), 9),
    ]


def test_the_draw_is_announced_after_the_rating_opened() -> None:
    """Both come due at one instant; the order of the names is the order of the work."""
    opened_at = datetime(2027, 1, 4, 9, tzinfo=ZONE)
    rating = TIMETABLE.rating_dues(Q4, opened_at, TIMETABLE.rating_due_at(Q4))
    both = sorted([*TIMETABLE.review_dues(Q4, opened_at, TIMETABLE.review_due_at(Q4)), *rating])
    assert [due.moment for due in both if due.at == opened_at] == [Moment.RATING_OPENS, Moment.DRAW_OPENS]


@pytest.mark.parametrize(
    ("now", "asked"),
    [
        (datetime(2027, 1, 4, 15, tzinfo=ZONE), False),
        (datetime(2027, 1, 5, 8, tzinfo=ZONE), True),
        (datetime(2027, 1, 9, 10, tzinfo=ZONE), False),
    ],
)
def test_the_committee_is_asked_on_working_mornings_after_a_branch_closed(now: datetime, asked: bool) -> None:
    """Never on the day itself if it closed after nine, never on a Saturday."""
    assert bool(TIMETABLE.body_dues(Q4, NOON, now)) is asked


def body(*states: TaskState, lead_home: int = 9, kept: int = 0) -> Body:
    """A lead, two departments and two drawn branches; branch 1 is reviewed by members 2 and 4."""
    seats = [
        Seat(number, kind, number, branch_id, None, NOON, NOON)
        for number, (kind, branch_id) in enumerate(
            [(SeatKind.LEAD, None), (SeatKind.OFFICE, None), (SeatKind.DISCIPLINE, None), (SeatKind.DRAWN, 5),
             (SeatKind.DRAWN, 6)], 1,
        )
    ]  # fmt: skip
    tasks = tuple(
        Task(n, 1, member, state, 0, NOON) for n, (member, state) in enumerate(zip((2, 4), states, strict=True))
    )
    conflicts = (Conflict(kept, 1, ConflictKind.KINSHIP),) if kept else ()
    return Body(Q4, None, tuple(seats), conflicts, {1: lead_home, 2: 7, 3: 8, 4: 5, 5: 6}, tasks)


def test_both_decide_until_one_disagrees() -> None:
    """Then the lead alone, and the two only read."""
    assert body(TaskState.WAITING, TaskState.CONFIRMED).deciders_on(1) == (2, 4)
    disputed = body(TaskState.DISAGREES, TaskState.WAITING)
    assert disputed.deciders_on(1) == (1,)
    assert set(disputed.readers_of(1)) == {1, 2, 4}


def test_a_lead_who_is_kept_from_the_branch_gives_way_to_a_department() -> None:
    """By his own branch or by what he declared; never to one of the two, and to nobody where nobody is left."""
    states = (TaskState.DISAGREES, TaskState.WAITING)
    assert body(*states, lead_home=1).deciders_on(1) == (3,)
    assert body(*states, kept=1).deciders_on(1) == (3,)
    assert body(*states, lead_home=1, kept=3).deciders_on(1) == ()


def test_nobody_reviews_his_own_branch_even_if_it_was_given_to_him() -> None:
    """He moved there after the work was given out."""
    found = body(TaskState.WAITING, TaskState.WAITING)
    moved = Body(Q4, None, found.seats, (), {**found.homes, 2: 1}, found.tasks)
    assert moved.deciders_on(1) == (4,)
    assert not moved.waits_for(2, 1)
