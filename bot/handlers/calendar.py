"""The calendar, and moving a quarter's dates."""

from __future__ import annotations

from datetime import date

from bot.domain.actions.calendar import AskMoveDate, AskMoveQuarter, MoveDate, ShowCalendar
from bot.domain.agenda import Movable, working_day_after
from bot.domain.typed import day_of_number
from bot.errors import NotFoundError
from bot.handlers.registry import Context, on_command, on_tap
from bot.views import calendar
from bot.views.view import Answer


@on_command("calendar")
async def on_calendar_command(_rest: str, context: Context) -> Answer:
    """/calendar."""
    return await on_calendar(ShowCalendar(), context)


@on_tap(ShowCalendar)
async def on_calendar(action: ShowCalendar, context: Context) -> Answer:
    """What is coming, or a whole quarter."""
    facts = await context.do.show_calendar(context.visit, action.quarter)
    return Answer(calendar.page(context.words, facts))


@on_tap(AskMoveQuarter)
async def on_move_asked(action: AskMoveQuarter, context: Context) -> Answer:
    """Which date, and by how much."""
    page = await context.do.propose_move(context.visit, action.quarter)
    days = {
        (what, n): working_day_after(context.do.timetable, page.dates.at(what), page.now, n)
        for what in page.movable
        for n in calendar.STEPS
    }
    return Answer(calendar.move_page(context.words, page, days))


@on_tap(AskMoveDate)
async def on_date_chosen(action: AskMoveDate, context: Context) -> Answer:
    """The dates as they would be."""
    day = _day(action.day)
    page = await context.do.propose_move(context.visit, action.quarter, _what(action.what), day)
    return Answer(calendar.confirm_page(context.words, page, day))


@on_tap(MoveDate)
async def on_date_moved(action: MoveDate, context: Context) -> Answer:
    """Moved; those concerned are told."""
    page = await context.do.move_quarter(
        context.visit, action.quarter, _what(action.what), _day(action.day), action.seal
    )
    return Answer(calendar.page(context.words, page), toast=context.words.plain("📅 Moved."))


def _what(what: str) -> Movable:
    if what not in set(Movable):
        raise NotFoundError
    return Movable(what)


def _day(number: int) -> date:
    day = day_of_number(number)
    if day is None:
        raise NotFoundError
    return day
