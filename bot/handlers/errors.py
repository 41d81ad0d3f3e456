"""The only place that turns an error into an answer: the sentence, and the fresh card where there is one."""

from __future__ import annotations

from markupsafe import Markup

from bot.domain import actions
from bot.domain.actions import Action
from bot.errors import (
    ChartsNotReadyError,
    ForbiddenError,
    GroupUnsuitableError,
    NoFormYetError,
    NotBoundError,
    ReplayedUpdateError,
    StaleCardError,
    XianfengError,
)
from bot.handlers.registry import TAPS, Context
from bot.views.errors import refusal
from bot.views.menu import back_row
from bot.views.view import Answer, View


async def after_tap(error: XianfengError, action: Action, context: Context) -> Answer:
    """A toast that says what is wrong, over the card as it really stands now."""
    if isinstance(error, NotBoundError):
        return Answer(View(Markup.escape(_sentence(error, context)), ()))
    view = await _fresh_card(error, action, context)
    toast = "" if isinstance(error, ReplayedUpdateError) else _sentence(error, context)
    return Answer(view, toast=toast, alert=not isinstance(error, StaleCardError | ReplayedUpdateError))


async def after_message(error: XianfengError, context: Context) -> Answer:
    """The sentence as a message; whatever was asked for is still awaited."""
    rows = (back_row(context.words),) if isinstance(error, NoFormYetError | ChartsNotReadyError) else ()
    return Answer(View(Markup.escape(_sentence(error, context)), rows))


def _sentence(error: XianfengError, context: Context) -> str:
    return refusal(context.words, error, context.do.timetable.zone)


async def _fresh_card(error: XianfengError, action: Action, context: Context) -> View | None:
    """The card that this button stood on, drawn again; none where the person may not see it, none in a group."""
    card = card_of(action)
    if card is None or card == action or isinstance(error, ForbiddenError | GroupUnsuitableError):
        return None
    try:
        answer = await TAPS[type(card)](card, context)
    except XianfengError:
        return None
    return answer.view


def card_of(action: Action) -> Action | None:
    """The action that opens the card on which this action's button stands."""
    match action:
        case actions.ConfirmBinding() | actions.SetLanguage():
            return actions.OpenMenu()
        case actions.ReturnForm() | actions.AskReturnForm() | actions.EnterForMember():
            return actions.OpenMemberForm(action.form_id)
        case actions.RecordCount() | actions.RecordGrade() | actions.RecordNothing():
            return actions.OpenRollMember(action.month, action.item, action.member_id, action.page)
        case actions.RecordAllPresent():
            return actions.OpenRollItem(action.month, action.item)
        case actions.ShowBoard():
            return None
        case actions.NudgeAll():
            return actions.OpenDesk(action.month)
        case actions.AskRules() | actions.DownloadRules():
            return actions.OpenRules()
        case actions.AskRecords():
            return actions.ChoosePlatform(action.platform)
        case _:
            return _card_by_subject(action)


def _card_by_subject(action: Action) -> Action | None:
    form_id: int | None = getattr(action, "form_id", None)
    if form_id is not None:
        item: str | None = getattr(action, "item", None)
        return actions.OpenItem(form_id, item) if item is not None else actions.OpenForm(form_id)
    proposal_id: int | None = getattr(action, "proposal_id", None)
    if proposal_id is not None:
        return actions.OpenProposal(proposal_id)
    file_id: int | None = getattr(action, "file_id", None)
    if file_id is not None:
        return actions.OpenImport(file_id)
    rating_id: int | None = getattr(action, "rating_id", None)
    if rating_id is not None:
        return actions.OpenRating(rating_id)
    branch_id: int | None = getattr(action, "branch_id", None)
    if branch_id is not None:
        return actions.OpenQueue(str(getattr(action, "quarter", "")), branch_id)
    return None
