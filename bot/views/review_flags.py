"""Whom a reviewer looks at first, and why: the heaviest first, two reasons each, the others counted."""

from __future__ import annotations

from markupsafe import Markup

from bot.domain.accounts import Language
from bot.domain.flags import BRANCH_POINTS, MEMBER_POINTS, Flag, FlagKind, Hint
from bot.domain.remarks import FAR_FROM_LAST, Remark, RemarkKind
from bot.scoring.points import ZERO
from bot.views.platform_names import disagreement_words
from bot.views.review_facts import ReviewCard, ReviewedMember
from bot.views.terms import listed, points, short_month
from bot.views.words import Words

MEMBERS_SHOWN = 6
HINTS_SHOWN = 2


def flag_lines(_: Words, facts: ReviewCard) -> list[Markup]:
    """Those to look at first, and in one line who was silent."""
    lines = _flagged_lines(_, facts) if facts.flagged else [_("Nothing stands out with any member.")]
    return [*lines, *_silent_lines(_, facts)]


def _flagged_lines(_: Words, facts: ReviewCard) -> list[Markup]:
    n = len(facts.flagged)
    lines = [
        _.many("⚠️ <b>{n} member to look at first</b>", "⚠️ <b>{n} members to look at first</b>", n),
        *(_member_line(_, member) for member in facts.flagged[:MEMBERS_SHOWN]),
    ]
    if n > MEMBERS_SHOWN:
        lines.append(_("… and {n} more", n=n - MEMBERS_SHOWN))
    return lines


def _member_line(_: Words, member: ReviewedMember) -> Markup:
    told = list(dict.fromkeys(hint_words(_, hint) for hint in member.hints))
    more = len(told) - HINTS_SHOWN
    said = ("；" if _.language is Language.ZH else "; ").join(told[:HINTS_SHOWN])
    line = _("· <b>{name}</b> {points}: {told}", name=member.row.person.name, points=points(member.row.points),
             told=said)  # fmt: skip
    return line + _.many("; {n} thing more", "; {n} things more", more) if more > 0 else line


def _silent_lines(_: Words, facts: ReviewCard) -> list[Markup]:
    """How many did not hand a form in, by month: a fact to know, and nothing that is held against anybody."""
    months = sorted({month for member in facts.members for month in member.silent})
    told = [
        _.plain("{month} {n}", month=short_month(_, month), n=sum(month in one.silent for one in facts.members))
        for month in months
    ]
    return [_("📭 Not handed in (members): {months}", months=listed(_, told))] if told else []


def hint_words(_: Words, hint: Hint) -> str:
    """One reason to look at a member."""
    return _flag_words(_, hint) if isinstance(hint, Flag) else _remark_words(_, hint)


def _flag_words(_: Words, flag: Flag) -> str:
    if flag.kind is FlagKind.COPIED:
        return _.plain("the same claims every month")
    distance = flag.points or ZERO
    if distance < ZERO:
        return _.plain("{points} below the branch's median", points=points(abs(distance)))
    return _.plain("{points} above the branch's median", points=points(distance))


def _remark_words(_: Words, remark: Remark) -> str:
    month = short_month(_, remark.month) if remark.month is not None else ""
    change = remark.points or ZERO
    match remark.kind:
        case RemarkKind.SENT_BACK:
            return _.plain("{month}: sent back, not handed in again yet", month=month)
        case RemarkKind.BY_PROXY:
            return _.plain("{month}: entered by somebody else", month=month)
        case RemarkKind.NO_EVIDENCE:
            return _.plain("{month}: {item} without evidence", month=month, item=remark.item)
        case RemarkKind.AGAINST_RECORDS:
            return str(disagreement_words(_, remark.against)) if remark.against is not None else ""
        case _ if change < ZERO:
            return _.plain("{points} points below last quarter", points=points(abs(change)))
        case _:
            return _.plain("{points} points above last quarter", points=points(change))


def rules_line(_: Words) -> Markup:
    """By which rule somebody is looked at first; folded away until it is tapped."""
    return _(
        "<blockquote expandable>Who is looked at first: differs from platform records; at least {member} points from "
        "the branch's median and beyond 3.5 times its usual deviation; {last} points or more from last quarter; the "
        "same claims every month; evidence missing; entered by somebody else. A branch stands out from {branch} points "
        "on. These are hints, not judgements.</blockquote>",
        member=points(MEMBER_POINTS), last=points(FAR_FROM_LAST), branch=points(BRANCH_POINTS),
    )  # fmt: skip
