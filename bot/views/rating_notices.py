"""What the bot says unasked about the branch's rating: what waits, until when, and the way to it."""

from __future__ import annotations

from markupsafe import Markup

from bot.domain.actions.menu import ShowOverview
from bot.domain.actions.rating import OpenQueue
from bot.views.rating_facts import BranchList, Queue
from bot.views.terms import deadline_name, listed, quarter_name
from bot.views.view import Button, Rows, Style, View
from bot.views.words import Words


def opened(_: Words, facts: Queue) -> View:
    """The quarter can be rated from now on."""
    text = _(
        "🗂 The rating of {quarter} is open, until {day}.\n{branch}: {waiting}", quarter=quarter_name(_, facts.quarter),
        day=deadline_name(_, facts.stand.rating_due_at, facts.zone), branch=facts.branch, waiting=_waiting(_, facts),
    )  # fmt: skip
    return View(text, _rows(_, facts), private=True)


def reminded(_: Words, facts: Queue, days_left: int) -> View:
    """The rating is due soon, today, or overdue."""
    quarter = quarter_name(_, facts.quarter)
    if days_left > 0:
        first = _.many("🔔 {quarter}: {n} day left to rate", "🔔 {quarter}: {n} days left to rate", days_left,
                       quarter=quarter)  # fmt: skip
    elif days_left == 0:
        first = _("⏰ {quarter}: the rating is due today", quarter=quarter)
    else:
        first = _.many("❗ {quarter}: the rating is {n} day overdue", "❗ {quarter}: the rating is {n} days overdue",
                       -days_left, quarter=quarter)  # fmt: skip
    text = _("{first}.\n{branch}: {waiting}", first=first, branch=facts.branch, waiting=_waiting(_, facts))
    return View(text, _rows(_, facts), private=True)


def _waiting(_: Words, facts: Queue) -> Markup:
    """What is left for this reader: cards, the meeting, or only the closing."""
    n = len(facts.waiting)
    if n:
        return _.many("{n} member waits for your rating", "{n} members wait for your rating", n)
    if facts.undecided:
        names = listed(_, (row.person.name for row in facts.undecided))
        return _("still undecided: {names}", names=names)
    if facts.stand.meeting is None:
        return _("the deciding meeting is still to be recorded")
    return _("everything is decided; please close the rating")


def _rows(_: Words, facts: Queue) -> Rows:
    action = OpenQueue(str(facts.quarter), facts.stand.branch_id)
    return ((Button(_.plain("🗂 Rate the branch"), action, Style.MAIN),),)


def escalated(_: Words, facts: BranchList) -> View:
    """To the Party office: these branches are late."""
    quarter, n = quarter_name(_, facts.quarter), len(facts.branches)
    lines = [
        _.many("❗ {quarter}: {n} branch is late with its rating",
               "❗ {quarter}: {n} branches are late with their rating", n, quarter=quarter),
        *(Markup("· {} {}/{}").format(branch.branch, branch.decided, branch.total) for branch in facts.branches),
        _("Their secretaries are reminded every working day; please speak to them."),
    ]  # fmt: skip
    button = Button(_.plain("🏛 All branches"), ShowOverview(str(facts.quarter)))
    return View(Markup("\n").join(lines), ((button,),), private=True)
