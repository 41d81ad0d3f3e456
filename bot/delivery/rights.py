"""Whether a letter still concerns its reader: people leave and offices change between writing and delivery."""

from __future__ import annotations

from bot.domain.may import Deed, Subject, may
from bot.outbox import letters
from bot.outbox.audience import Audience
from bot.outbox.letters import Letter
from bot.storage.letters import DueLetter
from bot.usecases import UseCases

# What the reader must be able to do, so that the letter is for him; a letter's `branch_id` narrows it to that branch.
NEEDS: dict[type[Letter], Deed] = {
    letters.BranchMonthSummarised: Deed.SEE_DESK,
    letters.MemberUnreachable: Deed.SEE_DESK,
    letters.RatingOpened: Deed.SEE_QUEUE,
    letters.RatingReminded: Deed.SEE_QUEUE,
    letters.RatingEscalated: Deed.SEE_OVERVIEW,
    letters.OverviewPublished: Deed.SEE_OVERVIEW,
    letters.HeadPublished: Deed.PUBLISH,
    letters.BulletinPublished: Deed.SEE_BULLETIN,
    letters.RulesProposed: Deed.CONFIRM_RULES,
    letters.RulesRejected: Deed.PROPOSE_RULES,
    letters.ErasureProposed: Deed.CONFIRM_ERASURE,
    letters.DrawAnnounced: Deed.SEE_OVERVIEW,
    letters.BranchesDrawn: Deed.SEE_OVERVIEW,
    letters.BranchSentBack: Deed.SEE_QUEUE,
    letters.ReviewEscalated: Deed.SEE_OVERVIEW,
    letters.BodyMissing: Deed.FORM_BODY,
    letters.AllReviewed: Deed.PUBLISH,
    letters.PublicationDue: Deed.PUBLISH,
    letters.PublicationEscalated: Deed.SEE_OVERVIEW,
    letters.AnswersOverdue: Deed.SEE_OVERVIEW,
}
# Given to a person by name, whatever his office: who has to answer an objection is part of the objection.
BY_NAME = {letters.ObjectionFiled, letters.ObjectionReminded}
# Who has left is left alone, but for what he is owed.
OWED = {letters.ObjectionAnswered}


async def still_concerns(due: DueLetter, do: UseCases) -> bool:
    """Whether the reader may still know what the letter says; who lost the office since gets nothing."""
    if due.has_left and type(due.letter) not in OWED:
        return False
    deed = NEEDS.get(type(due.letter))
    if due.audience is not Audience.LEADERS or deed is None or due.member_id is None:
        return True
    branch_id: int | None = getattr(due.letter, "branch_id", None)
    if isinstance(due.letter, letters.MemberUnreachable):
        branch_id = (await do.read_person(due.letter.member_id)).branch_id
    return may(await do.read_person(due.member_id), deed, Subject(branch_id))
