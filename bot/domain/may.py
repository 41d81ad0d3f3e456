"""Who may do what: one pure, table-driven function that every use case and every renderer asks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.people import Department, MemberStatus, Office, Person, Role


class Deed(StrEnum):
    """Everything that needs a right."""

    SEE_OWN = "see_own"
    ANSWER_FORM = "answer_form"
    ENTER_FOR_MEMBER = "enter_for_member"
    RETURN_FORM = "return_form"
    SEE_DESK = "see_desk"
    NUDGE = "nudge"
    RECORD_FACTS = "record_facts"
    SEE_BOARD = "see_board"
    SEE_QUEUE = "see_queue"
    RATE = "rate"
    RECORD_MEETING = "record_meeting"
    CLOSE_BRANCH = "close_branch"
    PUBLISH = "publish"
    FORM_BODY = "form_body"
    SEE_DRAW = "see_draw"
    SEND_DELEGATE = "send_delegate"
    SEE_REVIEW = "see_review"
    REVIEW = "review"
    OBJECT = "object"
    ANSWER_OBJECTION = "answer_objection"
    SEE_OBJECTIONS = "see_objections"
    NAME_MEMBERS = "name_members"
    BIND_GROUP = "bind_group"
    SEE_OVERVIEW = "see_overview"
    MANAGE_ACCOUNTS = "manage_accounts"
    PROPOSE_RULES = "propose_rules"
    CONFIRM_RULES = "confirm_rules"
    CONFIRM_ERASURE = "confirm_erasure"
    IMPORT_RECORDS = "import_records"
    EXPORT_LEDGER = "export_ledger"
    PRINT_POSTER = "print_poster"
    SEE_BULLETIN = "see_bulletin"
    DELEGATE = "delegate"
    SEE_TIMETABLE = "see_timetable"
    MOVE_TIMETABLE = "move_timetable"


class Relation(StrEnum):
    """How the one who acts stands to what he acts on."""

    SELF = "self"
    OWN_BRANCH = "own_branch"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Rater:
    """Who rates in a branch by his office, or in the place of another."""

    member_id: int
    on_behalf_of: int | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What is acted on: a person in a branch, a branch, or (nothing given) the organisation.

    `reviewers` are those of the review group to whom the branch was given.
    `raters` are that branch's secretary and, behind him, its commissioner (or their delegates), as far as it has them.
    `answerers` are those to whom an objection of the member's was given to answer.
    """

    branch_id: int | None = None
    member_id: int | None = None
    raters: tuple[Rater, ...] = ()
    answerers: tuple[int, ...] = ()
    reviewers: tuple[int, ...] = ()

    @classmethod
    def of(cls, person: Person) -> Subject:
        """The person himself, as a subject."""
        return cls(branch_id=person.branch_id, member_id=person.member_id)


@dataclass(frozen=True, slots=True)
class Grant:
    """A role may do it to those it stands in this relation to; never to himself unless the relation is SELF."""

    role: Role
    relation: Relation
    department: Department | None = None


_LEADERS = (Grant(Role.SECRETARY, Relation.OWN_BRANCH), Grant(Role.COMMISSIONER, Relation.OWN_BRANCH))
_WIDE = (Grant(Role.COMMITTEE, Relation.ANY), Grant(Role.DEPARTMENT, Relation.ANY))

GRANTS: dict[Deed, tuple[Grant, ...]] = {
    Deed.SEE_OWN: (Grant(Role.MEMBER, Relation.SELF),),
    Deed.ANSWER_FORM: (Grant(Role.MEMBER, Relation.SELF),),
    Deed.ENTER_FOR_MEMBER: (Grant(Role.COMMISSIONER, Relation.OWN_BRANCH),),
    Deed.RETURN_FORM: _LEADERS,
    Deed.SEE_DESK: _LEADERS,
    Deed.NUDGE: _LEADERS,
    Deed.RECORD_FACTS: (Grant(Role.COMMISSIONER, Relation.OWN_BRANCH), Grant(Role.SECRETARY, Relation.OWN_BRANCH)),
    Deed.SEE_BOARD: (Grant(Role.MEMBER, Relation.OWN_BRANCH), Grant(Role.COMMITTEE, Relation.ANY)),
    Deed.SEE_QUEUE: (*_LEADERS, Grant(Role.COMMITTEE, Relation.ANY)),
    Deed.RATE: (*_LEADERS, Grant(Role.COMMITTEE, Relation.ANY)),
    Deed.RECORD_MEETING: (*_LEADERS, Grant(Role.COMMITTEE, Relation.ANY)),
    Deed.CLOSE_BRANCH: (Grant(Role.SECRETARY, Relation.OWN_BRANCH), Grant(Role.COMMITTEE, Relation.ANY)),
    Deed.PUBLISH: (Grant(Role.COMMITTEE, Relation.ANY),),
    Deed.OBJECT: (Grant(Role.MEMBER, Relation.SELF),),
    Deed.ANSWER_OBJECTION: (),
    Deed.SEE_OBJECTIONS: (
        Grant(Role.COMMITTEE, Relation.ANY),
        Grant(Role.DEPARTMENT, Relation.ANY, Department.DISCIPLINE),
    ),
    Deed.NAME_MEMBERS: (Grant(Role.SECRETARY, Relation.OWN_BRANCH),),
    Deed.FORM_BODY: (Grant(Role.COMMITTEE, Relation.ANY),),
    Deed.SEE_DRAW: (Grant(Role.MEMBER, Relation.ANY),),
    Deed.SEND_DELEGATE: (Grant(Role.SECRETARY, Relation.OWN_BRANCH),),
    Deed.SEE_REVIEW: (Grant(Role.COMMITTEE, Relation.ANY),),
    Deed.REVIEW: (),
    Deed.BIND_GROUP: (Grant(Role.SECRETARY, Relation.OWN_BRANCH),),
    Deed.SEE_OVERVIEW: (*_WIDE, Grant(Role.SECRETARY, Relation.ANY), Grant(Role.COMMISSIONER, Relation.ANY)),
    Deed.MANAGE_ACCOUNTS: (Grant(Role.ADMIN, Relation.ANY),),
    Deed.PROPOSE_RULES: (Grant(Role.ADMIN, Relation.ANY), Grant(Role.COMMITTEE, Relation.ANY)),
    Deed.CONFIRM_RULES: (Grant(Role.COMMITTEE, Relation.ANY),),
    Deed.CONFIRM_ERASURE: (Grant(Role.COMMITTEE, Relation.ANY),),
    Deed.PRINT_POSTER: (*_LEADERS, Grant(Role.COMMITTEE, Relation.ANY)),
    Deed.SEE_BULLETIN: _WIDE,
    Deed.IMPORT_RECORDS: _WIDE,
    Deed.EXPORT_LEDGER: (
        Grant(Role.SECRETARY, Relation.OWN_BRANCH),
        Grant(Role.COMMITTEE, Relation.ANY),
        Grant(Role.DEPARTMENT, Relation.ANY, Department.ORGANISATION),
    ),
    Deed.DELEGATE: tuple(
        Grant(role, Relation.SELF) for role in (Role.SECRETARY, Role.COMMISSIONER, Role.DEPARTMENT, Role.COMMITTEE)
    ),
    Deed.SEE_TIMETABLE: (*_WIDE, Grant(Role.ADMIN, Relation.ANY)),
    Deed.MOVE_TIMETABLE: (Grant(Role.COMMITTEE, Relation.ANY),),
}

KEPT = frozenset({Deed.SEE_OWN, Deed.OBJECT})
"""What nobody loses with his membership or while he is suspended."""


def may(person: Person, deed: Deed, subject: Subject) -> bool:
    """Whether this person may do this to that subject.

    Somebody who has left or is suspended keeps his own: to see it, and to object to it. Rating goes to the first of
    the branch's raters who is not the member himself (secretary, then commissioner) and, where there is none, to the
    committee (MISSION §2).
    """
    if person.status in {MemberStatus.LEFT, MemberStatus.SUSPENDED} and deed not in KEPT:
        return False
    if deed is Deed.RATE:
        return _may_rate(person, subject)
    if deed in {Deed.REVIEW, Deed.SEE_REVIEW} and _may_review(person, subject):
        return True
    if deed is Deed.ANSWER_OBJECTION:
        return person.member_id in subject.answerers and person.member_id != subject.member_id
    return any(_applies(grant, person, subject) for grant in GRANTS[deed])


def rater_of(subject: Subject) -> int | None:
    """The member id of who rates this subject, or None where only the committee is left.

    Nobody rates himself, and nobody rates whom he stands in for.
    """
    return next(
        (
            rater.member_id
            for rater in subject.raters
            if subject.member_id is None or subject.member_id not in {rater.member_id, rater.on_behalf_of}
        ),
        None,
    )


def _may_rate(person: Person, subject: Subject) -> bool:
    if person.member_id == subject.member_id:
        return False
    rater = rater_of(subject)
    if rater is not None:
        return person.member_id == rater
    return any(office.role is Role.COMMITTEE for office in _offices_towards(person, subject))


def _may_review(person: Person, subject: Subject) -> bool:
    """A seat in the group is no office: the branch must have been given to this person, and never his own."""
    if person.branch_id == subject.branch_id or person.member_id == subject.member_id:
        return False
    return person.member_id in subject.reviewers


def _applies(grant: Grant, person: Person, subject: Subject) -> bool:
    holds = grant.role is Role.MEMBER or any(_matches(grant, office) for office in _offices_towards(person, subject))
    if not holds:
        return False
    if grant.relation is Relation.SELF:
        return person.member_id == subject.member_id
    if person.member_id == subject.member_id:
        return False
    return grant.relation is Relation.ANY or person.branch_id == subject.branch_id


def _offices_towards(person: Person, subject: Subject) -> list[Office]:
    """Who stands in for somebody has not his office over him: that would be acting on oneself by another's hand."""
    return [
        office for office in person.offices if office.on_behalf_of is None or office.on_behalf_of != subject.member_id
    ]


def _matches(grant: Grant, office: Office) -> bool:
    return office.role is grant.role and grant.department in {None, office.department}
