"""What cannot be done with delegations and with the timetable, as sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot import errors
from bot.domain.delegation import Unfit
from bot.views.terms import day_name
from bot.views.words import Words

OfTime = (
    errors.DelegateUnfitError
    | errors.AlreadyDelegatedError
    | errors.OfficeNotHeldError
    | errors.TimetableOrderError
    | errors.DatePastError
)


def time_refusal(_: Words, error: OfTime) -> str:
    """The sentence for this error."""
    match error:
        case errors.DelegateUnfitError(name, reason):
            return _UNFIT[Unfit(reason)](_, name)
        case errors.AlreadyDelegatedError(name, last_on):
            return _.plain(
                "{name} stands in on these days already, until {day}. Please end that first, or begin later.",
                name=name, day=day_name(_, last_on),
            )  # fmt: skip
        case errors.OfficeNotHeldError(name):
            return _.plain("{name} does not hold this office, or holds several: please say which.", name=name)
        case errors.TimetableOrderError(earlier, later):
            return _.plain("First {earlier}, then {later}: please choose another date.",
                           earlier=date_label(_, earlier), later=date_label(_, later))  # fmt: skip
        case errors.DatePastError(what):
            return _.plain("{what}: this can only be moved while it lies ahead, and to a later day than today.",
                           what=date_label(_, what))  # fmt: skip


def date_label(_: Words, what: str) -> str:
    """What a date of the quarter is called."""
    names = {
        "rating": _.plain("end of the branches' rating"),
        "review": _.plain("end of the review"),
        "publish": _.plain("publication"),
    }
    return names[what]


_UNFIT: Mapping[Unfit, Callable[[Words, str], str]] = {
    Unfit.HIMSELF: lambda _, name: _.plain("Nobody can stand in for himself. Please choose somebody else."),
    Unfit.AWAY: lambda _, name: _.plain("{name} is not at work at present and cannot stand in.", name=name),
    Unfit.ELSEWHERE: lambda _, name: _.plain("An office of the branch can only be given to a member of the branch."),
    Unfit.HOLDER: lambda _, name: _.plain("{name} holds this office already. Please choose somebody else.", name=name),
    Unfit.UNBOUND: lambda _, name: _.plain(
        "{name} does not use this bot yet and could not decide anything.", name=name
    ),
}
