"""Papers for the wall: a branch's poster."""

from __future__ import annotations

import asyncio

from bot.charts.papers.poster import posters
from bot.domain.actions.menu import PrintPoster
from bot.handlers.named import named_quarter
from bot.handlers.registry import Context, on_tap
from bot.views import poster
from bot.views.view import Answer


@on_tap(PrintPoster)
async def on_poster_asked(action: PrintPoster, context: Context) -> Answer:
    """The branch's quarter as an A3 sheet."""
    facts = await context.do.print_poster(context.visit, named_quarter(action.quarter), action.branch_id)
    content = await asyncio.to_thread(posters, (poster.poster_facts(context.words, facts),))
    return Answer(poster.poster_letter(context.words, facts, content), new_message=True)
