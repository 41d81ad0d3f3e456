"""What a button means: a frozen dataclass an action, ids and revisions only, small enough for 64 bytes.

`code` is the action's name on the wire. Buttons live for years in old chats, so a code is never given a new meaning.
Strings in an action are ids of a rule set (ASCII, at most 16 characters) and never hold a colon.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


class Action:
    """The base of all actions; `code` is unique."""

    __slots__ = ()
    code: ClassVar[str]


# ── menu ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class OpenMenu(Action):
    code = "m"


@dataclass(frozen=True, slots=True)
class OpenCurrentForm(Action):
    code = "mf"


@dataclass(frozen=True, slots=True)
class ShowScore(Action):
    code = "ms"


@dataclass(frozen=True, slots=True)
class ShowWhy(Action):
    """Why a month has its points; an empty month means the newest one."""

    code = "mw"
    month: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class ShowBoard(Action):
    """A branch's board; branch 0 is the own one, an empty quarter the newest closed one."""

    code = "mb"
    quarter: str = ""
    branch_id: int = 0


@dataclass(frozen=True, slots=True)
class ShowPortrait(Action):
    code = "mp"
    quarter: str = ""


@dataclass(frozen=True, slots=True)
class ShowOverview(Action):
    code = "mo"
    quarter: str = ""


@dataclass(frozen=True, slots=True)
class ShowRedList(Action):
    """The best of all branches, by name."""

    code = "mr"
    quarter: str


@dataclass(frozen=True, slots=True)
class PrintPoster(Action):
    """A branch's quarter as a sheet for the wall."""

    code = "mP"
    quarter: str
    branch_id: int


@dataclass(frozen=True, slots=True)
class ChooseLanguage(Action):
    code = "ml"


@dataclass(frozen=True, slots=True)
class SetLanguage(Action):
    code = "mL"
    language: str


@dataclass(frozen=True, slots=True)
class ShowHelp(Action):
    code = "mh"


@dataclass(frozen=True, slots=True)
class ShowMyData(Action):
    code = "md"
    page: int = 0


@dataclass(frozen=True, slots=True)
class DownloadMyData(Action):
    code = "mD"


# ── binding ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class ConfirmBinding(Action):
    code = "bc"
    invite_id: int


@dataclass(frozen=True, slots=True)
class DeclineBinding(Action):
    code = "bd"
    invite_id: int


@dataclass(frozen=True, slots=True)
class ShowGroupCode(Action):
    """The secretary asks for the code that binds the branch's group."""

    code = "bg"


@dataclass(frozen=True, slots=True)
class AskUnbind(Action):
    """An admin is asked whether he really means it."""

    code = "bU"
    member_id: int


@dataclass(frozen=True, slots=True)
class Unbind(Action):
    """An admin loosens a person's account."""

    code = "bu"
    member_id: int


@dataclass(frozen=True, slots=True)
class Reinvite(Action):
    code = "br"
    member_id: int


# ── personal data ─────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class ShowNotice(Action):
    """What is stored, for what, for how long and who sees it; open to everybody."""

    code = "pn"


@dataclass(frozen=True, slots=True)
class AcceptNotice(Action):
    """The person has read this version of the notice."""

    code = "pa"
    version: int


@dataclass(frozen=True, slots=True)
class OpenErasure(Action):
    """Whose data is to be erased, and what of it."""

    code = "pe"
    erasure_id: int


@dataclass(frozen=True, slots=True)
class ConfirmErasure(Action):
    """Agree; what is erased never changes, so no revision is needed."""

    code = "pC"
    erasure_id: int


@dataclass(frozen=True, slots=True)
class RejectErasure(Action):
    code = "pR"
    erasure_id: int


# ── the month's form ──────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class OpenForm(Action):
    """The form's front page: the dimensions and the total so far."""

    code = "f"
    form_id: int


@dataclass(frozen=True, slots=True)
class OpenDimension(Action):
    code = "fd"
    form_id: int
    dimension: str


@dataclass(frozen=True, slots=True)
class OpenItem(Action):
    code = "fi"
    form_id: int
    item: str


@dataclass(frozen=True, slots=True)
class AnswerGrade(Action):
    """One of the item's choices."""

    code = "fg"
    form_id: int
    item: str
    grade: str


@dataclass(frozen=True, slots=True)
class AnswerCount(Action):
    """How often an act happened; absolute, so that a tap delivered twice counts once."""

    code = "fc"
    form_id: int
    item: str
    act: str
    count: int


@dataclass(frozen=True, slots=True)
class AnswerNothing(Action):
    """Nothing happened under this item."""

    code = "fn"
    form_id: int
    item: str


@dataclass(frozen=True, slots=True)
class AnswerRest(Action):
    """Everything not answered yet was as usual: duties done, nothing to claim."""

    code = "fr"
    form_id: int


@dataclass(frozen=True, slots=True)
class AskNote(Action):
    """The next text is the note of this item; as the awaited field it takes texts and pictures."""

    code = "fN"
    form_id: int
    item: str


@dataclass(frozen=True, slots=True)
class DropEvidence(Action):
    code = "fx"
    form_id: int
    item: str
    evidence_id: int


@dataclass(frozen=True, slots=True)
class ReviewForm(Action):
    """The summary before handing in."""

    code = "fs"
    form_id: int


@dataclass(frozen=True, slots=True)
class SubmitForm(Action):
    """Hand in what was seen: the revision is the one on the card."""

    code = "fS"
    form_id: int
    revision: int


@dataclass(frozen=True, slots=True)
class WithdrawForm(Action):
    code = "fW"
    form_id: int
    revision: int


@dataclass(frozen=True, slots=True)
class NotToday(Action):
    """No more reminders today."""

    code = "ft"
    form_id: int


# ── the commissioner's desk ───────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class OpenDesk(Action):
    """The branch's month: who has handed in and who has not."""

    code = "d"
    month: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class NudgeAll(Action):
    code = "dn"
    month: str


@dataclass(frozen=True, slots=True)
class OpenMemberForm(Action):
    """The commissioner looks at one member's form."""

    code = "df"
    form_id: int


@dataclass(frozen=True, slots=True)
class EnterForMember(Action):
    """The commissioner fills in the form of a member without a phone."""

    code = "dp"
    form_id: int


@dataclass(frozen=True, slots=True)
class AskReturnForm(Action):
    """Why the form goes back; as the awaited field it takes the typed reason."""

    code = "dr"
    form_id: int
    revision: int


@dataclass(frozen=True, slots=True)
class ReturnForm(Action):
    """Send a form back for one of the usual reasons."""

    code = "dR"
    form_id: int
    revision: int
    preset: int


@dataclass(frozen=True, slots=True)
class OpenRoll(Action):
    """The rolls of a month: which item is recorded."""

    code = "do"
    month: str


@dataclass(frozen=True, slots=True)
class OpenRollItem(Action):
    code = "di"
    month: str
    item: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenRollMember(Action):
    code = "dm"
    month: str
    item: str
    member_id: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class RecordCount(Action):
    """The roll says how often an act happened for a member; absolute."""

    code = "dc"
    month: str
    item: str
    member_id: int
    act: str
    count: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class RecordNothing(Action):
    """The roll says that nothing was amiss with a member."""

    code = "dN"
    month: str
    item: str
    member_id: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class RecordGrade(Action):
    code = "dg"
    month: str
    item: str
    member_id: int
    grade: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class RecordAllPresent(Action):
    """Everyone without a record of this item had nothing amiss."""

    code = "da"
    month: str
    item: str


# ── the branch's rating ───────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class OpenQueue(Action):
    """A branch's quarter; without a branch the visitor's own, or all branches for the committee."""

    code = "q"
    quarter: str = ""
    branch_id: int = 0
    page: int = 0


@dataclass(frozen=True, slots=True)
class ListBranches(Action):
    """How far all branches are, for the committee."""

    code = "ql"
    quarter: str = ""


@dataclass(frozen=True, slots=True)
class OpenRating(Action):
    code = "r"
    rating_id: int


@dataclass(frozen=True, slots=True)
class ShowEvidence(Action):
    """Send the photos and files of the quarter's three forms."""

    code = "re"
    rating_id: int


@dataclass(frozen=True, slots=True)
class ApproveRating(Action):
    code = "ra"
    rating_id: int
    revision: int


@dataclass(frozen=True, slots=True)
class PostponeRating(Action):
    code = "rl"
    rating_id: int
    revision: int


@dataclass(frozen=True, slots=True)
class AskAdjust(Action):
    """Which item (of all months) is adjusted."""

    code = "rj"
    rating_id: int
    revision: int


@dataclass(frozen=True, slots=True)
class AskAdjustMonth(Action):
    code = "rm"
    rating_id: int
    revision: int
    item: str


@dataclass(frozen=True, slots=True)
class AskAdjustPoints(Action):
    """As the awaited field it takes a typed number of points."""

    code = "rp"
    rating_id: int
    revision: int
    item: str
    month: int


@dataclass(frozen=True, slots=True)
class AskAdjustReason(Action):
    """As the awaited field it takes the typed reason."""

    code = "rr"
    rating_id: int
    revision: int
    item: str
    month: int
    centi: int


@dataclass(frozen=True, slots=True)
class AdjustRating(Action):
    code = "rJ"
    rating_id: int
    revision: int
    item: str
    month: int
    centi: int
    preset: int


@dataclass(frozen=True, slots=True)
class DropAdjustments(Action):
    code = "rD"
    rating_id: int
    revision: int


@dataclass(frozen=True, slots=True)
class AskReturnRating(Action):
    """Which month's form goes back."""

    code = "rb"
    rating_id: int
    revision: int


@dataclass(frozen=True, slots=True)
class AskReturnReason(Action):
    """As the awaited field it takes the typed reason."""

    code = "rq"
    rating_id: int
    revision: int
    month: int


@dataclass(frozen=True, slots=True)
class ReturnRating(Action):
    code = "rR"
    rating_id: int
    revision: int
    month: int
    preset: int


@dataclass(frozen=True, slots=True)
class AskApproveAll(Action):
    code = "qa"
    quarter: str
    branch_id: int


@dataclass(frozen=True, slots=True)
class ApproveAll(Action):
    """Approve all without remarks, if they still are just those who were named; `seal` is their checksum."""

    code = "qA"
    quarter: str
    branch_id: int
    seal: int


@dataclass(frozen=True, slots=True)
class AskMeeting(Action):
    """The deciding meeting: its kind."""

    code = "qm"
    quarter: str
    branch_id: int


@dataclass(frozen=True, slots=True)
class AskMeetingDay(Action):
    """As the awaited field it takes a typed day."""

    code = "qd"
    quarter: str
    branch_id: int
    kind: str


@dataclass(frozen=True, slots=True)
class AskMeetingCount(Action):
    """As the awaited field it takes "present/entitled"; `day` is 20261203."""

    code = "qc"
    quarter: str
    branch_id: int
    kind: str
    day: int


@dataclass(frozen=True, slots=True)
class RecordMeeting(Action):
    code = "qM"
    quarter: str
    branch_id: int
    kind: str
    day: int
    present: int
    entitled: int


@dataclass(frozen=True, slots=True)
class AskCloseBranch(Action):
    code = "qx"
    quarter: str
    branch_id: int


@dataclass(frozen=True, slots=True)
class CloseBranch(Action):
    code = "qX"
    quarter: str
    branch_id: int
    revision: int


# ── tables ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class OpenRules(Action):
    """The table in force, those to come, and what waits for confirmation."""

    code = "u"


@dataclass(frozen=True, slots=True)
class DownloadRules(Action):
    """The text of an adopted version, as "yaml" or "xlsx"; 0 is the table that ships with the bot."""

    code = "ud"
    ruleset_id: int
    form: str


@dataclass(frozen=True, slots=True)
class AskRules(Action):
    """As the awaited field it takes the file of a new table."""

    code = "ua"


@dataclass(frozen=True, slots=True)
class OpenProposal(Action):
    code = "up"
    proposal_id: int


@dataclass(frozen=True, slots=True)
class DownloadProposal(Action):
    code = "uD"
    proposal_id: int


@dataclass(frozen=True, slots=True)
class SubmitProposal(Action):
    """Put a draft before the committee."""

    code = "uS"
    proposal_id: int


@dataclass(frozen=True, slots=True)
class WithdrawProposal(Action):
    code = "uW"
    proposal_id: int


@dataclass(frozen=True, slots=True)
class ConfirmProposal(Action):
    """Agree; a proposal's text and day never change, so no revision is needed."""

    code = "uC"
    proposal_id: int


@dataclass(frozen=True, slots=True)
class AskRejectProposal(Action):
    """As the awaited field it takes the typed reason."""

    code = "ur"
    proposal_id: int


# ── platform records ──────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class OpenPlatforms(Action):
    """What was imported of each platform."""

    code = "i"


@dataclass(frozen=True, slots=True)
class ChoosePlatform(Action):
    """Which month or quarter the export is about."""

    code = "ip"
    platform: str


@dataclass(frozen=True, slots=True)
class AskRecords(Action):
    """As the awaited field it takes the export of this platform and period."""

    code = "ia"
    platform: str
    period: str


@dataclass(frozen=True, slots=True)
class OpenImport(Action):
    """An export as it would be taken over, or was."""

    code = "io"
    file_id: int


@dataclass(frozen=True, slots=True)
class OpenMapping(Action):
    """Which column holds what."""

    code = "im"
    file_id: int


@dataclass(frozen=True, slots=True)
class OpenField(Action):
    code = "if"
    file_id: int
    field: str


@dataclass(frozen=True, slots=True)
class SetColumn(Action):
    """The column, counted from 1, that holds this field; 0 for none."""

    code = "ic"
    file_id: int
    field: str
    column: int


@dataclass(frozen=True, slots=True)
class OpenNamesakes(Action):
    """Whom a row means that several members fit."""

    code = "iw"
    file_id: int
    row: int


@dataclass(frozen=True, slots=True)
class ChooseNamesake(Action):
    """The row means this member; 0 leaves it out. Row 0 takes all answers back."""

    code = "iW"
    file_id: int
    row: int
    member_id: int


@dataclass(frozen=True, slots=True)
class ApplyImport(Action):
    """Take the export over, if it still changes just what was seen; `seal` is the checksum of that."""

    code = "iA"
    file_id: int
    seal: int


@dataclass(frozen=True, slots=True)
class DropImport(Action):
    code = "iX"
    file_id: int


# ── publicity ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class OpenPublicity(Action):
    """How far a quarter's publication is; an empty quarter means the oldest that is not shown everywhere."""

    code = "x"
    quarter: str = ""


@dataclass(frozen=True, slots=True)
class AskPublish(Action):
    code = "xa"
    quarter: str


@dataclass(frozen=True, slots=True)
class PublishQuarter(Action):
    """Show the branches that were named, if they still are just those; `seal` is their checksum."""

    code = "xP"
    quarter: str
    seal: int


# ── objections ────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class OpenObjections(Action):
    """One's own objections and those that wait for one's answer."""

    code = "o"


@dataclass(frozen=True, slots=True)
class AskObjection(Action):
    """What the objection is about; month 0 is the quarter's last."""

    code = "oa"
    quarter: str
    month: int = 0


@dataclass(frozen=True, slots=True)
class AskObjectionText(Action):
    """As the awaited field it takes the objection; month 0 and no item mean the quarter as a whole."""

    code = "ot"
    quarter: str
    month: int
    item: str


@dataclass(frozen=True, slots=True)
class OpenObjection(Action):
    code = "oo"
    objection_id: int


@dataclass(frozen=True, slots=True)
class WithdrawObjection(Action):
    code = "oW"
    objection_id: int
    revision: int


@dataclass(frozen=True, slots=True)
class AcceptAnswer(Action):
    code = "oA"
    objection_id: int
    revision: int


@dataclass(frozen=True, slots=True)
class EscalateObjection(Action):
    """The member asks the review group to look at the answer."""

    code = "oE"
    objection_id: int
    revision: int


@dataclass(frozen=True, slots=True)
class AskOutcome(Action):
    """Whether an upheld objection changes points."""

    code = "oc"
    objection_id: int
    revision: int
    outcome: str


@dataclass(frozen=True, slots=True)
class AskCorrection(Action):
    """Which item is corrected; month 0 asks for the month first."""

    code = "oi"
    objection_id: int
    revision: int
    outcome: str
    month: int


@dataclass(frozen=True, slots=True)
class AskCorrectedPoints(Action):
    """As the awaited field it takes a typed number of points."""

    code = "op"
    objection_id: int
    revision: int
    outcome: str
    month: int
    item: str


@dataclass(frozen=True, slots=True)
class AskWrittenAnswer(Action):
    """As the awaited field it takes the written answer; month 0 leaves the points as they are."""

    code = "oT"
    objection_id: int
    revision: int
    outcome: str
    month: int = 0
    item: str = ""
    centi: int = 0


@dataclass(frozen=True, slots=True)
class ExportObjections(Action):
    """The quarter's file of objections and answers."""

    code = "oX"
    quarter: str


# ── names on the black list by a branch's decision ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class OpenNaming(Action):
    """Whom to name: `chosen` has a bit for each member under the line, in the order of their ids."""

    code = "n"
    quarter: str
    branch_id: int
    chosen: int = 0


@dataclass(frozen=True, slots=True)
class AskNamingMeeting(Action):
    """Which body decided."""

    code = "nm"
    quarter: str
    branch_id: int
    chosen: int


@dataclass(frozen=True, slots=True)
class AskNamingDay(Action):
    """As the awaited field it takes a typed day."""

    code = "nd"
    quarter: str
    branch_id: int
    chosen: int
    kind: str


@dataclass(frozen=True, slots=True)
class AskNamingCount(Action):
    """As the awaited field it takes "present/entitled"; `day` is 20270125."""

    code = "nc"
    quarter: str
    branch_id: int
    chosen: int
    kind: str
    day: int


@dataclass(frozen=True, slots=True)
class AskNamingEnd(Action):
    """As the awaited field it takes the typed last day; `attendance` is 7009 for 7 of 9."""

    code = "ne"
    quarter: str
    branch_id: int
    chosen: int
    kind: str
    day: int
    attendance: int


@dataclass(frozen=True, slots=True)
class AskNameMembers(Action):
    """The whole decision once more before anything is shown; `days` counts from today, today included."""

    code = "na"
    quarter: str
    branch_id: int
    chosen: int
    kind: str
    day: int
    attendance: int
    days: int


@dataclass(frozen=True, slots=True)
class NameMembers(Action):
    code = "nN"
    quarter: str
    branch_id: int
    chosen: int
    kind: str
    day: int
    attendance: int
    days: int


@dataclass(frozen=True, slots=True)
class EndNaming(Action):
    """Take a name down before its time."""

    code = "nE"
    quarter: str
    branch_id: int
    member_id: int


# ── the ledger ────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class OpenLedger(Action):
    """Which part of the ledger is wanted; branch 0 is the widest that the person may see."""

    code = "L"
    branch_id: int = 0


@dataclass(frozen=True, slots=True)
class DownloadLedger(Action):
    """The ledger of a branch (0: all) and a quarter (empty: all) as a file."""

    code = "LD"
    branch_id: int
    quarter: str


# ── the review group ──────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class OpenBody(Action):
    """The quarter's review group: who sits where, the draw, and who reviews what."""

    code = "g"
    quarter: str = ""


@dataclass(frozen=True, slots=True)
class ShowDraw(Action):
    """How anybody recomputes the draw."""

    code = "gw"
    quarter: str


@dataclass(frozen=True, slots=True)
class AskSeat(Action):
    """Who takes this seat."""

    code = "gs"
    quarter: str
    seat: str


@dataclass(frozen=True, slots=True)
class NameSeat(Action):
    code = "gS"
    quarter: str
    seat: str
    member_id: int


@dataclass(frozen=True, slots=True)
class DrawBranches(Action):
    """Carry out the draw of this number, as it was announced."""

    code = "gd"
    quarter: str
    number: int


@dataclass(frozen=True, slots=True)
class AskRedraw(Action):
    """Why it is drawn again; as the awaited field it takes the typed reason. `number` is the draw that was seen."""

    code = "gr"
    quarter: str
    number: int


@dataclass(frozen=True, slots=True)
class AssignReviews(Action):
    """Give out the branches, whoever has not answered yet."""

    code = "ga"
    quarter: str


@dataclass(frozen=True, slots=True)
class OpenSeat(Action):
    """The visitor's own seat: the branches he stays away from."""

    code = "gc"
    quarter: str


@dataclass(frozen=True, slots=True)
class AskConflict(Action):
    """Why he stays away from this branch."""

    code = "gk"
    quarter: str
    branch_id: int


@dataclass(frozen=True, slots=True)
class DeclareConflict(Action):
    """For "kinship" or another "conflict"; "none" takes it back."""

    code = "gK"
    quarter: str
    branch_id: int
    conflict: str


@dataclass(frozen=True, slots=True)
class AnswerSeat(Action):
    """Nothing more to declare."""

    code = "gn"
    quarter: str


@dataclass(frozen=True, slots=True)
class AskDelegate(Action):
    """Who represents the drawn branch instead of its secretary."""

    code = "gg"
    quarter: str


@dataclass(frozen=True, slots=True)
class SendDelegate(Action):
    code = "gG"
    quarter: str
    member_id: int


@dataclass(frozen=True, slots=True)
class OpenReviews(Action):
    """What the visitor reviews."""

    code = "v"
    quarter: str = ""


@dataclass(frozen=True, slots=True)
class ListReviews(Action):
    """How far the review of all branches is, for the committee and the lead."""

    code = "vp"
    quarter: str


@dataclass(frozen=True, slots=True)
class OpenReview(Action):
    """One branch as the group checks it."""

    code = "vb"
    quarter: str
    branch_id: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class ConfirmReview(Action):
    code = "vC"
    quarter: str
    branch_id: int
    revision: int


@dataclass(frozen=True, slots=True)
class DisputeReview(Action):
    """Not agreed with what the other reviewer adjusted: the lead decides."""

    code = "vD"
    quarter: str
    branch_id: int
    revision: int


@dataclass(frozen=True, slots=True)
class AskSendBack(Action):
    """How many working days the branch gets."""

    code = "va"
    quarter: str
    branch_id: int
    revision: int


@dataclass(frozen=True, slots=True)
class AskQuestion(Action):
    """As the awaited field it takes the question with which the branch is sent back."""

    code = "vq"
    quarter: str
    branch_id: int
    revision: int
    days: int


@dataclass(frozen=True, slots=True)
class AskAnswer(Action):
    """As the awaited field it takes the branch's answer."""

    code = "vA"
    quarter: str
    branch_id: int


# ── holding an office for another ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class OpenDelegations(Action):
    """What the visitor has given into others' hands, and what was given to him."""

    code = "e"


@dataclass(frozen=True, slots=True)
class AskStandIn(Action):
    """Who holds this office meanwhile; where it is not a branch's, the awaited field takes a name or staff number."""

    code = "ea"
    office: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class AskFirstDay(Action):
    """As the awaited field it takes a typed day."""

    code = "ef"
    office: str
    member_id: int


@dataclass(frozen=True, slots=True)
class AskLastDay(Action):
    """As the awaited field it takes a typed day; `first` is 20261203."""

    code = "el"
    office: str
    member_id: int
    first: int


@dataclass(frozen=True, slots=True)
class AskGiveOffice(Action):
    """The whole delegation once more."""

    code = "ec"
    office: str
    member_id: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class GiveOffice(Action):
    code = "eG"
    office: str
    member_id: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class EndDelegation(Action):
    code = "eE"
    delegation_id: int


# ── the calendar ──────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class ShowCalendar(Action):
    """What is coming; with a quarter, all of its dates."""

    code = "k"
    quarter: str = ""


@dataclass(frozen=True, slots=True)
class AskMoveQuarter(Action):
    """Which date of the quarter is moved, and by how many working days."""

    code = "km"
    quarter: str


@dataclass(frozen=True, slots=True)
class AskMoveDate(Action):
    """The dates as they would be; `day` is the new one of what is moved, such as 20270112."""

    code = "kc"
    quarter: str
    what: str
    day: int


@dataclass(frozen=True, slots=True)
class MoveDate(Action):
    """Move it, if the dates still are those that were seen; `seal` is their checksum."""

    code = "kM"
    quarter: str
    what: str
    day: int
    seal: int


# Not __subclasses__(): a dataclass with slots is a second class, and the first one may live on there.
ACTIONS: tuple[type[Action], ...] = tuple(
    one for one in list(globals().values()) if isinstance(one, type) and issubclass(one, Action) and one is not Action
)
