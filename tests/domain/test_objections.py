"""Who answers an objection: the nearest who neither is the member nor decided on him."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.objections import Bench, Objection, ObjectionState, answerer_of, reviewer_of
from bot.domain.periods import Quarter

MEMBER, SECRETARY, COMMISSIONER, DRAWN, OTHER_DRAWN, ORGANISATION, DISCIPLINE, LEAD, CHAIR = range(1, 10)
BENCH = Bench(
    secretary=(SECRETARY,), commissioner=(COMMISSIONER,), drawn=(DRAWN, OTHER_DRAWN),
    departments=(ORGANISATION, DISCIPLINE), lead=(LEAD,), committee=(LEAD, CHAIR),
)  # fmt: skip


@pytest.mark.parametrize(
    ("who", "involved", "answerer"),
    [
        (MEMBER, set(), SECRETARY),
        (MEMBER, {SECRETARY}, COMMISSIONER),
        (MEMBER, {SECRETARY, COMMISSIONER}, DRAWN),
        (MEMBER, {SECRETARY, COMMISSIONER, DRAWN}, OTHER_DRAWN),
        (MEMBER, {SECRETARY, COMMISSIONER, DRAWN, OTHER_DRAWN}, ORGANISATION),
        (MEMBER, {SECRETARY, COMMISSIONER, DRAWN, OTHER_DRAWN, ORGANISATION}, DISCIPLINE),
        (MEMBER, {SECRETARY, COMMISSIONER, DRAWN, OTHER_DRAWN, ORGANISATION, DISCIPLINE}, LEAD),
        (MEMBER, set(range(2, 9)), CHAIR),
        (MEMBER, set(range(2, 10)), None),
        (SECRETARY, {COMMISSIONER}, DRAWN),
        (COMMISSIONER, {SECRETARY}, DRAWN),
        (DRAWN, {SECRETARY, COMMISSIONER}, OTHER_DRAWN),
    ],
)
def test_the_first_answer_comes_from_the_nearest_who_had_no_part(
    who: int, involved: set[int], answerer: int | None
) -> None:
    """Secretary, commissioner, a drawn seat, a department, the committee; None leaves it to the committee as a body."""
    assert answerer_of(who, involved, BENCH) == answerer


@pytest.mark.parametrize(
    ("who", "involved", "reviewer"),
    [
        (MEMBER, {SECRETARY, COMMISSIONER}, LEAD),
        (MEMBER, {SECRETARY, LEAD}, ORGANISATION),
        (LEAD, {SECRETARY}, ORGANISATION),
        (MEMBER, {LEAD, ORGANISATION}, DISCIPLINE),
        (MEMBER, {LEAD, ORGANISATION, DISCIPLINE}, DRAWN),
        (MEMBER, {LEAD, ORGANISATION, DISCIPLINE, DRAWN, OTHER_DRAWN}, CHAIR),
        (MEMBER, {LEAD, ORGANISATION, DISCIPLINE, DRAWN, OTHER_DRAWN, CHAIR}, None),
    ],
)
def test_the_groups_answer_comes_from_its_lead_or_an_uninvolved_seat(
    who: int, involved: set[int], reviewer: int | None
) -> None:
    """Never from the branch itself, and never from who answered first (he counts as involved)."""
    assert reviewer_of(who, involved, BENCH) == reviewer


def test_an_empty_bench_leaves_it_to_the_committee() -> None:
    """An organisation without a group and without officers."""
    assert answerer_of(MEMBER, set(), Bench()) is None
    assert reviewer_of(MEMBER, set(), Bench()) is None


@pytest.mark.parametrize(
    ("state", "seconds", "may"),
    [
        (ObjectionState.ANSWERED, -1, True),
        (ObjectionState.ANSWERED, 0, False),
        (ObjectionState.OPEN, -1, False),
        (ObjectionState.ESCALATED, -1, False),
        (ObjectionState.CLOSED, -1, False),
    ],
)
def test_the_group_can_be_asked_until_an_exclusive_end_and_only_after_an_answer(
    state: ObjectionState, seconds: int, may: bool
) -> None:
    """At the very instant of the end it is too late."""
    end = datetime(2027, 1, 25, 16, tzinfo=UTC)
    found = Objection(1, 1, 1, Quarter(2026, 4), None, None, "x", {}, state, 0, end, None, end, escalates_until=end)
    assert found.may_be_escalated(end + timedelta(seconds=seconds)) is may
