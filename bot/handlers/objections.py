"""我有异议: choosing what it is about, writing it, seeing where it stands, and answering it."""

from __future__ import annotations

from bot.domain.actions.objections import (
    AcceptAnswer,
    AskCorrectedPoints,
    AskCorrection,
    AskObjection,
    AskObjectionItem,
    AskObjectionText,
    AskOutcome,
    AskWrittenAnswer,
    EscalateObjection,
    ExportObjections,
    OpenObjection,
    OpenObjections,
    WithdrawObjection,
)
from bot.domain.objections import Outcome
from bot.domain.typed import read_points
from bot.errors import NotFoundError, NumberExpectedError
from bot.handlers.named import named_quarter
from bot.handlers.registry import Context, Typed, on_command, on_tap, on_typed, text_of
from bot.scoring.points import hundredths
from bot.telegram.codec import pack
from bot.usecases.rating.adjust_rating import Giving
from bot.views import answering, objecting, objection_page, objections
from bot.views.objection_file_facts import objection_file_facts
from bot.views.view import Answer


@on_command("objection")
async def on_objection_command(_rest: str, context: Context) -> Answer:
    """/objection."""
    facts = await context.do.show_objections(context.visit)
    return Answer(objection_page.page(context.words, facts))


@on_tap(OpenObjections)
async def on_objections_opened(_action: OpenObjections, context: Context) -> Answer:
    """The page of objections."""
    return await on_objection_command("", context)


@on_tap(AskObjection)
async def on_objection_begun(action: AskObjection, context: Context) -> Answer:
    """What it is about; under a picture the page comes as a message of its own."""
    facts = await context.do.open_objecting(context.visit, named_quarter(action.quarter), action.month)
    return Answer(objecting.first_page(context.words, facts, action.month))


@on_tap(AskObjectionItem)
async def on_group_chosen(action: AskObjectionItem, context: Context) -> Answer:
    """Which item of it."""
    facts = await context.do.open_objecting(context.visit, named_quarter(action.quarter), action.month)
    return Answer(objecting.group_page(context.words, facts, action.group))


@on_tap(AskObjectionText)
async def on_subject_chosen(action: AskObjectionText, context: Context) -> Answer:
    """The next text is the objection."""
    facts = await context.do.open_objecting.awaiting(
        context.visit, named_quarter(action.quarter), action.month, action.item, pack(action), context.message_id
    )
    return Answer(objecting.text_page(context.words, facts, action.month, action.item))


@on_typed(AskObjectionText)
async def on_objection_typed(action: AskObjectionText, typed: Typed, context: Context) -> Answer:
    """Filed."""
    card = await context.do.file_objection(
        context.visit, named_quarter(action.quarter), action.month, action.item, text_of(typed)
    )
    return Answer(objections.card(context.words, card))


@on_tap(OpenObjection)
async def on_objection_opened(action: OpenObjection, context: Context) -> Answer:
    """One objection."""
    facts = await context.do.open_objection(context.visit, action.objection_id)
    return Answer(objections.card(context.words, facts))


@on_tap(WithdrawObjection)
async def on_withdrawn(action: WithdrawObjection, context: Context) -> Answer:
    """The member takes it back."""
    card = await context.do.withdraw_objection(context.visit, action.objection_id, action.revision)
    return Answer(objections.card(context.words, card), toast=context.words.plain("Withdrawn."))


@on_tap(AcceptAnswer)
async def on_accepted(action: AcceptAnswer, context: Context) -> Answer:
    """The member accepts the answer."""
    card = await context.do.accept_answer(context.visit, action.objection_id, action.revision)
    return Answer(objections.card(context.words, card), toast=context.words.plain("Settled. Thank you."))


@on_tap(EscalateObjection)
async def on_escalated(action: EscalateObjection, context: Context) -> Answer:
    """The member asks the group."""
    card = await context.do.escalate_objection(context.visit, action.objection_id, action.revision)
    return Answer(objections.card(context.words, card), toast=context.words.plain("🏛 The review group has it now."))


@on_tap(AskOutcome)
async def on_outcome_chosen(action: AskOutcome, context: Context) -> Answer:
    """Upheld, partly or not; a rejection only needs its answer."""
    outcome = _outcome(action.outcome)
    if outcome is Outcome.REJECTED:
        return await on_answer_asked(AskWrittenAnswer(action.objection_id, action.revision, action.outcome), context)
    card = await context.do.open_answering(context.visit, action.objection_id, action.revision)
    return Answer(answering.outcome_page(context.words, card, outcome))


@on_tap(AskCorrection)
async def on_correction_asked(action: AskCorrection, context: Context) -> Answer:
    """Which month and item is corrected."""
    card = await context.do.open_answering(context.visit, action.objection_id, action.revision)
    return Answer(answering.correction_page(context.words, card, _outcome(action.outcome), action.month))


@on_tap(AskCorrectedPoints)
async def on_corrected_item_chosen(action: AskCorrectedPoints, context: Context) -> Answer:
    """How many points; they can be typed."""
    card = await context.do.open_answering.awaiting(
        context.visit, action.objection_id, action.revision, pack(action), context.message_id
    )
    page = answering.points_page(context.words, card, _outcome(action.outcome), action.month, action.item)
    return Answer(page)


@on_typed(AskCorrectedPoints)
async def on_corrected_points_typed(action: AskCorrectedPoints, typed: Typed, context: Context) -> Answer:
    """The points came as a text."""
    value = read_points(text_of(typed))
    if value is None:
        raise NumberExpectedError("2.5")
    asked = AskWrittenAnswer(
        action.objection_id, action.revision, action.outcome, action.month, action.item, hundredths(value)
    )
    return await _ask_answer(asked, context)


@on_tap(AskWrittenAnswer)
async def on_answer_asked(action: AskWrittenAnswer, context: Context) -> Answer:
    """The next text is the answer."""
    return await _ask_answer(action, context, context.message_id)


async def _ask_answer(asked: AskWrittenAnswer, context: Context, message_id: int = 0) -> Answer:
    card = await context.do.open_answering.awaiting(
        context.visit, asked.objection_id, asked.revision, pack(asked), message_id, giving=_giving(asked)
    )
    page = answering.answer_page(context.words, card, _outcome(asked.outcome), asked.month, asked.item, asked.centi)
    return Answer(page)


@on_typed(AskWrittenAnswer)
async def on_answer_typed(action: AskWrittenAnswer, typed: Typed, context: Context) -> Answer:
    """Answered."""
    card = await context.do.answer_objection(
        context.visit, action.objection_id, action.revision, _outcome(action.outcome), _giving(action), text_of(typed)
    )
    return Answer(objections.card(context.words, card))


@on_tap(ExportObjections)
async def on_file_asked(action: ExportObjections, context: Context) -> Answer:
    """The quarter's objections and answers as a PDF."""
    quarter = named_quarter(action.quarter)
    cards = await context.do.export_objections(context.visit, quarter)
    facts = objection_file_facts(context.words, context.do.organisation, quarter, cards)
    return Answer(objection_page.paper(context.words, action.quarter, len(cards), facts), new_message=True)


def _outcome(name: str) -> Outcome:
    try:
        return Outcome(name)
    except ValueError as error:
        raise NotFoundError from error


def _giving(action: AskWrittenAnswer) -> Giving | None:
    return Giving(action.item, action.month, action.centi) if action.month else None
