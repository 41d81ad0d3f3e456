"""Who may hold whose office, and for whom he then decided."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.delegation import (
    Delegation,
    Unfit,
    may_be_delegated,
    office_code,
    office_of,
    principal_behind,
    unfit,
)
from bot.domain.may import Deed, Rater, Subject, may, rater_of
from bot.domain.people import Category, Department, MemberStatus, Office, Person, Role

NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)
SECRETARY, COMMISSIONER = Office(Role.SECRETARY), Office(Role.COMMISSIONER)


def person(member_id: int, *offices: Office, branch: int = 1, status: MemberStatus = MemberStatus.ACTIVE) -> Person:
    """Somebody made up."""
    return Person(
        member_id, str(member_id), f"某{member_id}", branch, "支部", Category.STAFF, status, frozenset(offices)
    )


WANG, ZHAO = person(1, SECRETARY), person(2)
STAND_IN = person(2, Office(Role.SECRETARY, on_behalf_of=1))


@pytest.mark.parametrize(
    ("delegate", "bound", "reason"),
    [
        (WANG, True, Unfit.HIMSELF),
        (person(2, status=MemberStatus.LEFT), True, Unfit.AWAY),
        (person(2, status=MemberStatus.ON_LEAVE), True, Unfit.AWAY),
        (person(2, branch=2), True, Unfit.ELSEWHERE),
        (person(2, SECRETARY), True, Unfit.HOLDER),
        (ZHAO, False, Unfit.UNBOUND),
        (ZHAO, True, None),
        (person(2, COMMISSIONER), True, None),
    ],
)
def test_who_may_stand_in_for_a_secretary(delegate: Person, bound: bool, reason: Unfit | None) -> None:
    """Somebody else of the branch, at work, in chat, who is not secretary himself."""
    assert unfit(WANG, SECRETARY, delegate, bound=bound) is reason


def test_an_office_above_the_branches_can_go_to_another_branch() -> None:
    """The committee and the departments are not bound to a branch."""
    assert unfit(person(1, Office(Role.COMMITTEE)), Office(Role.COMMITTEE), person(2, branch=2), bound=True) is None


@pytest.mark.parametrize("code", ["secretary", "commissioner", "committee", "organisation", "office", "discipline"])
def test_an_office_has_one_name_on_buttons(code: str) -> None:
    """A department stands for its seat."""
    found = office_of(code)
    assert found is not None
    assert office_code(found) == code
    assert may_be_delegated(found)


@pytest.mark.parametrize("code", ["admin", "member", "reviewer", "department", "king", ""])
def test_other_names_are_no_office_to_give(code: str) -> None:
    """Who runs the bot cannot pass that on."""
    assert office_of(code) is None


def test_what_was_delegated_is_not_delegated_further() -> None:
    """Only the roster's own."""
    assert not may_be_delegated(Office(Role.SECRETARY, on_behalf_of=1))


def test_nobody_rates_himself_nor_whom_he_stands_in_for() -> None:
    """Both forms go to the next rater, and without one to the committee."""
    raters = (Rater(2, on_behalf_of=1), Rater(3))
    assert rater_of(Subject(1, 9, raters)) == 2
    assert rater_of(Subject(1, 1, raters)) == 3
    assert rater_of(Subject(1, 2, raters)) == 3
    both = (Rater(3, on_behalf_of=1), Rater(3))
    assert rater_of(Subject(1, 1, both)) == 3
    assert rater_of(Subject(1, 3, both)) is None


def test_a_stand_in_has_the_right_but_not_over_his_principal() -> None:
    """That would be acting on oneself by another's hand."""
    assert may(STAND_IN, Deed.RETURN_FORM, Subject(1, 9))
    assert not may(STAND_IN, Deed.RETURN_FORM, Subject(1, 1))
    lone = person(2, Office(Role.COMMITTEE, on_behalf_of=1))
    assert may(lone, Deed.RATE, Subject(1, 9))
    assert not may(lone, Deed.RATE, Subject(1, 1))


def test_the_principal_stands_behind_what_was_decided_in_his_office() -> None:
    """Not behind what the stand-in does for himself, nor in an office of his own."""
    assert principal_behind(STAND_IN, "rating_approved", 9) == 1
    assert principal_behind(STAND_IN, "form_submitted", 2) is None
    assert principal_behind(STAND_IN, "objection_filed", 2) is None
    both = person(3, COMMISSIONER, Office(Role.SECRETARY, on_behalf_of=1))
    assert principal_behind(both, "rating_approved", 9) == 1
    assert principal_behind(both, "rating_approved", 1) is None
    assert principal_behind(both, "facts_recorded", 9) is None


def test_a_delegation_holds_from_its_first_instant_to_its_end() -> None:
    """The end is exclusive, and may come early."""
    day = timedelta(days=1)
    office = Office(Role.DEPARTMENT, Department.OFFICE)
    found = Delegation(1, 1, 2, office, NOON, NOON + 2 * day, 1, NOON)
    assert [found.holds(NOON + at * day) for at in (-1, 0, 1, 2)] == [False, True, True, False]
    assert found.overlaps(NOON + day, NOON + 3 * day)
    assert not found.overlaps(NOON + 2 * day, NOON + 3 * day)
    ended = Delegation(1, 1, 2, office, NOON, NOON + 2 * day, 1, NOON, NOON + day)
    assert not ended.holds(NOON + day)
    assert not ended.overlaps(NOON + day, NOON + 3 * day)
