"""Tables: looking at them, proposing a new one, and the committee's decision."""

from __future__ import annotations

from bot.domain.actions.rules import (
    AskRejectProposal,
    AskRules,
    ConfirmProposal,
    DownloadProposal,
    DownloadRules,
    OpenProposal,
    OpenRules,
    SubmitProposal,
    WithdrawProposal,
)
from bot.errors import FileExpectedError, FileTooLargeError, TextExpectedError
from bot.handlers.registry import Context, Typed, on_command, on_tap, on_typed
from bot.sheets.limits import MAX_BYTES, MEBIBYTE
from bot.sheets.ruleset import ruleset_to_workbook
from bot.telegram.codec import pack
from bot.views import rules
from bot.views.view import Answer


@on_command("rules")
async def on_rules_command(_rest: str, context: Context) -> Answer:
    """/rules."""
    page = await context.do.show_rules(context.visit)
    return Answer(rules.page(context.words, page))


@on_tap(OpenRules)
async def on_rules_opened(_action: OpenRules, context: Context) -> Answer:
    """The page of versions."""
    return await on_rules_command("", context)


@on_tap(DownloadRules)
async def on_rules_downloaded(action: DownloadRules, context: Context) -> Answer:
    """A version as a file."""
    table, text = await context.do.read_rules(context.visit, action.ruleset_id)
    if action.form == rules.XLSX:
        content = ruleset_to_workbook(table, context.do.timetable.day_of(context.do.now()))
        return Answer(rules.paper(context.words, table, content, rules.XLSX), new_message=True)
    return Answer(rules.paper(context.words, table, text.encode(), rules.YAML), new_message=True)


@on_tap(AskRules)
async def on_rules_asked(action: AskRules, context: Context) -> Answer:
    """The next file is a new table."""
    await context.do.ask_rules(context.visit, pack(action), context.message_id)
    return Answer(rules.asking(context.words))


@on_typed(AskRules)
async def on_rules_sent(_action: AskRules, typed: Typed, context: Context) -> Answer:
    """The file came: its findings and changes, to be put before the committee or not."""
    attachment = typed.attachment
    if attachment is None or attachment.kind != "document":
        raise FileExpectedError
    if attachment.size_bytes > MAX_BYTES:
        raise FileTooLargeError(MAX_BYTES // MEBIBYTE)
    content = await context.sender.fetch(attachment.file_id)
    card = await context.do.draft_rules(context.visit, content, context.words.plain("The file"))
    return Answer(rules.proposal(context.words, card), new_message=True)


@on_tap(OpenProposal)
async def on_proposal_opened(action: OpenProposal, context: Context) -> Answer:
    """One proposal."""
    card = await context.do.open_proposal(context.visit, action.proposal_id)
    return Answer(rules.proposal(context.words, card))


@on_tap(DownloadProposal)
async def on_proposal_downloaded(action: DownloadProposal, context: Context) -> Answer:
    """The proposed table as a file."""
    card = await context.do.open_proposal(context.visit, action.proposal_id)
    text = card.proposal.text if card.proposal else ""
    return Answer(rules.paper(context.words, card.table.rules, text.encode(), rules.YAML), new_message=True)


@on_tap(SubmitProposal)
async def on_proposal_submitted(action: SubmitProposal, context: Context) -> Answer:
    """Its author puts it before the committee."""
    card = await context.do.submit_proposal(context.visit, action.proposal_id)
    toast = context.words.plain("The committee has it now.")
    return Answer(rules.proposal(context.words, card), toast=toast)


@on_tap(WithdrawProposal)
async def on_proposal_withdrawn(action: WithdrawProposal, context: Context) -> Answer:
    """Its author takes it back."""
    card = await context.do.withdraw_proposal(context.visit, action.proposal_id)
    return Answer(rules.proposal(context.words, card), toast=context.words.plain("Taken back."))


@on_tap(ConfirmProposal)
async def on_proposal_confirmed(action: ConfirmProposal, context: Context) -> Answer:
    """One of the committee agrees."""
    card = await context.do.confirm_proposal(context.visit, action.proposal_id)
    settled = card.proposal is not None and card.proposal.is_settled
    words = context.words
    toast = words.plain("Adopted. Every member is told.") if settled else words.plain("Noted. One more has to agree.")
    return Answer(rules.proposal(words, card), toast=toast)


@on_tap(AskRejectProposal)
async def on_rejection_asked(action: AskRejectProposal, context: Context) -> Answer:
    """One of the committee disagrees; the next text is the reason."""
    card = await context.do.ask_rejection(context.visit, action.proposal_id, pack(action), context.message_id)
    return Answer(rules.proposal(context.words, card, writing=True))


@on_typed(AskRejectProposal)
async def on_rejection_reasoned(action: AskRejectProposal, typed: Typed, context: Context) -> Answer:
    """The reason came."""
    if typed.attachment is not None:
        raise TextExpectedError
    card = await context.do.reject_proposal(context.visit, action.proposal_id, typed.text)
    return Answer(rules.proposal(context.words, card))
