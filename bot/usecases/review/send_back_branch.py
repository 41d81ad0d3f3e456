"""The group sends a branch back with a question; the branch answers before it closes again."""

from __future__ import annotations

from bot.domain.forms import BranchQuarter, BranchState
from bot.domain.may import Deed, Subject
from bot.domain.periods import Quarter
from bot.domain.review import QUESTION_DAYS
from bot.domain.timetable import Timetable
from bot.errors import NotFoundError, PeriodClosedError, QuestionUnansweredError, StaleCardError
from bot.outbox.letters import BranchAnswered, BranchSentBack, Letter
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.months.return_form import clean_reason
from bot.usecases.rating.open_quarter import raters_of
from bot.usecases.rating.show_queue import queue_of
from bot.usecases.review.body_cards import quarter_of_body
from bot.usecases.review.confirm_review import for_whom, stand_to_decide
from bot.usecases.review.review_cards import review_card
from bot.usecases.visit import Visit, must
from bot.views.rating_facts import Queue
from bot.views.review_facts import ReviewCard


class SendBackBranch:
    """Gives a branch its rating back until a deadline of its own."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def opened(self, visit: Visit, quarter: str, branch_id: int, revision: int) -> ReviewCard:
        """The card of somebody who is about to send the branch back."""
        async with self._store.write(visit.cause) as tx:
            person, stand, _ = await stand_to_decide(tx, visit, quarter, branch_id, revision)
            return await review_card(tx, person, stand, self._timetable.zone)

    async def asking(
        self, visit: Visit, quarter: str, branch_id: int, revision: int, days: int, action: str, message_id: int
    ) -> ReviewCard:
        """The same, and the next text is the question."""
        _require_days(days)
        async with self._store.write(visit.cause) as tx:
            person, stand, _ = await stand_to_decide(tx, visit, quarter, branch_id, revision)
            await tx.accounts.await_text(visit.telegram_id, action, message_id)
            return await review_card(tx, person, stand, self._timetable.zone)

    async def __call__(
        self, visit: Visit, quarter: str, branch_id: int, revision: int, days: int, question: str
    ) -> ReviewCard:
        """Send it back for so many working days; all who confirmed it are asked anew when it returns."""
        question = clean_reason(question)
        _require_days(days)
        async with self._store.write(visit.cause) as tx:
            person, stand, body = await stand_to_decide(tx, visit, quarter, branch_id, revision)
            due_at = self._timetable.answer_due_at(tx.now, days)
            if not await tx.periods.send_back(stand, due_at):
                raise StaleCardError
            await tx.reviews.ask(stand.branch_quarter_id, question, person.member_id, tx.now, due_at)
            await tx.reviews.begin_again(stand.quarter, branch_id)
            await tx.accounts.await_text(visit.telegram_id, None)
            await tx.ledger.append(
                "branch_sent_back", period=quarter, actor=person.member_id, free_text=question, branch=branch_id,
                revision=revision + 1, due=due_at.isoformat(), **for_whom(body, person, branch_id),
            )  # fmt: skip
            letters: list[tuple[str, Letter, int | None, int | None]] = [
                (f"branch_sent_back:{stand.branch_quarter_id}:{revision}:{rater.member_id}",
                 BranchSentBack(quarter, branch_id), rater.member_id, None)
                for rater in await raters_of(tx, branch_id)
            ]  # fmt: skip
            await tx.letters.write_many(letters, due_at=self._timetable.polite(tx.now))
            return await review_card(
                tx, person, await tx.periods.get_branch_quarter(branch_id, stand.quarter), self._timetable.zone
            )


class AnswerQuestion:
    """The branch answers the group."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def asking(self, visit: Visit, quarter: str, branch_id: int, action: str, message_id: int) -> Queue:
        """The branch's card of somebody who is about to answer; the next text is the answer."""
        async with self._store.write(visit.cause) as tx:
            person = await visit.enter(tx)
            must(person, Deed.CLOSE_BRANCH, Subject(branch_id=branch_id))
            which = await quarter_of_body(tx, quarter)
            await _asked(tx, await tx.periods.get_branch_quarter(branch_id, which))
            await tx.accounts.await_text(visit.telegram_id, action, message_id)
            return await queue_of(tx, self._timetable, person, branch_id, which)

    async def __call__(self, visit: Visit, quarter: str, branch_id: int, answer: str) -> Queue:
        """Keep the answer to the newest question; until the branch closes, a later one takes its place."""
        answer = clean_reason(answer)
        async with self._store.write(visit.cause) as tx:
            person = await visit.enter(tx)
            must(person, Deed.CLOSE_BRANCH, Subject(branch_id=branch_id))
            which = await quarter_of_body(tx, quarter)
            stand = await tx.periods.hold_branch_quarter(branch_id, which)
            question_id = await _asked(tx, stand)
            await tx.reviews.answer(question_id, answer, person.member_id, tx.now)
            await tx.accounts.await_text(visit.telegram_id, None)
            await tx.ledger.append(
                "question_answered", period=quarter, actor=person.member_id, free_text=answer, branch=branch_id,
                question=question_id,
            )  # fmt: skip
            return await queue_of(tx, self._timetable, person, branch_id, which)


async def _asked(tx: Tx, stand: BranchQuarter | None) -> int:
    """The id of the question that the branch is about to answer; NotFoundError where the group asked nothing."""
    if stand is None:
        raise NotFoundError
    if stand.state is not BranchState.RATING:
        raise PeriodClosedError(str(stand.quarter), stand.closed_at)
    questions = await tx.reviews.questions(stand.branch_quarter_id)
    if not questions:
        raise NotFoundError
    return questions[-1].question_id


async def require_answered(tx: Tx, stand: BranchQuarter) -> None:
    """Raise QuestionUnansweredError while the group waits for the branch's answer."""
    questions = await tx.reviews.questions(stand.branch_quarter_id)
    if questions and questions[-1].answer is None:
        raise QuestionUnansweredError


async def tell_reviewers_again(tx: Tx, timetable: Timetable, quarter: Quarter, stand: BranchQuarter) -> None:
    """The branch has answered and closed again: its reviewers go on."""
    if not await tx.reviews.questions(stand.branch_quarter_id):
        return
    body = await tx.reviews.body(quarter)
    letters: list[tuple[str, Letter, int | None, int | None]] = [
        (f"branch_answered:{stand.branch_quarter_id}:{stand.revision}:{task.member_id}",
         BranchAnswered(str(quarter), stand.branch_id), body.acting_for(task.member_id, stand.branch_id), None)
        for task in body.tasks_on(stand.branch_id)
    ]  # fmt: skip
    await tx.letters.write_many(letters, due_at=timetable.polite(tx.now))


def _require_days(days: int) -> None:
    if days not in QUESTION_DAYS:
        raise NotFoundError
