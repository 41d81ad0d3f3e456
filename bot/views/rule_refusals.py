"""Why a table cannot be taken, proposed or agreed to, each with what to do next."""

from __future__ import annotations

from bot import errors
from bot.sheets.faults import SheetError
from bot.sheets.ruleset import TableFaultsError
from bot.views.roster import sheet_refused
from bot.views.rule_faults import unreadable
from bot.views.terms import date_name
from bot.views.words import Words

OfRules = (
    SheetError
    | TableFaultsError
    | errors.FileExpectedError
    | errors.SamePersonError
    | errors.RulesPeriodError
    | errors.RulesDateError
    | errors.RulesDateDiffersError
    | errors.RulesVersionTakenError
)


def rules_refusal(_: Words, error: OfRules) -> str:
    """The sentence for this error."""
    match error:
        case SheetError():
            return sheet_refused(_, error)
        case TableFaultsError():
            return unreadable(_, error.cause)
        case errors.RulesDateError(next_on):
            return _.plain(
                "A table takes effect on the first day of a month not yet opened: {day} ({iso}) or later. "
                "Please change the day and propose it again.",
                day=date_name(_, next_on), iso=next_on.isoformat(),
            )  # fmt: skip
        case errors.RulesDateDiffersError(written_on):
            return _.plain(
                "The file says effective_from: {day}. Make the two days the same, or take it out.",
                day=written_on.isoformat(),
            )
        case errors.RulesVersionTakenError(version):
            return _.plain("Version {version} was adopted before. Please give the new table another one.",
                           version=version)  # fmt: skip
        case errors.RulesPeriodError():
            return _.plain(
                "The forms are monthly, so only a table with period: month can be in force. "
                "Others can be scored and checked on the command line."
            )
        case errors.SamePersonError():
            return _.plain("You agreed already. The second agreement has to come from somebody else.")
        case errors.FileExpectedError():
            return _.plain("Please send the table as a file (YAML or Excel), not as text or a picture.")
