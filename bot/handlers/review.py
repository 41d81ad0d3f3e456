"""The group's review of the branches, and the branch's answer to a question."""

from __future__ import annotations

from bot.domain.actions.review import (
    AskAnswer,
    AskConfirmReview,
    AskQuestion,
    AskSendBack,
    ConfirmReview,
    DisputeReview,
    ListReviews,
    OpenReview,
    OpenReviews,
)
from bot.domain.forms import BranchState
from bot.errors import TextExpectedError
from bot.handlers.registry import Context, Typed, on_command, on_tap, on_typed
from bot.telegram.codec import pack
from bot.views import rating, review, review_card, review_confirm
from bot.views.view import Answer


@on_command("review")
async def on_review_command(_rest: str, context: Context) -> Answer:
    """/review."""
    facts = await context.do.show_reviews(context.visit)
    return Answer(review.own(context.words, facts))


@on_tap(OpenReviews)
async def on_reviews_opened(action: OpenReviews, context: Context) -> Answer:
    """One's own branches."""
    facts = await context.do.show_reviews(context.visit, action.quarter)
    return Answer(review.own(context.words, facts))


@on_tap(ListReviews)
async def on_progress_asked(action: ListReviews, context: Context) -> Answer:
    """How far all are."""
    facts = await context.do.show_reviews.progress(context.visit, action.quarter)
    return Answer(review.progress(context.words, facts))


@on_tap(OpenReview)
async def on_review_opened(action: OpenReview, context: Context) -> Answer:
    """One branch."""
    facts = await context.do.open_review(context.visit, action.quarter, action.branch_id)
    return Answer(review_card.card(context.words, facts, max(0, action.page)))


@on_tap(AskConfirmReview)
async def on_confirming_asked(action: AskConfirmReview, context: Context) -> Answer:
    """What would be confirmed."""
    facts = await context.do.confirm_review.asking(context.visit, action.quarter, action.branch_id, action.revision)
    return Answer(review_confirm.question(context.words, facts))


@on_tap(ConfirmReview)
async def on_confirmed(action: ConfirmReview, context: Context) -> Answer:
    """Confirmed; with the last confirmation the branch is reviewed."""
    facts = await context.do.confirm_review(context.visit, action.quarter, action.branch_id, action.revision)
    toast = context.words.plain("✅ {branch} is reviewed.", branch=facts.branch)
    if facts.stand.state is BranchState.REVIEW:
        toast = context.words.plain("✅ Confirmed. The other reviewer has not yet.")
    return Answer(review_card.card(context.words, facts), toast=toast)


@on_tap(DisputeReview)
async def on_disputed(action: DisputeReview, context: Context) -> Answer:
    """Not agreed: to the lead."""
    facts = await context.do.dispute_review(context.visit, action.quarter, action.branch_id, action.revision)
    toast = context.words.plain("⚖️ {name} decides.", name=facts.arbiter or "–")
    return Answer(review_card.card(context.words, facts), toast=toast)


@on_tap(AskSendBack)
async def on_send_back_asked(action: AskSendBack, context: Context) -> Answer:
    """How long the branch gets."""
    facts = await context.do.send_back_branch.opened(
        context.visit, action.quarter, action.branch_id, action.revision
    )  # fmt: skip
    return Answer(review.days_page(context.words, facts))


@on_tap(AskQuestion)
async def on_days_chosen(action: AskQuestion, context: Context) -> Answer:
    """What it is asked."""
    facts = await context.do.send_back_branch.asking(
        context.visit, action.quarter, action.branch_id, action.revision, action.days, pack(action), context.message_id
    )
    return Answer(review.question_page(context.words, facts, action.days))


@on_typed(AskQuestion)
async def on_question_typed(action: AskQuestion, typed: Typed, context: Context) -> Answer:
    """The question came: the branch has its rating back."""
    facts = await context.do.send_back_branch(
        context.visit, action.quarter, action.branch_id, action.revision, action.days, _text(typed)
    )
    return Answer(review_card.card(context.words, facts))


@on_tap(AskAnswer)
async def on_answer_asked(action: AskAnswer, context: Context) -> Answer:
    """What the branch answers."""
    queue = await context.do.answer_question.asking(
        context.visit, action.quarter, action.branch_id, pack(action), context.message_id
    )
    return Answer(rating.answer_page(context.words, queue))


@on_typed(AskAnswer)
async def on_answer_typed(action: AskAnswer, typed: Typed, context: Context) -> Answer:
    """The answer came."""
    queue = await context.do.answer_question(context.visit, action.quarter, action.branch_id, _text(typed))
    return Answer(rating.queue(context.words, queue))


def _text(typed: Typed) -> str:
    if typed.attachment is not None:
        raise TextExpectedError
    return typed.text
