"""What may be said: one frozen dataclass a letter, in the office's past tense.

A letter holds ids and the few facts that must not change until it is read; everything else is gathered when it is
delivered, in the receiver's language.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.outbox.audience import Audience


class Letter:
    """The base of all letters; `kind` is stored and so never changes its meaning.

    `twice_is_harmless`: after a restore it is sent even if it may have arrived, for it only shows how things stand.
    """

    __slots__ = ()
    kind: ClassVar[str]
    audience: ClassVar[Audience] = Audience.PERSON
    twice_is_harmless: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class MenuChanged(Letter):
    """The person was bound, or his roles or language changed: his command menu is another one now."""

    kind = "menu_changed"
    twice_is_harmless = True


@dataclass(frozen=True, slots=True)
class FormOpened(Letter):
    """The month's form is there; this message becomes its one living card."""

    kind = "form_opened"
    twice_is_harmless = True
    form_id: int


@dataclass(frozen=True, slots=True)
class FormReminded(Letter):
    """The form is still to be handed in."""

    kind = "form_reminded"
    form_id: int


@dataclass(frozen=True, slots=True)
class FormNudged(Letter):
    """The commissioner or secretary asked for the form by hand."""

    kind = "form_nudged"
    form_id: int


@dataclass(frozen=True, slots=True)
class FormReturned(Letter):
    """The form was sent back; the reason stands on the form."""

    kind = "form_returned"
    twice_is_harmless = True
    form_id: int
    by_id: int
    role: str = ""
    """In which office he did it; `for_id` is whose it is where it is another's."""
    for_id: int = 0


@dataclass(frozen=True, slots=True)
class FormEntered(Letter):
    """Somebody handed the form in for the member, who may look and object."""

    kind = "form_entered"
    form_id: int
    by_id: int
    role: str = ""
    for_id: int = 0


@dataclass(frozen=True, slots=True)
class MonthSummarised(Letter):
    """一月一小结 for the member himself."""

    kind = "month_summarised"
    form_id: int


@dataclass(frozen=True, slots=True)
class BranchMonthSummarised(Letter):
    """一月一小结 for the branch's commissioner and secretary."""

    kind = "branch_month_summarised"
    audience = Audience.LEADERS
    branch_id: int
    month: str


@dataclass(frozen=True, slots=True)
class RatingOpened(Letter):
    """The branch can rate the quarter from now on."""

    kind = "rating_opened"
    audience = Audience.LEADERS
    branch_id: int
    quarter: str


@dataclass(frozen=True, slots=True)
class RatingReminded(Letter):
    """The branch's rating is due soon, or overdue."""

    kind = "rating_reminded"
    audience = Audience.LEADERS
    branch_id: int
    quarter: str


@dataclass(frozen=True, slots=True)
class RatingEscalated(Letter):
    """To the Party office: these branches are overdue."""

    kind = "rating_escalated"
    audience = Audience.LEADERS
    quarter: str
    branch_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ResultPublished(Letter):
    """A member's own quarter: points, rank, distance to the next, portrait."""

    kind = "result_published"
    quarter: str


@dataclass(frozen=True, slots=True)
class StandingsPublished(Letter):
    """The branch's standings, for its own group."""

    kind = "standings_published"
    audience = Audience.BRANCH_GROUP
    branch_id: int
    quarter: str


@dataclass(frozen=True, slots=True)
class OverviewPublished(Letter):
    """All branches side by side, for leaders and committee."""

    kind = "overview_published"
    audience = Audience.LEADERS
    quarter: str


@dataclass(frozen=True, slots=True)
class HeadPublished(Letter):
    """To the committee: where the ledger ended when a quarter was shown, kept outside of the database by being sent."""

    kind = "head_published"
    audience = Audience.LEADERS
    twice_is_harmless = True
    quarter: str
    head: str


@dataclass(frozen=True, slots=True)
class BulletinPublished(Letter):
    """一季一通报, to committee and departments: the figures of a final quarter, and where the ledger ended."""

    kind = "bulletin_published"
    audience = Audience.LEADERS
    quarter: str
    head: str


@dataclass(frozen=True, slots=True)
class MemberUnreachable(Letter):
    """A member blocked the bot or deleted his account; said once to his commissioner."""

    kind = "member_unreachable"
    audience = Audience.LEADERS
    member_id: int


@dataclass(frozen=True, slots=True)
class RulesProposed(Letter):
    """To the committee: a new table waits for two persons' agreement."""

    kind = "rules_proposed"
    audience = Audience.LEADERS
    proposal_id: int


@dataclass(frozen=True, slots=True)
class RulesRejected(Letter):
    """A proposed table was turned down; the reason stands on the proposal."""

    kind = "rules_rejected"
    audience = Audience.LEADERS
    proposal_id: int


@dataclass(frozen=True, slots=True)
class RulesAdopted(Letter):
    """To every member: a new table, from when, and what it changes against the one before."""

    kind = "rules_adopted"
    ruleset_id: int
    replaced_id: int
    effective_on: str


@dataclass(frozen=True, slots=True)
class NoticeChanged(Letter):
    """The notice on personal data says something new."""

    kind = "notice_changed"
    version: int


@dataclass(frozen=True, slots=True)
class ErasureProposed(Letter):
    """To the committee: what is stored about somebody who has left waits to be erased."""

    kind = "erasure_proposed"
    audience = Audience.LEADERS
    erasure_id: int


@dataclass(frozen=True, slots=True)
class DrawAnnounced(Letter):
    """To committee and leaders: from which seed the group's branches will be drawn, before anybody draws."""

    kind = "draw_announced"
    audience = Audience.LEADERS
    quarter: str


@dataclass(frozen=True, slots=True)
class BranchesDrawn(Letter):
    """To committee and leaders: which branches were drawn; of a repeated draw also why."""

    kind = "branches_drawn"
    audience = Audience.LEADERS
    quarter: str
    number: int


@dataclass(frozen=True, slots=True)
class SeatGiven(Letter):
    """To somebody who sits in the quarter's review group."""

    kind = "seat_given"
    twice_is_harmless = True
    quarter: str


@dataclass(frozen=True, slots=True)
class ReviewAssigned(Letter):
    """To a reviewer: the branches he checks."""

    kind = "review_assigned"
    twice_is_harmless = True
    quarter: str


@dataclass(frozen=True, slots=True)
class ReviewAskedAgain(Letter):
    """To a reviewer who had confirmed: the other one adjusted something."""

    kind = "review_asked_again"
    quarter: str
    branch_id: int


@dataclass(frozen=True, slots=True)
class ReviewDisputed(Letter):
    """To the lead: two reviewers disagree about a branch."""

    kind = "review_disputed"
    quarter: str
    branch_id: int


@dataclass(frozen=True, slots=True)
class BranchSentBack(Letter):
    """To those who rate: the group sent the branch back with a question."""

    kind = "branch_sent_back"
    audience = Audience.LEADERS
    twice_is_harmless = True
    quarter: str
    branch_id: int


@dataclass(frozen=True, slots=True)
class BranchAnswered(Letter):
    """To its reviewers: the branch answered and closed its rating again."""

    kind = "branch_answered"
    quarter: str
    branch_id: int


@dataclass(frozen=True, slots=True)
class ReviewReminded(Letter):
    """To a reviewer: branches wait for him, soon, today or overdue."""

    kind = "review_reminded"
    quarter: str


@dataclass(frozen=True, slots=True)
class ReviewEscalated(Letter):
    """To the Party office: these branches' review is overdue."""

    kind = "review_escalated"
    audience = Audience.LEADERS
    quarter: str


@dataclass(frozen=True, slots=True)
class BodyMissing(Letter):
    """To the committee: branches wait, and nobody can review them yet."""

    kind = "body_missing"
    audience = Audience.LEADERS
    quarter: str


@dataclass(frozen=True, slots=True)
class AllReviewed(Letter):
    """To the committee: every branch of the quarter is reviewed."""

    kind = "all_reviewed"
    audience = Audience.LEADERS
    quarter: str


@dataclass(frozen=True, slots=True)
class StandingsChanged(Letter):
    """What the branch's group reads is another thing now: corrected, or final."""

    kind = "standings_changed"
    audience = Audience.BRANCH_GROUP
    twice_is_harmless = True
    branch_id: int
    quarter: str


@dataclass(frozen=True, slots=True)
class PublicationDue(Letter):
    """To the committee: the quarter is to be shown, or late."""

    kind = "publication_due"
    audience = Audience.LEADERS
    quarter: str


@dataclass(frozen=True, slots=True)
class PublicationEscalated(Letter):
    """To the Party office: the quarter's publication is overdue."""

    kind = "publication_escalated"
    audience = Audience.LEADERS
    quarter: str


@dataclass(frozen=True, slots=True)
class NamesPublished(Letter):
    """A branch's decision to name members under the line, for its own group; the names are read when it is sent."""

    kind = "names_published"
    audience = Audience.BRANCH_GROUP
    branch_id: int
    quarter: str
    decided_at: str


@dataclass(frozen=True, slots=True)
class NamesTakenDown(Letter):
    """The message with the names is edited: those whose time is over stand there no more."""

    kind = "names_taken_down"
    audience = Audience.BRANCH_GROUP
    twice_is_harmless = True
    branch_id: int
    quarter: str
    decided_at: str


@dataclass(frozen=True, slots=True)
class ObjectionFiled(Letter):
    """To whoever has to answer an objection; level 2 is after the member asked the group."""

    kind = "objection_filed"
    audience = Audience.LEADERS
    twice_is_harmless = True
    objection_id: int
    level: int


@dataclass(frozen=True, slots=True)
class ObjectionReminded(Letter):
    """The answer to an objection is due soon, or overdue."""

    kind = "objection_reminded"
    audience = Audience.LEADERS
    objection_id: int


@dataclass(frozen=True, slots=True)
class AnswersOverdue(Letter):
    """To the Party office: these objections wait for an answer that is overdue."""

    kind = "answers_overdue"
    audience = Audience.LEADERS
    quarter: str
    objection_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ObjectionAnswered(Letter):
    """To the member: the written answer, and what it changed."""

    kind = "objection_answered"
    twice_is_harmless = True
    objection_id: int
    level: int


@dataclass(frozen=True, slots=True)
class DelegationGiven(Letter):
    """To who holds an office for another (and, if an admin gave it, to that one): what, for whom, from when to when."""

    kind = "delegation_given"
    twice_is_harmless = True
    delegation_id: int


@dataclass(frozen=True, slots=True)
class DelegationEnded(Letter):
    """To the other of the two: it ended before its last day."""

    kind = "delegation_ended"
    twice_is_harmless = True
    delegation_id: int


@dataclass(frozen=True, slots=True)
class QuarterMoved(Letter):
    """To those who lead, review or publish: the quarter's dates are others now."""

    kind = "quarter_moved"
    twice_is_harmless = True
    quarter: str


@dataclass(frozen=True, slots=True)
class WorkWaiting(Letter):
    """All that waits for the reader this working morning, in one message."""

    kind = "work_waiting"


# Not __subclasses__(): a dataclass with slots is a second class, and the first one may live on there.
LETTERS: dict[str, type[Letter]] = {
    one.kind: one
    for one in list(globals().values())
    if isinstance(one, type) and issubclass(one, Letter) and one is not Letter
}
