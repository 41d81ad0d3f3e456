"""为什么是这个分: each line of a month with its facts, the cap that cut it, who decided and by which rules."""

from __future__ import annotations

from markupsafe import Markup

from bot.domain.actions.menu import ShowScore, ShowWhy
from bot.domain.forms import FormState, RatingState
from bot.scoring.facts import Fact, Source
from bot.scoring.results import Line
from bot.views.explanation import cut_sentence, number, reason_sentence, scope_name, signed
from bot.views.menu import back_row
from bot.views.pages import page_row, paged
from bot.views.portrait import objecting_row
from bot.views.publicity import publicity_line
from bot.views.result_facts import WhyMonth
from bot.views.terms import exemption_name, instant_name, listed, month_name, points, signature
from bot.views.view import Button, Rows, Style, View, in_columns
from bot.views.words import Words

_UNDER = Markup("　· ")


def why(_: Words, facts: WhyMonth, page: int = 0) -> View:
    """One month, page by page; only its own member ever sees it."""
    pages = paged(_blocks(_, facts))
    page = min(max(page, 0), len(pages) - 1)
    lines = [*_head(_, facts), *pages[page]]
    return View(Markup("\n").join(lines), _rows(_, facts, page, len(pages)), private=True)


def _head(_: Words, facts: WhyMonth) -> list[Markup]:
    total = points(facts.score.total) if facts.form.exempt is None and facts.stands else "–"
    return [
        _("❓ <b>{month}</b>: <b>{points}</b> points", month=month_name(_, facts.form.month), points=total),
        _handed_in(_, facts),
        _decided(_, facts),
        *((publicity_line(_, facts.publicity, facts.zone),) if facts.publicity else ()),
        _("<i>Rules: {title}, version {version}</i>", title=facts.rules.title, version=facts.rules.version),
    ]


def _handed_in(_: Words, facts: WhyMonth) -> Markup:
    form = facts.form
    if form.exempt is not None:
        return _("Exempt ({reason}): this month does not count.", reason=exemption_name(_, form.exempt))
    if form.state is FormState.SUBMITTED and form.submitted_at is not None:
        at = instant_name(_, form.submitted_at, facts.zone)
        if form.by_proxy:
            return _("Handed in for you by {name}, {at}", name=facts.submitted_by, at=at)
        return _("Handed in by you, {at}", at=at)
    if not facts.stands:
        return _(
            "Still being filled in: so far the lines below make {points} points; they count once you have handed in, "
            "or when the month closes.",
            points=points(facts.score.total),
        )
    return _("Not handed in: the points are what the rules give so far.")


def _decided(_: Words, facts: WhyMonth) -> Markup:
    rating = facts.rating
    if rating is None or rating.state is not RatingState.APPROVED or rating.decided_at is None:
        return _("Not yet rated by the branch: these points are provisional.")
    at = instant_name(_, rating.decided_at, facts.zone)
    return _("Approved for the branch by {name}, {at}", name=signature(_, facts.rater, facts.rated_for), at=at)


def _blocks(_: Words, facts: WhyMonth) -> list[Markup]:
    blocks = [block for one in facts.rules.dimensions for block in _dimension(_, facts, one.id, one.label)]
    known = {dimension.id for dimension in facts.rules.dimensions}
    blocks += [_line(_, facts, line) for line in facts.score.lines if line.dimension not in known]
    blocks += [
        Markup("{}: {}").format(scope_name(_, facts.rules, cut), cut_sentence(_, cut)) for cut in facts.score.cuts
    ]
    blocks += [reason_sentence(_, reason) for reason in facts.score.disqualified]
    return blocks + _bonus(_, facts)


def _dimension(_: Words, facts: WhyMonth, dimension: str, label: str) -> list[Markup]:
    lines = [line for line in facts.score.lines if line.dimension == dimension]
    total = points(facts.score.by_dimension.get(dimension))
    heading = Markup("\n") + _("<b>{dimension}</b> {points}", dimension=label, points=total)
    return [heading, *(_line(_, facts, line) for line in lines)] if lines else []


def _line(_: Words, facts: WhyMonth, line: Line) -> Markup:
    full = f"/{points(line.full)}" if line.full is not None else ""
    told = [Markup("{} <b>{}</b>{}").format(line.label, points(line.points), full)]
    told += [_UNDER + reason_sentence(_, reason) for reason in line.reasons]
    told += [_UNDER + cut_sentence(_, cut) for cut in line.cuts if cut.code != "override"]
    return Markup("\n").join([*told, *_beside(_, facts, line.item)])


def _beside(_: Words, facts: WhyMonth, item: str) -> list[Markup]:
    """Who recorded it, the member's note and evidence, and what the branch decided against it."""
    told: list[Markup] = []
    if item in facts.recorded:
        told.append(_UNDER + _recorded(_, facts, item))
    note = facts.form.notes.get(item)
    if note:
        told.append(_UNDER + _("📝 {note}", note=note))
    pieces = sum(piece.item == item for piece in facts.form.evidence)
    if pieces:
        told.append(_UNDER + _.many("📎 {n} piece of evidence", "📎 {n} pieces of evidence", pieces))
    adjusted = facts.adjusted.get(item)
    if adjusted is not None:
        at = instant_name(_, adjusted.at, facts.zone) if adjusted.at else ""
        told.append(
            _UNDER
            + _(
                "✏️ set to <b>{points}</b> by {name} {at}: {reason}",
                points=points(adjusted.override.points),
                name=adjusted.by,
                at=at,
                reason=adjusted.override.reason,
            )
        )
    return told


def _recorded(_: Words, facts: WhyMonth, item: str) -> Markup:
    by = facts.recorded[item]
    source = facts.rules.item(item).source if facts.rules.has_item(item) else Source.ROLL
    names = {
        Source.ROLL: _("from the roll"),
        Source.DUES: _("from the dues"),
        Source.PLATFORM: _("from an import"),
        Source.REVIEWER: _("from a reviewer"),
        Source.MEMBER: _("by yourself"),
    }
    return _("{source}, recorded by {name}", source=names[source], name=by) if by else names[source]


def _bonus(_: Words, facts: WhyMonth) -> list[Markup]:
    """What was claimed for the year's bonus; it is no part of the month's points."""
    if facts.rules.bonus.per != "year":
        return []
    told = []
    for item in facts.rules.bonus.items:
        claimed = facts.answers.get(item.id, ())
        if not claimed and item.id not in facts.adjusted:
            continue
        acts = listed(_, (_claim(facts, fact) for fact in claimed))
        told.append(
            Markup("\n").join(
                [_("🎖 {item}: {acts} (counts for the year)", item=item.label, acts=acts or "–"),
                 *_beside(_, facts, item.id)]
            )
        )  # fmt: skip
    return told


def _claim(facts: WhyMonth, fact: Fact) -> str:
    act = facts.rules.item(fact.item).act(fact.act)
    if act is None:
        return ""
    worth = f" {signed(act.each * fact.count)}" if act.each is not None else ""
    return f"{act.label} × {number(fact.count)}{worth}"


def _rows(_: Words, facts: WhyMonth, page: int, pages: int) -> Rows:
    shown = facts.form.month
    turn = page_row(page, pages, lambda to: ShowWhy(str(shown), to))
    months = [
        Button(month_name(_, month), ShowWhy(str(month)), Style.MAIN if month == shown else Style.PLAIN)
        for month in reversed(facts.months)
    ]
    rows = [turn] if turn else []
    objecting = objecting_row(_, facts.publicity, shown.quarter, shown.number)
    return (*rows, *objecting, *in_columns(months, 3), (Button(_.plain("📊 My points"), ShowScore()), *back_row(_)))
