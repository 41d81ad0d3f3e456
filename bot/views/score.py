"""One's own points: the running quarter month by month, the closed quarters, the year so far."""

from __future__ import annotations

from markupsafe import Markup

from bot.domain.actions.menu import ShowBoard, ShowPortrait, ShowWhy
from bot.domain.forms import FormState
from bot.views.menu import back_row
from bot.views.portrait import distance_lines, objecting_row, standing_line
from bot.views.publicity import publicity_line
from bot.views.result_facts import MonthTotal, OwnPoints, PersonalQuarter
from bot.views.terms import date_name, exemption_name, month_short, points, quarter_name
from bot.views.view import Button, View
from bot.views.words import Words

SHOWN_QUARTERS = 8


def score(_: Words, facts: OwnPoints) -> View:
    """Everything about one's own points on one page."""
    blocks = [_("📊 <b>{name}</b> · {branch}", name=facts.person.name, branch=facts.person.branch)]
    if facts.running is not None:
        blocks.append(_running(_, facts.running))
    if facts.closed:
        blocks.append(Markup("\n").join(_closed(_, one) for one in reversed(facts.closed[-SHOWN_QUARTERS:])))
    if facts.so_far is not None:
        blocks.append(_year(_, facts))
    if facts.begins_on is not None:
        begins = date_name(_, facts.begins_on)
        blocks.append(_("There are no points yet. They begin with your first form, on {day}.", day=begins))
        return View(Markup("\n\n").join(blocks), (back_row(_),), private=True)
    board = (Button(_.plain("🏆 Board"), ShowBoard()),) if facts.closed else ()
    rows = (Button(_.plain("❓ Why"), ShowWhy()), Button(_.plain("🖼 Portrait"), ShowPortrait())), (*board, *back_row(_))
    newest = facts.closed[-1] if facts.closed else None
    objecting = objecting_row(_, newest.publicity, newest.quarter) if newest is not None else ()
    return View(Markup("\n\n").join(blocks), (*objecting, *rows), private=True)


def _running(_: Words, quarter: PersonalQuarter) -> Markup:
    lines = [_("<b>{quarter}</b>, still running", quarter=quarter_name(_, quarter.quarter))]
    lines += [_month(_, one) for one in quarter.own_months if one.state is not None]
    lines.append(standing_line(_, quarter))
    if quarter.decided:
        lines.append(_("✅ Approved by your branch; final after publicity."))
    return Markup("\n").join([*lines, *distance_lines(_, quarter)])


def _month(_: Words, one: MonthTotal) -> Markup:
    if one.exempt is not None:
        state = exemption_name(_, one.exempt)
    elif one.state is FormState.SUBMITTED:
        state = _.plain("handed in")
    elif one.state is FormState.RETURNED:
        state = _.plain("sent back to you")
    else:
        state = _.plain("not handed in") if one.points is not None else _.plain("being filled in")
    return _("· {month}: <b>{points}</b> ({state})", month=month_short(_, one.month), points=points(one.points),
             state=state)  # fmt: skip


def _closed(_: Words, quarter: PersonalQuarter) -> Markup:
    name = quarter_name(_, quarter.quarter)
    told = _("<b>{quarter}</b>: {standing}", quarter=name, standing=standing_line(_, quarter))
    if quarter.publicity is None:
        return told
    if quarter.publicity.final_at is not None:
        return told + _(" · final")
    return told + "\n" + publicity_line(_, quarter.publicity, quarter.zone)


def _year(_: Words, facts: OwnPoints) -> Markup:
    so_far = facts.so_far
    if so_far is None or so_far.value is None:
        return _("<b>{year} so far</b>: not rated", year=str(facts.year))
    told = _.many(
        "<b>{year} so far</b>: <b>{points}</b> points, from {n} closed quarter",
        "<b>{year} so far</b>: <b>{points}</b> points, the mean of {n} closed quarters",
        so_far.counted, year=str(facts.year), points=points(so_far.value),
    )  # fmt: skip
    return told + _(" and {bonus} bonus points", bonus=points(so_far.bonus)) if so_far.bonus else told
