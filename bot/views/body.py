"""机构 in chat: the group's card with its draw, choosing who sits where, and each seat's own card."""

from __future__ import annotations

from markupsafe import Markup

from bot.domain.actions import (
    Action,
    AnswerSeat,
    AskConflict,
    AskDelegate,
    AskRedraw,
    AskSeat,
    AssignReviews,
    DeclareConflict,
    DrawBranches,
    ListReviews,
    NameSeat,
    OpenBody,
    OpenMenu,
    OpenReviews,
    OpenSeat,
    SendDelegate,
    ShowDraw,
)
from bot.domain.draw import draw, lot_of
from bot.domain.review import ConflictKind, SeatKind
from bot.views.review_facts import BodyCard, DelegateChoice, SeatCard, SeatChoice, SeatLine
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


def conflict_name(_: Words, kind: ConflictKind) -> str:
    """Why somebody stays away."""
    return _.plain("kinship") if kind is ConflictKind.KINSHIP else _.plain("other conflict of interest")


def card(_: Words, facts: BodyCard) -> View:
    """Who sits in the group, what is drawn, and what comes next."""
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
            _("❗ Nobody in the group may review: {branches}. Please change a seat.",
              branches=listed(_, facts.unplaced)),
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
    return View(Markup("\n").join(lines), ((_back(_, OpenBody(str(facts.quarter))),),), private=True)


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


def seat_card(_: Words, facts: SeatCard) -> View:
    """The seat for its holder: what it asks of him, and the branches he stays away from."""
    lines = [_("🏢 <b>Review group · {quarter}</b>", quarter=quarter_name(_, facts.quarter))]
    if facts.seat is None:
        lines += [_("{branch} was drawn and is represented by {name}.", branch=facts.represents, name=facts.seat_of)]
        return View(Markup("\n").join(lines), _sending_rows(_, facts), private=True)
    lines.append(_your_seat(_, facts))
    lines += [
        Markup(),
        _("Your own branch is never given to you. If you are related to somebody in another branch, or your judgement "
          "could be doubted for another reason, please say so: tap the branch."),
    ]  # fmt: skip
    declared = {one.branch_id: one for one in facts.conflicts}
    for one in facts.conflicts:
        lines.append(Markup("🙅 {} · {}").format(facts.branches.get(one.branch_id, ""), conflict_name(_, one.kind)))
    if facts.seat.answered_at is not None:
        lines.append(_("✅ You have answered. You can still add a branch; it then goes to somebody else."))
    buttons = [
        Button(f"{'🙅 ' if branch_id in declared else ''}{name}", AskConflict(str(facts.quarter), branch_id))
        for branch_id, name in facts.branches.items()
        if branch_id not in {facts.viewer.branch_id, facts.seat.branch_id}
    ]
    rows: list[tuple[Button, ...]] = []
    if facts.seat.answered_at is None:
        label = _.plain("✅ That is all") if declared else _.plain("✅ I need not stay away from any branch")
        rows.append((Button(label, AnswerSeat(str(facts.quarter)), Style.GO),))
    return View(
        Markup("\n").join(lines), (*rows, *in_columns(buttons, 2), *_sending_rows(_, facts)), private=True
    )  # fmt: skip


def _your_seat(_: Words, facts: SeatCard) -> Markup:
    kind = facts.seat.kind if facts.seat is not None else SeatKind.DRAWN
    if kind is SeatKind.LEAD:
        return _("You lead the group. Where two reviewers disagree about a branch, you decide.")
    if kind is SeatKind.DRAWN:
        return _("You represent {branch}, which was drawn. The group is led by {lead}.",
                 branch=facts.represents, lead=facts.lead)  # fmt: skip
    return _("Your seat: {seat}. The group is led by {lead}.", seat=seat_name(_, kind), lead=facts.lead)


def _sending_rows(_: Words, facts: SeatCard) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if facts.may_send:
        rows.append((Button(_.plain("👤 Send somebody else"), AskDelegate(str(facts.quarter))),))
    if facts.seat is not None:
        rows.append((Button(_.plain("🔎 My reviews"), OpenReviews(str(facts.quarter))),))
    return (*rows, (Button(_.plain("‹ Menu"), OpenMenu()),))


def conflict_page(_: Words, facts: SeatCard, branch_id: int) -> View:
    """Why he stays away from this branch, or that he need not any more."""
    quarter = str(facts.quarter)
    declared = next((one for one in facts.conflicts if one.branch_id == branch_id), None)
    rows: list[tuple[Button, ...]] = [
        (Button(_.plain("👪 Kinship"), DeclareConflict(quarter, branch_id, ConflictKind.KINSHIP.value)),),
        (Button(_.plain("⚖️ Other conflict of interest"),
                DeclareConflict(quarter, branch_id, ConflictKind.CONFLICT.value)),),
    ]  # fmt: skip
    if declared is not None:
        rows.append((Button(_.plain("↺ Take it back"), DeclareConflict(quarter, branch_id, "none")),))
    text = _("🙅 You stay away from {branch}. For which reason? Only the committee and the ledger know it.",
             branch=facts.branches.get(branch_id, ""))  # fmt: skip
    return View(text, (*rows, (_back(_, OpenSeat(quarter)),)), private=True)


def delegate_page(_: Words, facts: DelegateChoice) -> View:
    """Whom the drawn branch sends."""
    buttons = [
        Button(person.name, SendDelegate(str(facts.quarter), person.member_id))
        for person in facts.people[: 2 * BRANCHES_SHOWN]
    ]
    text = _(
        "👤 <b>{branch}</b> is represented by {name}. Whom do you send instead? He checks other branches until the "
        "group's deadline.", branch=facts.branch, name=facts.holder,
    )  # fmt: skip
    return View(text, (*in_columns(buttons, 3), (_back(_, OpenSeat(str(facts.quarter))),)), private=True)


def _back(_: Words, action: Action) -> Button:
    return Button(_.plain("‹ Back"), action)
