"""What stored codes are called: states, categories, letters, entries of the ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.domain.accounts import Language
from bot.domain.erasing import ErasureState
from bot.domain.forms import FormState
from bot.domain.people import Category, Department, MemberStatus, Office
from bot.views.terms import role_name
from bot.views.words import Words

Named = Mapping[str, Callable[[Words], str]]


def name_of(_: Words, names: Named, code: str) -> str:
    """The name of a code; a code that has none yet stands for itself."""
    return names[code](_) if code in names else code


CATEGORIES: Named = {
    Category.STAFF: lambda _: _.plain("staff"),
    Category.NEW_STAFF: lambda _: _.plain("new staff"),
    Category.SPECIALIST: lambda _: _.plain("specialist"),
    Category.MANAGER: lambda _: _.plain("middle manager"),
    Category.PROBATIONARY: lambda _: _.plain("probationary member"),
    Category.RETIRED: lambda _: _.plain("retired"),
    Category.MOBILE: lambda _: _.plain("mobile member"),
}

STATUSES: Named = {
    MemberStatus.ACTIVE: lambda _: _.plain("active"),
    MemberStatus.ON_LEAVE: lambda _: _.plain("on long leave"),
    MemberStatus.SECONDED: lambda _: _.plain("seconded"),
    MemberStatus.SUSPENDED: lambda _: _.plain("suspended"),
    MemberStatus.LEFT: lambda _: _.plain("left"),
}

FORM_STATES: Named = {
    FormState.OPEN: lambda _: _.plain("not handed in"),
    FormState.SUBMITTED: lambda _: _.plain("handed in"),
    FormState.RETURNED: lambda _: _.plain("sent back"),
}

ERASURE_STATES: Named = {
    ErasureState.OPEN: lambda _: _.plain("waits for agreement"),
    ErasureState.DONE: lambda _: _.plain("erased"),
    ErasureState.REJECTED: lambda _: _.plain("turned down"),
    ErasureState.WITHDRAWN: lambda _: _.plain("taken back"),
}

LANGUAGES: Named = {
    Language.ZH: lambda _: "中文",
    Language.EN: lambda _: "English",
}

EVIDENCE_KINDS: Named = {
    "photo": lambda _: _.plain("photo"),
    "document": lambda _: _.plain("file"),
}

DEPARTMENTS: Named = {
    Department.ORGANISATION: lambda _: _.plain("organisation department"),
    Department.OFFICE: lambda _: _.plain("Party office"),
    Department.DISCIPLINE: lambda _: _.plain("discipline office"),
}

LETTERS: Named = {
    "menu_changed": lambda _: _.plain("your command menu"),
    "draw_announced": lambda _: _.plain("the draw announced"),
    "branches_drawn": lambda _: _.plain("branches drawn"),
    "seat_given": lambda _: _.plain("your seat in the review group"),
    "review_assigned": lambda _: _.plain("branches given to you to review"),
    "review_asked_again": lambda _: _.plain("a review asked again"),
    "review_disputed": lambda _: _.plain("reviewers disagree"),
    "branch_sent_back": lambda _: _.plain("sent back to the branch"),
    "branch_answered": lambda _: _.plain("a branch's answer"),
    "review_reminded": lambda _: _.plain("a reminder to review"),
    "review_escalated": lambda _: _.plain("overdue reviews"),
    "body_missing": lambda _: _.plain("review group missing"),
    "all_reviewed": lambda _: _.plain("all branches reviewed"),
    "form_opened": lambda _: _.plain("the month's form"),
    "form_reminded": lambda _: _.plain("a reminder"),
    "form_nudged": lambda _: _.plain("a reminder from the branch"),
    "form_returned": lambda _: _.plain("a form sent back"),
    "form_entered": lambda _: _.plain("a form handed in for you"),
    "month_summarised": lambda _: _.plain("a monthly summary"),
    "branch_month_summarised": lambda _: _.plain("the branch's monthly summary"),
    "rating_opened": lambda _: _.plain("the rating opened"),
    "rating_reminded": lambda _: _.plain("a reminder to rate"),
    "rating_escalated": lambda _: _.plain("overdue branches"),
    "result_published": lambda _: _.plain("your quarter's result"),
    "standings_published": lambda _: _.plain("the branch's standings"),
    "standings_changed": lambda _: _.plain("the branch's standings, changed"),
    "publication_due": lambda _: _.plain("a publication that is due"),
    "publication_escalated": lambda _: _.plain("an overdue publication"),
    "names_published": lambda _: _.plain("names that the branch published"),
    "names_taken_down": lambda _: _.plain("names that were taken down"),
    "objection_filed": lambda _: _.plain("an objection to answer"),
    "objection_reminded": lambda _: _.plain("a reminder to answer an objection"),
    "answers_overdue": lambda _: _.plain("overdue answers"),
    "objection_answered": lambda _: _.plain("the answer to an objection"),
    "overview_published": lambda _: _.plain("the overview of all branches"),
    "head_published": lambda _: _.plain("the ledger's head"),
    "bulletin_published": lambda _: _.plain("the quarter's bulletin"),
    "rules_proposed": lambda _: _.plain("a new table proposed"),
    "rules_adopted": lambda _: _.plain("a new table adopted"),
    "rules_rejected": lambda _: _.plain("a new table rejected"),
    "member_unreachable": lambda _: _.plain("a member who cannot be reached"),
    "delegation_given": lambda _: _.plain("a delegation"),
    "delegation_ended": lambda _: _.plain("the end of a delegation"),
    "quarter_moved": lambda _: _.plain("dates moved"),
    "work_waiting": lambda _: _.plain("what waits for you"),
    "notice_changed": lambda _: _.plain("the notice on personal data"),
    "erasure_proposed": lambda _: _.plain("an erasure that waits for agreement"),
}

ENTRIES: Named = {
    "member_joined": lambda _: _.plain("put on the roster"),
    "member_moved": lambda _: _.plain("moved to another branch"),
    "member_left": lambda _: _.plain("left"),
    "offices_changed": lambda _: _.plain("offices changed"),
    "status_changed": lambda _: _.plain("status changed"),
    "invite_issued": lambda _: _.plain("invite issued"),
    "account_bound": lambda _: _.plain("account bound"),
    "account_unbound": lambda _: _.plain("account unbound"),
    "notice_accepted": lambda _: _.plain("notice on personal data read"),
    "erasure_proposed": lambda _: _.plain("erasure proposed"),
    "erasure_confirmed": lambda _: _.plain("erasure agreed to by one"),
    "erasure_rejected": lambda _: _.plain("erasure turned down"),
    "erasure_withdrawn": lambda _: _.plain("erasure taken back"),
    "member_erased": lambda _: _.plain("erased"),
    "form_submitted": lambda _: _.plain("form handed in"),
    "form_withdrawn": lambda _: _.plain("form taken back"),
    "form_returned": lambda _: _.plain("form sent back"),
    "form_adjusted": lambda _: _.plain("points adjusted"),
    "adjustments_dropped": lambda _: _.plain("adjustments withdrawn"),
    "platform_recorded": lambda _: _.plain("a platform's record"),
    "facts_recorded": lambda _: _.plain("recorded by the branch"),
    "rating_approved": lambda _: _.plain("approved by the branch"),
    "rating_postponed": lambda _: _.plain("rating postponed"),
    "roster_imported": lambda _: _.plain("roster imported"),
    "group_bound": lambda _: _.plain("branch group bound"),
    "group_moved": lambda _: _.plain("branch group moved or lost"),
    "ruleset_adopted": lambda _: _.plain("table adopted"),
    "rules_confirmed": lambda _: _.plain("table agreed to by one"),
    "rules_withdrawn": lambda _: _.plain("table taken back"),
    "rules_replaced": lambda _: _.plain("proposal replaced"),
    "switch_changed": lambda _: _.plain("switch changed"),
    "month_opened": lambda _: _.plain("month opened"),
    "month_extended": lambda _: _.plain("month extended"),
    "month_closed": lambda _: _.plain("month closed"),
    "quarter_opened": lambda _: _.plain("rating opened"),
    "quarter_moved": lambda _: _.plain("dates of the quarter moved"),
    "delegation_given": lambda _: _.plain("office delegated"),
    "delegation_ended": lambda _: _.plain("delegation ended"),
    "quarter_extended": lambda _: _.plain("rating extended"),
    "quarter_closed": lambda _: _.plain("rating ended by the branch"),
    "quarter_published": lambda _: _.plain("publicity begun"),
    "quarter_final": lambda _: _.plain("quarter final"),
    "meeting_recorded": lambda _: _.plain("meeting recorded"),
    "draw_announced": lambda _: _.plain("draw announced"),
    "draw_repeated": lambda _: _.plain("draw repeated"),
    "branches_drawn": lambda _: _.plain("branches drawn"),
    "seat_given": lambda _: _.plain("seat in the review group"),
    "seat_answered": lambda _: _.plain("conflicts of interest answered"),
    "seat_left": lambda _: _.plain("seat left"),
    "review_assigned": lambda _: _.plain("review assigned"),
    "review_taken_away": lambda _: _.plain("review taken away"),
    "review_confirmed": lambda _: _.plain("confirmed by the group"),
    "review_disputed": lambda _: _.plain("reviewers disagree"),
    "branch_reviewed": lambda _: _.plain("branch reviewed"),
    "branch_sent_back": lambda _: _.plain("sent back to the branch"),
    "question_answered": lambda _: _.plain("question answered"),
    "conflict_ended": lambda _: _.plain("conflict of interest taken back"),
    "conflict_declared": lambda _: _.plain("conflict of interest declared"),
    "form_corrected": lambda _: _.plain("points corrected"),
    "result_reversed": lambda _: _.plain("result reversed"),
    "objection_filed": lambda _: _.plain("objection raised"),
    "objection_withdrawn": lambda _: _.plain("objection taken back"),
    "objection_answered": lambda _: _.plain("objection answered"),
    "objection_escalated": lambda _: _.plain("objection taken to the group"),
    "objection_closed": lambda _: _.plain("objection closed"),
    "objections_exported": lambda _: _.plain("objections exported"),
    "member_named": lambda _: _.plain("named on the black list"),
    "member_unnamed": lambda _: _.plain("taken off the black list"),
    "platform_imported": lambda _: _.plain("platform records imported"),
    "ledger_exported": lambda _: _.plain("ledger exported"),
    "letters_released": lambda _: _.plain("held messages sent"),
    "letters_dropped": lambda _: _.plain("held messages dropped"),
    "rules_proposed": lambda _: _.plain("table proposed"),
    "rules_rejected": lambda _: _.plain("table turned down"),
    "result": lambda _: _.plain("result of the quarter"),
}


def office_name(_: Words, office: Office) -> str:
    """支部书记, or 组织部: a department is called by its own name."""
    if office.department is not None:
        return name_of(_, DEPARTMENTS, office.department)
    return role_name(_, office.role)
