"""What the bot says unasked about the review group and its work."""

from __future__ import annotations

from markupsafe import Markup

from bot.domain.actions.base import Action
from bot.domain.actions.publicity import OpenPublicity
from bot.domain.actions.rating import OpenQueue
from bot.domain.actions.review import ListReviews, OpenBody, OpenReview, OpenReviews, OpenSeat, ShowDraw
from bot.domain.review import SeatKind
from bot.views.body import SHORT, seat_name
from bot.views.rating_facts import Queue
from bot.views.review_card import question_lines
from bot.views.review_facts import BodyCard, ReviewCard, ReviewList, ReviewProgress, SeatCard
from bot.views.terms import deadline_name, listed, quarter_name
from bot.views.view import Button, Rows, Style, View
from bot.views.words import Words


def _one(label: str, action: Action) -> Rows:
    return ((Button(label, action, Style.MAIN),),)


def announced(_: Words, facts: BodyCard, *, forms_it: bool) -> View:
    """Before anybody draws: the seed, where it comes from, and who can be drawn."""
    found, quarter = facts.draw, quarter_name(_, facts.quarter)
    lines = [
        _("🎲 <b>{quarter}: the draw of the review group is announced</b>", quarter=quarter),
        _("{places} of these {n} branches will be drawn: {names}", places=min(found.places, len(found.candidates)),
          n=len(found.candidates), names=listed(_, [facts.branches.get(one, "") for one in found.candidates])),
        _("Nobody can choose the outcome, and anybody can recompute it."),
        _("<blockquote expandable>The seed comes from ledger entry {seq}, the last one before the forms closed:\n"
          "<code>{seed}</code>\nRule: each branch's lot is SHA-256 of “seed:number of the branch”; the smallest are "
          "drawn.</blockquote>", seq=found.source_seq, seed=found.seed),
    ]  # fmt: skip
    if forms_it:
        lines += [Markup(), _("Please name the lead and check the departments' seats; then draw.")]
    rows = _one(_.plain("🏢 Review group"), OpenBody(str(facts.quarter))) if forms_it else ()
    return View(Markup("\n").join(lines), rows, private=True, silent=not forms_it)


def drawn(_: Words, facts: BodyCard) -> View:
    """Which branches were drawn."""
    found = facts.draw
    names = listed(_, [facts.branches.get(one, "") for one in found.drawn or ()])
    lines = [_("🎲 <b>{quarter}: drawn into the review group</b>\n{names}", quarter=quarter_name(_, facts.quarter),
               names=names or "–")]  # fmt: skip
    if found.reason:
        lines.append(_("It was drawn again. Reason: {reason}", reason=found.reason))
    lines.append(_("Drawn by {by} with the seed <code>{seed}</code>…, as announced.", by=facts.drawn_by,
                   seed=found.seed[:SHORT]))  # fmt: skip
    rows = ((Button(_.plain("🔎 How to recompute"), ShowDraw(str(facts.quarter))),),)
    return View(Markup("\n").join(lines), rows, private=True, silent=True)


def seat_given(_: Words, facts: SeatCard) -> View:
    """Somebody sits in the group."""
    quarter = quarter_name(_, facts.quarter)
    if facts.represents:
        first = _("🏢 {branch} was drawn into the review group of {quarter}, and you represent it.",
                  branch=facts.represents, quarter=quarter)  # fmt: skip
    else:
        seat = seat_name(_, facts.seat.kind) if facts.seat is not None else ""
        first = _("🏢 You sit in the review group of {quarter}: {seat}.", quarter=quarter, seat=seat)
    text = Markup("\n").join([
        first,
        _("Please say first from which branches you have to stay away; it takes two taps."),
        *([_("If you cannot come, you may send a member of your branch.")] if _speaks_for_branch(facts) else []),
    ])  # fmt: skip
    return View(text, _one(_.plain("🙅 Declare a conflict"), OpenSeat(str(facts.quarter))), private=True)


def _speaks_for_branch(facts: SeatCard) -> bool:
    """Only a drawn branch's seat can be handed on; one that leads, or sits for a department, comes himself."""
    return facts.may_send and facts.seat is not None and facts.seat.kind is SeatKind.DRAWN


def assigned(_: Words, facts: ReviewList) -> View:
    """Which branches somebody reviews, and until when."""
    names = listed(_, [row.branch for row in facts.rows])
    text = _(
        "🔎 {quarter}: you review {names}, until {day}. Each can be reviewed as soon as it has closed its rating.",
        quarter=quarter_name(_, facts.quarter), names=names, day=deadline_name(_, facts.due_at, facts.zone),
    )  # fmt: skip
    return View(text, _one(_.plain("🔎 My reviews"), OpenReviews(str(facts.quarter))), private=True)


def asked_again(_: Words, facts: ReviewCard) -> View:
    """The other reviewer adjusted something."""
    names = listed(_, [member.row.person.name for member in facts.members if member.adjusted])
    text = _(
        "🔁 {branch}: after you confirmed it, the other reviewer adjusted: {names}. Do you agree?",
        branch=facts.branch, names=names,
    )  # fmt: skip
    return View(text, _open(_, facts), private=True)


def disputed(_: Words, facts: ReviewCard) -> View:
    """Two reviewers disagree; the lead decides."""
    names = listed(_, [line.name for line in facts.tasks])
    text = _("⚖️ {branch}: the reviewers {names} do not agree. Please look at it and decide.", branch=facts.branch,
             names=names)  # fmt: skip
    return View(text, _open(_, facts), private=True)


def answered(_: Words, facts: ReviewCard) -> View:
    """The branch closed again, with its answer."""
    lines = [_("💬 {branch} has answered and closed its rating again.", branch=facts.branch)]
    for one in facts.questions[-1:]:
        lines += question_lines(_, one, facts.names.get(one.asked_by, ""))
    return View(Markup("\n").join(lines), _open(_, facts), private=True)


def _open(_: Words, facts: ReviewCard) -> Rows:
    return _one(_.plain("🔎 Open the branch"), OpenReview(str(facts.quarter), facts.stand.branch_id))


def sent_back(_: Words, facts: Queue) -> View:
    """The group wants to know something before it confirms the branch."""
    question = facts.question
    lines = [
        _("↩️ The review group sent the rating of {branch} for {quarter} back, until {day}.", branch=facts.branch,
          quarter=quarter_name(_, facts.quarter), day=deadline_name(_, facts.stand.rating_due_at, facts.zone)),
        *(question_lines(_, question, facts.asked_by) if question is not None else []),
        _("Please look at it again, answer, and close the rating."),
    ]  # fmt: skip
    action = OpenQueue(str(facts.quarter), facts.stand.branch_id)
    return View(Markup("\n").join(lines), _one(_.plain("🗂 Rate the branch"), action), private=True)


def reminded(_: Words, facts: ReviewList, days_left: int) -> View:
    """The review is due soon, today, or overdue."""
    quarter, names = quarter_name(_, facts.quarter), listed(_, [row.branch for row in facts.waiting])
    if days_left > 0:
        first = _.many("🔔 {quarter}: {n} day left to review", "🔔 {quarter}: {n} days left to review", days_left,
                       quarter=quarter)  # fmt: skip
    elif days_left == 0:
        first = _("⏰ {quarter}: the review is due today", quarter=quarter)
    else:
        first = _.many("❗ {quarter}: the review is {n} day overdue", "❗ {quarter}: the review is {n} days overdue",
                       -days_left, quarter=quarter)  # fmt: skip
    text = _("{first}.\nIt waits for you: {names}", first=first, names=names)
    return View(text, _one(_.plain("🔎 My reviews"), OpenReviews(str(facts.quarter))), private=True)


def escalated(_: Words, facts: ReviewProgress) -> View:
    """To the Party office: these branches are still with the group."""
    n, quarter = len(facts.waiting), quarter_name(_, facts.quarter)
    lines = [
        _.many("❗ {quarter}: the review of {n} branch is late", "❗ {quarter}: the review of {n} branches is late", n,
               quarter=quarter),
        *(Markup("· {} {}").format(row.branch, listed(_, row.holders) or "–") for row in facts.waiting),
        _("The reviewers are reminded every working day; please speak to them."),
    ]  # fmt: skip
    return View(Markup("\n").join(lines), private=True)


def body_missing(_: Words, facts: ReviewProgress) -> View:
    """To the committee: branches wait, and nobody reviews them."""
    waiting = [row.branch for row in facts.waiting if not row.holders]
    quarter, names = quarter_name(_, facts.quarter), listed(_, waiting)
    text = _.many(
        "🏢 {quarter}: {n} branch waits for the review, and nobody has it yet: {names}. Please form the group, draw "
        "and give out the branches.",
        "🏢 {quarter}: {n} branches wait for the review, and nobody has them yet: {names}. Please form the group, draw "
        "and give out the branches.",
        len(waiting), quarter=quarter, names=names,
    )  # fmt: skip
    return View(text, _one(_.plain("🏢 Review group"), OpenBody(str(facts.quarter))), private=True)


def all_reviewed(_: Words, facts: ReviewProgress) -> View:
    """To the committee: nothing is left to review."""
    quarter = quarter_name(_, facts.quarter)
    text = _.many(
        "✅ {quarter}: {n} branch is reviewed, none is left. It can be shown.",
        "✅ {quarter}: all {n} branches are reviewed. They can be shown.",
        len(facts.rows), quarter=quarter,
    )  # fmt: skip
    rows = (
        *_one(_.plain("📢 Show the quarter …"), OpenPublicity(str(facts.quarter))),
        (Button(_.plain("📋 Progress of the review"), ListReviews(str(facts.quarter))),),
    )
    return View(text, rows, private=True)
