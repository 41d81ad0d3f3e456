"""The branch's rating: the queue, one card after another, approving together, the meeting and closing."""

from __future__ import annotations

from datetime import date

from bot.domain.actions.rating import (
    ApproveAll,
    ApproveRating,
    AskApproveAll,
    AskCloseBranch,
    AskMeeting,
    AskMeetingCount,
    AskMeetingDay,
    ListBranches,
    OpenQueue,
    OpenRating,
    PostponeRating,
    RecordMeeting,
    ShowEvidence,
)
from bot.domain.forms import Meeting
from bot.domain.typed import day_of_number, number_of_day, read_day, read_ratio
from bot.errors import NotFoundError, NumberExpectedError, TextExpectedError
from bot.handlers.registry import Context, Typed, on_command, on_tap, on_typed
from bot.telegram.codec import pack
from bot.usecases.rating.rate_member import Decided
from bot.usecases.rating.record_meeting import meeting_kind
from bot.views import meeting, rating, rating_card
from bot.views.rating_facts import Queue, RatingCard
from bot.views.terms import day_name, points
from bot.views.view import Answer, View

EVIDENCE_AT_ONCE = 10


@on_command("rate")
async def on_rate_command(_rest: str, context: Context) -> Answer:
    """/rate."""
    facts = await context.do.show_queue(context.visit)
    return Answer(rating.page(context.words, facts))


@on_tap(OpenQueue)
async def on_queue_opened(action: OpenQueue, context: Context) -> Answer:
    """The queue of one branch, or all branches."""
    facts = await context.do.show_queue(context.visit, action.quarter, action.branch_id)
    return Answer(rating.page(context.words, facts, max(0, action.page)))


@on_tap(ListBranches)
async def on_branches_listed(action: ListBranches, context: Context) -> Answer:
    """All branches, for the committee."""
    facts = await context.do.list_branches(context.visit, action.quarter)
    return Answer(rating.branches(context.words, facts))


@on_tap(OpenRating)
async def on_rating_opened(action: OpenRating, context: Context) -> Answer:
    """One member's card."""
    facts = await context.do.open_rating(context.visit, action.rating_id)
    return Answer(rating_card.card(context.words, facts))


@on_tap(ShowEvidence)
async def on_evidence_asked(action: ShowEvidence, context: Context) -> Answer:
    """The files follow, and below them the card again, so that the decision stands beside what it rests on."""
    card, pieces = await context.do.show_evidence(context.visit, action.rating_id)
    shown = pieces[:EVIDENCE_AT_ONCE]
    views = [rating_card.evidence_piece(context.words, piece) for piece in shown]
    note = rating_card.evidence_note(context.words, card, len(shown), len(pieces))
    return Answer(note, more=(*views, rating_card.card(context.words, card)))


@on_tap(ApproveRating)
async def on_approved(action: ApproveRating, context: Context) -> Answer:
    """Approved: the next waiting card comes up by itself."""
    decided = await context.do.approve_rating(context.visit, action.rating_id, action.revision)
    owner, value = decided.card.owner.name, points(decided.card.value.value)
    toast = context.words.plain("✅ {name}: approved with {points} points", name=owner, points=value)
    return Answer(following(context, decided), toast=toast)


@on_tap(PostponeRating)
async def on_postponed(action: PostponeRating, context: Context) -> Answer:
    """Later: the next waiting card comes up."""
    decided = await context.do.postpone_rating(context.visit, action.rating_id, action.revision)
    return Answer(following(context, decided), toast=context.words.plain("⏭ Put off to the end."))


def following(context: Context, decided: Decided) -> View:
    """What comes up after a decision: the next waiting card, or the queue when none is left."""
    if isinstance(decided.following, RatingCard):
        return rating_card.card(context.words, decided.following)
    return rating.queue(context.words, decided.following)


@on_tap(AskApproveAll)
async def on_approve_all_asked(action: AskApproveAll, context: Context) -> Answer:
    """Names those who would be approved together."""
    facts = await context.do.show_queue(context.visit, action.quarter, action.branch_id)
    return Answer(rating.approve_all_page(context.words, _queue(facts)))


@on_tap(ApproveAll)
async def on_all_approved(action: ApproveAll, context: Context) -> Answer:
    """Approved together."""
    n, queue = await context.do.approve_all(context.visit, action.quarter, action.branch_id, action.seal)
    toast = context.words.many_plain("✅ {n} member approved", "✅ {n} members approved", n)
    return Answer(rating.queue(context.words, queue), toast=toast)


@on_tap(AskMeeting)
async def on_meeting_asked(action: AskMeeting, context: Context) -> Answer:
    """Which body."""
    queue = await context.do.open_meeting(context.visit, action.quarter, action.branch_id)
    return Answer(meeting.kind_page(context.words, queue))


@on_tap(AskMeetingDay)
async def on_meeting_kind_chosen(action: AskMeetingDay, context: Context) -> Answer:
    """Which day; it can be typed."""
    kind = meeting_kind(action.kind)
    queue = await context.do.open_meeting.awaiting(
        context.visit, action.quarter, action.branch_id, pack(action), context.message_id
    )
    return Answer(meeting.day_page(context.words, queue, kind))


@on_typed(AskMeetingDay)
async def on_meeting_day_typed(action: AskMeetingDay, typed: Typed, context: Context) -> Answer:
    """The day came as a text."""
    today = context.do.timetable.day_of(context.do.now())
    day = read_day(_text(typed), today)
    if day is None:
        raise NumberExpectedError(day_name(context.words, today))
    asked = AskMeetingCount(action.quarter, action.branch_id, action.kind, number_of_day(day))
    return await _ask_count(asked, context)


@on_tap(AskMeetingCount)
async def on_meeting_day_chosen(action: AskMeetingCount, context: Context) -> Answer:
    """How many were there; it can be typed."""
    return await _ask_count(action, context, context.message_id)


async def _ask_count(asked: AskMeetingCount, context: Context, message_id: int = 0) -> Answer:
    kind, day = meeting_kind(asked.kind), _day(asked.day)
    queue = await context.do.open_meeting.awaiting(
        context.visit, asked.quarter, asked.branch_id, pack(asked), message_id, day=day
    )
    return Answer(meeting.count_page(context.words, queue, kind, day))


@on_typed(AskMeetingCount)
async def on_meeting_count_typed(action: AskMeetingCount, typed: Typed, context: Context) -> Answer:
    """Present and entitled came as a text."""
    ratio = read_ratio(_text(typed))
    if ratio is None:
        raise NumberExpectedError("7/9")
    held = Meeting(meeting_kind(action.kind), _day(action.day), *ratio)
    return _recorded(context, await context.do.record_meeting(context.visit, action.quarter, action.branch_id, held))


@on_tap(RecordMeeting)
async def on_meeting_recorded(action: RecordMeeting, context: Context) -> Answer:
    """The meeting is recorded."""
    held = Meeting(meeting_kind(action.kind), _day(action.day), action.present, action.entitled)
    return _recorded(context, await context.do.record_meeting(context.visit, action.quarter, action.branch_id, held))


def _recorded(context: Context, queue: Queue) -> Answer:
    return Answer(rating.queue(context.words, queue), toast=context.words.plain("🏛 The meeting is recorded."))


@on_tap(AskCloseBranch)
async def on_close_asked(action: AskCloseBranch, context: Context) -> Answer:
    """What closing means, or what is missing."""
    facts = await context.do.show_queue(context.visit, action.quarter, action.branch_id)
    return Answer(rating.close_page(context.words, _queue(facts)))


def _queue(facts: object) -> Queue:
    if not isinstance(facts, Queue):
        raise NotFoundError
    return facts


def _day(number: int) -> date:
    day = day_of_number(number)
    if day is None:
        raise NotFoundError
    return day


def _text(typed: Typed) -> str:
    if typed.attachment is not None:
        raise TextExpectedError
    return typed.text
