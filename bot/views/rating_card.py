"""One member's quarter on one card: the points, what to look at, what was claimed, and the decision."""

from __future__ import annotations

from markupsafe import Markup

from bot.domain.actions.rating import (
    ApproveRating,
    AskAdjust,
    AskReturnRating,
    DropAdjustments,
    OpenQueue,
    OpenRating,
    PostponeRating,
    ShowEvidence,
)
from bot.domain.actions.review import OpenReview
from bot.domain.forms import FormState, RatingState
from bot.domain.periods import Month
from bot.domain.remarks import Remark, RemarkKind
from bot.scoring.points import ZERO
from bot.views.claims import claim_line
from bot.views.platform_names import disagreement_words
from bot.views.rating_facts import EvidencePiece, RatedMonth, RatingCard
from bot.views.terms import (
    decision_name,
    exemption_name,
    instant_name,
    listed,
    points,
    quarter_name,
    short_month,
    signature,
)
from bot.views.view import Button, Rows, StoredFile, Style, View
from bot.views.words import Words


def card(_: Words, facts: RatingCard) -> View:
    """What a rater needs for his decision, the most important first."""
    lines = [*head(_, facts), Markup(), *_month_lines(_, facts)]
    if facts.remarks:
        lines += [Markup(), _("⚠️ <b>To look at</b>")]
        lines += [Markup("· {}").format(said) for said in _remarks(_, facts)]
    if facts.claims:
        lines += [Markup(), _("📝 <b>Claimed and recorded</b>")]
        lines += [claim_line(_, claim, facts.names) for claim in facts.claims]
    elif facts.counted:
        lines += [Markup(), _("📝 Nothing claimed, nothing recorded.")]
    return View(Markup("\n").join(lines), _rows(_, facts), private=True)


def head(_: Words, facts: RatingCard) -> list[Markup]:
    """Who, which quarter, and the running value beside the last one."""
    who = _(
        "🗂 <b>{name}</b> · {quarter} · {place}/{of}", name=facts.owner.name,
        quarter=quarter_name(_, facts.rating.quarter), place=facts.place, of=facts.of,
    )  # fmt: skip
    if facts.value.value is None:
        return [who, _("No month counts: not rated, no decision needed.")]
    if facts.last is None:
        return [who, _("This quarter <b>{points}</b>", points=points(facts.value.value))]
    return [who, _("This quarter <b>{points}</b> · last one {last}", points=points(facts.value.value),
                   last=points(facts.last))]  # fmt: skip


def _month_lines(_: Words, facts: RatingCard) -> list[Markup]:
    lines = [_month_line(_, month) for month in facts.months]
    first = next((month.rules for month in facts.counted if month.rules is not None), None)
    if first is not None:
        lines.append(Markup("<i>{}</i>").format(" · ".join(part.label for part in first.parts)))
    return lines


def _month_line(_: Words, month: RatedMonth) -> Markup:
    name = short_month(_, month.month)
    if month.form is None or month.rules is None or month.score is None:
        return _("➖ {month}: not opened", month=name)
    if month.form.exempt is not None:
        return _("➖ {month} exempt ({reason})", month=name, reason=exemption_name(_, month.form.exempt))
    by_part = " · ".join(points(month.score.by_part.get(part.id)) for part in month.rules.parts)
    return Markup("{} {} <b>{}</b> ({})").format(_form_sign(month), name, points(month.score.total), by_part)


def _form_sign(month: RatedMonth) -> str:
    if month.form is None or month.form.state is FormState.OPEN:
        return "⚠️"
    if month.form.state is FormState.RETURNED:
        return "↩️"
    return "✍️" if month.form.by_proxy else "✅"


def _remarks(_: Words, facts: RatingCard) -> list[Markup]:
    """One line a remark; the months that were not handed in share one."""
    late = [remark.month for remark in facts.remarks if remark.kind is RemarkKind.NOT_HANDED_IN]
    others = [remark for remark in facts.remarks if remark.kind is not RemarkKind.NOT_HANDED_IN]
    said = [_remark(_, facts, remark) for remark in others]
    if not late:
        return said
    months = listed(_, (short_month(_, month) for month in late if month is not None))
    return [_("{month}: not handed in", month=months), *said]


def _remark(_: Words, facts: RatingCard, remark: Remark) -> Markup:
    month = short_month(_, remark.month) if remark.month is not None else ""
    match remark.kind:
        case RemarkKind.SENT_BACK:
            return _("{month}: sent back, not handed in again yet", month=month)
        case RemarkKind.BY_PROXY:
            return _("{month}: entered by {name}", month=month, name=_submitter(facts, remark.month))
        case RemarkKind.NO_EVIDENCE:
            return _("{month}: {item} without evidence", month=month, item=remark.item)
        case RemarkKind.ADJUSTED:
            return _("{month}: {item} was adjusted", month=month, item=remark.item)
        case RemarkKind.AGAINST_RECORDS:
            return Markup.escape(disagreement_words(_, remark.against) if remark.against is not None else "")
        case _:
            change = points(abs(remark.points or ZERO))
            if (remark.points or ZERO) < 0:
                return _("{points} points below last quarter", points=change)
            return _("{points} points above last quarter", points=change)


def _submitter(facts: RatingCard, month: Month | None) -> str:
    forms = (entry.form for entry in facts.months if entry.month == month and entry.form is not None)
    return next((facts.names.get(form.submitted_by or 0, "") for form in forms), "")


def _rows(_: Words, facts: RatingCard) -> Rows:
    rating_id, revision = facts.rating.rating_id, facts.rating.revision
    rows: list[tuple[Button, ...]] = []
    if facts.rating.decided_by is not None and facts.rating.decided_at is not None:
        rows.append((_told(_, facts),))
    if facts.mine and facts.is_open and facts.counted:
        rows += _decisions(_, facts)
    if facts.in_review and facts.counted:
        rows.append((Button(_.plain("✏️ Adjust"), AskAdjust(rating_id, revision)),))
    beside = []
    if facts.pieces:
        beside.append(Button(_.plain("📎 Evidence ({n})", n=facts.pieces), ShowEvidence(rating_id)))
    if facts.mine and facts.is_open and facts.is_adjusted and facts.rating.state is not RatingState.RETURNED:
        beside.append(Button(_.plain("↺ Drop the adjustments"), DropAdjustments(rating_id, revision)))
    if beside:
        rows.append(tuple(beside))
    turning = []
    if facts.previous_id is not None:
        turning.append(Button(_.plain("‹ Previous"), OpenRating(facts.previous_id)))
    quarter, branch_id = str(facts.rating.quarter), facts.rating.branch_id
    listed = OpenReview(quarter, branch_id) if facts.reviews else OpenQueue(quarter, branch_id)
    turning.append(Button(_.plain("List"), listed))
    if facts.next_id is not None:
        turning.append(Button(_.plain("Next member ›"), OpenRating(facts.next_id)))
    return (*rows, tuple(turning))


def _told(_: Words, facts: RatingCard) -> Button:
    """Who decided what and when; it only tells."""
    by = signature(_, facts.names.get(facts.rating.decided_by or 0, ""), facts.decided_for)
    at = instant_name(_, facts.rating.decided_at, facts.zone) if facts.rating.decided_at else ""
    sign = "✅" if facts.rating.state is RatingState.APPROVED else "↩️"
    decision = decision_name(_, facts.rating.state.value)
    return Button(_.plain("{sign} {by} {decision}, {at}", sign=sign, by=by, decision=decision, at=at))


def _decisions(_: Words, facts: RatingCard) -> list[tuple[Button, ...]]:
    rating_id, revision = facts.rating.rating_id, facts.rating.revision
    adjust = Button(_.plain("✏️ Adjust"), AskAdjust(rating_id, revision))
    approve = ApproveRating(rating_id, revision)
    match facts.rating.state:
        case RatingState.APPROVED:
            return [(adjust,)]
        case RatingState.RETURNED:
            return [(Button(_.plain("✅ Approve as it stands"), approve, Style.GO),)]
        case RatingState.PENDING:
            beside = [adjust]
            if any(month.form and month.form.state is FormState.SUBMITTED for month in facts.counted):
                beside.append(Button(_.plain("↩️ Send back"), AskReturnRating(rating_id, revision), Style.STOP))
            beside.append(Button(_.plain("⏭ Later"), PostponeRating(rating_id, revision)))
            return [(Button(_.plain("✅ Approve"), approve, Style.GO),), tuple(beside)]


def evidence_note(_: Words, facts: RatingCard, shown: int, total: int) -> View:
    """Takes the place of the card while its evidence follows below."""
    if shown < total:
        text = _("📎 <b>{name}</b>: the first {n} of {total} pieces of evidence follow.", name=facts.owner.name,
                 n=shown, total=total)  # fmt: skip
    else:
        text = _.many("📎 <b>{name}</b>: {n} piece of evidence follows.",
                      "📎 <b>{name}</b>: {n} pieces of evidence follow.", total, name=facts.owner.name)  # fmt: skip
    return View(text, private=True)


def evidence_piece(_: Words, piece: EvidencePiece) -> View:
    """One photo or file with what it is to prove."""
    text = Markup("{} · {} <b>{}</b>").format(piece.owner, short_month(_, piece.month), piece.item)
    if piece.note:
        text += Markup("\n{}").format(piece.note)
    return View(text, file=StoredFile(piece.kind, piece.file_id), private=True)
