"""What can go wrong for a person, one class a thing; handlers/errors.py turns each into words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


class XianfengError(Exception):
    """Everything that is answered with a sentence and not with a stack trace."""


class ReplayedUpdateError(XianfengError):
    """Telegram delivered an update again whose effect is already committed."""


class TokenRefusedError(XianfengError):
    """Telegram does not know the bot's token."""


class TelegramAwayError(XianfengError):
    """The Bot API cannot be reached at its address."""


class DatabaseTakenError(XianfengError):
    """Another running bot serves this SQLite file."""


@dataclass
class ListenerError(XianfengError):
    """The bot cannot listen at this address: it is taken, or not this machine's."""

    address: str


@dataclass
class WebhookRefusedError(XianfengError):
    """Telegram does not take the webhook; `reason` is its own."""

    reason: str


class NotBoundError(XianfengError):
    """The sender is not bound to anyone on the roster."""


class InviteInvalidError(XianfengError):
    """The invite is unknown, used, expired, or for somebody who is bound already."""


class AlreadyBoundError(XianfengError):
    """This Telegram account or this person is bound already."""


class ForbiddenError(XianfengError):
    """The person has no right to do this here; says nothing about what exists."""


class NotFoundError(XianfengError):
    """The thing a button speaks of does not exist (any more)."""


class StaleCardError(XianfengError):
    """The card was older than the state; the answer is the fresh card."""


class NothingAwaitedError(XianfengError):
    """A text or a picture came although no field waits for one."""


class EditedMessageError(XianfengError):
    """A message that was sent before was changed; only new messages are taken."""


class WrongKindError(XianfengError):
    """A field waits, but for another kind of message (a picture where a text is asked, a sticker)."""


class TextExpectedError(XianfengError):
    """A picture or file came where a text is asked."""


class AlreadyNudgedError(XianfengError):
    """The branch was asked today already; once a day is enough."""


class GroupUnsuitableError(XianfengError):
    """The command was used in a group (or outside one) where it does not belong."""


class GroupExpectedError(XianfengError):
    """The command only makes sense in the branch's group."""


class NotTheSecretaryError(XianfengError):
    """Somebody other than a branch's secretary wanted to bind a group; says nothing about who he is."""


class GroupCodeInvalidError(XianfengError):
    """The code for the group is wrong, old, or of another branch."""


class GroupBoundAlreadyError(XianfengError):
    """The group is this branch's own already; nothing is left to do."""


class GroupTakenError(XianfengError):
    """The group belongs to another branch already."""


@dataclass
class NoFormYetError(XianfengError):
    """The person has had no form yet; the next one opens on this day."""

    opens_on: date


@dataclass
class ChartsNotReadyError(XianfengError):
    """There is nothing yet that could be shown as a board or portrait; planned for this day, if that is known."""

    planned_on: date | None = None


@dataclass
class TextTooLongError(XianfengError):
    """A note or reason is longer than we store; `limit` in characters."""

    limit: int


@dataclass
class PeriodClosedError(XianfengError):
    """The month (or quarter) is closed; `closed_at` tells since when."""

    period: str
    closed_at: datetime | None = None


@dataclass
class PeriodNotOpenError(XianfengError):
    """The month or quarter has not been opened yet."""

    period: str


@dataclass
class FormIncompleteError(XianfengError):
    """The form cannot be handed in: these items (labels) lack an answer or evidence."""

    missing: tuple[str, ...]


@dataclass
class MonthStillOpenError(XianfengError):
    """A month of the quarter still takes forms, so the quarter cannot be closed."""

    period: str


@dataclass
class ExemptError(XianfengError):
    """The member is exempt this month: there is nothing to hand in."""

    period: str


@dataclass
class AlreadyDecidedError(XianfengError):
    """Somebody else was first; who, what and when are told."""

    by: str
    decision: str
    at: datetime
    on_behalf_of: str = ""


@dataclass
class PointsOutOfRangeError(XianfengError):
    """The points lie outside what the item can give, in points."""

    low: str
    high: str


@dataclass
class BranchNotReadyError(XianfengError):
    """The branch cannot close its quarter: so many members are undecided, or the meeting is missing."""

    undecided: int
    meeting_missing: bool


@dataclass
class NothingToPublishError(XianfengError):
    """No branch waits to be shown; so many are still being rated or reviewed."""

    unready: int


@dataclass
class PublicationTooEarlyError(XianfengError):
    """Before the planned moment a quarter is only shown when every branch is reviewed; so many are not."""

    planned_at: datetime
    unready: int


@dataclass
class ObjectionTooLateError(XianfengError):
    """Publicity is over (or, after an answer, the days in which the group could be asked); None: it never began."""

    ended_at: datetime | None


@dataclass
class AlreadyObjectedError(XianfengError):
    """The member objected to the very same before; `state` tells where that stands."""

    filed_at: datetime
    state: str


class NamingOffError(XianfengError):
    """The organisation's switch lets nobody be named, not even by a branch's decision."""


class NamingTooEarlyError(XianfengError):
    """Nobody is named while his points may still change."""


@dataclass
class DayOutOfRangeError(XianfengError):
    """The day lies outside what is possible here, both ends inclusive."""

    first: date
    last: date


@dataclass
class QuorumMissedError(XianfengError):
    """Not more than half of those entitled were present."""

    present: int
    entitled: int


@dataclass
class NumberExpectedError(XianfengError):
    """The awaited text had to be numbers in a certain form, shown in `example`."""

    example: str


@dataclass
class SwitchUnknownError(XianfengError):
    """There is no such switch, or no such value of it; `allowed` lists what there is."""

    found: str
    allowed: tuple[str, ...]


class NoReviewGroupError(XianfengError):
    """No draw was announced for this quarter: the organisation has no review group."""


class NoSeatError(ForbiddenError):
    """The person has no seat in the review group, so no branch waits for his review."""


class LeadMissingError(XianfengError):
    """The group is drawn only when it has its lead."""


class SeatTakenError(XianfengError):
    """The person has another seat in this quarter's group."""


class NotDrawnError(XianfengError):
    """Work is given out only when the branches of the group are drawn."""


class QuestionUnansweredError(XianfengError):
    """The branch was sent back and has not answered the group's question."""


@dataclass
class DelegateUnfitError(XianfengError):
    """This person cannot hold the office for the other; `reason` is a value of `domain.delegation.Unfit`."""

    name: str
    reason: str


@dataclass
class AlreadyDelegatedError(XianfengError):
    """Somebody holds this office for the person on some of these days, until that day (inclusive)."""

    name: str
    last_on: date


@dataclass
class OfficeNotHeldError(XianfengError):
    """The person does not hold this office himself."""

    name: str


@dataclass
class TimetableOrderError(XianfengError):
    """The dates of a quarter must follow on each other: rating, review, publication."""

    earlier: str
    later: str


@dataclass
class DatePastError(XianfengError):
    """A date of the quarter cannot be moved into the past, nor once it is behind."""

    what: str


class FileExpectedError(XianfengError):
    """A text came where a file is asked."""


class ExportExpectedError(XianfengError):
    """A text or picture came where a platform's export is asked."""


class NoHeadingsError(XianfengError):
    """The table has no row of headings, so nobody can say which column holds what."""


class RulesPeriodError(XianfengError):
    """The table scores another stretch than a month, but the bot's forms are monthly."""


class StillMemberError(XianfengError):
    """Only who has left can be erased."""


@dataclass
class QuarterUnsettledError(XianfengError):
    """Somebody was rated in this quarter, and it is not final: others' ranks may still change with his points."""

    period: str


class SamePersonError(XianfengError):
    """The person agreed already; the second agreement must come from somebody else."""


@dataclass
class RulesDateError(XianfengError):
    """A table cannot take effect on that day; `next_on` is the first day on which one can."""

    next_on: date


@dataclass
class RulesDateDiffersError(XianfengError):
    """The day asked for is not the one that stands in the file."""

    written_on: date


@dataclass
class RulesVersionTakenError(XianfengError):
    """Another text of this name and version, or this very text, was adopted before."""

    version: str


@dataclass
class FileTooLargeError(XianfengError):
    """Telegram lets bots fetch files up to this size, in megabytes."""

    limit_mb: int
