"""The branch desk: a month at a glance, and one member's form for those who collect it."""

from __future__ import annotations

from markupsafe import Markup

from bot.domain.actions.desk import (
    AskReturnForm,
    EnterForMember,
    NudgeAll,
    OpenDesk,
    OpenMemberForm,
    OpenRoll,
    ReturnForm,
)
from bot.domain.actions.menu import OpenMenu
from bot.domain.forms import FormState
from bot.views.adjusting import returning_reasons
from bot.views.claims import claim_line
from bot.views.desk_facts import Desk, DeskRow, MemberForm, Nudged
from bot.views.form import head
from bot.views.terms import deadline_name, exemption_name, listed, month_name, points, progress_bar, short_month
from bot.views.view import Button, Rows, Style, View, in_columns, one_per_row
from bot.views.words import Words

PAGE = 24
MOST_RESTING = 5


def desk(_: Words, facts: Desk, number: int = 0) -> View:
    """Progress, who is missing and why, and the way to each form."""
    lines = [_("🧾 <b>{branch} · {month}</b>", branch=facts.branch, month=month_name(_, facts.month))]
    if facts.closes_at is None:
        lines.append(_("The forms of this month are not open yet; roll and dues can be recorded already."))
    else:
        lines += _standing(_, facts)
    return View(Markup("\n").join(lines), _desk_rows(_, facts, number), private=True)


def nudged(_: Words, facts: Nudged, *, later: bool) -> str:
    """What the tap did, as a toast: who is asked, and who is not and why."""
    if facts.asked and later:
        told = [
            _.many_plain("🔔 {n} member will be asked at 8:30.", "🔔 {n} members will be asked at 8:30.", facts.asked)
        ]
    else:
        told = [_.many_plain("🔔 {n} member was asked.", "🔔 {n} members were asked.", facts.asked)]
    if facts.resting:
        names = listed(_, facts.resting[:MOST_RESTING])
        told.append(
            _.many_plain(
                "🌙 Wants rest today: {names}.", "🌙 {n} want rest today: {names}.", len(facts.resting), names=names
            )
        )
    if facts.spared:
        told.append(
            _.many_plain(
                "{n} was asked often enough this month.", "{n} were asked often enough this month.", facts.spared
            )
        )
    return " ".join(told)


def _standing(_: Words, facts: Desk) -> list[Markup]:
    done, total = facts.expected - len(facts.waiting), facts.expected
    closes_at = facts.closes_at
    day = deadline_name(_, closes_at, facts.zone) if closes_at is not None else ""
    lines = [
        _("{bar} {done}/{total} · until {day}", bar=progress_bar(done, total), done=done, total=total, day=day)
        if closes_at is not None and facts.now < closes_at
        else _("{bar} {done}/{total} · closed {day}", bar=progress_bar(done, total), done=done, total=total, day=day)
    ]
    if facts.waiting:
        lines.append(_("Not handed in: {names}", names=listed(_, (row.person.name for row in facts.waiting))))
    else:
        lines.append(_("🎉 All forms are in."))
    far = [row.person.name for row in facts.waiting if not row.reachable]
    if far:
        lines.append(_("📵 Without a reachable account: {names}", names=listed(_, far)))
    exempt = [
        f"{row.person.name} ({exemption_name(_, row.form.exempt)})"
        for row in facts.rows
        if row.form is not None and row.form.exempt is not None
    ]
    if exempt:
        lines.append(_("➖ Exempt: {names}", names=listed(_, exempt)))
    return [*lines, Markup(), _("<i>✅ in · ✍️ entered by the branch · ⏳ open · ↩️ sent back · 📵 no account</i>")]


def _desk_rows(_: Words, facts: Desk, number: int) -> Rows:
    month = str(facts.month)
    rows: list[tuple[Button, ...]] = []
    if facts.nudged and facts.to_nudge:
        rows.append((Button(_.plain("🔔 Asked today already")),))
    elif facts.to_nudge:
        label = _.plain("🔔 Ask those who have not handed in ({n})", n=len(facts.to_nudge))
        rows.append((Button(label, NudgeAll(month), Style.MAIN),))
    others = sorted((row for row in facts.rows if row.form is not None and not row.own), key=lambda row: not row.waits)
    shown = others[number * PAGE : (number + 1) * PAGE]
    rows += in_columns([_row_button(row) for row in shown], 2)
    turning = [Button("‹", OpenDesk(month, number - 1))] if number > 0 else []
    if len(others) > (number + 1) * PAGE:
        turning.append(Button("›", OpenDesk(month, number + 1)))
    if turning:
        rows.append(tuple(turning))
    if facts.records:
        rows.append((Button(_.plain("🗒 Roll and dues"), OpenRoll(month)),))
    months = []
    if facts.previous is not None:
        months.append(Button(f"‹ {short_month(_, facts.previous)}", OpenDesk(str(facts.previous))))
    if facts.following is not None:
        months.append(Button(f"{short_month(_, facts.following)} ›", OpenDesk(str(facts.following))))
    return (*rows, (*months, Button(_.plain("‹ Menu"), OpenMenu())))


def _row_button(row: DeskRow) -> Button:
    form = row.form
    action = OpenMemberForm(form.form_id) if form is not None else None
    return Button(f"{_mark(row)} {row.person.name}", action)


def _mark(row: DeskRow) -> str:
    form = row.form
    if form is None or form.exempt is not None:
        return "➖"
    if form.state is FormState.SUBMITTED:
        return "✍️" if form.by_proxy else "✅"
    if form.state is FormState.RETURNED:
        return "↩️"
    return "⏳" if row.reachable else "📵"


def member_form(_: Words, facts: MemberForm) -> View:
    """What the member answered, with the ways to go on."""
    form_id, revision = facts.card.form.form_id, facts.card.form.revision
    rows: list[tuple[Button, ...]] = []
    if facts.may_enter:
        rows.append((Button(_.plain("✍️ Fill in for the member"), EnterForMember(form_id), Style.MAIN),))
    if facts.may_return:
        rows.append((Button(_.plain("↩️ Send back"), AskReturnForm(form_id, revision), Style.STOP),))
    back = Button(_.plain("‹ Branch desk"), OpenDesk(str(facts.card.form.month)))
    return View(Markup("\n").join(_member_lines(_, facts)), (*rows, (back,)), private=True)


def _member_lines(_: Words, facts: MemberForm) -> list[Markup]:
    card = facts.card
    lines = head(_, card, entering=False)
    if card.form.exempt is not None:
        return lines
    by_part = " · ".join(f"{part.label} {points(card.score.by_part.get(part.id))}" for part in card.rules.parts)
    lines += [Markup(), _("<b>{points}</b> points", points=points(card.score.total)), Markup.escape(by_part)]
    lines += [claim_line(_, claim) for claim in facts.claims]
    if card.unanswered:
        lines.append(_("Still open: {items}", items=listed(_, (item.label for item in card.unanswered))))
    if not facts.reachable:
        lines += [Markup(), _("📵 The bot cannot reach this member.")]
    return lines


def return_page(_: Words, facts: MemberForm) -> View:
    """Why the form goes back; the member reads this."""
    form_id, revision = facts.card.form.form_id, facts.card.form.revision
    buttons = [
        Button(reason, ReturnForm(form_id, revision, preset), Style.STOP)
        for preset, reason in enumerate(returning_reasons(_), 1)
    ]
    asked = _(
        "↩️ The form of {month} goes back to {name}. What is to be done? Tap, or write it; the member reads it.",
        month=short_month(_, facts.card.form.month), name=facts.card.owner.name,
    )  # fmt: skip
    back = (Button(_.plain("‹ Back"), OpenMemberForm(form_id)),)
    return View(asked, (*one_per_row(buttons), back), private=True)
