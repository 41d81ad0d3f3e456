"""The committee decides on erasing somebody who has left."""

from __future__ import annotations

from bot.domain.actions.privacy import ConfirmErasure, OpenErasure, RejectErasure
from bot.domain.erasing import ErasureState
from bot.handlers.registry import Context, on_tap
from bot.views import erasure
from bot.views.view import Answer


@on_tap(OpenErasure)
async def on_erasure_opened(action: OpenErasure, context: Context) -> Answer:
    """The proposal as it stands now."""
    facts = await context.do.open_erasure(context.visit, action.erasure_id)
    return Answer(erasure.card(context.words, facts))


@on_tap(ConfirmErasure)
async def on_erasure_confirmed(action: ConfirmErasure, context: Context) -> Answer:
    """One of the committee agrees."""
    facts = await context.do.confirm_erasure(context.visit, action.erasure_id)
    words, done = context.words, facts.erasure.state is ErasureState.DONE
    toast = words.plain("Erased.") if done else words.plain("Noted. One more has to agree.")
    return Answer(erasure.card(words, facts), toast=toast)


@on_tap(RejectErasure)
async def on_erasure_rejected(action: RejectErasure, context: Context) -> Answer:
    """One of the committee is against it."""
    facts = await context.do.reject_erasure(context.visit, action.erasure_id)
    return Answer(erasure.card(context.words, facts), toast=context.words.plain("Turned down. Nothing was erased."))
