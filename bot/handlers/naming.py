"""A branch's recorded decision to name members under the line: whom, by which meeting, until when."""

from __future__ import annotations

from datetime import date

from bot.domain.actions.naming import (
    AskNameMembers,
    AskNamingCount,
    AskNamingDay,
    AskNamingEnd,
    AskNamingMeeting,
    EndNaming,
    NameMembers,
    OpenNaming,
)
from bot.domain.forms import Meeting
from bot.domain.typed import day_of_number, number_of_day, read_coming_day, read_day, read_ratio
from bot.errors import NotFoundError, NumberExpectedError
from bot.handlers.registry import Context, Typed, on_tap, on_typed, text_of
from bot.telegram.codec import pack
from bot.usecases.rating.record_meeting import meeting_kind
from bot.views import naming
from bot.views.naming import attendance, meeting_of
from bot.views.terms import day_name
from bot.views.view import Answer


@on_tap(OpenNaming)
async def on_naming_opened(action: OpenNaming, context: Context) -> Answer:
    """Whom to name; each tap on a name sets or takes its tick."""
    card = await context.do.open_naming(context.visit, action.quarter, action.branch_id)
    return Answer(naming.choice_page(context.words, card, max(action.chosen, 0)))


@on_tap(AskNamingMeeting)
async def on_names_chosen(action: AskNamingMeeting, context: Context) -> Answer:
    """Which body decided."""
    card = await context.do.open_naming(context.visit, action.quarter, action.branch_id)
    return Answer(naming.kind_page(context.words, card, action.chosen))


@on_tap(AskNamingDay)
async def on_naming_kind_chosen(action: AskNamingDay, context: Context) -> Answer:
    """On which day; it can be typed."""
    kind = meeting_kind(action.kind)
    card = await context.do.open_naming.awaiting(
        context.visit, action.quarter, action.branch_id, pack(action), context.message_id
    )
    return Answer(naming.day_page(context.words, card, action.chosen, kind))


@on_typed(AskNamingDay)
async def on_naming_day_typed(action: AskNamingDay, typed: Typed, context: Context) -> Answer:
    """The day came as a text."""
    today = context.do.timetable.day_of(context.do.now())
    day = read_day(text_of(typed), today)
    if day is None:
        raise NumberExpectedError(day_name(context.words, today))
    return await _ask_count(
        AskNamingCount(action.quarter, action.branch_id, action.chosen, action.kind, number_of_day(day)), context
    )


@on_tap(AskNamingCount)
async def on_naming_day_chosen(action: AskNamingCount, context: Context) -> Answer:
    """How many were there; it can be typed."""
    return await _ask_count(action, context, context.message_id)


async def _ask_count(asked: AskNamingCount, context: Context, message_id: int = 0) -> Answer:
    kind, day = meeting_kind(asked.kind), _day(asked.day)
    card = await context.do.open_naming.awaiting(
        context.visit, asked.quarter, asked.branch_id, pack(asked), message_id, held_on=day
    )
    return Answer(naming.count_page(context.words, card, asked.chosen, kind, day))


@on_typed(AskNamingCount)
async def on_naming_count_typed(action: AskNamingCount, typed: Typed, context: Context) -> Answer:
    """Present and entitled came as a text."""
    counts = read_ratio(text_of(typed))
    if counts is None:
        raise NumberExpectedError("7/9")
    asked = AskNamingEnd(action.quarter, action.branch_id, action.chosen, action.kind, action.day, attendance(*counts))
    return await _ask_end(asked, context)


@on_tap(AskNamingEnd)
async def on_naming_count_chosen(action: AskNamingEnd, context: Context) -> Answer:
    """Until when; it can be typed."""
    return await _ask_end(action, context, context.message_id)


async def _ask_end(asked: AskNamingEnd, context: Context, message_id: int = 0) -> Answer:
    held = _held(asked)
    card = await context.do.open_naming.awaiting(
        context.visit, asked.quarter, asked.branch_id, pack(asked), message_id, held=held
    )
    return Answer(naming.end_page(context.words, card, asked.chosen, held))


@on_typed(AskNamingEnd)
async def on_naming_end_typed(action: AskNamingEnd, typed: Typed, context: Context) -> Answer:
    """The last day came as a text."""
    today = context.do.timetable.day_of(context.do.now())
    last = read_coming_day(text_of(typed), today)
    if last is None:
        raise NumberExpectedError(day_name(context.words, today))
    asked = AskNameMembers(
        action.quarter, action.branch_id, action.chosen, action.kind, action.day, action.attendance,
        (last - today).days + 1,
    )  # fmt: skip
    return await on_naming_end_chosen(asked, context)


@on_tap(AskNameMembers)
async def on_naming_end_chosen(action: AskNameMembers, context: Context) -> Answer:
    """The whole decision once more."""
    held = _held(action)
    card = await context.do.open_naming.checked(context.visit, action.quarter, action.branch_id, held, action.days)
    return Answer(naming.confirm_page(context.words, card, action.chosen, held, action.days))


@on_tap(NameMembers)
async def on_named(action: NameMembers, context: Context) -> Answer:
    """Recorded; the group reads it."""
    card = await context.do.name_members(
        context.visit, action.quarter, action.branch_id, action.chosen, _held(action), action.days
    )
    toast = context.words.plain("📌 Recorded. The branch's group gets it.")
    return Answer(naming.choice_page(context.words, card, 0), toast=toast)


@on_tap(EndNaming)
async def on_naming_ended(action: EndNaming, context: Context) -> Answer:
    """Taken down before its time."""
    card = await context.do.end_naming(context.visit, action.quarter, action.branch_id, action.member_id)
    return Answer(naming.choice_page(context.words, card, 0), toast=context.words.plain("🔒 Taken down."))


def _held(action: AskNamingEnd | AskNameMembers | NameMembers) -> Meeting:
    return meeting_of(meeting_kind(action.kind), _day(action.day), action.attendance)


def _day(number: int) -> date:
    day = day_of_number(number)
    if day is None:
        raise NotFoundError
    return day
