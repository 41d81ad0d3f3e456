"""Deciding against an answer (item, month, points, reason), and sending a form back (month, reason)."""

from __future__ import annotations

from bot.domain.actions.rating import (
    AdjustRating,
    AskAdjust,
    AskAdjustMonth,
    AskAdjustPoints,
    AskAdjustReason,
    AskReturnRating,
    AskReturnReason,
    DropAdjustments,
    ReturnRating,
)
from bot.domain.typed import read_points
from bot.errors import NumberExpectedError, TextExpectedError
from bot.handlers.rating import following
from bot.handlers.registry import Context, Typed, on_tap, on_typed
from bot.scoring.points import hundredths
from bot.telegram.codec import pack
from bot.usecases.rating.adjust_rating import Giving
from bot.usecases.rating.rate_member import Decided
from bot.views import adjusting, rating_card
from bot.views.rating_facts import RatingCard
from bot.views.view import Answer, View


@on_tap(AskAdjust)
async def on_adjust_asked(action: AskAdjust, context: Context) -> Answer:
    """Which item."""
    card = await context.do.open_adjustment(context.visit, action.rating_id, action.revision)
    return Answer(adjusting.item_page(context.words, card))


@on_tap(AskAdjustMonth)
async def on_item_chosen(action: AskAdjustMonth, context: Context) -> Answer:
    """Which month; with one month that counts there is nothing to ask."""
    card = await context.do.open_adjustment(context.visit, action.rating_id, action.revision)
    if len(card.counted) > 1:
        return Answer(adjusting.month_page(context.words, card, action.item))
    number = adjusting.newest(card).month.number
    return await on_month_chosen(AskAdjustPoints(action.rating_id, action.revision, action.item, number), context)


@on_tap(AskAdjustPoints)
async def on_month_chosen(action: AskAdjustPoints, context: Context) -> Answer:
    """How many points; they can be typed."""
    card = await context.do.open_adjustment.awaiting(
        context.visit, action.rating_id, action.revision, pack(action), context.message_id
    )
    return Answer(adjusting.points_page(context.words, card, action.item, action.month))


@on_typed(AskAdjustPoints)
async def on_points_typed(action: AskAdjustPoints, typed: Typed, context: Context) -> Answer:
    """The points came as a text."""
    value = read_points(_text(typed))
    if value is None:
        raise NumberExpectedError("2.5")
    asked = AskAdjustReason(action.rating_id, action.revision, action.item, action.month, hundredths(value))
    return await _ask_reason(asked, context)


@on_tap(AskAdjustReason)
async def on_points_chosen(action: AskAdjustReason, context: Context) -> Answer:
    """Why; it can be typed."""
    return await _ask_reason(action, context, context.message_id)


async def _ask_reason(asked: AskAdjustReason, context: Context, message_id: int = 0) -> Answer:
    card = await context.do.open_adjustment.awaiting(
        context.visit, asked.rating_id, asked.revision, pack(asked), message_id, giving=_giving(asked)
    )
    return Answer(adjusting.reason_page(context.words, card, asked.item, asked.month, asked.centi))


@on_typed(AskAdjustReason)
async def on_reason_typed(action: AskAdjustReason, typed: Typed, context: Context) -> Answer:
    """The reason came as a text: adjusted."""
    return await _adjust(action, _text(typed), context)


@on_tap(AdjustRating)
async def on_reason_chosen(action: AdjustRating, context: Context) -> Answer:
    """One of the usual reasons: adjusted."""
    await context.do.open_adjustment(context.visit, action.rating_id, action.revision)
    reason = adjusting.preset_of(adjusting.adjusting_reasons(context.words), action.preset)
    return await _adjust(action, reason, context)


async def _adjust(action: AskAdjustReason | AdjustRating, reason: str, context: Context) -> Answer:
    card = await context.do.adjust_rating(context.visit, action.rating_id, action.revision, _giving(action), reason)
    toast = context.words.plain("✏️ Adjusted. Approve the card when all is right.")
    if card.in_review:
        toast = context.words.plain("✏️ Adjusted. Confirm the branch when all is right.")
    return Answer(_card(context, card), toast=toast)


def _giving(action: AskAdjustReason | AdjustRating) -> Giving:
    return Giving(action.item, action.month, action.centi)


@on_tap(DropAdjustments)
async def on_adjustments_dropped(action: DropAdjustments, context: Context) -> Answer:
    """The answers count again as they were given."""
    card = await context.do.drop_adjustments(context.visit, action.rating_id, action.revision)
    return Answer(_card(context, card), toast=context.words.plain("↺ The answers count again as they were given."))


@on_tap(AskReturnRating)
async def on_return_asked(action: AskReturnRating, context: Context) -> Answer:
    """Which month's form; with one form there is nothing to ask."""
    card = await context.do.open_adjustment(context.visit, action.rating_id, action.revision)
    months = adjusting.returnable(card)
    if len(months) != 1:
        return Answer(adjusting.return_month_page(context.words, card))
    return await on_return_month_chosen(
        AskReturnReason(action.rating_id, action.revision, months[0].month.number), context
    )


@on_tap(AskReturnReason)
async def on_return_month_chosen(action: AskReturnReason, context: Context) -> Answer:
    """Why; it can be typed."""
    card = await context.do.open_adjustment.awaiting(
        context.visit, action.rating_id, action.revision, pack(action), context.message_id
    )
    return Answer(adjusting.return_reason_page(context.words, card, action.month))


@on_typed(AskReturnReason)
async def on_return_reason_typed(action: AskReturnReason, typed: Typed, context: Context) -> Answer:
    """The reason came as a text: the form goes back."""
    return await _send_back(action, _text(typed), context)


@on_tap(ReturnRating)
async def on_return_reason_chosen(action: ReturnRating, context: Context) -> Answer:
    """One of the usual reasons: the form goes back."""
    await context.do.open_adjustment(context.visit, action.rating_id, action.revision)
    reason = adjusting.preset_of(adjusting.returning_reasons(context.words), action.preset)
    return await _send_back(action, reason, context)


async def _send_back(action: AskReturnReason | ReturnRating, reason: str, context: Context) -> Answer:
    decided: Decided = await context.do.return_rating(
        context.visit, action.rating_id, action.revision, action.month, reason
    )
    toast = context.words.plain("↩️ Sent back to {name}.", name=decided.card.owner.name)
    return Answer(following(context, decided), toast=toast)


def _card(context: Context, card: RatingCard) -> View:
    return rating_card.card(context.words, card)


def _text(typed: Typed) -> str:
    if typed.attachment is not None:
        raise TextExpectedError
    return typed.text
