"""One item of the month's form: its choices or counters, its note and its evidence."""

from __future__ import annotations

from decimal import Decimal

from markupsafe import Markup

from bot.domain.actions.base import Action
from bot.domain.actions.form import (
    AnswerCount,
    AnswerGrade,
    AnswerNothing,
    AskNote,
    DropEvidence,
    OpenDimension,
    OpenForm,
    OpenItem,
)
from bot.scoring.asking import Choice, Counter, choices, counters
from bot.scoring.facts import Fact
from bot.scoring.items import Evidence as EvidenceRule
from bot.scoring.items import Item, Shortfall
from bot.views.facts import FormCard
from bot.views.terms import points
from bot.views.view import Button, Rows, Style, View
from bot.views.words import Words


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
        lines.append(_("→ <b>{points}</b> points", points=points_of(card, item.id)))
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


def points_of(card: FormCard, item_id: str) -> str:
    """What an item brings so far."""
    return next((points(line.points) for line in card.score.lines if line.item == item_id), "–")
