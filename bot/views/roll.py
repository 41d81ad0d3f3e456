"""Roll and dues: which item, who, and what happened."""

from __future__ import annotations

from decimal import Decimal

from markupsafe import Markup

from bot.domain.actions.desk import (
    OpenDesk,
    OpenRoll,
    OpenRollItem,
    OpenRollMember,
    RecordAllPresent,
    RecordCount,
    RecordGrade,
    RecordNothing,
)
from bot.errors import NotFoundError
from bot.scoring.asking import Counter, choices, counters
from bot.views.claims import fact_words
from bot.views.desk_facts import RollBook, RollPage, RollRow
from bot.views.terms import month_name, points, progress_bar
from bot.views.view import Button, Rows, Style, View, one_per_row
from bot.views.words import Words

PAGE = 10


def book(_: Words, facts: RollBook) -> View:
    """The recorded items, each with how many members have a record."""
    title = _("🗒 <b>{branch} · {month}</b>", branch=facts.branch, month=month_name(_, facts.month))
    text = Markup("\n").join([title, _("Which item do you record? The numbers say for how many members it is done.")])
    buttons = [
        Button(f"{item.label} {done}/{facts.members}", OpenRollItem(str(facts.month), item.id))
        for item, done in facts.items
    ]
    back = (Button(_.plain("‹ Branch desk"), OpenDesk(str(facts.month))),)
    return View(text, (*one_per_row(buttons), back), private=True)


def roll(_: Words, facts: RollPage, number: int = 0) -> View:
    """One item's roll, ten members a page."""
    counted = [row for row in facts.rows if row.counts]
    done, total = len(counted) - len(facts.unrecorded), len(counted)
    lines = [
        _title(_, facts),
        Markup("{} {}/{}").format(progress_bar(done, total), done, total),
        _("Tap a member to record something; you yourself are recorded by somebody else."),
    ]
    return View(Markup("\n").join(lines), _roll_rows(_, facts, number), private=True)


def _title(_: Words, facts: RollPage) -> Markup:
    return _("🗒 <b>{item}</b> · {branch} · {month}", item=facts.item.label, branch=facts.branch,
             month=month_name(_, facts.month))  # fmt: skip


def _roll_rows(_: Words, facts: RollPage, number: int) -> Rows:
    month, item = str(facts.month), facts.item.id
    rows: list[tuple[Button, ...]] = []
    if facts.unrecorded and not choices(facts.item):
        label = _.plain("✓ All others as usual ({n})", n=len(facts.unrecorded))
        rows.append((Button(label, RecordAllPresent(month, item), Style.GO),))
    shown = facts.rows[number * PAGE : (number + 1) * PAGE]
    rows += [(_member_button(_, facts, row, number),) for row in shown]
    turning = [Button("‹", OpenRollItem(month, item, number - 1))] if number > 0 else []
    if len(facts.rows) > (number + 1) * PAGE:
        turning.append(Button("›", OpenRollItem(month, item, number + 1)))
    if turning:
        rows.append(tuple(turning))
    return (*rows, (Button(_.plain("‹ Back"), OpenRoll(month)),))


def _member_button(_: Words, facts: RollPage, row: RollRow, number: int) -> Button:
    if not row.counts:
        return Button(f"➖ {row.person.name}")
    said = _said(_, facts, row)
    action = OpenRollMember(str(facts.month), facts.item.id, row.person.member_id, number)
    return Button(f"{row.person.name} {said}", action)


def _said(_: Words, facts: RollPage, row: RollRow) -> str:
    """·: no record; ✓: nothing amiss; else the facts."""
    if row.facts is None:
        return "·"
    return fact_words(_, facts.item, row.facts) or "✓"


def member(_: Words, facts: RollPage, member_id: int, number: int = 0) -> View:
    """What happened with one member: counters to step, or one of the choices."""
    row = facts.row(member_id)
    if row is None or not row.counts:
        raise NotFoundError
    lines = [_title(_, facts), Markup("<b>{}</b>: {}").format(row.person.name, _said(_, facts, row))]
    month, item = str(facts.month), facts.item.id
    rows: list[tuple[Button, ...]] = []
    for choice in choices(facts.item):
        chosen = any(choice.id in {fact.grade, fact.act} for fact in row.facts or ())
        worth = f" · {points(choice.points)}" if choice.points is not None else ""
        label = f"{'● ' if chosen else '○ '}{choice.label}{worth}"
        action = RecordGrade(month, item, member_id, choice.id, number)
        rows.append((Button(label, action, Style.MAIN if chosen else Style.PLAIN),))
    rows += [_stepper(facts, row, counter, number) for counter in counters(facts.item)]
    if not choices(facts.item):
        style = Style.PLAIN if row.facts else Style.GO
        rows.append((Button(_.plain("✓ Nothing amiss"), RecordNothing(month, item, member_id, number), style),))
    back = Button(_.plain("‹ Back"), OpenRollItem(month, item, number))
    following = _following(facts, row)
    if following is None:
        return View(Markup("\n").join(lines), (*rows, (back,)), private=True)
    step = Button(
        _.plain("Next: {name} ›", name=following.person.name),
        OpenRollMember(month, item, following.person.member_id, number),
    )
    return View(Markup("\n").join(lines), (*rows, (back, step)), private=True)


def _following(facts: RollPage, row: RollRow) -> RollRow | None:
    """The next member without a record, from this one on and round."""
    place = facts.rows.index(row)
    waiting = [other for other in (*facts.rows[place + 1 :], *facts.rows[:place]) if other in facts.unrecorded]
    return waiting[0] if waiting else None


def _stepper(facts: RollPage, row: RollRow, counter: Counter, number: int) -> tuple[Button, ...]:
    month, item, member_id = str(facts.month), facts.item.id, row.person.member_id
    count = sum((fact.count for fact in row.facts or () if fact.act in {counter.id, ""}), Decimal(0))
    less, more = max(Decimal(0), count - counter.step), min(counter.most, count + counter.step)
    shown = f"{counter.label} {count.normalize():f}{counter.unit}"
    return tuple(
        Button(label, RecordCount(month, item, member_id, counter.id, int(value), number))
        for label, value in (("−", less), (shown, count), ("＋", more))
    )
