"""The branch desk: who has handed in, asking, sending back, filling in for a member, roll and dues."""

from __future__ import annotations

from bot.domain.actions.desk import (
    AskReturnForm,
    EnterForMember,
    NudgeAll,
    OpenDesk,
    OpenMemberForm,
    OpenRoll,
    OpenRollItem,
    OpenRollMember,
    RecordAllPresent,
    RecordCount,
    RecordGrade,
    RecordNothing,
    ReturnForm,
)
from bot.domain.periods import Month
from bot.errors import NotFoundError, TextExpectedError
from bot.handlers.registry import Context, Typed, on_command, on_tap, on_typed
from bot.telegram.codec import pack
from bot.usecases.desk.open_desk import parsed_month
from bot.usecases.months.answer_item import Count, Grade, Nothing
from bot.views import desk, form, roll
from bot.views.adjusting import preset_of, returning_reasons
from bot.views.view import Answer


@on_command("desk")
async def on_desk_command(_rest: str, context: Context) -> Answer:
    """/desk."""
    facts = await context.do.open_desk(context.visit)
    return Answer(desk.desk(context.words, facts))


@on_tap(OpenDesk)
async def on_desk_opened(action: OpenDesk, context: Context) -> Answer:
    """A month of the branch."""
    facts = await context.do.open_desk(context.visit, action.month)
    return Answer(desk.desk(context.words, facts, max(0, action.page)))


@on_tap(NudgeAll)
async def on_all_nudged(action: NudgeAll, context: Context) -> Answer:
    """Those who have not handed in are asked, once a day."""
    month = _month(action.month)
    nudged, now = await context.do.nudge_members(context.visit, month), context.do.now()
    toast = desk.nudged(context.words, nudged, later=context.do.timetable.polite(now) != now)
    facts = await context.do.open_desk(context.visit, action.month)
    return Answer(desk.desk(context.words, facts), toast=toast)


@on_tap(OpenMemberForm)
async def on_member_form_opened(action: OpenMemberForm, context: Context) -> Answer:
    """One member's form."""
    facts = await context.do.open_member_form(context.visit, action.form_id)
    return Answer(desk.member_form(context.words, facts))


@on_tap(EnterForMember)
async def on_entering_begun(action: EnterForMember, context: Context) -> Answer:
    """The member's form, to be filled in for him."""
    facts = await context.do.enter_for_member(context.visit, action.form_id)
    return Answer(form.front(context.words, facts))


@on_tap(AskReturnForm)
async def on_return_asked(action: AskReturnForm, context: Context) -> Answer:
    """Why; it can be typed."""
    facts = await context.do.ask_return(
        context.visit, action.form_id, action.revision, pack(action), context.message_id
    )
    return Answer(desk.return_page(context.words, facts))


@on_typed(AskReturnForm)
async def on_return_reason_typed(action: AskReturnForm, typed: Typed, context: Context) -> Answer:
    """The reason came as a text: the form goes back."""
    if typed.attachment is not None:
        raise TextExpectedError
    return await _send_back(action.form_id, action.revision, typed.text, context)


@on_tap(ReturnForm)
async def on_return_reason_chosen(action: ReturnForm, context: Context) -> Answer:
    """One of the usual reasons: the form goes back."""
    await context.do.open_member_form(context.visit, action.form_id)
    reason = preset_of(returning_reasons(context.words), action.preset)
    return await _send_back(action.form_id, action.revision, reason, context)


async def _send_back(form_id: int, revision: int, reason: str, context: Context) -> Answer:
    card = await context.do.return_form(context.visit, form_id, revision, reason)
    facts = await context.do.open_desk(context.visit, str(card.form.month))
    toast = context.words.plain("↩️ Sent back to {name}.", name=card.owner.name)
    return Answer(desk.desk(context.words, facts), toast=toast)


@on_tap(OpenRoll)
async def on_roll_opened(action: OpenRoll, context: Context) -> Answer:
    """Which item is recorded."""
    facts = await context.do.open_roll(context.visit, action.month)
    return Answer(roll.book(context.words, facts))


@on_tap(OpenRollItem)
async def on_roll_item_opened(action: OpenRollItem, context: Context) -> Answer:
    """One item's roll."""
    facts = await context.do.open_roll_item(context.visit, action.month, action.item)
    return Answer(roll.roll(context.words, facts, max(0, action.page)))


@on_tap(OpenRollMember)
async def on_roll_member_opened(action: OpenRollMember, context: Context) -> Answer:
    """What happened with one member."""
    facts = await context.do.open_roll_item(context.visit, action.month, action.item)
    return Answer(roll.member(context.words, facts, action.member_id, action.page))


@on_tap(RecordCount)
async def on_count_recorded(action: RecordCount, context: Context) -> Answer:
    """How often it happened: saved, and the member stays open."""
    return await _record(action, Count(action.act, action.count), context)


@on_tap(RecordGrade)
async def on_grade_recorded(action: RecordGrade, context: Context) -> Answer:
    """One of the choices: saved."""
    return await _record(action, Grade(action.grade), context)


async def _record(action: RecordCount | RecordGrade, said: Count | Grade, context: Context) -> Answer:
    facts = await context.do.record_facts(context.visit, action.month, action.item, action.member_id, said)
    return Answer(roll.member(context.words, facts, action.member_id, action.page))


@on_tap(RecordNothing)
async def on_nothing_recorded(action: RecordNothing, context: Context) -> Answer:
    """Nothing was amiss: saved, and back to the roll."""
    facts = await context.do.record_facts(context.visit, action.month, action.item, action.member_id, Nothing())
    return Answer(roll.roll(context.words, facts, action.page))


@on_tap(RecordAllPresent)
async def on_all_recorded(action: RecordAllPresent, context: Context) -> Answer:
    """All others as usual."""
    n, facts = await context.do.record_all_present(context.visit, action.month, action.item)
    toast = context.words.many_plain("✓ {n} member recorded.", "✓ {n} members recorded.", n)
    return Answer(roll.roll(context.words, facts), toast=toast)


def _month(month: str) -> Month:
    which = parsed_month(month)
    if which is None:
        raise NotFoundError
    return which
