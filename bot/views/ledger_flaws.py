"""What is wrong with the ledger 台账, in a sentence for whoever proves it."""

from __future__ import annotations

from bot.domain.chain import Flaw, Wrong
from bot.views.stored_names import ENTRIES, name_of
from bot.views.terms import period_name
from bot.views.words import Words


def flaw_sentence(_: Words, flaw: Flaw) -> str:
    """Which entry is the first bad one, what is wrong with it, and what to do."""
    what = {
        Wrong.GAP: _.plain("entries before it are missing, or it was moved"),
        Wrong.LINK: _.plain("it does not follow from the entry before it"),
        Wrong.CONTENT: _.plain("what it says was changed"),
        Wrong.TEXT: _.plain("its reason was reworded"),
        Wrong.CUT_OFF: _.plain("it is missing, and all after it, though the published head shows that they existed"),
        Wrong.REWRITTEN: _.plain("the published head shows another entry here; it or one before it was written anew"),
    }[flaw.wrong]
    entry = " · ".join(part for part in (name_of(_, ENTRIES, flaw.kind), period_name(_, flaw.period)) if part)
    named = f" ({entry})" if entry else ""
    return _.plain(
        "The ledger was changed: entry {n}{named}: {what}. Keep the database as it is, restore a backup elsewhere and "
        "compare.",
        n=flaw.seq, named=named, what=what,
    )  # fmt: skip
