"""What the bot says unasked about the month's form: short, friendly, and with the way to act."""

from __future__ import annotations

from decimal import Decimal

from markupsafe import Markup

from bot.domain.actions.desk import OpenDesk
from bot.domain.actions.form import NotToday, OpenForm
from bot.domain.actions.menu import ShowWhy
from bot.domain.people import Person
from bot.views.facts import BranchMonth, ComingRating, FormCard
from bot.views.form import dimension_lines
from bot.views.terms import deadline_name, instant_name, listed, month_name, points, progress_bar, quarter_name
from bot.views.view import Button, Rows, Style, View
from bot.views.words import Words


def reminder(_: Words, card: FormCard, days_left: int) -> View:
    """The form still waits."""
    month, day = month_name(_, card.form.month), deadline_name(_, card.form.closes_at, card.zone)
    if days_left <= 0:
        text = _("⏰ Today is the last day for {month}: until {day}. It takes a minute.", month=month, day=day)
    else:
        text = _("🔔 Your form for {month} still waits, until {day}. It takes a minute.", month=month, day=day)
    return View(text, _open_rows(_, card, snooze=True), private=True)


def nudge(_: Words, card: FormCard) -> View:
    """The branch asks by hand."""
    month, day = month_name(_, card.form.month), deadline_name(_, card.form.closes_at, card.zone)
    text = _("🔔 Your branch asks for your form for {month}, until {day}. It takes a minute.", month=month, day=day)
    return View(text, _open_rows(_, card, snooze=True), private=True)


def returned(_: Words, card: FormCard, by: str) -> View:
    """The form was sent back."""
    text = _(
        "↩️ {by} sent your form for {month} back to you:\n<blockquote>{reason}</blockquote>\n"
        "Please look at it and hand it in again. Everything you answered is still there.",
        by=by,
        month=month_name(_, card.form.month),
        reason=card.form.returned_reason or "",
    )
    return View(text, _open_rows(_, card), private=True)


def entered(_: Words, card: FormCard, by: str) -> View:
    """Somebody else handed the form in."""
    text = _(
        "✍️ {by} handed in your form for {month} for you: {points} points. "
        "Please look at it; if something is wrong, speak to your branch's organisation commissioner.",
        by=by,
        month=month_name(_, card.form.month),
        points=points(card.score.total),
    )
    return View(text, _open_rows(_, card), private=True)


def _open_rows(_: Words, card: FormCard, *, snooze: bool = False) -> Rows:
    rows: list[tuple[Button, ...]] = [(Button(_.plain("📋 Open the form"), OpenForm(card.form.form_id), Style.MAIN),)]
    if snooze:
        rows.append((Button(_.plain("🌙 Not today"), NotToday(card.form.form_id)),))
    return tuple(rows)


def month_summary(_: Words, card: FormCard) -> View:
    """一月一小结 for one member."""
    month = month_name(_, card.form.month)
    lines = [_("🗓 <b>{month}</b>: <b>{points}</b> points by your own assessment",
               month=month, points=points(card.score.total))]  # fmt: skip
    lines += dimension_lines(card)
    if card.form.submitted_at is None:
        lines.append(
            _("You did not hand the form in. Nothing is deducted for that; the branch decides at the quarter's end.")
        )
    line = card.rules.policies.line
    if line is not None and card.score.total < line:
        lines.append(_open_chances(_, card))
    rows = ((Button(_.plain("❓ Why these points"), ShowWhy(str(card.form.month))),),)
    return View(Markup("\n").join(lines), rows, private=True, silent=True)


def _open_chances(_: Words, card: FormCard) -> Markup:
    """Early and privately: what is open to somebody who does his duties and is still under the line."""
    open_lines = [
        f"{line.label} +{points(line.full)}"
        for line in card.score.lines
        if line.points == 0 and line.full and card.rules.item(line.item).kind in {"add", "per_unit"}
    ]
    return _(
        "Only you see this: doing every duty brings {duties} points. Open to you beyond that: {chances}.",
        duties=points(sum((part.full or Decimal(0) for part in card.rules.parts if part.duty), Decimal(0))),
        chances=listed(_, open_lines[:5]),
    )


def branch_summary(_: Words, facts: BranchMonth) -> View:
    """一月一小结 for a branch's leaders: how far it came, who is missing, how the points lie, what comes next."""
    lines = [
        _("🗓 <b>{month}, in short</b> · {branch}", month=month_name(_, facts.month), branch=facts.branch),
        Markup("{} {}").format(
            progress_bar(facts.submitted, facts.expected),
            _("Handed in: {done} of {total}", done=facts.submitted, total=facts.expected),
        ),
    ]
    if facts.missing:
        lines.append(_("Not handed in: {names}", names=listed(_, facts.missing)))
    if facts.returned:
        lines.append(_("Sent back, to be handed in again: {names}", names=listed(_, facts.returned)))
    if facts.exempt:
        lines.append(_.many("{n} member exempt", "{n} members exempt", facts.exempt))
    lines += [*_spread_lines(_, facts), *_coming_lines(_, facts)]
    rows = ((Button(_.plain("🧾 Branch desk"), OpenDesk(str(facts.month)), Style.MAIN),),)
    return View(Markup("\n").join(lines), rows, private=True)


def _spread_lines(_: Words, facts: BranchMonth) -> list[Markup]:
    """The points as they were handed in, beside the month before."""
    found, before = facts.spread, facts.before
    if found is None:
        return []
    lines = [
        _("By their own assessment: median {median}, from {low} to {high}", median=points(found.median),
          low=points(found.low), high=points(found.high))
    ]  # fmt: skip
    if before is not None:
        lines.append(
            _("The month before: median {median}, from {low} to {high}", median=points(before.median),
              low=points(before.low), high=points(before.high))
        )  # fmt: skip
    return lines


def _coming_lines(_: Words, facts: BranchMonth) -> list[Markup]:
    """The next dates, the nearest first."""
    lines = []
    if facts.rating is not None:
        lines.append(_rating_line(_, facts, facts.rating))
    if facts.next_opens_at is not None:
        at, month = instant_name(_, facts.next_opens_at, facts.zone), month_name(_, facts.month.next)
        lines.append(_("Next: the form of {month} opens {at}", month=month, at=at))
    return [Markup(), *lines] if lines else []


def _rating_line(_: Words, facts: BranchMonth, rating: ComingRating) -> Markup:
    end, quarter = deadline_name(_, rating.due_at, facts.zone), quarter_name(_, facts.month.quarter)
    if rating.opens_at is None:
        return _("Next: rate {quarter} until {end}", quarter=quarter, end=end)
    begin = instant_name(_, rating.opens_at, facts.zone)
    return _("Next: the rating of {quarter} begins {begin} and is due {end}", quarter=quarter, begin=begin, end=end)


def unreachable(_: Words, person: Person) -> View:
    """Somebody does not get the bot's messages any more."""
    text = _(
        "📵 {name} cannot be reached by me any more (the chat was blocked or deleted). "
        "Please speak to the member; you can fill in the form for him or her at the branch desk.",
        name=person.name,
    )
    return View(text, ((Button(_.plain("🧾 Branch desk"), OpenDesk()),),), private=True)
