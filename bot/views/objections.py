"""异议: one objection with what was shown, every answer, and what its reader can do now."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from markupsafe import Markup

from bot.domain.actions.menu import ShowWhy
from bot.domain.actions.objections import AcceptAnswer, AskOutcome, EscalateObjection, OpenObjections, WithdrawObjection
from bot.domain.objections import Objection, ObjectionAnswer, ObjectionState, Outcome
from bot.domain.periods import Month
from bot.views.menu import back_row
from bot.views.objection_facts import ObjectionCard
from bot.views.publicity_refusals import state_name
from bot.views.terms import deadline_name, instant_name, listed, month_short, points, quarter_name
from bot.views.view import Button, Rows, Style, View
from bot.views.words import Words

SIGNS = {Outcome.UPHELD: "✅", Outcome.PARTLY: "◐", Outcome.REJECTED: "❌"}
_UNDER = Markup("　")


def card(_: Words, facts: ObjectionCard) -> View:
    """Everything about one objection, and what its reader can do now."""
    return View(Markup("\n").join(card_lines(_, facts)), _card_rows(_, facts), private=True)


def filed_letter(_: Words, facts: ObjectionCard) -> View | None:
    """To whoever answers; None if it was withdrawn or answered meanwhile."""
    if not facts.may_answer:
        return None
    heading = (
        _("⚖️ A member asks the review group to look at an answer.") if facts.objection.level > 1
        else _("⚖️ A member objects. You did not decide this, so you are asked to answer.")
    )  # fmt: skip
    lines = [heading, Markup(), *card_lines(_, facts)]
    return View(Markup("\n").join(lines), _card_rows(_, facts), private=True)


def reminded_letter(_: Words, facts: ObjectionCard) -> View | None:
    """The answer is due soon, or late; None once it was given."""
    if not facts.may_answer:
        return None
    due = facts.objection.answer_due_at
    ends = deadline_name(_, due, facts.zone)
    heading = (
        _("⏰ An objection waits for your answer, due {end}.", end=ends) if facts.now < due
        else _("⏰ Your answer to an objection is overdue since {end}.", end=ends)
    )  # fmt: skip
    lines = [heading, Markup(), *card_lines(_, facts)]
    return View(Markup("\n").join(lines), _card_rows(_, facts), private=True)


def answered_letter(_: Words, facts: ObjectionCard) -> View:
    """To the member: the answer has come."""
    lines = [_("⚖️ Your objection was answered."), Markup(), *card_lines(_, facts)]
    return View(Markup("\n").join(lines), _card_rows(_, facts), private=True)


def card_lines(_: Words, facts: ObjectionCard) -> list[Markup]:
    """What was shown, what is objected to, every answer, and where it stands."""
    found = facts.objection
    lines = [
        _("⚖️ <b>{name}</b> · {branch} · {quarter}", name=facts.owner.name, branch=facts.branch,
          quarter=quarter_name(_, found.quarter)),
        _("About: {about}", about=about_of(_, found)),
        Markup(),
        _("<b>Shown when it was filed</b>"),
        *(_UNDER + line for line in frozen_lines(_, facts)),
        _("<b>The objection</b>, {at}", at=instant_name(_, found.filed_at, facts.zone)),
        Markup("<blockquote>{}</blockquote>").format(found.text),
    ]  # fmt: skip
    for answer in facts.answers:
        lines += _answer_lines(_, facts, answer)
    return [*lines, state_line(_, facts)]


def about_of(_: Words, found: Objection) -> Markup:
    """The item and month, or the quarter as a whole."""
    if found.month is None or found.item is None:
        return _("the quarter as a whole")
    return about_item(_, found.month, label_of(found, found.month, found.item))


def label_of(found: Objection, month: Month, item: str) -> str:
    """What the item was called when it was shown."""
    lines = [line for one in found.frozen["months"] if one["month"] == str(month) for line in one["lines"]]
    return next((str(line["label"]) for line in lines if line["item"] == item), item)


def frozen_lines(_: Words, facts: ObjectionCard) -> list[Markup]:
    """The frozen copy, as far as it bears on what is objected to."""
    found, frozen = facts.objection, facts.objection.frozen
    lines = [
        _("Quarter {points} points, rank {rank} of {of}", points=points(frozen["centi"]), rank=frozen["rank"] or "–",
          of=frozen["of"])
    ]  # fmt: skip
    for month in frozen["months"]:
        lines += _frozen_month(_, facts, month)
    if frozen["rated_by"] is not None:
        lines.append(_decided(_, facts, _.plain("Rated"), frozen["rated_by"], frozen["rated_at"]))
    if frozen["reviewed_by"] is not None:
        lines.append(_decided(_, facts, _.plain("Reviewed"), frozen["reviewed_by"], frozen["reviewed_at"]))
    version = next((one["version"] for one in frozen["months"] if one["month"] == str(found.month)), frozen["version"])
    return [*lines, _("Rules: {title}, version {version}", title=frozen["rules"], version=version)]


def _frozen_month(_: Words, facts: ObjectionCard, month: dict[str, Any]) -> list[Markup]:
    found, name = facts.objection, month_short(_, Month.parse(month["month"]))
    if found.item is None:
        return [] if month["exempt"] else [_("{month} {points} points", month=name, points=points(month["centi"]))]
    if month["month"] != str(found.month):
        return []
    lines = [
        _("{month} {item} {points}", month=name, item=line["label"],
          points=points(line["centi"]) + (f"/{points(line['full'])}" if line["full"] is not None else ""))
        for line in month["lines"] if line["item"] == found.item
    ]  # fmt: skip
    lines += [
        _("set to {points} by {name}: {reason}", points=points(one["centi"]), name=_who(facts, one["by"]),
          reason=one["reason"])
        for one in month["adjusted"] if one["item"] == found.item
    ]  # fmt: skip
    return lines


def _who(facts: ObjectionCard, member_id: object) -> str:
    return facts.names.get(int(str(member_id)), "") if str(member_id).isdigit() else ""


def _decided(_: Words, facts: ObjectionCard, deed: str, by: int, at: str | None) -> Markup:
    when = instant_name(_, datetime.fromisoformat(at), facts.zone) if at else ""
    return _("{deed} by {name} {at}", deed=deed, name=_who(facts, by), at=when)


def _answer_lines(_: Words, facts: ObjectionCard, answer: ObjectionAnswer) -> list[Markup]:
    by = facts.names.get(answer.answered_by, "")
    at = instant_name(_, answer.answered_at, facts.zone)
    title = _("the review group's answer") if answer.level > 1 else _("the answer")
    told = [
        _("{sign} <b>{outcome}</b>: {title} by {name}, {at}", sign=SIGNS[answer.outcome],
          outcome=outcome_name(_, answer.outcome), title=title, name=by, at=at),
        Markup("<blockquote>{}</blockquote>").format(answer.text),
    ]  # fmt: skip
    return [*told, *correction_lines(_, facts.objection, answer)]


def correction_lines(_: Words, found: Objection, answer: ObjectionAnswer) -> list[Markup]:
    """What the answer changed; where it was upheld without a correction, that the points stay."""
    one = answer.correction
    if one is None:
        return [] if answer.outcome is Outcome.REJECTED else [_("The points stay as they were.")]
    about = about_item(_, one.month, label_of(found, one.month, one.item))
    lines = [_("✏️ {about}: {before} → <b>{after}</b>", about=about, before=points(one.before_centi),
               after=points(one.after_centi))]  # fmt: skip
    if one.result_before_centi != one.result_after_centi:
        before, after = points(one.result_before_centi), points(one.result_after_centi)
        lines.append(_("The quarter: {before} → <b>{after}</b> points; the branch is ranked anew.", before=before,
                       after=after))  # fmt: skip
    return lines


def outcome_name(_: Words, outcome: Outcome) -> str:
    """成立, 部分成立, 不成立."""
    names = {
        Outcome.UPHELD: _.plain("upheld"),
        Outcome.PARTLY: _.plain("partly upheld"),
        Outcome.REJECTED: _.plain("not upheld"),
    }
    return names[outcome]


def state_line(_: Words, facts: ObjectionCard) -> Markup:
    """Whom it waits for and until when, or how it ended."""
    found, who = facts.objection, listed(_, facts.answerers)
    if found.state.waits_for_answer:
        ends = deadline_name(_, found.answer_due_at, facts.zone)
        if facts.now >= found.answer_due_at:
            return _("⏳ Waits for the answer of {name}, overdue since {end}", name=who, end=ends)
        return _("⏳ Waits for the answer of {name}, due {end}", name=who, end=ends)
    if found.state is ObjectionState.ANSWERED and found.escalates_until is not None:
        ends = deadline_name(_, found.escalates_until, facts.zone)
        return _("Until {end} the member can ask the review group to look at it; then it is settled.", end=ends)
    at = instant_name(_, found.closed_at, facts.zone) if found.closed_at else ""
    return _("🏁 {state} {at}", state=state_name(_, found.state), at=at)


def _card_rows(_: Words, facts: ObjectionCard) -> Rows:
    found = facts.objection
    key = found.objection_id, found.revision
    rows: list[tuple[Button, ...]] = []
    if facts.may_answer:
        rows.append(tuple(
            Button(f"{SIGNS[one]} {outcome_name(_, one)}", AskOutcome(*key, one.value)) for one in Outcome
        ))  # fmt: skip
    if facts.is_own and found.state is ObjectionState.OPEN:
        rows.append((Button(_.plain("↩️ Withdraw the objection"), WithdrawObjection(*key), Style.STOP),))
    if facts.is_own and found.may_be_escalated(facts.now):
        rows.append((Button(_.plain("✅ I accept the answer"), AcceptAnswer(*key), Style.GO),))
        rows.append((Button(_.plain("🏛 Ask the review group"), EscalateObjection(*key)),))
    if facts.is_own and found.month is not None:
        rows.append((Button(_.plain("❓ Why these points"), ShowWhy(str(found.month))),))
    return (*rows, (Button(_.plain("⚖️ Objections"), OpenObjections()), *back_row(_)))


def about_item(_: Words, month: Month, label: str) -> Markup:
    """10月 三会一课, or October, meetings."""
    return _("{month} “{item}”", month=month_short(_, month), item=label)
