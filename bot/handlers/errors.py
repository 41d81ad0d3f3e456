"""The only place that turns an error into an answer: the sentence, and the fresh card where there is one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from bot.domain.actions.base import Action
from bot.domain.actions.binding import ConfirmBinding
from bot.domain.actions.calendar import AskMoveDate, AskMoveQuarter, MoveDate, ShowCalendar
from bot.domain.actions.delegation import (
    AskFirstDay,
    AskGiveOffice,
    AskLastDay,
    AskStandIn,
    EndDelegation,
    GiveOffice,
    OpenDelegations,
)
from bot.domain.actions.desk import (
    AskReturnForm,
    EnterForMember,
    NudgeAll,
    OpenDesk,
    OpenMemberForm,
    OpenRollItem,
    OpenRollMember,
    RecordAllPresent,
    RecordCount,
    RecordGrade,
    RecordNothing,
    ReturnForm,
)
from bot.domain.actions.form import OpenForm, OpenItem
from bot.domain.actions.menu import OpenMenu, SetLanguage, ShowBoard
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
from bot.domain.actions.objections import AskObjection, AskObjectionItem, AskObjectionText, OpenObjection
from bot.domain.actions.publicity import AskPublish, OpenPublicity, PublishQuarter
from bot.domain.actions.rating import OpenQueue, OpenRating
from bot.domain.actions.records import AskRecords, ChoosePlatform, OpenImport
from bot.domain.actions.review import (
    AnswerSeat,
    AskConfirmReview,
    AskQuestion,
    AskRedraw,
    AskSendBack,
    AssignReviews,
    ConfirmReview,
    DeclareConflict,
    DisputeReview,
    DrawBranches,
    NameSeat,
    OpenBody,
    OpenReview,
    OpenSeat,
    SendDelegate,
)
from bot.domain.actions.rules import AskRules, DownloadRules, OpenProposal, OpenRules
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
    **_opens(lambda _: OpenMenu(), ConfirmBinding, SetLanguage),
    **_opens(
        lambda action: OpenMemberForm(action.form_id),
        ReturnForm, AskReturnForm, EnterForMember,
    ),
    **_opens(
        lambda action: OpenRollMember(action.month, action.item, action.member_id, action.page),
        RecordCount, RecordGrade, RecordNothing,
    ),
    **_opens(lambda action: OpenRollItem(action.month, action.item), RecordAllPresent),
    **_opens(lambda _: None, ShowBoard, OpenNaming),
    **_opens(lambda action: OpenDesk(action.month), NudgeAll),
    **_opens(
        lambda action: OpenBody(action.quarter),
        NameSeat, DrawBranches, AskRedraw, AssignReviews,
    ),
    **_opens(
        lambda action: OpenSeat(action.quarter),
        DeclareConflict, AnswerSeat, SendDelegate,
    ),
    **_opens(
        lambda action: OpenReview(action.quarter, action.branch_id),
        AskConfirmReview, ConfirmReview, DisputeReview, AskSendBack, AskQuestion,
    ),
    **_opens(lambda action: OpenPublicity(action.quarter), AskPublish, PublishQuarter),
    **_opens(lambda action: AskObjection(action.quarter, action.month), AskObjectionItem, AskObjectionText),
    **_opens(
        lambda action: OpenNaming(action.quarter, action.branch_id),
        AskNamingMeeting, AskNamingDay, AskNamingCount, AskNamingEnd,
        AskNameMembers, NameMembers, EndNaming,
    ),
    **_opens(
        lambda _: OpenDelegations(),
        AskStandIn, AskFirstDay, AskLastDay, AskGiveOffice, GiveOffice,
        EndDelegation,
    ),
    **_opens(
        lambda action: ShowCalendar(action.quarter),
        AskMoveQuarter, AskMoveDate, MoveDate,
    ),
    **_opens(lambda _: OpenRules(), AskRules, DownloadRules),
    **_opens(lambda action: ChoosePlatform(action.platform), AskRecords),
}  # fmt: skip

# Where an action carries one of these ids, its button stands on that card; the first that fits counts.
_BY_ID: tuple[tuple[str, Opens], ...] = (
    ("objection_id", lambda action: OpenObjection(action.objection_id)),
    ("form_id", lambda action: _on_form(action)),
    ("proposal_id", lambda action: OpenProposal(action.proposal_id)),
    ("file_id", lambda action: OpenImport(action.file_id)),
    ("rating_id", lambda action: OpenRating(action.rating_id)),
    ("branch_id", lambda action: OpenQueue(str(getattr(action, "quarter", "")), action.branch_id)),
)


def card_of(action: Action) -> Action | None:
    """The action that opens the card on which this action's button stands."""
    if type(action) in _CARDS:
        return _CARDS[type(action)](action)
    return next((opens(action) for name, opens in _BY_ID if hasattr(action, name)), None)


def _on_form(action: Any) -> Action:
    item: str | None = getattr(action, "item", None)
    return OpenItem(action.form_id, item) if item is not None else OpenForm(action.form_id)
