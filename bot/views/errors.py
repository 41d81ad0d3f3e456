"""Every refusal as one clear sentence that says what to do next."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from bot import errors
from bot.views.publicity_refusals import OfPublicity, publicity_refusal
from bot.views.rule_refusals import OfRules, rules_refusal
from bot.views.terms import date_name, day_name, decision_name, instant_name, listed, period_name, signature
from bot.views.time_refusals import OfTime, time_refusal
from bot.views.words import Words


def refusal(_: Words, error: errors.XianfengError, zone: ZoneInfo) -> str:
    """The sentence for this error, plain text of at most about 150 characters (it must fit a toast)."""
    match error:
        case errors.AlreadyDecidedError():
            at = instant_name(_, error.at, zone)
            by = signature(_, error.by or _.plain("The administrator"), error.on_behalf_of)
            decision = decision_name(_, error.decision)
            return _.plain("{by} was first: {decision}, {at}.", by=by, decision=decision, at=at)
        case errors.FormIncompleteError():
            missing = listed(_, error.missing[:4]) + ("…" if len(error.missing) > 4 else "")
            return _.plain("Still open: {missing}. Please answer these first.", missing=missing)
        case errors.BranchNotReadyError():
            return _branch_not_ready(_, error)
        case errors.NoFormYetError() | errors.ChartsNotReadyError() | errors.NothingToPublishError():
            return _nothing_yet(_, error)
        case _ if isinstance(error, _OfPeriod):
            return _period(_, error)
        case _ if isinstance(error, _OfInput):
            return _input(_, error)
        case _ if isinstance(error, OfPublicity):
            return publicity_refusal(_, error, zone)
        case _ if isinstance(error, OfTime):
            return time_refusal(_, error)
        case _ if isinstance(error, OfRules):
            return rules_refusal(_, error)
        case _:
            return _SENTENCES.get(type(error), _unknown)(_)


_OfInput = (
    errors.TextTooLongError
    | errors.QuorumMissedError
    | errors.PointsOutOfRangeError
    | errors.DayOutOfRangeError
    | errors.NumberExpectedError
    | errors.SwitchUnknownError
    | errors.FileTooLargeError
    | errors.ListenerError
    | errors.WebhookRefusedError
)


def _input(_: Words, error: _OfInput) -> str:
    """What was typed or sent does not fit; what would is said."""
    match error:
        case errors.TextTooLongError(limit):
            return _.plain("That is longer than {limit} characters. Please shorten it and send it again.", limit=limit)
        case errors.QuorumMissedError():
            return _quorum_missed(_, error)
        case errors.PointsOutOfRangeError(low, high):
            return _.plain("This item can have {low} to {high} points.", low=low, high=high)
        case errors.DayOutOfRangeError():
            first, last = day_name(_, error.first), day_name(_, error.last)
            return _.plain("The day must lie between {first} and {last}.", first=first, last=last)
        case errors.NumberExpectedError(example):
            return _.plain("Please write it like this: {example}", example=example)
        case errors.SwitchUnknownError(found, allowed):
            return _.plain("Not {found}, but one of: {allowed}.", found=found, allowed=", ".join(allowed))
        case errors.FileTooLargeError(limit_mb):
            return _.plain("This file is larger than {limit} MB. Please send a smaller one or a photo.", limit=limit_mb)
        case errors.ListenerError(address):
            return _.plain("{address} cannot be listened at: is another bot running?", address=address)
        case errors.WebhookRefusedError(reason):
            return _.plain("Telegram does not take WEBHOOK_URL: {reason}", reason=reason)


_OfPeriod = (
    errors.PeriodClosedError
    | errors.PeriodNotOpenError
    | errors.MonthStillOpenError
    | errors.ExemptError
    | errors.QuarterUnsettledError
)


def _period(_: Words, error: _OfPeriod) -> str:
    if isinstance(error, errors.QuarterUnsettledError):
        period = period_name(_, error.period)
        return _.plain("{period} is not final yet, and this person was rated in it. Please wait for it.", period=period)
    if isinstance(error, errors.MonthStillOpenError):
        period = period_name(_, error.period)
        return _.plain("{period} still takes forms. Close the quarter when it is over.", period=period)
    if isinstance(error, errors.PeriodClosedError):
        return _.plain(
            "{period} is closed. If something is wrong, please speak to your branch's organisation commissioner.",
            period=period_name(_, error.period),
        )
    if isinstance(error, errors.PeriodNotOpenError):
        if not error.period:
            return _.plain("No quarter has been opened for rating yet. When it is: /calendar.")
        return _.plain("{period} has not been opened yet. When it is: /calendar.", period=period_name(_, error.period))
    return _.plain("You are exempt in {period}: there is nothing to hand in.", period=period_name(_, error.period))


def _branch_not_ready(_: Words, error: errors.BranchNotReadyError) -> str:
    if error.undecided:
        return _.many_plain(
            "{n} member is still undecided. Please decide first.",
            "{n} members are still undecided. Please decide first.",
            error.undecided,
        )
    return _.plain("Please record the deciding meeting first.")


def _nothing_to_publish(_: Words, error: errors.NothingToPublishError) -> str:
    if not error.unready:
        return _.plain("Every branch of this quarter has been shown already.")
    return _.many_plain(
        "Nothing can be shown yet: {n} branch is still being rated or reviewed.",
        "Nothing can be shown yet: {n} branches are still being rated or reviewed.",
        error.unready,
    )


def _nothing_yet(
    _: Words, error: errors.NoFormYetError | errors.ChartsNotReadyError | errors.NothingToPublishError
) -> str:
    if isinstance(error, errors.NothingToPublishError):
        return _nothing_to_publish(_, error)
    if isinstance(error, errors.NoFormYetError):
        return _.plain("You have no form yet. The next one opens on {day}.", day=date_name(_, error.opens_on))
    if error.planned_on is None:
        return _.plain("There is nothing to show yet: boards and portraits come when the quarter is published.")
    day = date_name(_, error.planned_on)
    return _.plain("There is nothing to show yet: boards and portraits are planned for {day}.", day=day)


def _quorum_missed(_: Words, error: errors.QuorumMissedError) -> str:
    present, entitled = error.present, error.entitled
    if present > entitled:
        return _.plain(
            "{present} present, but only {entitled} entitled: that cannot be. Please write present/entitled, like 7/9.",
            present=present, entitled=entitled,
        )  # fmt: skip
    return _.plain(
        "{present} of {entitled} is no quorum: more than half must be present. Please check the numbers.",
        present=present, entitled=entitled,
    )  # fmt: skip


def _unknown(_: Words) -> str:
    return _.plain("That did not work. Please open /menu and try again.")


_SENTENCES: dict[type[errors.XianfengError], Callable[[Words], str]] = {
    errors.ReplayedUpdateError: lambda _: _.plain("Saved."),
    errors.TokenRefusedError: lambda _: _.plain(
        "Telegram does not know this BOT_TOKEN. Copy it again from @BotFather."
    ),
    errors.TelegramAwayError: lambda _: _.plain(
        "Telegram does not answer. Check the network, BOT_API_BASE and BOT_PROXY."
    ),
    errors.DatabaseTakenError: lambda _: _.plain(
        "The bot runs already with this database. Stop it first; several at once need PostgreSQL."
    ),
    errors.NotBoundError: lambda _: _.plain(
        "Hello! I only work for the members of one organisation. "
        "If you are one of them, please open your personal invite link; your branch's organisation commissioner has it."
    ),
    errors.InviteInvalidError: lambda _: _.plain(
        "This link or code is not valid any more. Please ask your branch's organisation commissioner for a new one."
    ),
    errors.AlreadyBoundError: lambda _: _.plain(
        "This account or this person is bound already. Open /menu, or ask the administrator to unbind it."
    ),
    errors.NoReviewGroupError: lambda _: _.plain("This quarter has no review group: no draw was announced."),
    errors.NoSeatError: lambda _: _.plain("You have no seat in this quarter's review group. How it was drawn: /body."),
    errors.LeadMissingError: lambda _: _.plain("Please name the lead first; then the branches can be drawn."),
    errors.SeatTakenError: lambda _: _.plain("This person has a seat in the group already. Please choose another one."),
    errors.NotDrawnError: lambda _: _.plain("The branches are not drawn yet. Please draw them first."),
    errors.QuestionUnansweredError: lambda _: _.plain(
        "The review group has asked your branch something. Please answer it first; then the rating can be closed."
    ),
    errors.ForbiddenError: lambda _: _.plain("That is not yours to do."),
    errors.NotFoundError: lambda _: _.plain("That is not there any more. Please open /menu."),
    errors.StaleCardError: lambda _: _.plain("The card was out of date; here is the current one."),
    errors.NothingAwaitedError: lambda _: _.plain(
        "I am not waiting for a message just now. Please use the buttons, or open /menu."
    ),
    errors.EditedMessageError: lambda _: _.plain(
        "A changed message changes nothing here. Please send it again as a new message, or use the buttons."
    ),
    errors.WrongKindError: lambda _: _.plain(
        "I cannot use this kind of message here. Please send a text, a photo or a file."
    ),
    errors.AlreadyNudgedError: lambda _: _.plain("They were asked today already; once a day is enough."),
    errors.TextExpectedError: lambda _: _.plain("I need a text here. Please write it as a message."),
    errors.StillMemberError: lambda _: _.plain(
        "Only who has left can be erased. Take the person off the roster first."
    ),
    errors.GroupUnsuitableError: lambda _: _.plain("This is personal: please write to me in a private chat."),
    errors.GroupExpectedError: lambda _: _.plain("Please send this in your branch's group; here it does nothing."),
    errors.NotTheSecretaryError: lambda _: _.plain("Only the branch secretary can bind this group."),
    errors.GroupCodeInvalidError: lambda _: _.plain(
        "This code is not valid. Branch secretary: please take a new one from /menu in our private chat."
    ),
    errors.GroupBoundAlreadyError: lambda _: _.plain(
        "This is your branch's group already; there is nothing more to do."
    ),
    errors.GroupTakenError: lambda _: _.plain("This group belongs to another branch already."),
    errors.ExportExpectedError: lambda _: _.plain(
        "Please send the export as a file (Excel or CSV), not as text or a picture."
    ),
    errors.NoHeadingsError: lambda _: _.plain(
        "I found no row of headings in this file. Please send the export as it came from the platform."
    ),
}
