"""我有异议: what a member objects to, and the page on which he writes it."""

from __future__ import annotations

from markupsafe import Markup

from bot.domain.actions.objections import AskObjection, AskObjectionText
from bot.domain.objections import OBJECTION_LIMIT
from bot.domain.periods import Month
from bot.views.menu import back_row
from bot.views.objection_facts import Objecting, ScoredMonth
from bot.views.objections import about_item
from bot.views.terms import deadline_name, month_short, points, quarter_name
from bot.views.view import Button, Rows, Style, View, in_columns
from bot.views.words import Words


def item_page(_: Words, facts: Objecting) -> View:
    """What the objection is about: one item of a month, or the quarter as a whole."""
    quarter = str(facts.quarter)
    ends = deadline_name(_, facts.ends_at, facts.zone)
    lines = [
        _("⚖️ <b>Objection</b> · {quarter}", quarter=quarter_name(_, facts.quarter)),
        _("On show: <b>{points}</b> points, rank {rank} of {of}", points=points(facts.points), rank=facts.rank or "–",
          of=facts.ranked_of),
        Markup(),
        _("What do you not agree with? Tap it; then you write why. Somebody who did not decide it answers you in "
          "writing. Until {end}.", end=ends),
    ]  # fmt: skip
    whole = (Button(_mark(facts, None, None) + _.plain("The quarter as a whole"), AskObjectionText(quarter, 0, "")),)
    months: Rows = ()
    if len(facts.months) > 1:
        months = (tuple(_month_button(_, facts, one) for one in facts.months),)
    items = _item_buttons(facts, facts.chosen) if facts.chosen is not None else []
    return View(Markup("\n").join(lines), (whole, *months, *in_columns(items, 2), back_row(_)), private=True)


def _month_button(_: Words, facts: Objecting, one: ScoredMonth) -> Button:
    style = Style.MAIN if one is facts.chosen else Style.PLAIN
    return Button(month_short(_, one.month), AskObjection(str(facts.quarter), one.month.number), style)


def _item_buttons(facts: Objecting, chosen: ScoredMonth) -> list[Button]:
    quarter, month = str(facts.quarter), chosen.month
    return [
        Button(
            f"{_mark(facts, month, line.item)}{line.label} {points(line.points)}"
            + (f"/{points(line.full)}" if line.full is not None else ""),
            AskObjectionText(quarter, month.number, line.item),
        )
        for line in chosen.score.lines
    ] + [
        Button(f"{_mark(facts, month, item.id)}{item.label}", AskObjectionText(quarter, month.number, item.id))
        for item in chosen.rules.bonus.items
        if not any(line.item == item.id for line in chosen.score.lines)
    ]


def _mark(facts: Objecting, month: Month | None, item: str | None) -> str:
    return "⚖️ " if (month, item) in facts.objected else ""


def text_page(_: Words, facts: Objecting, month: int, item: str) -> View:
    """The objection is to be written."""
    about = _("the quarter as a whole") if not item else _of_item(_, facts, month, item)
    text = _(
        "⚖️ <b>Objection</b> · {quarter}\nAbout: {about}\n\nPlease write what is not right, and how it was (at most "
        "{limit} characters). It is filed as soon as you send it.",
        quarter=quarter_name(_, facts.quarter), about=about, limit=OBJECTION_LIMIT,
    )  # fmt: skip
    back = Button(_.plain("‹ Back"), AskObjection(str(facts.quarter), month))
    return View(text, ((back,),), private=True)


def _of_item(_: Words, facts: Objecting, number: int, item: str) -> Markup:
    found = next(one for one in facts.months if one.month.number == number)
    return about_item(_, found.month, found.rules.item(item).label)
