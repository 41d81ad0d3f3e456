"""What cannot be done while a quarter is shown, objected to, or after it, as sentences."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot import errors
from bot.domain.objections import ObjectionState
from bot.views.terms import day_name, deadline_name, instant_name
from bot.views.words import Words

OfPublicity = (
    errors.PublicationTooEarlyError
    | errors.ObjectionTooLateError
    | errors.AlreadyObjectedError
    | errors.NamingOffError
    | errors.NamingTooEarlyError
)


def publicity_refusal(_: Words, error: OfPublicity, zone: ZoneInfo) -> str:
    """The sentence for this error."""
    match error:
        case errors.PublicationTooEarlyError(planned_at, unready):
            at = instant_name(_, planned_at, zone)
            return _.many_plain(
                "{n} branch is not reviewed yet. Without it the others can be shown from {at} on.",
                "{n} branches are not reviewed yet. Without them the others can be shown from {at} on.",
                unready,
                at=at,
            )
        case errors.ObjectionTooLateError(ended_at) if ended_at is not None:
            return _.plain(
                "The time for this ended {end}. Questions? Your branch's secretary will help.",
                end=deadline_name(_, ended_at, zone),
            )
        case errors.ObjectionTooLateError():
            return _.plain("This quarter is not on show, so there is nothing to object to.")
        case errors.AlreadyObjectedError(filed_at, state):
            day = day_name(_, filed_at.astimezone(zone).date())
            return _.plain(
                "You objected to this on {day} already ({state}). See /objection.", day=day,
                state=state_name(_, ObjectionState(state)),
            )  # fmt: skip
        case errors.NamingOffError():
            return _.plain("The organisation's settings do not let a branch publish names.")
        case errors.NamingTooEarlyError():
            return _.plain("Names can only be published when the points are final.")


def state_name(_: Words, state: ObjectionState) -> str:
    """Where an objection stands, in a word or two."""
    names = {
        ObjectionState.OPEN: _.plain("waits for its answer"),
        ObjectionState.ANSWERED: _.plain("answered"),
        ObjectionState.ESCALATED: _.plain("with the review group"),
        ObjectionState.CLOSED: _.plain("settled"),
        ObjectionState.WITHDRAWN: _.plain("withdrawn"),
    }
    return names[state]
