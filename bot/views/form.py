"""The month's form: its front page, one item, and the summary before handing in."""

from __future__ import annotations

from decimal import Decimal

from markupsafe import Markup

from bot.domain.actions import (
    Action,
    AnswerCount,
    AnswerGrade,
    AnswerNothing,
    AnswerRest,
    AskNote,
    DropEvidence,
    OpenDimension,
    OpenForm,
    OpenItem,
    OpenMenu,
    ReviewForm,
    ShowWhy,
    SubmitForm,
    WithdrawForm,
)
from bot.domain.forms import FormState
from bot.scoring.asking import Choice, Counter, choices, counters
from bot.scoring.facts import Fact
from bot.scoring.items import Evidence as EvidenceRule
from bot.scoring.items import Item, Shortfall
from bot.views.facts import FormCard
from bot.views.terms import deadline_name, exemption_name, instant_name, month_name, points, progress_bar
from bot.views.view import Button, Rows, Style, View, in_columns
from bot.views.words import Words


def front(_: Words, card: FormCard) -> View:
    """Progress, the four dimensions, the points so far, and what is known already."""
    lines = [*_head(_, card), Markup(), *_totals(_, card)]
    known = _known(_, card)
    if known:
        lines += [Markup(), known]
    return View(Markup("\n").join(lines), _front_rows(_, card), private=True)


def _head(_: Words, card: FormCard) -> list[Markup]:
    form = card.form
    title = _("📋 <b>{month} self-assessment</b>", month=month_name(_, form.month))
    who = _("{name} · {branch}", name=card.owner.name, branch=card.owner.branch)
    lines = [title, who]
    if card.by_proxy and card.takes_answers:
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
    by_dimension = [
        Markup("{}").format(f"{dimension.label} {points(card.score.by_dimension.get(dimension.id, Decimal(0)))}")
        for dimension in card.rules.dimensions
    ]
    return [total, Markup(" · ").join(by_dimension)]


def _known(_: Words, card: FormCard) -> Markup:
    asked = {item.id for item in card.asked}
    known = [
        f"{line.label} {points(line.points)}/{points(line.full)}"
        for line in card.score.lines
        if line.item not in asked and card.answers.get(line.item) is not None
    ]
    if not known:
        return Markup()
    return _("📌 <i>Entered by the branch: {known}</i>", known="、".join(known))


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
    rows += [(review,), (Button(_.plain("‹ Menu"), OpenMenu()),)]
    return tuple(rows)


def _settled_rows(_: Words, card: FormCard) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if card.form.may_be_withdrawn(card.now):
        withdraw = WithdrawForm(card.form.form_id, card.form.revision)
        rows.append((Button(_.plain("✏️ Take back and change"), withdraw),))
    if not card.by_proxy:
        rows.append((Button(_.plain("❓ Why these points"), ShowWhy(str(card.form.month))),))
    return (*rows, (Button(_.plain("‹ Menu"), OpenMenu()),))


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
    gained = _points_of(card, item.id)
    full = f"/{points(item.full)}" if item.full is not None else ""
    return Markup("{} {} <b>{}</b>{}").format(_mark(card, item), item.label, gained, full)


def _points_of(card: FormCard, item_id: str) -> str:
    return next((points(line.points) for line in card.score.lines if line.item == item_id), "–")


def item_page(_: Words, card: FormCard, item_id: str, *, writing: bool = False) -> View:
    """One item: its choices or counters, its note and evidence; `writing` while a text is awaited."""
    item = card.rules.item(item_id)
    lines = [_("<b>{item}</b> · {part}", item=item.label, part=_part_label(_, card, item))]
    if item.hint:
        lines.append(_("<i>{hint}</i>", hint=item.hint))
    lines += [Markup(), *_worth(_, item), *_answer_lines(_, card, item)]
    if writing:
        lines += [
            Markup(),
            _("✍️ Please write your note now, or send a photo or file; several may follow each other."),
        ]
    rows = _item_rows(_, card, item, writing=writing) if card.takes_answers else _back_rows(_, card, item)
    return View(Markup("\n").join(lines), rows, private=True)


def _part_label(_: Words, card: FormCard, item: Item) -> str:
    if card.rules.is_bonus(item.id):
        return card.rules.bonus.label
    return next((part.label for part in card.rules.parts if part.id == item.part), "")


def _worth(_: Words, item: Item) -> list[Markup]:
    worth = []
    for counter in counters(item):
        if counter.points is not None and counter.points != 0:
            sign = "+" if counter.points > 0 else "−"
            worth.append(
                _("{act}: {sign}{points} each", act=counter.label, sign=sign, points=points(abs(counter.points)))
            )
    if item.full is not None:
        worth.append(_("At most {points} points a month.", points=points(item.full)))
    if isinstance(item, Shortfall):
        return [_("{target} {unit} a month are needed; each missing one: −{points}.", target=_number(item.target),
                  unit=item.unit, points=points(item.each_missing or Decimal(0)))]  # fmt: skip
    return worth


def _answer_lines(_: Words, card: FormCard, item: Item) -> list[Markup]:
    lines: list[Markup] = []
    if item.id in card.answers:
        lines.append(_("→ <b>{points}</b> points", points=_points_of(card, item.id)))
    note = card.form.notes.get(item.id)
    if note:
        lines.append(_("📝 {note}", note=note))
    pieces = sum(piece.item == item.id for piece in card.form.evidence)
    if pieces:
        lines.append(_.many("📎 {n} piece of evidence", "📎 {n} pieces of evidence", pieces))
    elif item in card.lacking_evidence:
        lines.append(_("📎 <b>Evidence is needed</b>: a photo or a file."))
    return lines


def _item_rows(_: Words, card: FormCard, item: Item, *, writing: bool) -> Rows:
    form_id = card.form.form_id
    facts = card.answers.get(item.id)
    rows: list[tuple[Button, ...]] = []
    for choice in choices(item):
        rows.append((_choice_button(form_id, item, choice, facts),))
    for counter in counters(item):
        rows.append(_stepper(form_id, item, counter, facts))
    if not choices(item) and not isinstance(item, Shortfall):
        none = Button(_.plain("✓ None") if facts == () else _.plain("None this month"), AnswerNothing(form_id, item.id))
        rows.append((none,))
    ask = _.plain("📝 Note") if item.evidence is EvidenceRule.NONE else _.plain("📎 Note or evidence")
    own = [piece for piece in card.form.evidence if piece.item == item.id]
    notes = [] if writing else [Button(ask, AskNote(form_id, item.id))]
    if own:
        notes.append(Button(_.plain("🗑 Remove the last file"), DropEvidence(form_id, item.id, own[-1].evidence_id)))
    if notes:
        rows.append(tuple(notes))
    return (*rows, *_back_rows(_, card, item))


def _back_rows(_: Words, card: FormCard, item: Item) -> Rows:
    form_id = card.form.form_id
    back: Action = OpenForm(form_id) if card.rules.is_bonus(item.id) else OpenDimension(form_id, item.dimension)
    following = next_item(card, item.id)
    row = [Button(_.plain("‹ Back"), back)]
    if following is not None and card.takes_answers:
        row.append(Button(_.plain("Next ›"), OpenItem(form_id, following)))
    return (tuple(row),)


def next_item(card: FormCard, item_id: str) -> str | None:
    """The next item that is still unanswered, from this one on and round; None when all are answered."""
    order = [item.id for item in card.must_answer]
    start = order.index(item_id) + 1 if item_id in order else 0
    open_ids = {item.id for item in card.unanswered}
    return next((entry for entry in (*order[start:], *order[:start]) if entry in open_ids), None)


def _choice_button(form_id: int, item: Item, choice: Choice, facts: tuple[Fact, ...] | None) -> Button:
    chosen = any(choice.id in {fact.grade, fact.act} for fact in facts or ())
    worth = f" · {points(choice.points)}" if choice.points is not None else ""
    label = f"{'● ' if chosen else '○ '}{choice.label}{worth}"
    return Button(label, AnswerGrade(form_id, item.id, choice.id), Style.MAIN if chosen else Style.PLAIN)


def _stepper(form_id: int, item: Item, counter: Counter, facts: tuple[Fact, ...] | None) -> tuple[Button, ...]:
    count = sum((fact.count for fact in facts or () if fact.act in {counter.id, ""}), Decimal(0))
    less = max(Decimal(0), count - counter.step)
    more = min(counter.most, count + counter.step)
    shown = f"{counter.label} {_number(count)}{counter.unit}"
    return (
        Button("−", AnswerCount(form_id, item.id, counter.id, int(less))),
        Button(shown, AnswerCount(form_id, item.id, counter.id, int(count))),
        Button("＋", AnswerCount(form_id, item.id, counter.id, int(more))),
    )


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"


def summary(_: Words, card: FormCard) -> View:
    """Everything that is about to be handed in, on one page."""
    lines = [*_head(_, card), Markup()]
    for dimension in card.rules.dimensions:
        labels = [_item_line(card, item) for item in card.rules.items_of(dimension=dimension.id)]
        total = points(card.score.by_dimension.get(dimension.id, Decimal(0)))
        lines += [_("<b>{dimension}</b> {points}", dimension=dimension.label, points=total), *labels]
    claimed = [item for item in card.asked if card.rules.is_bonus(item.id) and card.answers.get(item.id)]
    lines += [_("🎖 {item}: claimed, counts for the year", item=item.label) for item in claimed]
    lines += [Markup(), _("Together <b>{points}</b> points", points=points(card.score.total))]
    form_id, rows = card.form.form_id, []
    if card.unanswered:
        lines.append(_("Still open: {items}", items="、".join(item.label for item in card.unanswered)))
        label = _.plain("👍 The rest as usual ({n})", n=len(card.unanswered))
        rows.append((Button(label, AnswerRest(form_id), Style.MAIN),))
    elif card.lacking_evidence:
        lines.append(_("Evidence is missing: {items}", items="、".join(item.label for item in card.lacking_evidence)))
        rows += [
            (Button(f"📎 {item.label}", OpenItem(form_id, item.id), Style.MAIN),) for item in card.lacking_evidence
        ]
    elif card.takes_answers:
        rows.append((Button(_.plain("📤 Hand in"), SubmitForm(form_id, card.form.revision), Style.GO),))
    rows.append((Button(_.plain("‹ Back"), OpenForm(form_id)),))
    return View(Markup("\n").join(lines), tuple(rows), private=True)
