"""All branches side by side as a picture, and the same facts in words; for those who lead."""

from __future__ import annotations

from markupsafe import Markup

from bot.charts.facts import BranchStanding, Overview, OverviewWords
from bot.domain.actions.menu import ShowBoard, ShowOverview, ShowRedList
from bot.views.menu import back_row
from bot.views.publicity import bulletin_button, publicity_line
from bot.views.result_facts import BranchesSideBySide, BranchLine
from bot.views.terms import listed, points, quarter_name
from bot.views.view import Button, Picture, Rows, View, in_columns
from bot.views.words import Words


def overview_letter(_: Words, facts: BranchesSideBySide) -> View:
    """All branches have closed the quarter."""
    all_branches = Button(_.plain("🏛 All branches"), ShowOverview(str(facts.quarter)))
    heading = _("📣 All branches' points of {quarter} are on show.", quarter=quarter_name(_, facts.quarter))
    return _drawn(_, facts, [heading, *_told(_, facts)], (*_red_row(_, facts), (all_branches,)))


def overview(_: Words, facts: BranchesSideBySide) -> View:
    """The overview that somebody asked for; the committee opens any branch's board from here."""
    row = [
        Button(f"{sign}{quarter_name(_, which)}", ShowOverview(str(which)))
        for sign, which in (("‹ ", facts.earlier), ("› ", facts.later))
        if which is not None
    ]
    papers = ((bulletin_button(_, facts.quarter),),) if facts.sees_bulletin else ()
    rows = [*((tuple(row),) if row else ()), *_red_row(_, facts), *papers]
    if facts.opens_boards:
        boards = [
            Button(one.branch, ShowBoard(str(facts.quarter), one.branch_id)) for one in facts.branches if one.is_closed
        ]
        rows += in_columns(boards, 2)
    return _drawn(_, facts, _told(_, facts), (*rows, back_row(_)))


def red_list(_: Words, facts: BranchesSideBySide) -> View:
    """The best of every branch, by name, as far as the organisation shows them."""
    lines = [_("🏅 <b>Red list</b> · {quarter}", quarter=quarter_name(_, facts.quarter)), Markup()]
    lines += [
        _("{branch}: {names}", branch=one.branch, names=listed(_, one.red_list))
        for one in facts.branches
        if one.red_list
    ]
    back = Button(_.plain("🏛 All branches"), ShowOverview(str(facts.quarter)))
    return View(Markup("\n").join(lines), ((back, *back_row(_)),), private=True)


def _red_row(_: Words, facts: BranchesSideBySide) -> Rows:
    if not any(one.red_list for one in facts.branches):
        return ()
    return ((Button(_.plain("🏅 Red list"), ShowRedList(str(facts.quarter))),),)


def _drawn(_: Words, facts: BranchesSideBySide, lines: list[Markup], rows: Rows) -> View:
    text = Markup("\n").join(lines)
    picture = Picture(overview_facts(_, facts), f"overview-{facts.quarter}.png", text)
    return View(text, rows, picture=picture, private=True)


def _told(_: Words, facts: BranchesSideBySide) -> list[Markup]:
    quarter = quarter_name(_, facts.quarter)
    lines = [
        _("🏛 <b>{organisation}</b> · {quarter}", organisation=facts.organisation, quarter=quarter),
        _("{closed} of {all} branches closed, {rated} members rated, {mean} points on average",
          closed=facts.closed, all=len(facts.branches), rated=facts.rated, mean=points(facts.mean)),
    ]  # fmt: skip
    if facts.line is not None and facts.under_line_count:
        count, line = facts.under_line_count, points(facts.line)
        lines.append(_.many("{n} member under {line}", "{n} members under {line}", count, line=line))
    if facts.publicity is not None:
        lines.insert(1, publicity_line(_, facts.publicity, facts.zone))
    return [*lines, Markup(), *(_line(_, number, one) for number, one in enumerate(facts.branches, start=1))]


def _line(_: Words, number: int, one: BranchLine) -> Markup:
    if one.mean is None:
        told = _("· {branch}: {done}/{of} decided", branch=one.branch, done=one.decided, of=one.entitled)
    else:
        spread = f"{points(one.low)}–{points(one.high)}"
        told = _("{number}. {branch} {mean} ({spread})", number=number, branch=one.branch, mean=points(one.mean),
                 spread=spread)  # fmt: skip
    return Markup("<b>{}</b>").format(told) if one.own else told


def overview_facts(_: Words, facts: BranchesSideBySide) -> Overview:
    """What is drawn."""
    return Overview(
        title=facts.organisation,
        subtitle=_.plain(
            "{quarter} · {closed} of {all} branches closed",
            quarter=quarter_name(_, facts.quarter), closed=facts.closed, all=len(facts.branches),
        ),
        footer=_.plain("In the order of the means. Each bar runs from the lowest to the highest member."),
        branches=tuple(
            BranchStanding(one.branch, one.mean, one.low, one.high, one.decided, one.entitled, own=one.own)
            for one in facts.branches
        ),
        words=OverviewWords(
            mean=_.plain("Mean"),
            spread=_.plain("Lowest–highest"),
            completion=_.plain("Rated"),
            organisation_mean=_.plain("all {mean}", mean=points(facts.mean)),
            not_rated=_.plain("not rated"),
        ),
        mean=facts.mean,
    )  # fmt: skip
