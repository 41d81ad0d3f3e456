"""The only place that turns an error into an answer: the sentence, and the fresh card where there is one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from bot.domain import actions
from bot.domain.actions import Action
from bot.errors import (
    ChartsNotReadyError,
    ForbiddenError,
    GroupUnsuitableError,
    NoFormYetError,
    NoReviewGroupError,
    NotBoundError,
    PeriodNotOpenError,
    ReplayedUpdateError,
    StaleCardError,
    XianfengError,
)
from bot.handlers.registry import TAPS, Context
from bot.views.errors import refusal
from bot.views.menu import back_row
from bot.views.view import Answer, View

_LEADS_BACK = (NoFormYetError, ChartsNotReadyError, ForbiddenError, PeriodNotOpenError, NoReviewGroupError)
"""Nothing is awaited after these: the person goes on from the front page."""


async def after_tap(error: XianfengError, action: Action, context: Context) -> Answer:
    """A toast that says what is wrong, over the card as it really stands now."""
    if isinstance(error, NotBoundError):
        return Answer(View(Markup.escape(_sentence(error, context)), ()))
    view = await _fresh_card(error, action, context)
    toast = "" if isinstance(error, ReplayedUpdateError) else _sentence(error, context)
    return Answer(view, toast=toast, alert=not isinstance(error, StaleCardError | ReplayedUpdateError))


async def after_message(error: XianfengError, context: Context) -> Answer:
    """The sentence as a message; whatever was asked for is still awaited."""
    rows = (back_row(context.words),) if isinstance(error, _LEADS_BACK) else ()
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


Opens = Callable[[Any], Action | None]


def _opens(how: Opens, *kinds: type[Action]) -> dict[type[Action], Opens]:
    return dict.fromkeys(kinds, how)


# Buttons whose card does not follow from the ids that they carry.
_CARDS: dict[type[Action], Opens] = {
    **_opens(lambda _: actions.OpenMenu(), actions.ConfirmBinding, actions.SetLanguage),
    **_opens(
        lambda action: actions.OpenMemberForm(action.form_id),
        actions.ReturnForm, actions.AskReturnForm, actions.EnterForMember,
    ),
    **_opens(
        lambda action: actions.OpenRollMember(action.month, action.item, action.member_id, action.page),
        actions.RecordCount, actions.RecordGrade, actions.RecordNothing,
    ),
    **_opens(lambda action: actions.OpenRollItem(action.month, action.item), actions.RecordAllPresent),
    **_opens(lambda _: None, actions.ShowBoard, actions.OpenNaming),
    **_opens(lambda action: actions.OpenDesk(action.month), actions.NudgeAll),
    **_opens(
        lambda action: actions.OpenBody(action.quarter),
        actions.NameSeat, actions.DrawBranches, actions.AskRedraw, actions.AssignReviews,
    ),
    **_opens(
        lambda action: actions.OpenSeat(action.quarter),
        actions.DeclareConflict, actions.AnswerSeat, actions.SendDelegate,
    ),
    **_opens(
        lambda action: actions.OpenReview(action.quarter, action.branch_id),
        actions.ConfirmReview, actions.DisputeReview, actions.AskSendBack, actions.AskQuestion,
    ),
    **_opens(lambda action: actions.OpenPublicity(action.quarter), actions.AskPublish, actions.PublishQuarter),
    **_opens(lambda action: actions.AskObjection(action.quarter, action.month), actions.AskObjectionText),
    **_opens(
        lambda action: actions.OpenNaming(action.quarter, action.branch_id),
        actions.AskNamingMeeting, actions.AskNamingDay, actions.AskNamingCount, actions.AskNamingEnd,
        actions.AskNameMembers, actions.NameMembers, actions.EndNaming,
    ),
    **_opens(
        lambda _: actions.OpenDelegations(),
        actions.AskStandIn, actions.AskFirstDay, actions.AskLastDay, actions.AskGiveOffice, actions.GiveOffice,
        actions.EndDelegation,
    ),
    **_opens(
        lambda action: actions.ShowCalendar(action.quarter),
        actions.AskMoveQuarter, actions.AskMoveDate, actions.MoveDate,
    ),
    **_opens(lambda _: actions.OpenRules(), actions.AskRules, actions.DownloadRules),
    **_opens(lambda action: actions.ChoosePlatform(action.platform), actions.AskRecords),
}  # fmt: skip

# Where an action carries one of these ids, its button stands on that card; the first that fits counts.
_BY_ID: tuple[tuple[str, Opens], ...] = (
    ("objection_id", lambda action: actions.OpenObjection(action.objection_id)),
    ("form_id", lambda action: _on_form(action)),
    ("proposal_id", lambda action: actions.OpenProposal(action.proposal_id)),
    ("file_id", lambda action: actions.OpenImport(action.file_id)),
    ("rating_id", lambda action: actions.OpenRating(action.rating_id)),
    ("branch_id", lambda action: actions.OpenQueue(str(getattr(action, "quarter", "")), action.branch_id)),
)


def card_of(action: Action) -> Action | None:
    """The action that opens the card on which this action's button stands."""
    if type(action) in _CARDS:
        return _CARDS[type(action)](action)
    return next((opens(action) for name, opens in _BY_ID if hasattr(action, name)), None)


def _on_form(action: Any) -> Action:
    item: str | None = getattr(action, "item", None)
    return actions.OpenItem(action.form_id, item) if item is not None else actions.OpenForm(action.form_id)
