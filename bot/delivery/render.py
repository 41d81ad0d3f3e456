"""Each letter as a view: gathers what it speaks of and finds the words for it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.delivery import (
    form_letters,
    objection_letters,
    paper_letters,
    privacy_letters,
    rating_letters,
    result_letters,
    review_letters,
    rules_letters,
    time_letters,
)
from bot.delivery.reading import Reading
from bot.delivery.rights import still_concerns
from bot.domain.accounts import Language
from bot.outbox import letters
from bot.outbox.letters import Letter
from bot.storage.letters import DueLetter
from bot.usecases import UseCases
from bot.views.commands import commands_for
from bot.views.view import View
from bot.views.words import Catalog

Rendering = Callable[[Any, Reading], Awaitable[View | None]]

RENDERINGS: dict[type[Letter], Rendering] = {
    letters.FormOpened: form_letters.opened,
    letters.FormReminded: form_letters.reminded,
    letters.FormNudged: form_letters.nudged,
    letters.FormReturned: form_letters.returned,
    letters.FormEntered: form_letters.entered,
    letters.MonthSummarised: form_letters.summarised,
    letters.BranchMonthSummarised: form_letters.branch_summarised,
    letters.MemberUnreachable: form_letters.unreachable,
    letters.RatingOpened: rating_letters.opened,
    letters.RatingReminded: rating_letters.reminded,
    letters.RatingEscalated: rating_letters.escalated,
    letters.ResultPublished: result_letters.result,
    letters.StandingsPublished: result_letters.standings,
    letters.OverviewPublished: result_letters.overview_published,
    letters.StandingsChanged: result_letters.standings_changed,
    letters.HeadPublished: paper_letters.head_published,
    letters.BulletinPublished: paper_letters.bulletin_published,
    letters.PublicationDue: objection_letters.publication_due,
    letters.PublicationEscalated: objection_letters.publication_escalated,
    letters.ObjectionFiled: objection_letters.filed,
    letters.ObjectionReminded: objection_letters.reminded,
    letters.ObjectionAnswered: objection_letters.answered,
    letters.AnswersOverdue: objection_letters.answers_overdue,
    letters.NamesPublished: objection_letters.names_published,
    letters.NamesTakenDown: objection_letters.names_taken_down,
    letters.DrawAnnounced: review_letters.announced,
    letters.BranchesDrawn: review_letters.drawn,
    letters.SeatGiven: review_letters.seat_given,
    letters.ReviewAssigned: review_letters.assigned,
    letters.ReviewAskedAgain: review_letters.asked_again,
    letters.ReviewDisputed: review_letters.disputed,
    letters.BranchSentBack: review_letters.sent_back,
    letters.BranchAnswered: review_letters.answered,
    letters.ReviewReminded: review_letters.reminded,
    letters.ReviewEscalated: review_letters.escalated,
    letters.BodyMissing: review_letters.body_missing,
    letters.AllReviewed: review_letters.all_reviewed,
    letters.DelegationGiven: time_letters.delegation_given,
    letters.DelegationEnded: time_letters.delegation_ended,
    letters.QuarterMoved: time_letters.quarter_moved,
    letters.WorkWaiting: time_letters.work_waiting,
    letters.RulesProposed: rules_letters.proposed,
    letters.RulesRejected: rules_letters.rejected,
    letters.RulesAdopted: rules_letters.adopted,
    letters.NoticeChanged: privacy_letters.notice_changed,
    letters.ErasureProposed: privacy_letters.erasure_proposed,
}


class Renderer:
    """Turns letters into views."""

    def __init__(self, do: UseCases, catalog: Catalog) -> None:
        self._do = do
        self._catalog = catalog

    async def view(self, due: DueLetter) -> View | None:
        """The letter in its reader's language; None if it is pointless by now: handed in, or no office any more."""
        if not await still_concerns(due, self._do):
            return None
        words = self._catalog[Language(due.language)]
        reading = Reading(self._do, words, due.member_id, due.branch_id)
        return await RENDERINGS[type(due.letter)](due.letter, reading)

    async def commands(self, due: DueLetter) -> tuple[tuple[str, str], ...]:
        """The command menu of the letter's reader."""
        person = await self._do.read_person(due.member_id or 0)
        return commands_for(self._catalog[Language(due.language)], person)
