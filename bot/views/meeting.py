"""The deciding meeting: which body, which day, how many were there."""

from __future__ import annotations

from datetime import date, timedelta

from markupsafe import Markup

from bot.domain.actions.base import Action
from bot.domain.actions.rating import AskMeeting, AskMeetingCount, AskMeetingDay, RecordMeeting
from bot.domain.forms import MeetingKind
from bot.domain.typed import number_of_day
from bot.views.rating import back_to_queue
from bot.views.rating_facts import Queue
from bot.views.terms import day_name, meeting_name, quarter_name
from bot.views.view import Button, Style, View, in_columns, one_per_row
from bot.views.words import Words

DAYS_OFFERED = 8
COUNTS_OFFERED = 8
# A branch committee has three, five or seven members.
COMMITTEES = ((3, 3), (2, 3), (5, 5), (4, 5), (3, 5), (7, 7), (6, 7), (5, 7))


def kind_page(_: Words, facts: Queue) -> View:
    """Which body decided."""
    quarter, branch_id = str(facts.quarter), facts.stand.branch_id
    buttons = [Button(meeting_name(_, kind), AskMeetingDay(quarter, branch_id, kind.value)) for kind in MeetingKind]
    text = _page(_, facts, _("Which body decided on the ratings?"))
    return View(text, (*one_per_row(buttons), back_to_queue(_, facts)), private=True)


def day_page(_: Words, facts: Queue, kind: MeetingKind) -> View:
    """On which day: the last ones as buttons."""
    quarter, branch_id = str(facts.quarter), facts.stand.branch_id
    days = [facts.today - timedelta(days=before) for before in range(DAYS_OFFERED)]
    buttons = [
        Button(_day_label(_, day, facts.today), AskMeetingCount(quarter, branch_id, kind.value, number_of_day(day)))
        for day in days
        if day >= facts.quarter.first_day
    ]
    asked = _("<b>{kind}</b>: on which day? Tap, or write it like {example}.", kind=meeting_name(_, kind),
              example=day_name(_, facts.today))  # fmt: skip
    back = _back(_, AskMeeting(quarter, branch_id))
    return View(_page(_, facts, asked), (*in_columns(buttons, 2), back), private=True)


def count_page(_: Words, facts: Queue, kind: MeetingKind, day: date) -> View:
    """How many were there: likely numbers as buttons."""
    quarter, branch_id = str(facts.quarter), facts.stand.branch_id
    buttons = [
        Button(f"{present}/{entitled}",
               RecordMeeting(quarter, branch_id, kind.value, number_of_day(day), present, entitled),
               Style.GO if present == entitled else Style.PLAIN)
        for present, entitled in _likely(facts, kind)
    ]  # fmt: skip
    asked = _(
        "<b>{kind}</b> {day}: how many were there?\nTap present/entitled, or write it like 7/9. "
        "More than half must have been present.",
        kind=meeting_name(_, kind), day=day_name(_, day),
    )  # fmt: skip
    back = _back(_, AskMeetingDay(quarter, branch_id, kind.value))
    return View(_page(_, facts, asked), (*in_columns(buttons, 4), back), private=True)


def _likely(facts: Queue, kind: MeetingKind) -> tuple[tuple[int, int], ...]:
    """Numbers with a quorum: the usual committees, or the branch's own members entitled to vote."""
    if kind is MeetingKind.COMMITTEE:
        return COMMITTEES
    counts = range(facts.entitled, facts.entitled // 2, -1)
    return tuple((present, facts.entitled) for present in counts[:COUNTS_OFFERED])


def _day_label(_: Words, day: date, today: date) -> str:
    if day == today:
        return _.plain("today, {day}", day=day_name(_, day))
    if day == today - timedelta(days=1):
        return _.plain("yesterday, {day}", day=day_name(_, day))
    return day_name(_, day)


def _page(_: Words, facts: Queue, asked: Markup) -> Markup:
    title = _("🏛 <b>Deciding meeting</b> · {branch} · {quarter}", branch=facts.branch,
              quarter=quarter_name(_, facts.quarter))  # fmt: skip
    return Markup("\n").join([title, Markup(), asked])


def _back(_: Words, action: Action) -> tuple[Button, ...]:
    return (Button(_.plain("‹ Back"), action),)
