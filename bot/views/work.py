"""One message a morning: all that waits for the reader, with the way to each."""

from __future__ import annotations

from markupsafe import Markup

from bot.domain.actions.base import Action
from bot.domain.actions.form import OpenForm
from bot.domain.actions.objections import OpenObjection
from bot.domain.actions.publicity import OpenPublicity
from bot.domain.actions.rating import OpenQueue
from bot.domain.actions.review import AskAnswer, OpenReview
from bot.domain.periods import Month, Quarter
from bot.domain.work import Work, WorkKind
from bot.views.menu import back_row
from bot.views.terms import deadline_name, month_name, quarter_name
from bot.views.view import Button, View
from bot.views.words import Words
from bot.views.work_facts import WorkPage

MOST_BUTTONS = 8


def digest(_: Words, facts: WorkPage) -> View | None:
    """Everything at once; None if nothing waits any more."""
    if not facts.work:
        return None
    n = len(facts.work)
    lines = [_.many("☀️ Good morning! {n} thing waits for you:", "☀️ Good morning! {n} things wait for you:", n)]
    lines += [Markup("· {}").format(_line(_, facts, one)) for one in facts.work]
    rows = tuple((Button(_label(_, facts, one), _action(one)),) for one in facts.work[:MOST_BUTTONS])
    return View(Markup("\n").join(lines), (*rows, back_row(_)), private=True)


def _line(_: Words, facts: WorkPage, one: Work) -> Markup:
    what = _what(_, facts, one)
    if one.due_at is None:
        return what
    until = deadline_name(_, one.due_at, facts.zone)
    if one.due_at <= facts.now:
        return _("{what}, was due {until}", what=what, until=until)
    return _("{what}, until {until}", what=what, until=until)


def _what(_: Words, facts: WorkPage, one: Work) -> Markup:
    branch, period = facts.branches.get(one.ref, ""), _period(_, one.period)
    match one.kind:
        case WorkKind.ANSWER:
            return _("an objection to {period} waits for your answer", period=period)
        case WorkKind.QUESTION:
            return _("{branch}: the review group asks about {period}", branch=branch, period=period)
        case WorkKind.FORM:
            return _("your form of {period} was sent back to you", period=period)
        case WorkKind.RATING if one.count:
            return _.many("{branch} {period}: {n} member waits for your rating",
                          "{branch} {period}: {n} members wait for your rating", one.count, branch=branch,
                          period=period)  # fmt: skip
        case WorkKind.RATING:
            return _("{branch} {period}: all are decided, the rating is still to be closed", branch=branch,
                     period=period)  # fmt: skip
        case WorkKind.REVIEW:
            return _("{branch} {period} waits for your review", branch=branch, period=period)
        case WorkKind.PUBLICATION:
            return _("{period} is ready to be shown", period=period)


def _label(_: Words, facts: WorkPage, one: Work) -> str:
    branch = facts.branches.get(one.ref, "")
    labels = {
        WorkKind.ANSWER: _.plain("⚖️ Answer the objection"),
        WorkKind.QUESTION: _.plain("💬 Answer the review group"),
        WorkKind.FORM: _.plain("📋 Fill in the form"),
        WorkKind.RATING: _.plain("🗂 Rate {branch}", branch=branch),
        WorkKind.REVIEW: _.plain("🔎 Review {branch}", branch=branch),
        WorkKind.PUBLICATION: _.plain("📢 Publicity"),
    }
    return labels[one.kind]


def _action(one: Work) -> Action:
    actions: dict[WorkKind, Action] = {
        WorkKind.ANSWER: OpenObjection(one.ref),
        WorkKind.QUESTION: AskAnswer(one.period, one.ref),
        WorkKind.FORM: OpenForm(one.ref),
        WorkKind.RATING: OpenQueue(one.period, one.ref),
        WorkKind.REVIEW: OpenReview(one.period, one.ref),
        WorkKind.PUBLICATION: OpenPublicity(one.period),
    }
    return actions[one.kind]


def _period(_: Words, period: str) -> str:
    return quarter_name(_, Quarter.parse(period)) if "Q" in period else month_name(_, Month.parse(period))
