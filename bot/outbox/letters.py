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


@dataclass(frozen=True, slots=True)
class FormEntered(Letter):
    """Somebody handed the form in for the member, who may look and object."""

    kind = "form_entered"
    form_id: int
    by_id: int


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


# Not __subclasses__(): a dataclass with slots is a second class, and the first one may live on there.
LETTERS: dict[str, type[Letter]] = {
    one.kind: one
    for one in list(globals().values())
    if isinstance(one, type) and issubclass(one, Letter) and one is not Letter
}
