"""Everything stored about whoever asks."""

from __future__ import annotations

from bot.domain.actions.menu import DownloadMyData, ShowMyData
from bot.handlers.registry import Context, on_command, on_tap
from bot.views import mydata
from bot.views.view import Answer


@on_command("mydata")
async def on_my_data_command(_rest: str, context: Context) -> Answer:
    """/mydata."""
    return await on_my_data(ShowMyData(), context)


@on_tap(ShowMyData)
async def on_my_data(action: ShowMyData, context: Context) -> Answer:
    """One page of it."""
    facts = await context.do.show_my_data(context.visit)
    return Answer(mydata.my_data(context.words, facts, action.page))


@on_tap(DownloadMyData)
async def on_my_data_downloaded(_action: DownloadMyData, context: Context) -> Answer:
    """All of it as a file."""
    facts = await context.do.show_my_data(context.visit)
    return Answer(mydata.my_file(context.words, facts))
