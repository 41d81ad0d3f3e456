"""The month's form: its front page, one dimension, and the summary before handing in."""

from __future__ import annotations

from decimal import Decimal

from markupsafe import Markup

from bot.domain.actions.desk import OpenDesk
from bot.domain.actions.form import AnswerRest, OpenDimension, OpenForm, OpenItem, ReviewForm, SubmitForm, WithdrawForm
from bot.domain.actions.menu import OpenMenu, ShowWhy
from bot.domain.forms import FormState
from bot.scoring.items import Item
from bot.views.facts import FormCard
from bot.views.form_item import points_of
from bot.views.terms import deadline_name, exemption_name, instant_name, listed, month_name, points, progress_bar
from bot.views.view import Button, Rows, Style, View, in_columns
from bot.views.words import Words


def front(_: Words, card: FormCard) -> View:
    """Progress, the four dimensions, the points so far, and what is known already."""
    lines = [*head(_, card), Markup(), *_totals(_, card)]
    known = _known(_, card)
    if known:
        lines += [Markup(), known]
    return View(Markup("\n").join(lines), _front_rows(_, card), private=True)


def head(_: Words, card: FormCard, *, entering: bool = True) -> list[Markup]:
    """Which form, whose, and how it stands."""
    form = card.form
    title = _("📋 <b>{month} self-assessment</b>", month=month_name(_, form.month))
    who = _("{name} · {branch}", name=card.owner.name, branch=card.owner.branch)
    lines = [title, who]
    if entering and card.by_proxy and card.takes_answers:
        lines.append(_("✍️ <i>You fill this in for {name}; it is marked so.</i>", name=card.owner.name))
    return [*lines, _state_line(_, card)]


def _state_line(_: Words, card: FormCard) -> Markup:
    form = card.form
    if form.exempt is not None:
        return _("Exempt ({reason}): this month does not count.", reason=exemption_name(_, form.exempt))
    if form.state is FormState.SUBMITTED and form.submitted_at is not None:
        proxy = _(" (entered for the member)") if form.by_proxy else ""
        return _("✅ Handed in {at}{proxy}", at=instant_name(_, form.submitted_at, card.zone), proxy=proxy)
    if form.state is FormState.RETURNED:
        return _("↩️ Sent back: {reason}", reason=form.returned_reason or "")
    if not card.takes_answers:
        return _("Closed {day}, not handed in. Nothing is deducted for that.",
                 day=deadline_name(_, form.closes_at, card.zone))  # fmt: skip
    asked, unanswered = len(card.must_answer), len(card.unanswered)
    return _(
        "{bar} {done}/{total} · until {day}",
        bar=progress_bar(asked - unanswered, asked),
        done=asked - unanswered,
        total=asked,
        day=deadline_name(_, form.closes_at, card.zone),
    )


def _totals(_: Words, card: FormCard) -> list[Markup]:
    full = card.rules.total.full
    of_full = f" / {points(full)}" if full is not None else ""
    total = _("<b>{points}</b>{of_full} points so far", points=points(card.score.total), of_full=of_full)
    return [total, *dimension_lines(card)]


def dimension_lines(card: FormCard) -> list[Markup]:
    """The points of each dimension, two on a line, so that a phone breaks none of them."""
    gained = card.score.by_dimension
    named = [Markup.escape(f"{one.label} {points(gained.get(one.id, Decimal(0)))}") for one in card.rules.dimensions]
    return [Markup(" · ").join(named[start : start + 2]) for start in range(0, len(named), 2)]


def _known(_: Words, card: FormCard) -> Markup:
    asked = {item.id for item in card.asked}
    known = [
        f"{line.label} {points(line.points)}/{points(line.full)}"
        for line in card.score.lines
        if line.item not in asked and card.answers.get(line.item) is not None
    ]
    if not known:
        return Markup()
    return _("📌 <i>Entered by the branch: {known}</i>", known=listed(_, known))


def _front_rows(_: Words, card: FormCard) -> Rows:
    form_id = card.form.form_id
    if not card.takes_answers:
        return _settled_rows(_, card)
    dimensions = [
        Button(_dimension_label(card, dimension.id, dimension.label), OpenDimension(form_id, dimension.id))
        for dimension in card.rules.dimensions
        if any(item.dimension == dimension.id for item in card.asked)
    ]
    rows = list(in_columns(dimensions, 2))
    bonus = [item for item in card.asked if card.rules.is_bonus(item.id)]
    rows += [(Button(f"🎖 {item.label}", OpenItem(form_id, item.id)),) for item in bonus]
    if card.unanswered:
        label = _.plain("👍 The rest as usual ({n})", n=len(card.unanswered))
        rows.append((Button(label, AnswerRest(form_id), Style.MAIN),))
    review = Button(
        _.plain("📤 Look over and hand in"), ReviewForm(form_id), Style.PLAIN if card.unanswered else Style.GO
    )
    return (*rows, (review,), (_leave(_, card),))


def _leave(_: Words, card: FormCard) -> Button:
    """Out of the form: who fills it in for another goes back to the desk."""
    if card.by_proxy:
        return Button(_.plain("‹ Branch desk"), OpenDesk(str(card.form.month)))
    return Button(_.plain("‹ Menu"), OpenMenu())


def _settled_rows(_: Words, card: FormCard) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if card.form.may_be_withdrawn(card.now):
        withdraw = WithdrawForm(card.form.form_id, card.form.revision)
        rows.append((Button(_.plain("✏️ Take back and change"), withdraw),))
    if not card.by_proxy:
        rows.append((Button(_.plain("❓ Why these points"), ShowWhy(str(card.form.month))),))
    return (*rows, (_leave(_, card),))


def _dimension_label(card: FormCard, dimension: str, label: str) -> str:
    items = [item for item in card.must_answer if item.dimension == dimension]
    done = sum(item.id in card.answers for item in items)
    mark = "✓" if done == len(items) else f"{done}/{len(items)}"
    return f"{label} {mark}"


def dimension_page(_: Words, card: FormCard, dimension_id: str) -> View:
    """The items of one dimension with what they bring so far."""
    label = next((entry.label for entry in card.rules.dimensions if entry.id == dimension_id), "")
    items = [item for item in card.must_answer if item.dimension == dimension_id]
    lines = [_("<b>{dimension}</b> · {month}", dimension=label, month=month_name(_, card.form.month)), Markup()]
    lines += [_item_line(card, item) for item in items]
    buttons = [Button(f"{_mark(card, item)} {item.label}", OpenItem(card.form.form_id, item.id)) for item in items]
    rows = (*in_columns(buttons, 2), (Button(_.plain("‹ Back"), OpenForm(card.form.form_id)),))
    return View(Markup("\n").join(lines), rows, private=True)


def _mark(card: FormCard, item: Item) -> str:
    return "✓" if item.id in card.answers else "·"


def _item_line(card: FormCard, item: Item) -> Markup:
    gained = points_of(card, item.id)
    full = f"/{points(item.full)}" if item.full is not None else ""
    return Markup("{} {} <b>{}</b>{}").format(_mark(card, item), item.label, gained, full)


def summary(_: Words, card: FormCard) -> View:
    """Everything that is about to be handed in, on one page."""
    lines = [*head(_, card), Markup()]
    for dimension in card.rules.dimensions:
        labels = [_item_line(card, item) for item in card.rules.items_of(dimension=dimension.id)]
        total = points(card.score.by_dimension.get(dimension.id, Decimal(0)))
        lines += [_("<b>{dimension}</b> {points}", dimension=dimension.label, points=total), *labels]
    claimed = [item for item in card.asked if card.rules.is_bonus(item.id) and card.answers.get(item.id)]
    lines += [_("🎖 {item}: claimed, counts for the year", item=item.label) for item in claimed]
    lines += [Markup(), _("Together <b>{points}</b> points", points=points(card.score.total))]
    form_id, rows = card.form.form_id, []
    if card.unanswered:
        lines.append(_("Still open: {items}", items=listed(_, (item.label for item in card.unanswered))))
        label = _.plain("👍 The rest as usual ({n})", n=len(card.unanswered))
        rows.append((Button(label, AnswerRest(form_id), Style.MAIN),))
    elif card.lacking_evidence:
        lines.append(_("Evidence is missing: {items}", items=listed(_, (item.label for item in card.lacking_evidence))))
        rows += [
            (Button(f"📎 {item.label}", OpenItem(form_id, item.id), Style.MAIN),) for item in card.lacking_evidence
        ]
    elif card.takes_answers:
        rows.append((Button(_.plain("📤 Hand in"), SubmitForm(form_id, card.form.revision), Style.GO),))
    rows.append((Button(_.plain("‹ Back"), OpenForm(form_id)),))
    return View(Markup("\n").join(lines), tuple(rows), private=True)
