"""黑榜公布: the steps of a branch's decision to name members under the line, and what its group reads of it."""

from __future__ import annotations

from datetime import date, timedelta

from markupsafe import Markup

from bot.domain.actions.base import Action
from bot.domain.actions.menu import ShowBoard
from bot.domain.actions.naming import (
    AskNameMembers,
    AskNamingCount,
    AskNamingDay,
    AskNamingEnd,
    AskNamingMeeting,
    EndNaming,
    NameMembers,
    OpenNaming,
)
from bot.domain.forms import Meeting, MeetingKind
from bot.domain.naming import LONGEST_DAYS
from bot.domain.typed import number_of_day
from bot.views.meeting import COMMITTEES, COUNTS_OFFERED, DAYS_OFFERED
from bot.views.menu import back_row
from bot.views.naming_facts import Nameable, NamesInGroup, NamingCard
from bot.views.terms import date_name, day_name, meeting_name, points, quarter_name
from bot.views.view import Button, Rows, Style, View, in_columns, one_per_row
from bot.views.words import Words

MOST_NAMES = 53
"""A choice is one bit a member in a button's number, and numbers have 53 bits."""
_LASTS_DAYS = (7, 14, 30, 60, LONGEST_DAYS)
_ATTENDANCE = 1000


def attendance(present: int, entitled: int) -> int:
    """7 of 9 as a button carries it: 7009."""
    return present * _ATTENDANCE + entitled


def meeting_of(kind: MeetingKind, held_on: date, carried: int) -> Meeting:
    """The meeting that a button's numbers mean."""
    present, entitled = divmod(carried, _ATTENDANCE)
    return Meeting(kind, held_on, present, entitled)


def choice_page(_: Words, facts: NamingCard, chosen: int) -> View:
    """Who is under the line, with a tick before those who are to be named, and those who are named now."""
    picked = facts.chosen(chosen)
    lines = [*_head(_, facts), Markup()]
    if facts.named:
        lines += [_("Named now:"), *(_named_line(_, facts, one) for one in facts.named), Markup()]
    if not facts.has_group:
        lines.append(_("The branch has no group bound, so names cannot be published."))
    elif any(one.naming is None for one in facts.members):
        lines.append(_("Whom did the branch decide to name in its group? Tap the names, then go on."))
    else:
        lines.append(_("There is nobody who was not named already."))
    quarter, branch_id = str(facts.quarter), facts.branch_id
    rows = list(in_columns(_choices(facts, chosen), 2)) if facts.has_group else []
    if picked and facts.has_group:
        label = _.many_plain("Go on with {n} name", "Go on with {n} names", len(picked))
        rows.append((Button(label, AskNamingMeeting(quarter, branch_id, chosen), Style.MAIN),))
    rows += one_per_row([
        Button(_.plain("🔒 Take down {name}", name=one.name), EndNaming(quarter, branch_id, one.member_id))
        for one in facts.named
    ])  # fmt: skip
    return View(Markup("\n").join(lines), (*rows, (_board(_, facts), *back_row(_))), private=True)


def _choices(facts: NamingCard, chosen: int) -> list[Button]:
    quarter, branch_id = str(facts.quarter), facts.branch_id
    return [
        Button(
            f"{'☑️' if chosen >> place & 1 else '▫️'} {one.name} {points(one.points)}",
            OpenNaming(quarter, branch_id, chosen ^ 1 << place),
        )
        for place, one in enumerate(facts.members[:MOST_NAMES])
        if one.naming is None
    ]


def _named_line(_: Words, facts: NamingCard, one: Nameable) -> Markup:
    until = one.naming.ends_at.astimezone(facts.zone).date() - timedelta(days=1) if one.naming else facts.today
    return _("· {name}, until {day}", name=one.name, day=date_name(_, until))


def kind_page(_: Words, facts: NamingCard, chosen: int) -> View:
    """Which body decided."""
    quarter, branch_id = str(facts.quarter), facts.branch_id
    buttons = [
        Button(meeting_name(_, kind), AskNamingDay(quarter, branch_id, chosen, kind.value)) for kind in MeetingKind
    ]
    asked = _("Which body decided to publish the names?")
    return _page(_, facts, chosen, asked, one_per_row(buttons), OpenNaming(quarter, branch_id, chosen))


def day_page(_: Words, facts: NamingCard, chosen: int, kind: MeetingKind) -> View:
    """On which day: the last ones as buttons."""
    quarter, branch_id = str(facts.quarter), facts.branch_id
    days = [facts.today - timedelta(days=before) for before in range(DAYS_OFFERED)]
    buttons = [
        Button(day_name(_, day), AskNamingCount(quarter, branch_id, chosen, kind.value, number_of_day(day)))
        for day in days
    ]
    asked = _("<b>{kind}</b>: on which day? Tap, or write it like {example}.", kind=meeting_name(_, kind),
              example=day_name(_, facts.today))  # fmt: skip
    return _page(_, facts, chosen, asked, in_columns(buttons, 4), AskNamingMeeting(quarter, branch_id, chosen))


def count_page(_: Words, facts: NamingCard, chosen: int, kind: MeetingKind, day: date) -> View:
    """How many were there: likely numbers as buttons."""
    quarter, branch_id = str(facts.quarter), facts.branch_id
    likely: tuple[tuple[int, int], ...] = COMMITTEES
    if kind is MeetingKind.GENERAL:
        counts = range(facts.entitled, facts.entitled // 2, -1)[:COUNTS_OFFERED]
        likely = tuple((present, facts.entitled) for present in counts)
    number = number_of_day(day)
    buttons = [
        Button(f"{present}/{entitled}",
               AskNamingEnd(quarter, branch_id, chosen, kind.value, number, attendance(present, entitled)))
        for present, entitled in likely
    ]  # fmt: skip
    asked = _(
        "<b>{kind}</b> {day}: how many were there?\nTap present/entitled, or write it like 7/9. "
        "More than half must have been present.",
        kind=meeting_name(_, kind), day=day_name(_, day),
    )  # fmt: skip
    back = AskNamingDay(quarter, branch_id, chosen, kind.value)
    return _page(_, facts, chosen, asked, in_columns(buttons, 4), back)


def end_page(_: Words, facts: NamingCard, chosen: int, held: Meeting) -> View:
    """Until which day the names stay; they are taken down by themselves then."""
    quarter, branch_id, decided = str(facts.quarter), facts.branch_id, _carried(held)
    buttons = [
        Button(
            _.plain("{n} days, until {day}", n=days, day=day_name(_, facts.today + timedelta(days=days - 1))),
            AskNameMembers(quarter, branch_id, chosen, *decided, days),
        )
        for days in _LASTS_DAYS
    ]
    asked = _("Until which day? Tap, or write the last day like {example}. At most {n} days; then the names are taken "
              "down by themselves.", example=day_name(_, facts.last_day), n=LONGEST_DAYS)  # fmt: skip
    back = AskNamingCount(quarter, branch_id, chosen, held.kind.value, number_of_day(held.held_on))
    return _page(_, facts, chosen, asked, one_per_row(buttons), back)


def confirm_page(_: Words, facts: NamingCard, chosen: int, held: Meeting, days: int) -> View:
    """The whole decision once more."""
    quarter, branch_id, decided = str(facts.quarter), facts.branch_id, _carried(held)
    until = date_name(_, facts.today + timedelta(days=days - 1))
    asked = Markup("\n").join([
        _decision(_, held),
        _("Shown in the branch's group until {day}, then taken down by itself.", day=until),
        Markup(),
        _("Names touch people. Is everything right?"),
    ])  # fmt: skip
    yes = Button(_.plain("📌 Yes, publish"), NameMembers(quarter, branch_id, chosen, *decided, days), Style.STOP)
    back = AskNamingEnd(quarter, branch_id, chosen, *decided)
    return _page(_, facts, chosen, asked, ((yes,),), back)


def names_letter(_: Words, facts: NamesInGroup) -> View | None:
    """What the group reads; None if the names were taken down before it was sent."""
    if not facts.names or facts.meeting is None or facts.until is None:
        return None
    return View(Markup("\n").join(_names_lines(_, facts, facts.meeting, facts.until)))


def names_edit(_: Words, facts: NamesInGroup) -> View | None:
    """The same message without those whose time is over; None where it never stood in the present group."""
    if facts.posted is None:
        return None
    if facts.names and facts.meeting is not None and facts.until is not None:
        return View(Markup("\n").join(_names_lines(_, facts, facts.meeting, facts.until)), edits=facts.posted)
    text = _("📌 {branch} · {quarter}: what the branch had published here was taken down.", branch=facts.branch,
             quarter=quarter_name(_, facts.quarter))  # fmt: skip
    return View(text, edits=facts.posted)


def _names_lines(_: Words, facts: NamesInGroup, held: Meeting, until: date) -> list[Markup]:
    return [
        _("📌 <b>{branch}</b> · {quarter} black list, published by decision of the branch", branch=facts.branch,
          quarter=quarter_name(_, facts.quarter)),
        Markup.escape("、".join(facts.names)),
        Markup(),
        _decision(_, held),
        _("Until {day}; then it is taken down.", day=date_name(_, until)),
    ]  # fmt: skip


def _decision(_: Words, held: Meeting) -> Markup:
    return _("🏛 {kind} {day}: {present} of {entitled} present", kind=meeting_name(_, held.kind),
             day=day_name(_, held.held_on), present=held.present, entitled=held.entitled)  # fmt: skip


def _carried(held: Meeting) -> tuple[str, int, int]:
    return held.kind.value, number_of_day(held.held_on), attendance(held.present, held.entitled)


def _head(_: Words, facts: NamingCard) -> list[Markup]:
    return [
        _("📌 <b>Black-list names</b> · {branch} · {quarter}", branch=facts.branch,
          quarter=quarter_name(_, facts.quarter)),
        _("Only by a decision of the branch, in its own group, and for at most {n} days.", n=LONGEST_DAYS),
    ]  # fmt: skip


def _page(_: Words, facts: NamingCard, chosen: int, asked: Markup, rows: Rows, back: Action) -> View:
    names = Markup.escape("、".join(one.name for one in facts.chosen(chosen)))
    lines = [*_head(_, facts), names, Markup(), asked]
    return View(Markup("\n").join(lines), (*rows, (Button(_.plain("‹ Back"), back),)), private=True)


def _board(_: Words, facts: NamingCard) -> Button:
    return Button(_.plain("🏆 Board"), ShowBoard(str(facts.quarter), facts.branch_id))
