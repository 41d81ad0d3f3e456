"""The steps of an adjustment (item, month, points, reason) and of sending a form back (month, reason)."""

from __future__ import annotations

from decimal import Decimal

from markupsafe import Markup

from bot.domain.actions.base import Action
from bot.domain.actions.rating import (
    AdjustRating,
    AskAdjust,
    AskAdjustMonth,
    AskAdjustPoints,
    AskAdjustReason,
    AskReturnRating,
    AskReturnReason,
    OpenRating,
    ReturnRating,
)
from bot.domain.forms import FormState
from bot.errors import NotFoundError
from bot.scoring.adjusting import limits, suggestions
from bot.scoring.items import Item
from bot.scoring.points import from_hundredths, hundredths
from bot.views.rating_card import head
from bot.views.rating_facts import RatedMonth, RatingCard
from bot.views.terms import points, short_month
from bot.views.view import Button, Style, View, in_columns, one_per_row
from bot.views.words import Words


def adjusting_reasons(_: Words) -> tuple[str, ...]:
    """The reasons that mostly fit an adjustment; they are stored as they are worded here."""
    return (
        _.plain("evidence is not sufficient"),
        _.plain("does not agree with the roll or the ledger"),
        _.plain("number or grade corrected"),
        _.plain("claimed twice"),
        _.plain("as the branch committee agreed"),
    )


def returning_reasons(_: Words) -> tuple[str, ...]:
    """What a member is mostly asked to do when his form comes back."""
    return (
        _.plain("please add the evidence"),
        _.plain("please fill in what is missing"),
        _.plain("please check the numbers"),
        _.plain("does not agree with the roll, please check"),
    )


def item_page(_: Words, card: RatingCard) -> View:
    """Which item: those with a claim first."""
    month = newest(card)
    claimed = {claim.item.id for claim in card.claims}
    items = (*month.rules.items, *month.rules.bonus.items) if month.rules is not None else ()
    ordered = sorted(items, key=lambda item: item.id not in claimed)
    rating_id, revision = card.rating.rating_id, card.rating.revision
    buttons = [
        Button(f"{'● ' if item.id in claimed else ''}{item.label}", AskAdjustMonth(rating_id, revision, item.id))
        for item in ordered
    ]
    text = _page(_, card, _("✏️ Which item is to be adjusted? (● = with a claim or record)"))
    return View(text, (*in_columns(buttons, 2), _back(_, OpenRating(rating_id))), private=True)


def month_page(_: Words, card: RatingCard, item_id: str) -> View:
    """Which month, with what the item brings there."""
    rating_id, revision = card.rating.rating_id, card.rating.revision
    buttons = [
        Button(f"{short_month(_, month.month)} · {_shown(month, item_id)}",
               AskAdjustPoints(rating_id, revision, item_id, month.month.number))
        for month in card.counted
    ]  # fmt: skip
    text = _page(_, card, _("✏️ <b>{item}</b>: which month?", item=_item(newest(card), item_id).label))
    back = _back(_, AskAdjust(rating_id, revision))
    return View(text, (*in_columns(buttons, 3), back), private=True)


def points_page(_: Words, card: RatingCard, item_id: str, number: int) -> View:
    """How many points: the item's own steps as buttons; another number can be typed."""
    month = chosen_month(card, number)
    item, now = _item(month, item_id), current(month, item_id)
    rating_id, revision = card.rating.rating_id, card.rating.revision
    values = suggestions(month.rules, item) if month.rules is not None else ()
    buttons = [
        Button(points(value), AskAdjustReason(rating_id, revision, item_id, number, hundredths(value)))
        for value in values
        if value != now
    ]
    low, high = limits(month.rules, item) if month.rules is not None else (Decimal(0), Decimal(0))
    asked = _(
        "✏️ {month} <b>{item}</b>, now {points}.\nHow many points? Tap, or write a number from {low} to {high}.",
        month=short_month(_, month.month), item=item.label, points=points(now), low=points(low), high=points(high),
    )  # fmt: skip
    only = len(card.counted) == 1
    back: Action = AskAdjust(rating_id, revision) if only else AskAdjustMonth(rating_id, revision, item_id)
    return View(_page(_, card, asked), (*in_columns(buttons, 4), _back(_, back)), private=True)


def reason_page(_: Words, card: RatingCard, item_id: str, number: int, centi: int) -> View:
    """Why: a reason to tap, or to write."""
    month = chosen_month(card, number)
    item, now = _item(month, item_id), current(month, item_id)
    rating_id, revision = card.rating.rating_id, card.rating.revision
    buttons = [
        Button(reason, AdjustRating(rating_id, revision, item_id, number, centi, preset))
        for preset, reason in enumerate(adjusting_reasons(_), 1)
    ]
    asked = _(
        "✏️ {month} <b>{item}</b> {before} → <b>{after}</b>\nWhy? Tap a reason, or write it.",
        month=short_month(_, month.month), item=item.label, before=points(now), after=points(from_hundredths(centi)),
    )  # fmt: skip
    back = _back(_, AskAdjustPoints(rating_id, revision, item_id, number))
    return View(_page(_, card, asked), (*one_per_row(buttons), back), private=True)


def return_month_page(_: Words, card: RatingCard) -> View:
    """Which month's form goes back."""
    rating_id, revision = card.rating.rating_id, card.rating.revision
    buttons = [
        Button(short_month(_, month.month), AskReturnReason(rating_id, revision, month.month.number))
        for month in returnable(card)
    ]
    text = _page(_, card, _("↩️ Which month's form goes back?"))
    return View(text, (*in_columns(buttons, 3), _back(_, OpenRating(rating_id))), private=True)


def return_reason_page(_: Words, card: RatingCard, number: int) -> View:
    """Why it goes back; the member reads this."""
    month = chosen_month(card, number)
    rating_id, revision = card.rating.rating_id, card.rating.revision
    buttons = [
        Button(reason, ReturnRating(rating_id, revision, number, preset), Style.STOP)
        for preset, reason in enumerate(returning_reasons(_), 1)
    ]
    asked = _(
        "↩️ The form of {month} goes back to {name}. What is to be done? Tap, or write it; the member reads it.",
        month=short_month(_, month.month), name=card.owner.name,
    )  # fmt: skip
    back: Action = AskReturnRating(rating_id, revision) if len(returnable(card)) > 1 else OpenRating(rating_id)
    return View(_page(_, card, asked), (*one_per_row(buttons), _back(_, back)), private=True)


def preset_of(reasons: tuple[str, ...], number: int) -> str:
    """The reason with this number (from 1), or a NotFoundError."""
    if not 1 <= number <= len(reasons):
        raise NotFoundError
    return reasons[number - 1]


def returnable(card: RatingCard) -> tuple[RatedMonth, ...]:
    """The months whose form was handed in."""
    return tuple(month for month in card.counted if month.form and month.form.state is FormState.SUBMITTED)


def newest(card: RatingCard) -> RatedMonth:
    """The last month that counts, or a NotFoundError."""
    if not card.counted:
        raise NotFoundError
    return card.counted[-1]


def chosen_month(card: RatingCard, number: int) -> RatedMonth:
    """The counting month of this number, or a NotFoundError."""
    month = card.month(number)
    if month is None:
        raise NotFoundError
    return month


def current(month: RatedMonth, item_id: str) -> Decimal | None:
    """What the item brings now; None for a bonus that is credited with the year."""
    lines = month.score.lines if month.score is not None else ()
    return next((line.points for line in lines if line.item == item_id), None)


def _item(month: RatedMonth, item_id: str) -> Item:
    if month.rules is None or not month.rules.has_item(item_id):
        raise NotFoundError
    return month.rules.item(item_id)


def _shown(month: RatedMonth, item_id: str) -> str:
    full = _item(month, item_id).full
    now = points(current(month, item_id))
    return now if full is None else f"{now}/{points(full)}"


def _page(_: Words, card: RatingCard, asked: Markup) -> Markup:
    return Markup("\n").join([*head(_, card), Markup(), asked])


def _back(_: Words, action: Action) -> tuple[Button, ...]:
    return (Button(_.plain("‹ Back"), action),)
