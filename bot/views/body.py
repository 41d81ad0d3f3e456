"""机构 in chat: the group's card with its draw, choosing who sits where, and each seat's own card."""

from __future__ import annotations

from markupsafe import Markup

from bot.domain.actions.base import Action
from bot.domain.actions.menu import OpenMenu
from bot.domain.actions.review import (
    AskRedraw,
    AskSeat,
    AssignReviews,
    DrawBranches,
    ListReviews,
    NameSeat,
    OpenBody,
    ShowDraw,
)
from bot.domain.draw import draw, lot_of
from bot.domain.review import SeatKind
from bot.views.review_facts import BodyCard, SeatChoice, SeatLine
from bot.views.terms import instant_name, listed, quarter_name
from bot.views.view import Button, Rows, Style, View, in_columns
from bot.views.words import Words

SHORT = 12
"""So many digits of a hash tell it from all others a person will meet."""
BRANCHES_SHOWN = 30


def seat_name(_: Words, kind: SeatKind) -> str:
    """What a seat is called."""
    names = {
        SeatKind.LEAD: _.plain("Lead"),
        SeatKind.ORGANISATION: _.plain("Organisation department"),
        SeatKind.OFFICE: _.plain("Party office"),
        SeatKind.DISCIPLINE: _.plain("Discipline office"),
        SeatKind.DRAWN: _.plain("Drawn branch"),
    }
    return names[kind]


def card(_: Words, facts: BodyCard) -> View:
    """Who sits in the group, what is drawn, and what comes next; who does not form it reads how it is drawn."""
    if not facts.forms:
        return recompute_page(_, facts)
    lines = [_title(_, facts), Markup()]
    lines += [_seat_line(_, line) for line in facts.seats if line.kind is not SeatKind.DRAWN]
    lines += [Markup(), *_draw_lines(_, facts)]
    lines += [_seat_line(_, line) for line in facts.seats if line.kind is SeatKind.DRAWN]
    lines += _next_lines(_, facts)
    return View(Markup("\n").join(lines), _rows(_, facts), private=True)


def _title(_: Words, facts: BodyCard) -> Markup:
    return _("🏢 <b>Review group · {quarter}</b>", quarter=quarter_name(_, facts.quarter))


def _seat_line(_: Words, line: SeatLine) -> Markup:
    name = seat_name(_, line.kind) if line.kind is not SeatKind.DRAWN else line.branch
    if line.seat is None:
        return _("▫️ {seat}: nobody yet", seat=name)
    sign = "✅" if line.seat.answered_at is not None else "⏳"
    if line.tasks:
        return _.many("{sign} {seat}: {name} · {n} branch", "{sign} {seat}: {name} · {n} branches", line.tasks,
                      sign=sign, seat=name, name=line.name)  # fmt: skip
    return _("{sign} {seat}: {name}", sign=sign, seat=name, name=line.name)


def _draw_lines(_: Words, facts: BodyCard) -> list[Markup]:
    found = facts.draw
    seed = _(
        "🎲 Seed <code>{seed}</code>…, from ledger entry {seq}, the last one before the forms closed",
        seed=found.seed[:SHORT], seq=found.source_seq,
    )  # fmt: skip
    if found.drawn is None:
        return [
            seed,
            _.many("{n} branch can be drawn", "{n} branches can be drawn", len(found.candidates)),
        ]
    drawn = listed(_, [facts.branches.get(one, "") for one in found.drawn])
    at = instant_name(_, found.drawn_at, facts.zone) if found.drawn_at else ""
    lines = [seed, _("Drawn by {by}, {at}: {branches}", by=facts.drawn_by, at=at, branches=drawn)]
    if found.reason:
        lines.append(_.many("Drawn again ({n} time): {reason}", "Drawn again ({n} times): {reason}", found.number,
                            reason=found.reason))  # fmt: skip
    return lines


def _next_lines(_: Words, facts: BodyCard) -> list[Markup]:
    if not facts.has_lead:
        return [Markup(), _("👉 Please name the lead.")]
    if facts.draw.drawn is None:
        return [Markup(), _("👉 Please draw the branches.")]
    if not facts.is_assigned:
        names = listed(_, [line.name for line in facts.unanswered])
        return [
            Markup(),
            _("⏳ Still to say which branches they stay away from: {names}. When all have answered, the branches are "
              "given out; you can also do it now.", names=names)
            if names else _("👉 Everybody has answered. Please give out the branches."),
        ]  # fmt: skip
    if facts.unplaced:
        return [
            Markup(),
            _("❗ Without a reviewer: {branches}. Please give out the branches again; if nobody else may review them, "
              "change a seat.", branches=listed(_, facts.unplaced)),
        ]  # fmt: skip
    return [Markup(), _("✅ Every branch has its reviewer.")]


def _rows(_: Words, facts: BodyCard) -> Rows:
    quarter = str(facts.quarter)
    seats = [
        Button(_.plain("✏️ {seat}", seat=seat_name(_, line.kind)), AskSeat(quarter, line.kind.value),
               Style.MAIN if line.kind is SeatKind.LEAD and line.seat is None else Style.PLAIN)
        for line in facts.seats
        if line.kind is not SeatKind.DRAWN
    ]  # fmt: skip
    rows: list[tuple[Button, ...]] = [*in_columns(seats, 2)]
    if facts.draw.drawn is None and facts.has_lead:
        n = min(facts.draw.places, len(facts.draw.candidates))
        label = _.many_plain("🎲 Draw {n} branch", "🎲 Draw {n} branches", n)
        rows.append((Button(label, DrawBranches(quarter, facts.draw.number), Style.GO),))
    if facts.draw.drawn is not None:
        if not facts.is_assigned or facts.unplaced:
            rows.append((Button(_.plain("📤 Give out the branches"), AssignReviews(quarter), Style.GO),))
        if facts.is_assigned:
            rows.append((Button(_.plain("📋 Progress of the review"), ListReviews(quarter), Style.MAIN),))
    beside = [Button(_.plain("🔎 How to recompute"), ShowDraw(quarter))]
    if facts.draw.drawn is not None:
        beside.append(Button(_.plain("🎲 Draw again …"), AskRedraw(quarter, facts.draw.number)))
    return (*rows, tuple(beside), (Button(_.plain("‹ Menu"), OpenMenu()),))


def recompute_page(_: Words, facts: BodyCard) -> View:
    """Everything that is needed to draw again by hand, and what comes out."""
    found = facts.draw
    expected = draw(found.seed, found.candidates, found.places)
    listed = sorted(found.candidates, key=lambda one: lot_of(found.seed, one))[:BRANCHES_SHOWN]
    lines = [
        _title(_, facts),
        _("🔎 <b>How anybody recomputes the draw</b>"),
        _("1. Ledger entry {seq}, the last before the forms closed, has the hash\n<code>{hash}</code>",
          seq=found.source_seq, hash=facts.source_hash),
        _("2. The seed is SHA-256 of “hash:{quarter}”; of the k-th repetition, SHA-256 of “that:k”. This is number "
          "{number}:\n<code>{seed}</code>", quarter=facts.quarter, number=found.number, seed=found.seed),
        _("3. Each branch's lot is SHA-256 of “seed:number of the branch”; the {n} smallest are drawn:",
          n=len(expected)),
        *(
            Markup("{} <code>{}</code> {} {}").format(
                "🎲" if one in expected else "▫️", lot_of(found.seed, one)[:SHORT], one, facts.branches.get(one, "")
            )
            for one in listed
        ),
        _("<i>On the command line: xianfeng draw verify {quarter}</i>", quarter=facts.quarter),
    ]  # fmt: skip
    back = _back(_, OpenBody(str(facts.quarter))) if facts.forms else Button(_.plain("‹ Menu"), OpenMenu())
    return View(Markup("\n").join(lines), ((back,),), private=True)


def seat_page(_: Words, facts: SeatChoice) -> View:
    """Who takes a seat."""
    buttons = [
        Button(person.name, NameSeat(str(facts.quarter), facts.kind.value, person.member_id))
        for person in facts.people[:BRANCHES_SHOWN]
    ]
    asked = _("✏️ <b>{seat}</b>: who takes this seat?", seat=seat_name(_, facts.kind))
    if facts.holder:
        asked += Markup("\n") + _("Until now: {name}", name=facts.holder)
    if not buttons:
        asked += Markup("\n") + _("There is nobody else who could.")
    return View(asked, (*in_columns(buttons, 2), (_back(_, OpenBody(str(facts.quarter))),)), private=True)


def redraw_page(_: Words, facts: BodyCard) -> View:
    """Drawing again needs a reason."""
    text = Markup("\n").join([
        _title(_, facts), Markup(),
        _("🎲 Why is it drawn again? Please write the reason. It is put on record, and the committee and all branch "
          "leaders read it."),
    ])  # fmt: skip
    return View(text, ((_back(_, OpenBody(str(facts.quarter))),),), private=True)


def _back(_: Words, action: Action) -> Button:
    return Button(_.plain("‹ Back"), action)
