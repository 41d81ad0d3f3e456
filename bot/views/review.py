"""The review in chat: a reviewer's branches, the progress of all, and sending one back."""

from __future__ import annotations

from markupsafe import Markup

from bot.domain.actions.base import Action
from bot.domain.actions.menu import OpenMenu
from bot.domain.actions.review import AskQuestion, ListReviews, OpenBody, OpenReview, OpenSeat
from bot.domain.forms import BranchState
from bot.domain.review import QUESTION_DAYS, TaskState
from bot.views.review_facts import (
    ProgressRow,
    ReviewCard,
    ReviewList,
    ReviewProgress,
    ReviewRow,
)
from bot.views.terms import deadline_name, listed, progress_bar, quarter_name
from bot.views.view import Button, Rows, Style, View, in_columns
from bot.views.words import Words


def state_name(_: Words, state: BranchState) -> str:
    """Where a branch's quarter stands."""
    names = {
        BranchState.RATING: _.plain("with the branch"),
        BranchState.REVIEW: _.plain("to be reviewed"),
        BranchState.REVIEWED: _.plain("reviewed"),
        BranchState.PUBLIC: _.plain("public"),
        BranchState.FINAL: _.plain("final"),
    }
    return names[state]


# ── a reviewer's branches ─────────────────────────────────────────────────────────────────────────────────────────────


def own(_: Words, facts: ReviewList) -> View:
    """What the visitor reviews: first what waits for him."""
    lines = [
        _("🔎 <b>Review · {quarter}</b>", quarter=quarter_name(_, facts.quarter)),
        _("Due {day}", day=deadline_name(_, facts.due_at, facts.zone)),
    ]
    if facts.is_late and facts.waiting:
        lines[-1] += _(" · ❗ overdue")
    if facts.rows:
        done = sum(row.state not in {BranchState.RATING, BranchState.REVIEW} for row in facts.rows)
        lines += [
            _("{bar} {done}/{total} reviewed", bar=progress_bar(done, len(facts.rows)), done=done,
              total=len(facts.rows)),
            Markup(), *(_row_line(_, row) for row in facts.rows),
        ]  # fmt: skip
    elif facts.has_seat and not facts.sees_all:
        lines += [Markup(), _("No branch was given to you.") if facts.is_assigned
                  else _("The branches are not given out yet. I shall write to you.")]  # fmt: skip
    return View(Markup("\n").join(lines), _list_rows(_, facts), private=True)


def _row_line(_: Words, row: ReviewRow) -> Markup:
    told = state_name(_, row.state)
    if row.is_disputed:
        told = _.plain("two reviewers disagree")
    elif row.task is not None and row.state is BranchState.REVIEW and row.task.state is TaskState.CONFIRMED:
        told = _.plain("you have confirmed, the other has not")
    elif row.task is not None and row.task.is_asked_again:
        told = _.plain("adjusted after you confirmed")
    line = Markup("{} <b>{}</b> · {}").format(_sign(row.state, waits=row.mine), row.branch, told)
    if row.flagged:
        line += _.many(" · ⚠️ {n} to look at first", " · ⚠️ {n} to look at first", row.flagged)
    return line


def _sign(state: BranchState, *, waits: bool) -> str:
    if state is BranchState.RATING:
        return "▫️"
    if state is BranchState.REVIEW:
        return "❗" if waits else "⏳"
    return "✅"


def _list_rows(_: Words, facts: ReviewList) -> Rows:
    quarter = str(facts.quarter)
    buttons = [
        Button(f"{_sign(row.state, waits=row.mine)} {row.branch}", OpenReview(quarter, row.branch_id),
               Style.MAIN if row.mine else Style.PLAIN)
        for row in sorted(facts.rows, key=lambda row: not row.mine)
        if row.state in {BranchState.REVIEW, BranchState.REVIEWED}
    ]  # fmt: skip
    beside = []
    if facts.sees_all:
        beside.append(Button(_.plain("📋 Progress of the review"), ListReviews(quarter)))
    if facts.has_seat:
        beside.append(Button(_.plain("🙅 Declare a conflict"), OpenSeat(quarter)))
    rows = [*in_columns(buttons, 2), *([tuple(beside)] if beside else [])]
    return (*rows, (Button(_.plain("‹ Menu"), OpenMenu()),))


# ── all branches ──────────────────────────────────────────────────────────────────────────────────────────────────────


def progress(_: Words, facts: ReviewProgress) -> View:
    """How many are reviewed, and who holds which of the others."""
    total = len(facts.rows)
    lines = [
        _("📋 <b>Review of all branches · {quarter}</b>", quarter=quarter_name(_, facts.quarter)),
        _("{bar} {done}/{total} reviewed · due {day}", bar=progress_bar(facts.reviewed, total), done=facts.reviewed,
          total=total, day=deadline_name(_, facts.due_at, facts.zone)),
    ]  # fmt: skip
    rating = [row.branch for row in facts.rows if row.state is BranchState.RATING]
    if rating:
        lines.append(_("▫️ Still with the branch: {names}", names=listed(_, rating)))
    lines += [_holders_line(_, row) for row in facts.waiting]
    buttons = [
        Button(f"{_sign(row.state, waits=row.is_disputed)} {row.branch}", OpenReview(str(facts.quarter), row.branch_id))
        for row in sorted(facts.rows, key=lambda row: row.state is not BranchState.REVIEW)
        if row.state is not BranchState.RATING
    ]
    back = (Button(_.plain("🏢 Review group"), OpenBody(str(facts.quarter))), Button(_.plain("‹ Menu"), OpenMenu()))
    return View(Markup("\n").join(lines), (*in_columns(buttons, 2), back), private=True)


def _holders_line(_: Words, row: ProgressRow) -> Markup:
    names = listed(_, row.holders)
    if not names:
        return _("❗ {branch}: nobody reviews it yet", branch=row.branch)
    if row.is_disputed:
        return _("❗ {branch}: two reviewers disagree, with {names}", branch=row.branch, names=names)
    return _("⏳ {branch}: with {names}", branch=row.branch, names=names)


# ── sending back ──────────────────────────────────────────────────────────────────────────────────────────────────────


def days_page(_: Words, facts: ReviewCard) -> View:
    """How long the branch gets."""
    quarter, branch_id, revision = str(facts.quarter), facts.stand.branch_id, facts.stand.revision
    buttons = tuple(
        Button(_.many_plain("{n} working day", "{n} working days", days),
               AskQuestion(quarter, branch_id, revision, days))
        for days in QUESTION_DAYS
    )  # fmt: skip
    text = _("↩️ {branch} gets its rating back and answers your question. How much time does it need?",
             branch=facts.branch)  # fmt: skip
    return View(text, (buttons, (_back(_, facts),)), private=True)


def question_page(_: Words, facts: ReviewCard, days: int) -> View:
    """What the branch is asked."""
    text = _.many(
        "↩️ {branch} gets {n} working day. What do you want to know or to have looked at again? Please write it; the "
        "branch's leaders read it.",
        "↩️ {branch} gets {n} working days. What do you want to know or to have looked at again? Please write it; the "
        "branch's leaders read it.",
        days, branch=facts.branch,
    )  # fmt: skip
    return View(text, ((_back(_, facts),),), private=True)


def _back(_: Words, facts: ReviewCard) -> Button:
    action: Action = OpenReview(str(facts.quarter), facts.stand.branch_id)
    return Button(_.plain("‹ Back"), action)
