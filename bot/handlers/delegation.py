"""Giving an office into another's hands: who, from when to when, and ending it."""

from __future__ import annotations

from datetime import date

from bot.domain.actions.delegation import (
    AskFirstDay,
    AskGiveOffice,
    AskLastDay,
    AskStandIn,
    EndDelegation,
    GiveOffice,
    OpenDelegations,
)
from bot.domain.typed import day_of_number, number_of_day, read_coming_day
from bot.errors import NotFoundError, NumberExpectedError
from bot.handlers.registry import Context, Typed, on_command, on_tap, on_typed, text_of
from bot.telegram.codec import pack
from bot.views import delegation
from bot.views.terms import day_name
from bot.views.view import Answer


@on_command("delegate")
async def on_delegate_command(_rest: str, context: Context) -> Answer:
    """/delegate."""
    facts = await context.do.open_delegations(context.visit)
    return Answer(delegation.page(context.words, facts))


@on_tap(OpenDelegations)
async def on_delegations(_action: OpenDelegations, context: Context) -> Answer:
    """The delegation button."""
    return await on_delegate_command("", context)


@on_tap(AskStandIn)
async def on_stand_in_asked(action: AskStandIn, context: Context) -> Answer:
    """Who holds the office meanwhile; outside branches the name is typed."""
    choice = await context.do.choose_stand_in(context.visit, action.office, pack(action), context.message_id)
    return Answer(delegation.stand_in_page(context.words, choice, max(action.page, 0)))


@on_typed(AskStandIn)
async def on_stand_in_typed(action: AskStandIn, typed: Typed, context: Context) -> Answer:
    """A name or a staff number came."""
    choice = await context.do.choose_stand_in.search(context.visit, action.office, text_of(typed))
    return Answer(delegation.stand_in_page(context.words, choice))


@on_tap(AskFirstDay)
async def on_stand_in_chosen(action: AskFirstDay, context: Context) -> Answer:
    """From which day on; it can be typed."""
    draft = await context.do.choose_stand_in.awaiting(
        context.visit, action.office, action.member_id, pack(action), context.message_id
    )
    return Answer(delegation.first_day_page(context.words, draft))


@on_typed(AskFirstDay)
async def on_first_day_typed(action: AskFirstDay, typed: Typed, context: Context) -> Answer:
    """The first day came as a text."""
    first = _coming_day(typed, context)
    return await _ask_last(AskLastDay(action.office, action.member_id, number_of_day(first)), context)


@on_tap(AskLastDay)
async def on_first_day_chosen(action: AskLastDay, context: Context) -> Answer:
    """Until which day; it can be typed."""
    return await _ask_last(action, context, context.message_id)


async def _ask_last(asked: AskLastDay, context: Context, message_id: int = 0) -> Answer:
    first = _day(asked.first)
    draft = await context.do.choose_stand_in.awaiting(
        context.visit, asked.office, asked.member_id, pack(asked), message_id, first=first
    )
    return Answer(delegation.last_day_page(context.words, draft, first))


@on_typed(AskLastDay)
async def on_last_day_typed(action: AskLastDay, typed: Typed, context: Context) -> Answer:
    """The last day came as a text."""
    last = number_of_day(_coming_day(typed, context))
    return await on_last_day_chosen(AskGiveOffice(action.office, action.member_id, action.first, last), context)


@on_tap(AskGiveOffice)
async def on_last_day_chosen(action: AskGiveOffice, context: Context) -> Answer:
    """The whole once more."""
    first, last = _day(action.first), _day(action.last)
    draft = await context.do.choose_stand_in.checked(context.visit, action.office, action.member_id, first, last)
    return Answer(delegation.confirm_page(context.words, draft, first, last))


@on_tap(GiveOffice)
async def on_office_given(action: GiveOffice, context: Context) -> Answer:
    """Given; the delegate is told."""
    page = await context.do.delegate_office(
        context.visit, action.office, action.member_id, _day(action.first), _day(action.last)
    )
    return Answer(delegation.page(context.words, page), toast=context.words.plain("🤝 Delegated."))


@on_tap(EndDelegation)
async def on_delegation_ended(action: EndDelegation, context: Context) -> Answer:
    """It is over before its last day."""
    page = await context.do.end_delegation(context.visit, action.delegation_id)
    return Answer(delegation.page(context.words, page), toast=context.words.plain("⏹ The delegation has ended."))


def _coming_day(typed: Typed, context: Context) -> date:
    today = context.do.timetable.day_of(context.do.now())
    day = read_coming_day(text_of(typed), today)
    if day is None:
        raise NumberExpectedError(day_name(context.words, today))
    return day


def _day(number: int) -> date:
    day = day_of_number(number)
    if day is None:
        raise NotFoundError
    return day
