"""Forming the review group: seats, the draw, conflicts, and whom a drawn branch sends."""

from __future__ import annotations

from bot.domain.actions.review import (
    AnswerSeat,
    AskConflict,
    AskDelegate,
    AskRedraw,
    AskSeat,
    AssignReviews,
    DeclareConflict,
    DrawBranches,
    NameSeat,
    OpenBody,
    OpenSeat,
    SendDelegate,
    ShowDraw,
)
from bot.errors import TextExpectedError
from bot.handlers.registry import Context, Typed, on_command, on_tap, on_typed
from bot.telegram.codec import pack
from bot.views import body, seat
from bot.views.view import Answer


@on_command("body")
async def on_body_command(_rest: str, context: Context) -> Answer:
    """/body."""
    facts = await context.do.open_body(context.visit)
    return Answer(body.card(context.words, facts))


@on_tap(OpenBody)
async def on_body_opened(action: OpenBody, context: Context) -> Answer:
    """The group's card."""
    facts = await context.do.open_body(context.visit, action.quarter)
    return Answer(body.card(context.words, facts))


@on_tap(ShowDraw)
async def on_draw_shown(action: ShowDraw, context: Context) -> Answer:
    """How to recompute the draw."""
    facts = await context.do.open_body(context.visit, action.quarter)
    return Answer(body.recompute_page(context.words, facts))


@on_tap(AskSeat)
async def on_seat_asked(action: AskSeat, context: Context) -> Answer:
    """Who takes a seat."""
    facts = await context.do.open_body.choice(context.visit, action.quarter, action.seat)
    return Answer(body.seat_page(context.words, facts))


@on_tap(NameSeat)
async def on_seat_named(action: NameSeat, context: Context) -> Answer:
    """Somebody takes it."""
    facts = await context.do.name_seat(context.visit, action.quarter, action.seat, action.member_id)
    return Answer(body.card(context.words, facts), toast=context.words.plain("✏️ The seat is given."))


@on_tap(DrawBranches)
async def on_drawn(action: DrawBranches, context: Context) -> Answer:
    """The draw."""
    facts = await context.do.draw_branches(context.visit, action.quarter, action.number)
    return Answer(body.card(context.words, facts), toast=context.words.plain("🎲 Drawn. Everybody concerned is told."))


@on_tap(AskRedraw)
async def on_redraw_asked(action: AskRedraw, context: Context) -> Answer:
    """Why it is drawn again."""
    facts = await context.do.redraw_branches.asking(
        context.visit, action.quarter, action.number, pack(action), context.message_id
    )
    return Answer(body.redraw_page(context.words, facts))


@on_typed(AskRedraw)
async def on_redraw_reason_typed(action: AskRedraw, typed: Typed, context: Context) -> Answer:
    """The reason came: drawn again."""
    facts = await context.do.redraw_branches(context.visit, action.quarter, action.number, _text(typed))
    return Answer(body.card(context.words, facts))


@on_tap(AssignReviews)
async def on_given_out(action: AssignReviews, context: Context) -> Answer:
    """The branches are given out."""
    facts = await context.do.assign_reviews(context.visit, action.quarter)
    return Answer(body.card(context.words, facts), toast=context.words.plain("📤 The branches are given out."))


@on_tap(OpenSeat)
async def on_seat_opened(action: OpenSeat, context: Context) -> Answer:
    """One's own seat."""
    facts = await context.do.open_seat(context.visit, action.quarter)
    return Answer(seat.seat_card(context.words, facts))


@on_tap(AskConflict)
async def on_conflict_asked(action: AskConflict, context: Context) -> Answer:
    """Why one stays away."""
    facts = await context.do.open_seat(context.visit, action.quarter)
    return Answer(seat.conflict_page(context.words, facts, action.branch_id))


@on_tap(DeclareConflict)
async def on_conflict_declared(action: DeclareConflict, context: Context) -> Answer:
    """Declared, or taken back."""
    facts = await context.do.declare_conflict(context.visit, action.quarter, action.branch_id, action.conflict)
    return Answer(seat.seat_card(context.words, facts), toast=context.words.plain("🙅 Noted."))


@on_tap(AnswerSeat)
async def on_seat_answered(action: AnswerSeat, context: Context) -> Answer:
    """Nothing more to declare."""
    facts = await context.do.answer_seat(context.visit, action.quarter)
    return Answer(seat.seat_card(context.words, facts), toast=context.words.plain("✅ Thank you."))


@on_tap(AskDelegate)
async def on_delegate_asked(action: AskDelegate, context: Context) -> Answer:
    """Whom the branch sends."""
    facts = await context.do.send_delegate.choice(context.visit, action.quarter)
    return Answer(seat.delegate_page(context.words, facts))


@on_tap(SendDelegate)
async def on_delegate_sent(action: SendDelegate, context: Context) -> Answer:
    """He is sent."""
    facts = await context.do.send_delegate(context.visit, action.quarter, action.member_id)
    toast = context.words.plain("👤 {name} represents the branch.", name=facts.seat_of)
    return Answer(seat.seat_card(context.words, facts), toast=toast)


def _text(typed: Typed) -> str:
    if typed.attachment is not None:
        raise TextExpectedError
    return typed.text
