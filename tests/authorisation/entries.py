"""Who may do what, written down by hand beside the code: one line a button, one line a command.

A new button or command fails the tests until it has its line here. The line says which roles may send it, and about
whom: themselves (SELF), their own branch (OWN), another branch (OTHER); a button about nobody in particular is ALL or
nothing. Everybody on the roster is a member, so SELF is usually said once for all of them.
"""

from __future__ import annotations

from bot.domain import actions
from bot.domain.actions import Action

Who = dict[str, frozenset[str]]

SELF, OWN, OTHER = frozenset({"self"}), frozenset({"own"}), frozenset({"other"})
BOTH = OWN | OTHER
ALL = SELF | BOTH | {"yes"}

ROLES = (
    "stranger", "left", "suspended", "member", "commissioner", "secretary", "department", "committee", "admin",
)  # fmt: skip
BOUND = ROLES[1:]
AT_WORK = ROLES[3:]


def each(roles: tuple[str, ...], about: frozenset[str], **more: frozenset[str]) -> Who:
    """The same right for these roles, and more for some of them."""
    return {**dict.fromkeys(roles, about), **{role: more[role] | _base(roles, role, about) for role in more}}


def _base(roles: tuple[str, ...], role: str, about: frozenset[str]) -> frozenset[str]:
    return about if role in roles else frozenset()


NOBODY: Who = {}
EVERYBODY = each(ROLES, ALL)
ALL_BOUND = each(BOUND, ALL)
HIMSELF = each(AT_WORK, SELF)
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
SEATED = {"department": ALL}
ANSWERER = {"commissioner": OWN}
EACH_AT_WORK = each(AT_WORK, ALL)

ENTRIES: dict[type[Action], Who] = {
    actions.OpenMenu: ALL_BOUND,
    actions.OpenCurrentForm: ALL_BOUND,
    actions.ShowScore: ALL_BOUND,
    actions.ShowWhy: ALL_BOUND,
    actions.ShowBoard: each(AT_WORK, OWN, committee=BOTH),
    actions.ShowPortrait: ALL_BOUND,
    actions.ShowOverview: LOOKS_WIDE,
    actions.ShowRedList: LOOKS_WIDE,
    actions.PrintPoster: BRANCH_AND_COMMITTEE,
    actions.ChooseLanguage: ALL_BOUND,
    actions.SetLanguage: ALL_BOUND,
    actions.ShowHelp: ALL_BOUND,
    actions.ShowMyData: ALL_BOUND,
    actions.DownloadMyData: ALL_BOUND,
    # binding: only whom an invite was shown to may answer it, which none of these is
    actions.ConfirmBinding: NOBODY,
    actions.DeclineBinding: EVERYBODY,
    actions.ShowGroupCode: {"secretary": ALL},
    actions.AskUnbind: {"admin": BOTH | SELF},
    actions.Unbind: ADMIN,
    actions.Reinvite: ADMIN,
    # personal data
    actions.ShowNotice: EVERYBODY,
    actions.AcceptNotice: ALL_BOUND,
    actions.OpenErasure: COMMITTEE,
    actions.ConfirmErasure: COMMITTEE,
    actions.RejectErasure: COMMITTEE,
    # the month's form
    actions.OpenForm: READS_A_FORM,
    actions.OpenDimension: READS_A_FORM,
    actions.OpenItem: READS_A_FORM,
    actions.AnswerGrade: HIMSELF,
    actions.AnswerCount: HIMSELF,
    actions.AnswerNothing: HIMSELF,
    actions.AnswerRest: HIMSELF,
    actions.AskNote: HIMSELF,
    actions.DropEvidence: HIMSELF,
    actions.ReviewForm: READS_A_FORM,
    actions.SubmitForm: HIMSELF,
    actions.WithdrawForm: HIMSELF,
    actions.NotToday: HIMSELF,
    # the commissioner's desk
    actions.OpenDesk: LEADERS,
    actions.NudgeAll: LEADERS,
    actions.OpenMemberForm: LEADERS_OF_THE_BRANCH,
    actions.EnterForMember: {"commissioner": OWN},
    actions.AskReturnForm: LEADERS_OF_THE_BRANCH,
    actions.ReturnForm: LEADERS_OF_THE_BRANCH,
    actions.OpenRoll: LEADERS,
    actions.OpenRollItem: LEADERS,
    actions.OpenRollMember: LEADERS_OF_THE_BRANCH,
    actions.RecordCount: LEADERS_OF_THE_BRANCH,
    actions.RecordNothing: LEADERS_OF_THE_BRANCH,
    actions.RecordGrade: LEADERS_OF_THE_BRANCH,
    actions.RecordAllPresent: LEADERS,
    # the branch's rating: the commissioner rates the secretary alone, who is not the ordinary member tried here
    actions.OpenQueue: BRANCH_AND_COMMITTEE,
    actions.ListBranches: COMMITTEE,
    actions.OpenRating: BRANCH_AND_COMMITTEE,
    actions.ShowEvidence: BRANCH_AND_COMMITTEE,
    actions.ApproveRating: RATER,
    actions.PostponeRating: RATER,
    actions.AskAdjust: RATER,
    actions.AskAdjustMonth: RATER,
    actions.AskAdjustPoints: RATER,
    actions.AskAdjustReason: RATER,
    actions.AdjustRating: RATER,
    actions.DropAdjustments: RATER,
    actions.AskReturnRating: RATER,
    actions.AskReturnReason: RATER,
    actions.ReturnRating: RATER,
    actions.AskApproveAll: BRANCH_AND_COMMITTEE,
    actions.ApproveAll: BRANCH_AND_COMMITTEE,
    actions.AskMeeting: BRANCH_AND_COMMITTEE,
    actions.AskMeetingDay: BRANCH_AND_COMMITTEE,
    actions.AskMeetingCount: BRANCH_AND_COMMITTEE,
    actions.RecordMeeting: BRANCH_AND_COMMITTEE,
    actions.AskCloseBranch: BRANCH_AND_COMMITTEE,
    actions.CloseBranch: {"secretary": OWN, "committee": BOTH},
    # tables: this one was proposed by the operator, so nobody here is its author
    actions.OpenRules: ALL_BOUND,
    actions.DownloadRules: ALL_BOUND,
    actions.AskRules: RULE_MAKERS,
    actions.OpenProposal: RULE_MAKERS,
    actions.DownloadProposal: RULE_MAKERS,
    actions.SubmitProposal: NOBODY,
    actions.WithdrawProposal: NOBODY,
    actions.ConfirmProposal: COMMITTEE,
    actions.AskRejectProposal: COMMITTEE,
    # platform records: a draft is its importer's own
    actions.OpenPlatforms: IMPORTERS,
    actions.ChoosePlatform: IMPORTERS,
    actions.AskRecords: IMPORTERS,
    actions.OpenImport: THE_IMPORTER,
    actions.OpenMapping: THE_IMPORTER,
    actions.OpenField: THE_IMPORTER,
    actions.SetColumn: THE_IMPORTER,
    actions.OpenNamesakes: THE_IMPORTER,
    actions.ChooseNamesake: THE_IMPORTER,
    actions.ApplyImport: THE_IMPORTER,
    actions.DropImport: THE_IMPORTER,
    # publicity and objections: the commissioner answers for the branch, because the secretary rated
    actions.OpenPublicity: COMMITTEE,
    actions.AskPublish: COMMITTEE,
    actions.PublishQuarter: COMMITTEE,
    actions.OpenObjections: ALL_BOUND,
    actions.AskObjection: EACH_AT_WORK,
    actions.AskObjectionText: EACH_AT_WORK,
    actions.OpenObjection: each(BOUND, SELF, commissioner=OWN, committee=BOTH),
    actions.WithdrawObjection: HIMSELF,
    actions.AcceptAnswer: HIMSELF,
    actions.EscalateObjection: HIMSELF,
    actions.AskOutcome: ANSWERER,
    actions.AskCorrection: ANSWERER,
    actions.AskCorrectedPoints: ANSWERER,
    actions.AskWrittenAnswer: ANSWERER,
    actions.ExportObjections: COMMITTEE,
    # naming on the board
    actions.OpenNaming: RATER,
    actions.AskNamingMeeting: RATER,
    actions.AskNamingDay: RATER,
    actions.AskNamingCount: RATER,
    actions.AskNamingEnd: RATER,
    actions.AskNameMembers: RATER,
    actions.NameMembers: RATER,
    actions.EndNaming: RATER,
    # the ledger
    actions.OpenLedger: {"secretary": OWN, "committee": BOTH},
    actions.DownloadLedger: {"secretary": OWN, "committee": BOTH},
    # the review: the Party office has its seat; no branch is drawn here, and nobody has a branch to review yet
    actions.OpenBody: EACH_AT_WORK,
    actions.ShowDraw: EACH_AT_WORK,
    actions.AskSeat: COMMITTEE,
    actions.NameSeat: COMMITTEE,
    actions.DrawBranches: COMMITTEE,
    actions.AskRedraw: COMMITTEE,
    actions.AssignReviews: COMMITTEE,
    actions.OpenSeat: SEATED,
    actions.AskConflict: SEATED,
    actions.DeclareConflict: SEATED,
    actions.AnswerSeat: SEATED,
    actions.AskDelegate: NOBODY,
    actions.SendDelegate: NOBODY,
    actions.OpenReviews: {"department": ALL, "committee": ALL},
    actions.ListReviews: COMMITTEE,
    actions.OpenReview: {"committee": BOTH},
    actions.ConfirmReview: NOBODY,
    actions.DisputeReview: NOBODY,
    actions.AskSendBack: NOBODY,
    actions.AskQuestion: NOBODY,
    actions.AskAnswer: {"secretary": OWN, "committee": BOTH},
    # delegation: the office tried here is the secretary's, which stays in his branch; nobody has delegated it yet
    actions.OpenDelegations: ALL_BOUND,
    actions.AskStandIn: {"secretary": ALL},
    actions.AskFirstDay: RATER,
    actions.AskLastDay: RATER,
    actions.AskGiveOffice: RATER,
    actions.GiveOffice: RATER,
    actions.EndDelegation: NOBODY,
    # the calendar
    actions.ShowCalendar: {**IMPORTERS, "admin": ALL},
    actions.AskMoveQuarter: COMMITTEE,
    actions.AskMoveDate: COMMITTEE,
    actions.MoveDate: COMMITTEE,
}

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
    "review": {"department": ALL, "committee": ALL},
    "delegate": ALL_BOUND,
    "calendar": ALL_BOUND,
}
"""In a private chat; in a group every command but `bind` is personal, and `bind` is the secretary's."""


def may(who: Who, role: str, relation: str) -> bool:
    """Whether the line allows this role the button about him."""
    return relation in who.get(role, frozenset())


def missing_entry(name: str) -> str:
    """What to do about a button without a line."""
    return (
        f"{name} has no line in tests/authorisation/entries.py: add `actions.{name}: LEADERS_OF_THE_BRANCH,` "
        "(or whoever may send it) to ENTRIES, then run: python -m tests.authorisation docs"
    )
