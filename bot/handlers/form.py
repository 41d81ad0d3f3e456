"""The month's self-assessment: opening, answering, proving, handing in and taking back."""

from __future__ import annotations

import hashlib

from bot.domain.actions.form import (
    AnswerCount,
    AnswerGrade,
    AnswerNothing,
    AnswerRest,
    AskNote,
    DropEvidence,
    NotToday,
    OpenDimension,
    OpenForm,
    OpenItem,
    ReviewForm,
    SubmitForm,
    WithdrawForm,
)
from bot.domain.actions.menu import OpenCurrentForm
from bot.domain.forms import EVIDENCE_LIMIT_MB
from bot.errors import FileTooLargeError
from bot.handlers.registry import Attachment, Context, Typed, on_command, on_tap, on_typed
from bot.telegram.codec import pack
from bot.usecases.months.answer_item import Count, Grade, Nothing
from bot.usecases.months.prove_item import ReceivedFile
from bot.views import form, form_item
from bot.views.facts import FormCard
from bot.views.view import Answer, View


@on_command("form")
async def on_form_command(_rest: str, context: Context) -> Answer:
    """/form."""
    card = await context.do.open_current_form(context.visit)
    return Answer(form.front(context.words, card))


@on_tap(OpenCurrentForm)
async def on_current_form(_action: OpenCurrentForm, context: Context) -> Answer:
    """The form button of the menu."""
    return await on_form_command("", context)


@on_tap(OpenForm)
async def on_form_opened(action: OpenForm, context: Context) -> Answer:
    """The form's front page."""
    card = await context.do.open_form(context.visit, action.form_id)
    return Answer(form.front(context.words, card))


@on_tap(OpenDimension)
async def on_dimension_opened(action: OpenDimension, context: Context) -> Answer:
    """One of the four dimensions."""
    card = await context.do.open_form(context.visit, action.form_id)
    return Answer(form.dimension_page(context.words, card, action.dimension))


@on_tap(OpenItem)
async def on_item_opened(action: OpenItem, context: Context) -> Answer:
    """One item."""
    card = await context.do.open_form(context.visit, action.form_id)
    return Answer(_item_or_front(context, card, action.item))


@on_tap(AnswerGrade)
async def on_grade_chosen(action: AnswerGrade, context: Context) -> Answer:
    """One of the choices: saved, and on to the next open item."""
    card = await context.do.answer_item(context.visit, action.form_id, action.item, Grade(action.grade))
    return _after_answer(context, card, action.item)


@on_tap(AnswerCount)
async def on_count_stepped(action: AnswerCount, context: Context) -> Answer:
    """Minus or plus: saved, and the item stays open."""
    card = await context.do.answer_item(context.visit, action.form_id, action.item, Count(action.act, action.count))
    return Answer(form_item.item_page(context.words, card, action.item))


@on_tap(AnswerNothing)
async def on_nothing_answered(action: AnswerNothing, context: Context) -> Answer:
    """Nothing this month: saved, and on to the next open item."""
    card = await context.do.answer_item(context.visit, action.form_id, action.item, Nothing())
    return _after_answer(context, card, action.item)


@on_tap(AnswerRest)
async def on_rest_answered(action: AnswerRest, context: Context) -> Answer:
    """The rest was as usual: everything on one page, ready to be handed in."""
    card = await context.do.answer_rest(context.visit, action.form_id)
    return Answer(form.summary(context.words, card))


@on_tap(AskNote)
async def on_note_asked(action: AskNote, context: Context) -> Answer:
    """The next text, photo or file belongs to this item."""
    card = await context.do.ask_note(context.visit, action.form_id, action.item, pack(action), context.message_id)
    return Answer(form_item.item_page(context.words, card, action.item, writing=True))


@on_typed(AskNote)
async def on_note_sent(action: AskNote, typed: Typed, context: Context) -> Answer:
    """The note or the evidence came."""
    received = await _received(typed.attachment, context) if typed.attachment else None
    card = await context.do.note_item(context.visit, action.form_id, action.item, typed.text, received)
    return Answer(form_item.item_page(context.words, card, action.item, writing=received is not None))


async def _received(attachment: Attachment, context: Context) -> ReceivedFile:
    if attachment.size_bytes > EVIDENCE_LIMIT_MB * 1024 * 1024:
        raise FileTooLargeError(EVIDENCE_LIMIT_MB)
    content = await context.sender.fetch(attachment.file_id)
    digest = hashlib.sha256(content).hexdigest()
    return ReceivedFile(attachment.kind, attachment.file_id, digest, len(content))


@on_tap(DropEvidence)
async def on_evidence_dropped(action: DropEvidence, context: Context) -> Answer:
    """The last file is taken away again."""
    card = await context.do.drop_evidence(context.visit, action.form_id, action.evidence_id)
    return Answer(_item_or_front(context, card, action.item))


@on_tap(ReviewForm)
async def on_form_reviewed(action: ReviewForm, context: Context) -> Answer:
    """Everything on one page before handing in."""
    card = await context.do.open_form(context.visit, action.form_id)
    return Answer(form.summary(context.words, card))


@on_tap(SubmitForm)
async def on_form_submitted(action: SubmitForm, context: Context) -> Answer:
    """Handed in."""
    card = await context.do.submit_form(context.visit, action.form_id, action.revision)
    return Answer(form.front(context.words, card), toast=context.words.plain("Handed in. Thank you!"))


@on_tap(WithdrawForm)
async def on_form_withdrawn(action: WithdrawForm, context: Context) -> Answer:
    """Taken back."""
    card = await context.do.withdraw_form(context.visit, action.form_id, action.revision)
    return Answer(form.front(context.words, card), toast=context.words.plain("The form is yours again."))


@on_tap(NotToday)
async def on_not_today(action: NotToday, context: Context) -> Answer:
    """No more reminders today."""
    card = await context.do.snooze_form(context.visit, action.form_id)
    return Answer(form.front(context.words, card), toast=context.words.plain("All right, no more reminders today."))


def _after_answer(context: Context, card: FormCard, item: str) -> Answer:
    """On to the next open item of the form; the summary when none is left; evidence that is needed first."""
    if any(entry.id == item for entry in card.lacking_evidence) or card.rules.is_bonus(item):
        return Answer(form_item.item_page(context.words, card, item))
    following = form_item.next_item(card, item)
    if following is None:
        return Answer(form.summary(context.words, card))
    return Answer(form_item.item_page(context.words, card, following))


def _item_or_front(context: Context, card: FormCard, item: str) -> View:
    if card.rules.has_item(item):
        return form_item.item_page(context.words, card, item)
    return form.front(context.words, card)
