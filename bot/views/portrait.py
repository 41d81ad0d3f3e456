"""画像: a member's quarter as a picture, and the same facts in words; for his own eyes."""

from __future__ import annotations

from decimal import Decimal

from markupsafe import Markup

from bot.charts.facts import DimensionPoints, MonthPoints, PartPoints, Portrait, PortraitWords
from bot.domain.actions.menu import ShowBoard, ShowPortrait, ShowScore, ShowWhy
from bot.domain.actions.objections import AskObjection
from bot.domain.periods import Month, Quarter
from bot.scoring.points import ZERO
from bot.views.menu import back_row
from bot.views.publicity import publicity_line, publicity_stamp
from bot.views.publicity_facts import Publicity
from bot.views.result_facts import MonthTotal, PersonalQuarter
from bot.views.terms import exemption_name, month_short, points, quarter_name
from bot.views.view import Button, Picture, Rows, View
from bot.views.words import Words


def result_letter(_: Words, facts: PersonalQuarter) -> View:
    """The quarter is on show: points, rank, distance to the next, portrait, and the way to object."""
    heading = _("📣 Your points of {quarter} are on show.", quarter=quarter_name(_, facts.quarter))
    why = Button(_.plain("❓ Why these points"), ShowWhy(str(last_month(facts))))
    board = Button(_.plain("🏆 Board"), ShowBoard(str(facts.quarter)))
    rows = ((why, board), *objecting_row(_, facts.publicity, facts.quarter))
    return _drawn(_, facts, [heading, Markup(), *_told(_, facts)], rows)


def objecting_row(_: Words, publicity: Publicity | None, quarter: Quarter, month: int = 0) -> Rows:
    """The way to an objection, as long as there is one."""
    if publicity is None or not publicity.is_running:
        return ()
    return ((Button(_.plain("⚖️ I object"), AskObjection(str(quarter), month)),),)


def portrait(_: Words, facts: PersonalQuarter) -> View:
    """The portrait that somebody asked for, with the way to the quarters before and after."""
    return _drawn(_, facts, _told(_, facts), (*_turn(_, facts.earlier, facts.later), _below(_)))


def last_month(facts: PersonalQuarter) -> Month:
    """The last month of the quarter that was opened for the member."""
    counted = [one.month for one in facts.own_months if one.points is not None or one.exempt is not None]
    return counted[-1] if counted else facts.quarter.months[2]


def _turn(_: Words, earlier: Quarter | None, later: Quarter | None) -> Rows:
    row = [
        Button(f"{sign}{quarter_name(_, which)}", ShowPortrait(str(which)))
        for sign, which in (("‹ ", earlier), ("› ", later))
        if which is not None
    ]
    return (tuple(row),) if row else ()


def _below(_: Words) -> tuple[Button, ...]:
    return Button(_.plain("📊 My points"), ShowScore()), Button(_.plain("❓ Why"), ShowWhy()), *back_row(_)


def _drawn(_: Words, facts: PersonalQuarter, lines: list[Markup], rows: Rows) -> View:
    text = Markup("\n").join(lines)
    picture = Picture(portrait_facts(_, facts), f"portrait-{facts.quarter}.png", text)
    return View(text, rows, picture=picture, private=True)


def _told(_: Words, facts: PersonalQuarter) -> list[Markup]:
    quarter = quarter_name(_, facts.quarter)
    return [
        _("🖼 <b>{name}</b> · {branch} · {quarter}", name=facts.person.name, branch=facts.branch, quarter=quarter),
        standing_line(_, facts),
        *((publicity_line(_, facts.publicity, facts.zone),) if facts.publicity else ()),
        *distance_lines(_, facts),
        Markup.escape(" · ".join(_dimension(_, facts, one.id, one.label) for one in facts.rules.dimensions)),
        Markup.escape(
            " · ".join(
                f"{part.label} {points(_of(facts, facts.by_part.get(part.id)))}"
                + (f"/{points(part.full)}" if part.full is not None else "")
                for part in facts.rules.parts
            )
        ),
        Markup.escape(" · ".join(month_line(_, one) for one in facts.own_months)),
    ]


def standing_line(_: Words, facts: PersonalQuarter) -> Markup:
    """Points and rank, or that there are none."""
    if facts.points is None:
        return _("Not rated: no month of this quarter counts.") if facts.publicity else _("No month is complete yet.")
    if facts.vetoed:
        return _("One-vote veto: {points} points", points=points(facts.points))
    if facts.publicity is None:
        return _(
            "So far <b>{points}</b> points: provisional, your own assessment before the branch's decision",
            points=points(facts.points),
        )
    had, rank, of = points(facts.points), facts.rank, facts.ranked_of
    if facts.sharing > 1:
        return _("<b>{points}</b> points, rank <b>{rank}</b> of {of} (shared)", points=had, rank=rank, of=of)
    return _("<b>{points}</b> points, rank <b>{rank}</b> of {of}", points=had, rank=rank, of=of)


def distance_lines(_: Words, facts: PersonalQuarter) -> list[Markup]:
    """How far it is to the next better rank and, privately and early, to the line."""
    lines: list[Markup] = []
    if facts.to_next is not None:
        lines.append(_("{points} more points to the next rank", points=points(facts.to_next)))
    elif facts.rank == 1 and facts.sharing == 1:
        lines.append(_("Nobody in the branch has more."))
    if facts.below_line is not None:
        lines.append(
            _("🔒 Only you see this: {missing} points are missing to the line of {line}.",
              missing=points(facts.below_line), line=points(facts.rules.policies.line))
        )  # fmt: skip
    return lines


def _dimension(_: Words, facts: PersonalQuarter, dimension: str, label: str) -> str:
    told = f"{label} {points(_of(facts, facts.by_dimension.get(dimension)))}"
    mean = facts.branch_dimensions.get(dimension)
    return told if mean is None else _.plain("{dimension} (branch {mean})", dimension=told, mean=points(mean))


def month_line(_: Words, one: MonthTotal) -> str:
    """A month with its points, or why it has none."""
    if one.exempt is not None:
        return f"{month_short(_, one.month)} {exemption_name(_, one.exempt)}"
    return f"{month_short(_, one.month)} {points(one.points)}"


def _of(facts: PersonalQuarter, found: Decimal | None) -> Decimal | None:
    """What a rated member lacks is zero; what an unrated one lacks is nothing."""
    return None if facts.points is None else found or ZERO


def portrait_facts(_: Words, facts: PersonalQuarter) -> Portrait:
    """What is drawn."""
    return Portrait(
        name=facts.person.name,
        subtitle=_.plain("{branch} · {quarter}", branch=facts.branch, quarter=quarter_name(_, facts.quarter)),
        footer=_footer(_, facts),
        total=facts.points,
        rank=facts.rank,
        rated=facts.ranked_of,
        dimensions=tuple(
            DimensionPoints(
                one.label,
                _of(facts, facts.by_dimension.get(one.id)),
                sum((item.full or ZERO for item in facts.rules.items_of(dimension=one.id)), ZERO),
                facts.branch_dimensions.get(one.id),
            )
            for one in facts.rules.dimensions
        ),
        parts=tuple(
            PartPoints(one.label, _of(facts, facts.by_part.get(one.id)), one.full) for one in facts.rules.parts
        ),
        months=tuple(MonthPoints(month_short(_, one.month), one.points) for one in facts.months),
        words=_portrait_words(_, facts),
        vetoed=facts.vetoed,
        line=facts.rules.policies.line,
    )


def _footer(_: Words, facts: PersonalQuarter) -> str:
    version = facts.rules.version
    if facts.publicity is None:
        return _.plain("Provisional: before the branch's decision. Rules {version}", version=version)
    shown = publicity_stamp(_, facts.publicity, facts.zone)
    return _.plain("{shown} Rules {version}", shown=shown, version=version)


def _portrait_words(_: Words, facts: PersonalQuarter) -> PortraitWords:
    return PortraitWords(
        total=_.plain("Points this quarter") if facts.publicity else _.plain("Points so far"),
        rank=_.plain("Rank in the branch"),
        dimensions=_.plain("Four dimensions") if len(facts.rules.dimensions) == 4 else _.plain("Dimensions"),
        parts=_.plain("Three classes") if len(facts.rules.parts) == 3 else _.plain("Classes"),
        months=_.plain("Last twelve months"),
        own=_.plain("Own"),
        branch_mean=_.plain("Branch mean"),
        not_rated=_.plain("not rated"),
        vetoed=_.plain("One-vote veto"),
    )
