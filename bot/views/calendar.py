"""The calendar in words: each date with its day, why it moved, and for the committee the ways to move it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from markupsafe import Markup

from bot.domain.accounts import Language
from bot.domain.actions.calendar import AskMoveDate, AskMoveQuarter, MoveDate, ShowCalendar
from bot.domain.actions.menu import OpenMenu
from bot.domain.agenda import DateKind, Entry, Movable
from bot.domain.calendar import DayOff, day_off
from bot.domain.periods import Month
from bot.domain.typed import number_of_day
from bot.views.calendar_facts import CalendarPage, MovePage
from bot.views.menu import back_row
from bot.views.terms import date_name, day_name, deadline_name, month_short, quarter_name
from bot.views.time_refusals import date_label
from bot.views.view import Button, Rows, Style, View
from bot.views.words import Words

MOST_COMING = 14
_WEEKDAYS_ZH = "一二三四五六日"
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def page(_: Words, facts: CalendarPage) -> View:
    """What is coming, or a whole quarter."""
    return View(Markup("\n").join(lines(_, facts)), _rows(_, facts))


def lines(_: Words, facts: CalendarPage) -> list[Markup]:
    """The calendar line by line, as the chat and the command line show it."""
    if facts.quarter is not None:
        said = [_("📅 <b>{quarter}: all dates</b>", quarter=quarter_name(_, facts.quarter)), Markup()]
        said += [_line(_, facts, entry) for entry in facts.others]
    else:
        said = [_("📅 <b>What is coming</b>")]
        said += _section(_, facts, _("<b>For you</b>"), facts.own)
        said += _section(_, facts, _("<b>For others</b>") if facts.own else Markup(), facts.others)
    for year in facts.unknown_years:
        said += [Markup(), _("ℹ️ The days off of {year} are not published yet: until then Monday to Friday count as "
                             "working days, and dates may still move.", year=year)]  # fmt: skip
    return said


def _section(_: Words, facts: CalendarPage, title: Markup, entries: tuple[Entry, ...]) -> list[Markup]:
    if not entries:
        return []
    return [Markup(), *([title] if title else []), *(_line(_, facts, entry) for entry in entries[:MOST_COMING])]


def _line(_: Words, facts: CalendarPage, entry: Entry) -> Markup:
    sign = "✓" if entry.at <= facts.now else "·"
    why = _moved(_, facts, entry)
    line = Markup("{} {} {}").format(sign, _when(_, facts, entry), _what(_, entry))
    return Markup("{}\n　<i>{}</i>").format(line, why) if why else line


def _when(_: Words, facts: CalendarPage, entry: Entry) -> str:
    day = entry.day(facts.zone)
    clock = deadline_name(_, entry.at, facts.zone).rsplit(" ", 1)[1]
    name = day_name(_, day) if day.year == facts.now.astimezone(facts.zone).year else date_name(_, day)
    return f"{name} {weekday(_, day)} {clock}"


def weekday(_: Words, day: date) -> str:
    """周一, or Mon."""
    if _.language is Language.ZH:
        return f"周{_WEEKDAYS_ZH[day.weekday()]}"
    return _WEEKDAYS_EN[day.weekday()]


def _what(_: Words, entry: Entry) -> str:
    name = _NAMES[entry.kind](_)
    if "Q" in entry.period:
        return name
    return _.plain("{month}: {what}", month=month_short(_, Month.parse(entry.period)), what=name)


def _moved(_: Words, facts: CalendarPage, entry: Entry) -> str:
    """10月7日 → 10月10日，国庆节顺延, or that a person moved it."""
    by_hand, planned = entry.moved_by_hand(facts.zone), entry.moved_by_days_off(facts.zone)
    to = day_name(_, entry.day(facts.zone))
    if by_hand is not None:
        return _.plain("{before} → {after}, moved by hand", before=day_name(_, by_hand), after=to)
    if planned is None:
        return ""
    reason = day_off(planned)
    if reason is None:
        return _.plain("{before} → {after}, so that enough working days remain", before=day_name(_, planned), after=to)
    return _.plain("{before} → {after} ({reason})", before=day_name(_, planned), after=to, reason=_REASONS[reason](_))


_NAMES: Mapping[DateKind, Callable[[Words], str]] = {
    DateKind.FORM_OPENS: lambda _: _.plain("the form opens"),
    DateKind.FORM_CLOSES: lambda _: _.plain("last moment to hand in the form"),
    DateKind.RATING_OPENS: lambda _: _.plain("the branches begin to rate"),
    DateKind.DRAW: lambda _: _.plain("the draw of the review group is announced"),
    DateKind.RATING_DUE: lambda _: _.plain("the branches' rating ends"),
    DateKind.SENT_BACK_DUE: lambda _: _.plain("your branch's rating is due again (sent back by the group)"),
    DateKind.REVIEW_DUE: lambda _: _.plain("the review ends"),
    DateKind.PUBLICATION: lambda _: _.plain("points and ranks are shown"),
    DateKind.PUBLICITY_ENDS: lambda _: _.plain("publicity ends; until then you can object"),
    DateKind.ANSWER_DUE: lambda _: _.plain("an objection is to be answered"),
}

_REASONS: Mapping[DayOff, Callable[[Words], str]] = {
    DayOff.WEEKEND: lambda _: _.plain("weekend"),
    DayOff.NEW_YEAR: lambda _: _.plain("New Year"),
    DayOff.SPRING: lambda _: _.plain("Spring Festival"),
    DayOff.QINGMING: lambda _: _.plain("Qingming"),
    DayOff.LABOUR: lambda _: _.plain("Labour Day"),
    DayOff.DRAGON_BOAT: lambda _: _.plain("Dragon Boat Festival"),
    DayOff.MID_AUTUMN: lambda _: _.plain("Mid-Autumn Festival"),
    DayOff.NATIONAL: lambda _: _.plain("National Day"),
}


def _rows(_: Words, facts: CalendarPage) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if facts.may_move and facts.quarter is not None:
        rows.append((Button(_.plain("⏩ Move a date"), AskMoveQuarter(str(facts.quarter))),))
    others = [one for one in facts.quarters if one != facts.quarter]
    rows += [(Button(_.plain("🗓 {quarter}", quarter=quarter_name(_, one)), ShowCalendar(str(one))),) for one in others]
    if facts.quarter is not None:
        rows.append((Button(_.plain("‹ What is coming"), ShowCalendar()), Button(_.plain("‹ Menu"), OpenMenu())))
        return tuple(rows)
    return (*rows, back_row(_))


def move_page(_: Words, facts: MovePage, days: dict[tuple[Movable, int], date]) -> View:
    """Which date to move: each that still matters, by one, two or five working days."""
    said = [_("⏩ <b>{quarter}: move a date</b>", quarter=quarter_name(_, facts.quarter)), Markup()]
    said += [_date_line(_, facts, what) for what in facts.movable]
    said.append(_("What must follow on it moves along.") if facts.movable else
                _("No date of this quarter can be moved any more."))  # fmt: skip
    rows = tuple(
        tuple(
            Button(_.plain("{what} +{n}", what=_short(_, what), n=n), AskMoveDate(str(facts.quarter), what.value,
                                                                                number_of_day(days[what, n])))
            for n in STEPS
        )
        for what in facts.movable
    )  # fmt: skip
    return View(Markup("\n").join(said), (*rows, _back(_, facts)))


STEPS = (1, 2, 5)
"""By how many working days a date can be moved with one tap."""


def confirm_page(_: Words, facts: MovePage, day: date) -> View:
    """The dates as they would be, before anything is moved."""
    said = [_("⏩ <b>{quarter}: these dates?</b>", quarter=quarter_name(_, facts.quarter)), Markup()]
    said += [_date_line(_, facts, what) for what in Movable if what in facts.movable]
    said += [Markup(), _("Those who rate, review and publish are told.")]
    what = facts.what.value if facts.what else ""
    yes = Button(_.plain("✅ Yes, move"), MoveDate(str(facts.quarter), what, number_of_day(day), facts.dates.seal),
                 Style.GO)  # fmt: skip
    return View(Markup("\n").join(said), ((yes,), (Button(_.plain("‹ Back"), AskMoveQuarter(str(facts.quarter))),)))


def _date_line(_: Words, facts: MovePage, what: Movable) -> Markup:
    before = facts.dates.at(what)
    after = facts.proposed.at(what) if facts.proposed is not None else before
    label = date_label(_, what.value)
    if after == before:
        return _("· {what}: {day}", what=label, day=_instant(_, facts, before))
    return _("· {what}: {before} → <b>{after}</b>", what=label, before=_instant(_, facts, before),
             after=_instant(_, facts, after))  # fmt: skip


def _instant(_: Words, facts: MovePage, at: datetime) -> str:
    return deadline_name(_, at, facts.zone)


def _short(_: Words, what: Movable) -> str:
    names = {
        Movable.RATING: _.plain("Rating"), Movable.REVIEW: _.plain("Review"), Movable.PUBLISH: _.plain("Publication"),
    }  # fmt: skip
    return names[what]


def _back(_: Words, facts: MovePage) -> tuple[Button, ...]:
    return (Button(_.plain("‹ Back"), ShowCalendar(str(facts.quarter))),)


def moved_letter(_: Words, facts: MovePage) -> View:
    """To those who rate, review and publish."""
    said = [_("📅 The dates of {quarter} have been moved:", quarter=quarter_name(_, facts.quarter))]
    said += [_date_line(_, facts, what) for what in facts.movable]
    return View(Markup("\n").join(said), ((Button(_.plain("📅 Calendar"), ShowCalendar()),),))
