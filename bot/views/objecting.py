"""我有异议: what a member objects to, and the page on which he writes it."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.domain.actions.base import Action
from bot.domain.actions.objections import AskObjection, AskObjectionItem, AskObjectionText
from bot.domain.objections import OBJECTION_LIMIT
from bot.domain.periods import Month
from bot.errors import NotFoundError
from bot.scoring.items import Item
from bot.scoring.results import Line
from bot.scoring.table import RuleSet
from bot.views.menu import back_row
from bot.views.objection_facts import Objecting, ScoredMonth
from bot.views.objections import about_item
from bot.views.terms import deadline_name, month_short, points, quarter_name
from bot.views.view import Button, Rows, Style, View, in_columns, one_per_row
from bot.views.words import Words

FIRST_SHOWN = 6
BONUS = "bonus-items"
REST = "other-items"


def first_page(_: Words, facts: Objecting, month: int = 0) -> View:
    """What others changed or the month deducted, each one tap away; then the dimensions, and the whole quarter."""
    ends = deadline_name(_, facts.ends_at, facts.zone)
    lines = [
        *_head(_, facts),
        Markup(),
        _("What do you not agree with? Tap it; then you write why. Somebody who did not decide it answers you in "
          "writing. Until {end}.", end=ends),
    ]  # fmt: skip
    months = [one for one in facts.months if month in {0, one.month.number}]
    noticed = [(one, line) for one in months for line in _changed(one)][:FIRST_SHOWN]
    if noticed:
        lines.append(_("✏️ changed by others · ➖ below full"))
    rows: list[tuple[Button, ...]] = [(_noticed_button(_, facts, *one),) for one in noticed]
    if facts.chosen is not None:
        rows += in_columns(_group_buttons(_, facts, facts.chosen, month), 2)
    whole = Button(_mark(facts, None, None) + _.plain("The quarter as a whole"),
                   AskObjectionText(str(facts.quarter), 0, ""))  # fmt: skip
    return View(Markup("\n").join(lines), (*rows, (whole,), back_row(_)), private=True)


def _head(_: Words, facts: Objecting) -> list[Markup]:
    return [
        _("⚖️ <b>Objection</b> · {quarter}", quarter=quarter_name(_, facts.quarter)),
        _("On show: <b>{points}</b> points, rank {rank} of {of}", points=points(facts.points), rank=facts.rank or "–",
          of=facts.ranked_of),
    ]  # fmt: skip


def _changed(month: ScoredMonth) -> list[Line]:
    """The lines that somebody else decided, then the duties that did not bring all they can."""
    duties = {part.id for part in month.rules.parts if part.duty}
    others = [line for line in month.score.lines if line.override is not None]
    return others + [
        line for line in month.score.lines
        if line.override is None and line.part in duties and line.full is not None and line.points < line.full
    ]  # fmt: skip


def _noticed_button(_: Words, facts: Objecting, month: ScoredMonth, line: Line) -> Button:
    sign = "✏️ " if line.override is not None else "➖ "
    when = f"{month_short(_, month.month)} " if len(facts.months) > 1 else ""
    label = f"{_mark(facts, month.month, line.item) or sign}{when}{_worth(line)}"
    return Button(label, AskObjectionText(str(facts.quarter), month.month.number, line.item))


def _group_buttons(_: Words, facts: Objecting, chosen: ScoredMonth, month: int) -> list[Button]:
    return [
        Button(_group_name(_, chosen.rules, group), AskObjectionItem(str(facts.quarter), month, group))
        for group in dict.fromkeys(group_of(chosen.rules, item) for item in _items(chosen.rules))
    ]


def _items(rules: RuleSet) -> tuple[Item, ...]:
    return (*rules.items, *rules.bonus.items)


def group_of(rules: RuleSet, item: Item) -> str:
    """The dimension of an item as a button names it; of a table without dimensions the part."""
    if item in rules.bonus.items:
        return BONUS
    return (item.dimension if rules.dimensions else item.part) or REST


def _group_name(_: Words, rules: RuleSet, group: str) -> str:
    named = {one.id: one.label for one in (rules.dimensions or rules.parts)}
    if group == BONUS:
        return rules.bonus.label
    return named.get(group) or _.plain("Other items")


def group_page(_: Words, facts: Objecting, group: str) -> View:
    """The items of one dimension in one month; the quarter's other months are one tap away."""
    chosen = facts.chosen
    items = [one for one in _items(chosen.rules) if group_of(chosen.rules, one) == group] if chosen else []
    if chosen is None or not items:
        raise NotFoundError
    lines = [
        *_head(_, facts),
        Markup(),
        _("<b>{group}</b>, {month}: which item?", group=_group_name(_, chosen.rules, group),
          month=month_short(_, chosen.month)),
    ]  # fmt: skip
    months: Rows = ()
    if len(facts.months) > 1:
        months = (tuple(_month_button(_, facts, one, group) for one in facts.months),)
    back = Button(_.plain("‹ Back"), AskObjection(str(facts.quarter)))
    return View(
        Markup("\n").join(lines), (*months, *one_per_row(_item_buttons(facts, chosen, items)), (back,)), private=True
    )  # fmt: skip


def _month_button(_: Words, facts: Objecting, one: ScoredMonth, group: str) -> Button:
    style = Style.MAIN if one is facts.chosen else Style.PLAIN
    return Button(month_short(_, one.month), AskObjectionItem(str(facts.quarter), one.month.number, group), style)


def _item_buttons(facts: Objecting, chosen: ScoredMonth, items: Sequence[Item]) -> list[Button]:
    lines = {line.item: line for line in chosen.score.lines}
    return [
        Button(
            _mark(facts, chosen.month, item.id) + (_worth(lines[item.id]) if item.id in lines else item.label),
            AskObjectionText(str(facts.quarter), chosen.month.number, item.id),
        )
        for item in items
    ]


def _worth(line: Line) -> str:
    return f"{line.label} {points(line.points)}" + (f"/{points(line.full)}" if line.full is not None else "")


def _mark(facts: Objecting, month: Month | None, item: str | None) -> str:
    return "⚖️ " if (month, item) in facts.objected else ""


def text_page(_: Words, facts: Objecting, month: int, item: str) -> View:
    """The objection is to be written."""
    about, back = _("the quarter as a whole"), _first(facts)
    if item:
        found = next(one for one in facts.months if one.month.number == month)
        about = about_item(_, found.month, found.rules.item(item).label)
        back = AskObjectionItem(str(facts.quarter), month, group_of(found.rules, found.rules.item(item)))
    text = _(
        "⚖️ <b>Objection</b> · {quarter}\nAbout: {about}\n\nPlease write what is not right, and how it was (at most "
        "{limit} characters). It is filed as soon as you send it.",
        quarter=quarter_name(_, facts.quarter), about=about, limit=OBJECTION_LIMIT,
    )  # fmt: skip
    return View(text, ((Button(_.plain("‹ Back"), back),),), private=True)


def _first(facts: Objecting) -> Action:
    return AskObjection(str(facts.quarter))
