"""Who may do what, written down by hand beside the code: one line a button, one line a command.

A new button or command fails the tests until it has its line here. The line says which roles may send it, and about
whom: themselves (SELF), their own branch (OWN), another branch (OTHER); a button about nobody in particular is ALL or
nothing. Everybody on the roster is a member, so SELF is usually said once for all of them.
"""

from __future__ import annotations

from bot.domain.actions.base import Action
from bot.domain.actions.binding import AskUnbind, ConfirmBinding, DeclineBinding, Reinvite, ShowGroupCode, Unbind
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
    OpenRoll,
    OpenRollItem,
    OpenRollMember,
    RecordAllPresent,
    RecordCount,
    RecordGrade,
    RecordNothing,
    ReturnForm,
)
from bot.domain.actions.form import (
    AnswerCount,
    AnswerGrade,
    AnswerNothing,
    AnswerRest,
    AskNote,
    DropEvidence,
    NotToday,
    OpenDimension,
    OpenForm,
    OpenItem,
    ReviewForm,
    SubmitForm,
    WithdrawForm,
)
from bot.domain.actions.ledger import DownloadLedger, OpenLedger
from bot.domain.actions.menu import (
    ChooseLanguage,
    DownloadMyData,
    OpenCurrentForm,
    OpenMenu,
    PrintBulletin,
    PrintPoster,
    SetLanguage,
    ShowBoard,
    ShowHelp,
    ShowMyData,
    ShowOverview,
    ShowPortrait,
    ShowRedList,
    ShowScore,
    ShowWhy,
)
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
from bot.domain.actions.objections import (
    AcceptAnswer,
    AskCorrectedPoints,
    AskCorrection,
    AskObjection,
    AskObjectionItem,
    AskObjectionText,
    AskOutcome,
    AskWrittenAnswer,
    EscalateObjection,
    ExportObjections,
    OpenObjection,
    OpenObjections,
    WithdrawObjection,
)
from bot.domain.actions.privacy import AcceptNotice, ConfirmErasure, OpenErasure, RejectErasure, ShowNotice
from bot.domain.actions.publicity import AskPublish, OpenPublicity, PublishQuarter
from bot.domain.actions.rating import (
    AdjustRating,
    ApproveAll,
    ApproveRating,
    AskAdjust,
    AskAdjustMonth,
    AskAdjustPoints,
    AskAdjustReason,
    AskApproveAll,
    AskCloseBranch,
    AskMeeting,
    AskMeetingCount,
    AskMeetingDay,
    AskReturnRating,
    AskReturnReason,
    CloseBranch,
    DropAdjustments,
    ListBranches,
    OpenQueue,
    OpenRating,
    PostponeRating,
    RecordMeeting,
    ReturnRating,
    ShowEvidence,
)
from bot.domain.actions.records import (
    ApplyImport,
    AskRecords,
    ChooseNamesake,
    ChoosePlatform,
    DropImport,
    OpenField,
    OpenImport,
    OpenMapping,
    OpenNamesakes,
    OpenPlatforms,
    SetColumn,
)
from bot.domain.actions.review import (
    AnswerSeat,
    AskAnswer,
    AskConfirmReview,
    AskConflict,
    AskDelegate,
    AskQuestion,
    AskRedraw,
    AskSeat,
    AskSendBack,
    AssignReviews,
    ConfirmReview,
    DeclareConflict,
    DisputeReview,
    DrawBranches,
    ListReviews,
    NameSeat,
    OpenBody,
    OpenReview,
    OpenReviews,
    OpenSeat,
    SendDelegate,
    ShowDraw,
)
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

Who = dict[str, frozenset[str]]

SELF, OWN, OTHER = frozenset({"self"}), frozenset({"own"}), frozenset({"other"})
BOTH = OWN | OTHER
ALL = SELF | BOTH | {"yes"}
NOTHING: frozenset[str] = frozenset()

BY_ROSTER = (
    "stranger", "left", "suspended", "member", "commissioner", "secretary", "department", "committee", "admin",
)  # fmt: skip
BOUND = BY_ROSTER[1:]
AT_WORK = BY_ROSTER[3:]

LIKE = {
    "drawn secretary": "secretary",
    "delegate": "secretary",
    "former delegate": "member",
    "reviewer": "member",
    "other reviewer": "member",
}
"""Who has the rights of another role wherever a line does not speak of himself."""
ROLES = (*BY_ROSTER, *LIKE)


def each(roles: tuple[str, ...], about: frozenset[str], **more: frozenset[str]) -> Who:
    """The same right for these roles, and more for some of them."""
    return {**dict.fromkeys(roles, about), **{role: more[role] | _base(roles, role, about) for role in more}}


def _base(roles: tuple[str, ...], role: str, about: frozenset[str]) -> frozenset[str]:
    return about if role in roles else frozenset()


NOBODY: Who = {}
EVERYBODY = each(ROLES, ALL)
ALL_BOUND = each(BOUND, ALL)
HIMSELF = each(AT_WORK, SELF)
HIS_OWN = each(BOUND, SELF)
LEADERS = {"commissioner": ALL, "secretary": ALL}
LEADERS_OF_THE_BRANCH = {"commissioner": OWN, "secretary": OWN}
RATER = {"secretary": OWN}
BRANCH_AND_COMMITTEE = {**LEADERS_OF_THE_BRANCH, "committee": BOTH}
READS_A_FORM = each(BOUND, SELF, commissioner=OWN, secretary=OWN)
COMMITTEE = {"committee": ALL}
ADMIN = {"admin": BOTH}
RULE_MAKERS = {"committee": ALL, "admin": ALL}
LOOKS_WIDE = {**LEADERS, "department": ALL, "committee": ALL}
IMPORTERS = {"department": ALL, "committee": ALL}
THE_IMPORTER = {"department": ALL}
SEATED = dict.fromkeys(("department", "drawn secretary", "reviewer", "other reviewer"), ALL)
REVIEWS = {**SEATED, "committee": ALL}
REVIEWER = {"reviewer": OTHER}
OFFICE_HOLDER = {"secretary": OWN, "delegate": NOTHING}
ANSWERER = {"commissioner": OWN}
EACH_AT_WORK = each(AT_WORK, ALL)

ENTRIES: dict[type[Action], Who] = {
    OpenMenu: ALL_BOUND,
    OpenCurrentForm: ALL_BOUND,
    ShowScore: ALL_BOUND,
    ShowWhy: ALL_BOUND,
    ShowBoard: each(AT_WORK, OWN, committee=BOTH),
    ShowPortrait: ALL_BOUND,
    ShowOverview: LOOKS_WIDE,
    ShowRedList: LOOKS_WIDE,
    PrintPoster: BRANCH_AND_COMMITTEE,
    PrintBulletin: IMPORTERS,
    ChooseLanguage: ALL_BOUND,
    SetLanguage: ALL_BOUND,
    ShowHelp: ALL_BOUND,
    ShowMyData: ALL_BOUND,
    DownloadMyData: ALL_BOUND,
    # binding: only whom an invite was shown to may answer it, which none of these is
    ConfirmBinding: NOBODY,
    DeclineBinding: EVERYBODY,
    ShowGroupCode: {"secretary": ALL},
    AskUnbind: {"admin": BOTH | SELF},
    Unbind: ADMIN,
    Reinvite: ADMIN,
    # personal data
    ShowNotice: EVERYBODY,
    AcceptNotice: ALL_BOUND,
    OpenErasure: COMMITTEE,
    ConfirmErasure: COMMITTEE,
    RejectErasure: COMMITTEE,
    # the month's form
    OpenForm: READS_A_FORM,
    OpenDimension: READS_A_FORM,
    OpenItem: READS_A_FORM,
    AnswerGrade: HIMSELF,
    AnswerCount: HIMSELF,
    AnswerNothing: HIMSELF,
    AnswerRest: HIMSELF,
    AskNote: HIMSELF,
    DropEvidence: HIMSELF,
    ReviewForm: READS_A_FORM,
    SubmitForm: HIMSELF,
    WithdrawForm: HIMSELF,
    NotToday: HIMSELF,
    # the commissioner's desk
    OpenDesk: LEADERS,
    NudgeAll: LEADERS,
    OpenMemberForm: LEADERS_OF_THE_BRANCH,
    EnterForMember: {"commissioner": OWN},
    AskReturnForm: LEADERS_OF_THE_BRANCH,
    ReturnForm: LEADERS_OF_THE_BRANCH,
    OpenRoll: LEADERS,
    OpenRollItem: LEADERS,
    OpenRollMember: LEADERS_OF_THE_BRANCH,
    RecordCount: LEADERS_OF_THE_BRANCH,
    RecordNothing: LEADERS_OF_THE_BRANCH,
    RecordGrade: LEADERS_OF_THE_BRANCH,
    RecordAllPresent: LEADERS,
    # the branch's rating: the commissioner rates the secretary alone, who is not the ordinary member tried here
    OpenQueue: BRANCH_AND_COMMITTEE,
    ListBranches: COMMITTEE,
    OpenRating: BRANCH_AND_COMMITTEE,
    ShowEvidence: BRANCH_AND_COMMITTEE,
    ApproveRating: RATER,
    PostponeRating: RATER,
    AskAdjust: RATER,
    AskAdjustMonth: RATER,
    AskAdjustPoints: RATER,
    AskAdjustReason: RATER,
    AdjustRating: RATER,
    DropAdjustments: RATER,
    AskReturnRating: RATER,
    AskReturnReason: RATER,
    ReturnRating: RATER,
    AskApproveAll: BRANCH_AND_COMMITTEE,
    ApproveAll: BRANCH_AND_COMMITTEE,
    AskMeeting: BRANCH_AND_COMMITTEE,
    AskMeetingDay: BRANCH_AND_COMMITTEE,
    AskMeetingCount: BRANCH_AND_COMMITTEE,
    RecordMeeting: BRANCH_AND_COMMITTEE,
    AskCloseBranch: BRANCH_AND_COMMITTEE,
    CloseBranch: {"secretary": OWN, "committee": BOTH},
    # tables: this one was proposed by the operator, so nobody here is its author
    OpenRules: ALL_BOUND,
    DownloadRules: ALL_BOUND,
    AskRules: RULE_MAKERS,
    OpenProposal: RULE_MAKERS,
    DownloadProposal: RULE_MAKERS,
    SubmitProposal: NOBODY,
    WithdrawProposal: NOBODY,
    ConfirmProposal: COMMITTEE,
    AskRejectProposal: COMMITTEE,
    # platform records: a draft is its importer's own
    OpenPlatforms: IMPORTERS,
    ChoosePlatform: IMPORTERS,
    AskRecords: IMPORTERS,
    OpenImport: THE_IMPORTER,
    OpenMapping: THE_IMPORTER,
    OpenField: THE_IMPORTER,
    SetColumn: THE_IMPORTER,
    OpenNamesakes: THE_IMPORTER,
    ChooseNamesake: THE_IMPORTER,
    ApplyImport: THE_IMPORTER,
    DropImport: THE_IMPORTER,
    # publicity and objections: the commissioner answers for the branch, because the secretary rated
    OpenPublicity: COMMITTEE,
    AskPublish: COMMITTEE,
    PublishQuarter: COMMITTEE,
    OpenObjections: ALL_BOUND,
    AskObjection: ALL_BOUND,
    AskObjectionItem: ALL_BOUND,
    AskObjectionText: ALL_BOUND,
    OpenObjection: each(BOUND, SELF, commissioner=OWN, committee=BOTH),
    WithdrawObjection: HIS_OWN,
    AcceptAnswer: HIS_OWN,
    EscalateObjection: HIS_OWN,
    AskOutcome: ANSWERER,
    AskCorrection: ANSWERER,
    AskCorrectedPoints: ANSWERER,
    AskWrittenAnswer: ANSWERER,
    ExportObjections: COMMITTEE,
    # naming on the board
    OpenNaming: RATER,
    AskNamingMeeting: RATER,
    AskNamingDay: RATER,
    AskNamingCount: RATER,
    AskNamingEnd: RATER,
    AskNameMembers: RATER,
    NameMembers: RATER,
    EndNaming: RATER,
    # the ledger
    OpenLedger: {"secretary": OWN, "committee": BOTH},
    DownloadLedger: {"secretary": OWN, "committee": BOTH},
    # the review: the Party office and the drawn branches have their seats; the reviewer was given the first branch
    OpenBody: EACH_AT_WORK,
    ShowDraw: EACH_AT_WORK,
    AskSeat: COMMITTEE,
    NameSeat: COMMITTEE,
    DrawBranches: COMMITTEE,
    AskRedraw: COMMITTEE,
    AssignReviews: COMMITTEE,
    OpenSeat: SEATED,
    AskConflict: SEATED,
    DeclareConflict: SEATED,
    AnswerSeat: SEATED,
    AskDelegate: {"drawn secretary": ALL},
    SendDelegate: {"drawn secretary": SELF | OWN},
    OpenReviews: REVIEWS,
    ListReviews: COMMITTEE,
    OpenReview: {"committee": BOTH},
    AskConfirmReview: REVIEWER,
    ConfirmReview: REVIEWER,
    DisputeReview: REVIEWER,
    AskSendBack: REVIEWER,
    AskQuestion: REVIEWER,
    AskAnswer: {"secretary": OWN, "committee": BOTH},
    # delegation: the office tried here is the secretary's, which stays in his branch; who holds it for another may
    # give it back, and not on
    OpenDelegations: ALL_BOUND,
    AskStandIn: {"secretary": ALL, "delegate": NOTHING},
    AskFirstDay: OFFICE_HOLDER,
    AskLastDay: OFFICE_HOLDER,
    AskGiveOffice: OFFICE_HOLDER,
    GiveOffice: OFFICE_HOLDER,
    EndDelegation: {"delegate": ALL},
    # the calendar
    ShowCalendar: {**IMPORTERS, "admin": ALL},
    AskMoveQuarter: COMMITTEE,
    AskMoveDate: COMMITTEE,
    MoveDate: COMMITTEE,
}

ALSO_IN: dict[str, dict[type[Action], Who]] = {
    "rating": {OpenReview: REVIEWER},
    "review": dict.fromkeys(
        (
            OpenReview, OpenRating, ShowEvidence, AskAdjust, AskAdjustMonth, AskAdjustPoints, AskAdjustReason,
            AdjustRating, DropAdjustments, AskReturnRating, AskReturnReason,
        ),
        REVIEWER,
    ),
}  # fmt: skip
"""What a state adds: while the group has a branch, its reviewer looks at its members and adjusts.

Whoever sees a member's card there is also shown why a form is sent back; sending it is the rater's.
"""

COMMAND_ENTRIES: dict[str, Who] = {
    "start": ALL_BOUND,
    "menu": ALL_BOUND,
    "form": ALL_BOUND,
    "score": ALL_BOUND,
    "why": ALL_BOUND,
    "board": each(AT_WORK, ALL),
    "portrait": ALL_BOUND,
    "overview": LOOKS_WIDE,
    "language": ALL_BOUND,
    "help": ALL_BOUND,
    "mydata": ALL_BOUND,
    "privacy": EVERYBODY,
    "bind": ALL_BOUND,
    "member": {"admin": ALL},
    "desk": LEADERS,
    "rate": {**LEADERS, "committee": ALL},
    "rules": ALL_BOUND,
    "platforms": IMPORTERS,
    "publish": COMMITTEE,
    "objection": ALL_BOUND,
    "ledger": {"secretary": ALL, "committee": ALL},
    "body": each(AT_WORK, ALL),
    "review": REVIEWS,
    "delegate": ALL_BOUND,
    "calendar": ALL_BOUND,
}
"""In a private chat; in a group every command but `bind` is personal, and `bind` is the secretary's."""


def rights(who: Who, role: str) -> frozenset[str]:
    """About whom the line allows this role the button."""
    return who.get(role, who.get(LIKE.get(role, role), NOTHING))


def may(who: Who, role: str, relation: str, action: type[Action] | None = None, state: str = "") -> bool:
    """Whether the line allows this role the button about him, or what holds in this state alone does."""
    also = ALSO_IN.get(state, {}).get(action, NOBODY) if action is not None else NOBODY
    return relation in rights(who, role) | rights(also, role)


def missing_entry(name: str) -> str:
    """What to do about a button without a line."""
    return (
        f"{name} has no line in tests/authorisation/entries.py: add `actions.{name}: LEADERS_OF_THE_BRANCH,` "
        "(or whoever may send it) to ENTRIES, then run: python -m tests.authorisation docs"
    )
