"""The calendar in a terminal, and moving a quarter's dates by hand."""

from __future__ import annotations

import re
from datetime import date, datetime
from html import unescape

from markupsafe import Markup

from bot.cli.dates import day_of, instant_of, quarter_of
from bot.cli.errand import Terminal
from bot.cli.periods import told_to_the_operator
from bot.domain.agenda import Movable, instant_on
from bot.domain.calendar import working_day_from
from bot.domain.timetable import Timetable
from bot.views.calendar import lines
from bot.views.terms import deadline_name, quarter_name
from bot.views.time_refusals import date_label

_TAG = re.compile(r"<[^<>]+>")


async def show(terminal: Terminal, quarter: str | None) -> None:
    """What is coming, or all dates of a quarter; the same lines as in chat."""
    which = quarter_of(terminal, quarter) if quarter else None
    async with terminal.core() as core:
        page = await core.do.show_calendar.for_operator(which)
    terminal.say("\n".join(_plain(line) for line in lines(terminal.words, page)))


def _plain(line: Markup) -> str:
    """The line without the chat's tags; line breaks stay."""
    return unescape(_TAG.sub("", line))


async def move_quarter(terminal: Terminal, text: str, rating: str, review: str, publish: str) -> None:
    """Move the dates that are named; a day off moves on to the next working day."""
    _, quarter = terminal.words, quarter_of(terminal, text)
    written = {Movable.RATING: rating, Movable.REVIEW: review, Movable.PUBLISH: publish}
    async with terminal.core() as core:
        now = core.clock.now()
        wanted = {what: _instant(terminal, what, day, now) for what, day in written.items() if day}
        if not wanted:
            terminal.fail(_.plain("Name at least one date: --rating-due, --review-due or --publish."))
        with told_to_the_operator(terminal):
            dates = await core.do.move_quarter.by_admin(quarter, wanted)
    terminal.say(_.plain("{period}:", period=quarter_name(_, quarter)))
    for what in Movable:
        at = deadline_name(_, dates.at(what), terminal.settings.zone)
        terminal.say(f"  {date_label(_, what.value)}  {at}")


def _instant(terminal: Terminal, what: Movable, text: str, now: datetime) -> datetime:
    """A day means its end, or its morning for the publication; with a clock time it is that very instant."""
    if " " in text.strip():
        return instant_of(terminal, text, now)
    day: date = working_day_from(day_of(terminal, text))
    return instant_on(Timetable(terminal.settings.zone), what, day)
