"""Papers to have again: posters for the wall, and the quarter's bulletin."""

from __future__ import annotations

from bot.domain.actions.menu import PrintBulletin, PrintPoster
from bot.handlers.named import named_quarter
from bot.handlers.registry import Context, on_tap
from bot.views import poster
from bot.views.bulletin_letter import bulletin_letter
from bot.views.view import Answer


@on_tap(PrintPoster)
async def on_poster_asked(action: PrintPoster, context: Context) -> Answer:
    """A branch's quarter as an A3 sheet, or all branches' in one file."""
    found = await context.do.print_poster(context.visit, named_quarter(action.quarter), action.branch_id)
    bring = (
        poster.poster_letter(context.words, found[0]) if action.branch_id else poster.all_posters(context.words, found)
    )
    return Answer(bring, new_message=True)


@on_tap(PrintBulletin)
async def on_bulletin_asked(action: PrintBulletin, context: Context) -> Answer:
    """The page with its figures in words, as they are now."""
    facts = await context.do.read_bulletin.asked(context.visit, named_quarter(action.quarter))
    return Answer(bulletin_letter(context.words, facts), new_message=True)
