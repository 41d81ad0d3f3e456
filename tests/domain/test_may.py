"""Who may do what, as one table."""

from __future__ import annotations

import pytest

from bot.domain.may import GRANTS, Deed, Rater, Subject, may, rater_of
from bot.domain.people import Category, Department, MemberStatus, Office, Person, Role


def person(member_id: int, branch_id: int, *offices: Office, status: MemberStatus = MemberStatus.ACTIVE) -> Person:
    """Somebody made up."""
    return Person(
        member_id,
        str(member_id),
        f"某{member_id}",
        branch_id,
        f"支部{branch_id}",
        Category.STAFF,
        status,
        frozenset(offices),
    )


MEMBER = person(1, 1)
COLLEAGUE = person(2, 1)
SECRETARY = person(3, 1, Office(Role.SECRETARY))
COMMISSIONER = person(4, 1, Office(Role.COMMISSIONER))
STRANGE_SECRETARY = person(5, 2, Office(Role.SECRETARY))
COMMITTEE = person(6, 2, Office(Role.COMMITTEE))
OFFICE = person(7, 2, Office(Role.DEPARTMENT, Department.OFFICE))
ADMIN = person(8, 2, Office(Role.ADMIN))
EVERYBODY = [MEMBER, COLLEAGUE, SECRETARY, COMMISSIONER, STRANGE_SECRETARY, COMMITTEE, OFFICE, ADMIN]
ABOUT_MEMBER = Subject(1, 1, raters=(Rater(3), Rater(4)))
BRANCH = Subject(branch_id=1)


@pytest.mark.parametrize(
    ("deed", "subject", "allowed"),
    [
        (Deed.SEE_OWN, ABOUT_MEMBER, {1}),
        (Deed.ANSWER_FORM, ABOUT_MEMBER, {1}),
        (Deed.ENTER_FOR_MEMBER, ABOUT_MEMBER, {4}),
        (Deed.RETURN_FORM, ABOUT_MEMBER, {3, 4}),
        (Deed.RECORD_FACTS, ABOUT_MEMBER, {3, 4}),
        (Deed.RATE, ABOUT_MEMBER, {3}),
        (Deed.SEE_DESK, BRANCH, {3, 4}),
        (Deed.NUDGE, BRANCH, {3, 4}),
        (Deed.RECORD_MEETING, BRANCH, {3, 4, 6}),
        (Deed.CLOSE_BRANCH, BRANCH, {3, 6}),
        (Deed.BIND_GROUP, BRANCH, {3}),
        (Deed.SEE_BOARD, BRANCH, {1, 2, 3, 4, 6}),
        (Deed.MANAGE_ACCOUNTS, ABOUT_MEMBER, {8}),
        (Deed.SEE_OVERVIEW, Subject(), {3, 4, 5, 6, 7}),
        (Deed.EXPORT_LEDGER, BRANCH, {3, 6}),
        (Deed.EXPORT_LEDGER, Subject(), {6}),
        (Deed.PROPOSE_RULES, Subject(), {6, 8}),
        (Deed.CONFIRM_RULES, Subject(), {6}),
        (Deed.IMPORT_RECORDS, Subject(), {6, 7}),
        (Deed.PUBLISH, Subject(), {6}),
        (Deed.OBJECT, ABOUT_MEMBER, {1}),
        (Deed.ANSWER_OBJECTION, ABOUT_MEMBER, set()),
        (Deed.ANSWER_OBJECTION, Subject(1, 1, answerers=(1, 4)), {4}),
        (Deed.SEE_OBJECTIONS, Subject(), {6}),
        (Deed.NAME_MEMBERS, BRANCH, {3}),
    ],
)
def test_each_deed_is_open_to_just_these(deed: Deed, subject: Subject, allowed: set[int]) -> None:
    """Everybody else is refused."""
    assert {someone.member_id for someone in EVERYBODY if may(someone, deed, subject)} == allowed


@pytest.mark.parametrize(
    ("subject", "rater"),
    [
        (Subject(1, 1, raters=(Rater(3), Rater(4))), 3),
        (Subject(1, 3, raters=(Rater(3), Rater(4))), 4),
        (Subject(1, 3, raters=(Rater(3),)), None),
        (Subject(1, 1, raters=()), None),
    ],
)
def test_the_secretarys_own_form_goes_to_the_commissioner_and_then_to_the_committee(
    subject: Subject, rater: int | None
) -> None:
    """Nobody rates himself."""
    assert rater_of(subject) == rater
    assert may(COMMITTEE, Deed.RATE, subject) is (rater is None)


@pytest.mark.parametrize("deed", list(Deed))
@pytest.mark.parametrize("someone", EVERYBODY, ids=lambda someone: str(someone.member_id))
def test_nobody_acts_on_himself_except_to_see_and_answer(someone: Person, deed: Deed) -> None:
    """Roles never reach back to their holder."""
    himself = Subject(someone.branch_id, someone.member_id, raters=(Rater(someone.member_id),))
    allowed = may(someone, deed, himself)
    his_office = deed is Deed.DELEGATE and any(someone.holds(grant.role) for grant in GRANTS[deed])
    assert allowed is (deed in {Deed.SEE_OWN, Deed.ANSWER_FORM, Deed.OBJECT} or his_office)


@pytest.mark.parametrize("status", [MemberStatus.LEFT, MemberStatus.SUSPENDED])
@pytest.mark.parametrize("deed", list(Deed))
def test_who_left_or_is_suspended_only_sees_his_own_and_objects_to_it(status: MemberStatus, deed: Deed) -> None:
    """An office does not outlive its holder's membership."""
    former = person(9, 1, Office(Role.SECRETARY), Office(Role.COMMITTEE), Office(Role.ADMIN), status=status)
    assert may(former, deed, Subject(1, 9)) is (deed in {Deed.SEE_OWN, Deed.OBJECT})
    assert not may(former, deed, Subject(1, 1, raters=(Rater(9),)))


def test_every_deed_has_its_grants() -> None:
    """A new deed without an entry fails here."""
    assert set(GRANTS) == set(Deed)
