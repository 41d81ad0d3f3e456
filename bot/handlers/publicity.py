"""The committee shows a quarter: how far it is, once more by name, and the tap that does it."""

from __future__ import annotations

from bot.domain.actions.publicity import AskPublish, OpenPublicity, PublishQuarter
from bot.handlers.named import named_quarter, quarter_in
from bot.handlers.registry import Context, on_command, on_tap
from bot.views import publicity
from bot.views.view import Answer


@on_command("publish")
async def on_publish_command(_rest: str, context: Context) -> Answer:
    """/publish."""
    return await on_publicity_opened(OpenPublicity(), context)


@on_tap(OpenPublicity)
async def on_publicity_opened(action: OpenPublicity, context: Context) -> Answer:
    """How far a quarter's publication is."""
    card = await context.do.show_publicity(context.visit, quarter_in(action.quarter))
    return Answer(publicity.card(context.words, card))


@on_tap(AskPublish)
async def on_publish_asked(action: AskPublish, context: Context) -> Answer:
    """Which branches would be shown."""
    card = await context.do.show_publicity(context.visit, quarter_in(action.quarter))
    return Answer(publicity.confirm_page(context.words, card))


@on_tap(PublishQuarter)
async def on_published(action: PublishQuarter, context: Context) -> Answer:
    """They are shown."""
    quarter = named_quarter(action.quarter)
    published, card = await context.do.publish_quarter(context.visit, quarter, action.seal)
    toast = context.words.many_plain("📢 {n} branch is on show.", "📢 {n} branches are on show.", published)
    return Answer(publicity.card(context.words, card), toast=toast)
