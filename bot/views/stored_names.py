"""What stored codes are called: states, categories, letters, entries of the ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.domain.accounts import Language
from bot.domain.erasing import ErasureState
from bot.domain.forms import FormState
from bot.domain.people import Category, Department, MemberStatus
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
    "overview_published": lambda _: _.plain("the overview of all branches"),
    "rules_proposed": lambda _: _.plain("a new table proposed"),
    "rules_adopted": lambda _: _.plain("a new table adopted"),
    "rules_rejected": lambda _: _.plain("a new table rejected"),
    "member_unreachable": lambda _: _.plain("a member who cannot be reached"),
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
    "result": lambda _: _.plain("result of the quarter"),
}
