"""The steps of an answer to an objection: the outcome, whether points change, which, and what is written."""

from __future__ import annotations

from markupsafe import Markup

from bot.domain.actions.base import Action
from bot.domain.actions.objections import AskCorrectedPoints, AskCorrection, AskOutcome, AskWrittenAnswer, OpenObjection
from bot.domain.objections import ANSWER_LIMIT, Outcome
from bot.errors import NotFoundError
from bot.scoring.adjusting import limits, suggestions
from bot.scoring.points import from_hundredths, hundredths
from bot.views.objection_facts import ObjectionCard, ScoredMonth
from bot.views.objections import SIGNS, about_item, card_lines, outcome_name
from bot.views.terms import month_short, points
from bot.views.view import Button, Rows, View, in_columns, one_per_row
from bot.views.words import Words

Key = tuple[int, int, str]


def outcome_page(_: Words, facts: ObjectionCard, outcome: Outcome) -> View:
    """Whether the points are corrected, or only their explanation is another."""
    found, key = facts.objection, _key(facts, outcome)
    correcting: Action = (
        AskCorrectedPoints(*key, found.month.number, found.item)
        if found.month is not None and found.item is not None and facts.month(found.month.number) is not None
        else AskCorrection(*key, 0)
    )
    buttons = [
        Button(_.plain("✏️ Correct the points"), correcting),
        Button(_.plain("📝 The points stay, only the explanation changes"), AskWrittenAnswer(*key)),
    ]
    asked = _("{outcome}: what follows from it?", outcome=_outcome(_, outcome))
    return _page(_, facts, asked, one_per_row(buttons), OpenObjection(found.objection_id))


def correction_page(_: Words, facts: ObjectionCard, outcome: Outcome, number: int) -> View:
    """Which item of which month; the month first where there are several."""
    key, back = _key(facts, outcome), AskOutcome(*_key(facts, outcome))
    month = facts.month(number) if number else facts.months[0] if len(facts.months) == 1 else None
    if month is None and number:
        raise NotFoundError
    if month is None:
        buttons = [Button(month_short(_, one.month), AskCorrection(*key, one.month.number)) for one in facts.months]
        return _page(_, facts, _("Which month is corrected?"), in_columns(buttons, 3), back)
    buttons = [
        Button(f"{line.label} {points(line.points)}", AskCorrectedPoints(*key, month.month.number, line.item))
        for line in month.score.lines
    ]
    asked = _("Which item of {month} is corrected?", month=month_short(_, month.month))
    return _page(_, facts, asked, in_columns(buttons, 2), back)


def points_page(_: Words, facts: ObjectionCard, outcome: Outcome, number: int, item_id: str) -> View:
    """How many points: the item's own steps as buttons; another number can be typed."""
    key, month = _key(facts, outcome), chosen_month(facts, number, item_id)
    item, now = month.rules.item(item_id), current(month, item_id)
    buttons = [
        Button(points(value), AskWrittenAnswer(*key, number, item_id, hundredths(value)))
        for value in suggestions(month.rules, item)
        if now is None or hundredths(value) != now
    ]
    low, high = limits(month.rules, item)
    asked = _(
        "✏️ {about}, now {points}.\nHow many points? Tap, or write a number from {low} to {high}.",
        about=about_item(_, month.month, item.label), points=points(now), low=points(low), high=points(high),
    )  # fmt: skip
    return _page(_, facts, asked, in_columns(buttons, 4), AskOutcome(*key))


def answer_page(
    _: Words, facts: ObjectionCard, outcome: Outcome, number: int = 0, item_id: str = "", centi: int = 0
) -> View:
    """The written answer, without which there is none."""
    lines = [_("{outcome}: please write the answer.", outcome=_outcome(_, outcome))]
    if number:
        month = chosen_month(facts, number, item_id)
        lines.append(
            _("✏️ {about}: {before} → <b>{after}</b>", about=about_item(_, month.month, month.rules.item(item_id).label),
              before=points(current(month, item_id)), after=points(from_hundredths(centi)))
        )  # fmt: skip
    elif outcome is not Outcome.REJECTED:
        lines.append(_("The points stay as they were."))
    lines.append(
        _("The member reads it as you write it (at most {limit} characters). It is sent at once and stands.",
          limit=ANSWER_LIMIT)
    )  # fmt: skip
    back: Action = (
        OpenObjection(facts.objection.objection_id)
        if outcome is Outcome.REJECTED
        else AskOutcome(*_key(facts, outcome))
    )
    return _page(_, facts, Markup("\n").join(lines), (), back)


def chosen_month(facts: ObjectionCard, number: int, item_id: str) -> ScoredMonth:
    """The counting month of this number, if it has this item, or a NotFoundError."""
    month = facts.month(number)
    if month is None or not month.rules.has_item(item_id):
        raise NotFoundError
    return month


def current(month: ScoredMonth, item_id: str) -> int | None:
    """What the item brings now, in hundredths; None for a bonus that is credited with the year."""
    return next((hundredths(line.points) for line in month.score.lines if line.item == item_id), None)


def _key(facts: ObjectionCard, outcome: Outcome) -> Key:
    return facts.objection.objection_id, facts.objection.revision, outcome.value


def _outcome(_: Words, outcome: Outcome) -> Markup:
    return Markup("{} <b>{}</b>").format(SIGNS[outcome], outcome_name(_, outcome))


def _page(_: Words, facts: ObjectionCard, asked: Markup, rows: Rows, back: Action) -> View:
    lines = [*card_lines(_, facts)[:-1], Markup(), asked]
    return View(Markup("\n").join(lines), (*rows, (Button(_.plain("‹ Back"), back),)), private=True)
