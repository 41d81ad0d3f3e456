"""One seat of the review group in chat: what it asks, the branches to stay away from, and whom a branch sends."""

from __future__ import annotations

from markupsafe import Markup

from bot.domain.actions.base import Action
from bot.domain.actions.menu import OpenMenu
from bot.domain.actions.review import (
    AnswerSeat,
    AskConflict,
    AskDelegate,
    DeclareConflict,
    OpenReviews,
    OpenSeat,
    SendDelegate,
)
from bot.domain.review import ConflictKind, SeatKind
from bot.views.body import seat_name
from bot.views.review_facts import DelegateChoice, SeatCard
from bot.views.terms import quarter_name
from bot.views.view import Button, Rows, Style, View, in_columns
from bot.views.words import Words

PEOPLE_SHOWN = 60


def conflict_name(_: Words, kind: ConflictKind) -> str:
    """Why somebody stays away."""
    return _.plain("kinship") if kind is ConflictKind.KINSHIP else _.plain("other conflict of interest")


def seat_card(_: Words, facts: SeatCard) -> View:
    """The seat for its holder: what it asks of him, and the branches he stays away from."""
    lines = [_("🏢 <b>Review group · {quarter}</b>", quarter=quarter_name(_, facts.quarter))]
    if facts.seat is None:
        lines += [_("{branch} was drawn and is represented by {name}.", branch=facts.represents, name=facts.seat_of)]
        return View(Markup("\n").join(lines), _sending_rows(_, facts), private=True)
    lines.append(_your_seat(_, facts))
    if facts.principal:
        lines.append(_("🤝 You sit here for {name}, who delegated it to you.", name=facts.principal))
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
        for person in facts.people[:PEOPLE_SHOWN]
    ]
    text = _(
        "👤 <b>{branch}</b> is represented by {name}. Whom do you send instead? He checks other branches until the "
        "group's deadline.", branch=facts.branch, name=facts.holder,
    )  # fmt: skip
    return View(text, (*in_columns(buttons, 3), (_back(_, OpenSeat(str(facts.quarter))),)), private=True)


def _back(_: Words, action: Action) -> Button:
    return Button(_.plain("‹ Back"), action)
