"""Getting in: the invite link, "is this you?", and the stranger at the door."""

from __future__ import annotations

from bot.domain.actions.binding import ConfirmBinding, DeclineBinding
from bot.handlers.registry import Context, on_command, on_tap
from bot.views import menu, privacy
from bot.views.view import Answer


@on_command("start")
async def on_start(token: str, context: Context) -> Answer:
    """/start, with the invite's token if the person came by a link."""
    if not token:
        facts = await context.do.show_menu(context.visit)
        return Answer(menu.menu(context.words, facts))
    invited = await context.do.open_invite(context.visit, token)
    words = context.words
    notice, whole = privacy.in_short(words), privacy.notice_button(words)
    card = menu.is_this_you(words, context.do.organisation, invited.invite_id, invited.person, notice, whole)
    return Answer(card)


@on_tap(ConfirmBinding)
async def on_binding_confirmed(action: ConfirmBinding, context: Context) -> Answer:
    """The person said yes."""
    await context.do.confirm_invite(context.visit, action.invite_id)
    facts = await context.do.show_menu(context.visit)
    return Answer(menu.menu(context.words, facts), toast=context.words.plain("Welcome! You are bound now."))


@on_tap(DeclineBinding)
async def on_binding_declined(action: DeclineBinding, context: Context) -> Answer:
    """The person said no."""
    return Answer(menu.not_me(context.words))
