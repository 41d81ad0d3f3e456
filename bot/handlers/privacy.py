"""The notice on personal data."""

from __future__ import annotations

from bot.domain.actions.privacy import AcceptNotice, ShowNotice
from bot.handlers.registry import Context, on_command, on_tap
from bot.views import privacy
from bot.views.view import Answer, View


@on_command("privacy")
async def on_privacy_command(_rest: str, context: Context) -> Answer:
    """/privacy, for everybody."""
    return Answer(await _whole(context))


@on_tap(ShowNotice)
async def on_notice_shown(_action: ShowNotice, context: Context) -> Answer:
    """The whole notice, beside the card on which it was asked for."""
    return Answer(await _whole(context), new_message=True)


@on_tap(AcceptNotice)
async def on_notice_accepted(action: AcceptNotice, context: Context) -> Answer:
    """The person has read it; of an older version he is shown the present one."""
    accepted = await context.do.accept_notice(context.visit, action.version)
    toast = context.words.plain("Noted, thank you.") if accepted else ""
    return Answer(await _whole(context), toast=toast)


async def _whole(context: Context) -> View:
    waits = await context.do.meet_notice(context.visit)
    person = context.visit.actor.person if context.visit.actor else None
    return privacy.whole(context.words, person, waits=waits)
