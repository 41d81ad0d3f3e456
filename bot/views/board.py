"""红黑榜: a branch's standings as a picture and in words, and the answer to whoever closed its quarter."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from bot.charts.facts import Standing, Standings, StandingsWords
from bot.domain.actions.menu import PrintPoster, ShowBoard, ShowOverview, ShowPortrait
from bot.domain.actions.naming import OpenNaming
from bot.domain.actions.rating import OpenQueue
from bot.domain.board import Reader
from bot.scoring.points import mean
from bot.views.menu import back_row
from bot.views.publicity import bulletin_button, publicity_line, publicity_stamp
from bot.views.publicity_facts import Corrected
from bot.views.result_facts import Board, BoardRow, ClosedBranch
from bot.views.terms import day_name, listed, points, quarter_name
from bot.views.view import Button, Picture, Rows, View
from bot.views.words import Words

MOST_NAMES = 12


def standings_letter(_: Words, facts: Board) -> View:
    """The branch's group gets its standings, pinned."""
    return _drawn(_, facts, _group_lines(_, facts), (), pinned=True)


def standings_edit(_: Words, facts: Board, posted: int) -> View:
    """The message that stands pinned in the group, as it is now: corrected, or final."""
    return replace(_drawn(_, facts, _group_lines(_, facts), (), pinned=False), edits=posted)


def _group_lines(_: Words, facts: Board) -> list[Markup]:
    branch, quarter = facts.branch, quarter_name(_, facts.quarter)
    if facts.publicity.final_at is not None:
        heading = _("📣 {branch}: the points of {quarter} are final.", branch=branch, quarter=quarter)
    else:
        heading = _("📣 {branch}: the points of {quarter} are on show.", branch=branch, quarter=quarter)
    return [heading, *_told(_, facts)]


def board(_: Words, facts: Board) -> View:
    """The board that somebody asked for, with the way to the quarters before and after."""
    branch_id = 0 if facts.is_own else facts.branch_id
    row = [
        Button(f"{sign}{quarter_name(_, which)}", ShowBoard(str(which), branch_id))
        for sign, which in (("‹ ", facts.earlier), ("› ", facts.later))
        if which is not None
    ]
    if facts.is_own:
        back = (Button(_.plain("🖼 Portrait"), ShowPortrait(str(facts.quarter))), *back_row(_))
    else:
        back = (Button(_.plain("🏛 All branches"), ShowOverview(str(facts.quarter))), *back_row(_))
    naming = (Button(_.plain("📌 Publish black-list names"), OpenNaming(str(facts.quarter), facts.branch_id)),)
    poster = Button(_.plain("🖨 Poster for the wall (A3)"), PrintPoster(str(facts.quarter), facts.branch_id))
    papers = (
        *((poster,) if facts.may_print else ()),
        *((bulletin_button(_, facts.quarter),) if facts.sees_bulletin else ()),
    )
    rows = (
        *((papers,) if papers else ()),
        *((naming,) if facts.may_name else ()),
        *((tuple(row),) if row else ()),
        back,
    )
    return _drawn(_, facts, _told(_, facts), rows, pinned=False)


def _drawn(_: Words, facts: Board, lines: list[Markup], rows: Rows, *, pinned: bool) -> View:
    text = Markup("\n").join(lines)
    picture = Picture(standings_facts(_, facts), f"standings-{facts.quarter}.png", text)
    return View(text, rows, picture=picture, private=facts.reader is not Reader.GROUP, pinned=pinned)


def _told(_: Words, facts: Board) -> list[Markup]:
    """The facts of the picture, the short ones first, so that a caption loses nothing but the last ranks."""
    average = mean(row.points for row in facts.rows if row.points is not None)
    quarter = quarter_name(_, facts.quarter)
    lines = [
        _("🏆 <b>{branch}</b> · {quarter}", branch=facts.branch, quarter=quarter),
        publicity_line(_, facts.publicity, facts.zone),
        *(_corrected(_, facts, one) for one in facts.corrections),
    ]
    if average is not None:
        lines.append(
            _.many(
                "{n} member rated, {mean} points", "{n} members rated, {mean} points on average", facts.rated,
                mean=points(average),
            )
        )  # fmt: skip
    if facts.red_list:
        lines.append(_("🏅 Red list: {names}", names=_names(_, facts.red_list)))
    if facts.own is not None and facts.own.rank is not None:
        lines.append(_("You: rank <b>{rank}</b>, <b>{points}</b> points", rank=facts.own.rank,
                       points=points(facts.own.points)))  # fmt: skip
    lines += _under_line(_, facts)
    lines.append(Markup())
    lines += [_row(_, row) for row in facts.rows if row.points is not None]
    apart = [_name(_, row) for row in facts.rows if row.points is None]
    if apart:
        lines.append(_("Not rated: {names}", names=listed(_, apart)))
    return lines


def _corrected(_: Words, facts: Board, one: Corrected) -> Markup:
    """What changed since it was shown, and never why."""
    return _(
        "✏️ Corrected {day}: {name} {before} → {after}", day=day_name(_, one.at.astimezone(facts.zone).date()),
        name=one.name or _.plain("a comrade"), before=points(one.before_centi), after=points(one.after_centi),
    )  # fmt: skip


def _under_line(_: Words, facts: Board) -> list[Markup]:
    """Names for the responsible, a count for the others."""
    line = facts.rules.policies.line
    if line is None or not facts.under_line_count:
        return []
    if facts.under_line is not None:
        names = _names(_, facts.under_line)
        return [_("🔒 Under {line} (for the responsible only): {names}", line=points(line), names=names)]
    return [_.many("{n} member under {line}", "{n} members under {line}", facts.under_line_count, line=points(line))]


def _names(_: Words, names: tuple[str, ...]) -> str:
    shown = listed(_, names[:MOST_NAMES])
    return shown if len(names) <= MOST_NAMES else _.plain("{names} and others, {n} in all", names=shown, n=len(names))


def _row(_: Words, row: BoardRow) -> Markup:
    told = _("{rank}. {name} {points}", rank=row.rank, name=_name(_, row), points=points(row.points))
    return Markup("<b>{}</b>").format(told) if row.own else told


def _name(_: Words, row: BoardRow) -> str:
    return row.name if row.name is not None else _.plain("a comrade")


def standings_facts(_: Words, facts: Board) -> Standings:
    """What is drawn; the line only for the responsible, for a picture marks nobody as bad before others."""
    line = facts.rules.policies.line
    quarter = quarter_name(_, facts.quarter)
    return Standings(
        title=facts.branch,
        subtitle=_.many_plain(
            "{quarter} · {n} member rated", "{quarter} · {n} members rated", facts.rated, quarter=quarter
        ),
        footer=_.plain(
            "{shown} Rules {version}. Equal points share a rank.",
            shown=publicity_stamp(_, facts.publicity, facts.zone), version=facts.rules.version,
        ),
        rows=tuple(Standing(row.rank, _name(_, row), row.points, row.parts, own=row.own) for row in facts.rows),
        words=StandingsWords(
            line=_.plain("line at {line}", line=points(line)),
            not_rated=_.plain("not rated"),
        ),
        parts=tuple(part.label for part in facts.rules.parts),
        line=line if facts.under_line is not None else None,
    )  # fmt: skip


def closed(_: Words, facts: ClosedBranch) -> View:
    """The answer to whoever closed the branch's quarter."""
    quarter = quarter_name(_, facts.quarter)
    lines = [
        _("✅ <b>{branch}</b> has closed {quarter}.", branch=facts.branch, quarter=quarter),
        _.many("{n} member rated", "{n} members rated", facts.rated)
        + (_(", {points} points on average", points=points(facts.mean)) if facts.mean is not None else Markup()),
    ]
    if facts.not_rated:
        lines.append(_.many("{n} member not rated", "{n} members not rated", facts.not_rated))
    lines += _what_follows(_, facts)
    if facts.still_rating:
        lines.append(_.many("{n} branch still rates.", "{n} branches still rate.", facts.still_rating))
    shown = (Button(_.plain("🏆 Board"), ShowBoard(str(facts.quarter), facts.branch_id)),)
    rows = (
        *((shown,) if facts.is_published else ()),
        (Button(_.plain("🗂 Rate the branch"), OpenQueue(str(facts.quarter), facts.branch_id)), *back_row(_)),
    )
    return View(Markup("\n").join(lines), rows, private=True)


def _what_follows(_: Words, facts: ClosedBranch) -> list[Markup]:
    if not facts.is_published:
        return [_("The review group looks at it now; points and ranks are shown to the members after that.")]
    group = (
        _("The standings go to the branch's group.")
        if facts.has_group
        else _("No group is bound; bind it from /menu and it gets the standings.")
    )
    return [_("Everybody gets his own result in private now."), group]
