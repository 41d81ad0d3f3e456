"""One branch as the group checks it: its points beside the others', whom to look at first, and the decision."""

from __future__ import annotations

from markupsafe import Markup

from bot.domain.actions.rating import OpenRating
from bot.domain.actions.review import AskConfirmReview, AskSendBack, DisputeReview, OpenReview, OpenReviews
from bot.domain.forms import BranchState
from bot.domain.review import Question, TaskState
from bot.scoring.points import ZERO
from bot.views.review_facts import ReviewCard, ReviewedMember, TaskLine
from bot.views.review_flags import flag_lines, rules_line
from bot.views.terms import deadline_name, instant_name, listed, points, quarter_name, signature
from bot.views.view import Button, Rows, Style, View, in_columns
from bot.views.words import Words

PAGE = 16


def card(_: Words, facts: ReviewCard, page: int = 0) -> View:
    """The branch beside the others, whom to look at first, and the decision."""
    title = _("🔎 <b>{branch}</b> · {quarter} review", branch=facts.branch, quarter=quarter_name(_, facts.quarter))
    lines = [title, *_state_lines(_, facts)]
    for one in facts.questions[-1:]:
        lines += [Markup(), *question_lines(_, one, facts.names.get(one.asked_by, ""))]
    if facts.stand.state is not BranchState.RATING:
        lines += [Markup(), *_number_lines(_, facts), Markup(), *flag_lines(_, facts), rules_line(_)]
    return View(Markup("\n").join(lines), _card_rows(_, facts, page), private=True)


def _state_lines(_: Words, facts: ReviewCard) -> list[Markup]:
    stand = facts.stand
    if stand.state is BranchState.RATING:
        return [_("▫️ With the branch again, until {day}", day=deadline_name(_, stand.rating_due_at, facts.zone))
                if stand.was_sent_back else _("▫️ The branch still rates.")]  # fmt: skip
    if stand.state is not BranchState.REVIEW and stand.reviewed_at is not None:
        by = signature(_, facts.names.get(stand.reviewed_by or 0, ""), facts.reviewed_for)
        return [_("✅ Reviewed by {by}, {at}", by=by, at=instant_name(_, stand.reviewed_at, facts.zone))]
    lines = [_task_line(_, facts, line) for line in facts.tasks]
    if facts.is_disputed:
        lines.append(_("⚖️ They disagree: {name} decides alone.", name=facts.arbiter) if facts.arbiter
                     else _("⚖️ They disagree, and nobody is left who may decide: please change a seat."))  # fmt: skip
    adjusted = listed(_, [member.row.person.name for member in facts.members if member.adjusted])
    if adjusted:
        lines.append(_("✏️ Adjusted by the group: {names}", names=adjusted))
    return lines or [_("Nobody reviews it yet.")]


def _task_line(_: Words, facts: ReviewCard, line: TaskLine) -> Markup:
    at = instant_name(_, line.task.decided_at, facts.zone) if line.task.decided_at else ""
    name = signature(_, line.name, line.principal)
    if line.task.state is TaskState.CONFIRMED:
        return _("✅ {name} confirmed, {at}", name=name, at=at)
    if line.task.state is TaskState.DISAGREES:
        return _("✖️ {name} does not agree, {at}", name=name, at=at)
    if line.task.is_asked_again:
        return _("🔁 {name} had confirmed before the adjustment and is asked again", name=name)
    return _("⏳ {name} reviews", name=name)


def _number_lines(_: Words, facts: ReviewCard) -> list[Markup]:
    found = facts.leniency
    if found is None:
        return [_("Nobody in this branch is rated.")]
    lines = [
        _.many("{n} member, mean <b>{mean}</b> ({low} to {high})", "{n} members, mean <b>{mean}</b> ({low} to {high})",
               facts.rated, mean=points(found.mean), low=points(facts.lowest), high=points(facts.highest)),
    ]  # fmt: skip
    difference = found.difference
    if difference is not None:
        told = f"{'+' if difference >= ZERO else '−'}{points(abs(difference))}"
        sign = Markup("⚠️ ") if found.stands_out else Markup()
        lines.append(sign + _(
            "All branches {low} to {high}; against the mean of the others <b>{difference}</b>, place {rank} of {of}",
            low=points(found.lowest), high=points(found.highest), difference=told, rank=found.rank, of=found.of,
        ))  # fmt: skip
    else:
        lines.append(_("No other branch has closed its rating yet; the comparison comes later."))
    if facts.rated:
        lines.append(_("Approved without change: {n} of {of} ({share} %)", n=facts.unchanged, of=facts.rated,
                       share=facts.unchanged * 100 // facts.rated))  # fmt: skip
    return lines


def question_lines(_: Words, question: Question, asked_by: str) -> list[Markup]:
    """What the group asked, and the answer if there is one."""
    lines = [_("❓ Review group ({name}): {question}", name=asked_by, question=question.question)]
    if question.answer is not None:
        lines.append(_("💬 Branch: {answer}", answer=question.answer))
    return lines


def _card_rows(_: Words, facts: ReviewCard, page: int) -> Rows:
    quarter, branch_id, revision = str(facts.quarter), facts.stand.branch_id, facts.stand.revision
    rows: list[tuple[Button, ...]] = []
    if facts.mine:
        rows += _decision_rows(_, facts)
    elif facts.stand.state is BranchState.REVIEW and facts.task is not None and facts.is_disputed:
        rows.append((Button(_.plain("⚖️ With {name}", name=facts.arbiter)),))
    ordered = [*facts.flagged, *(member for member in facts.members if not member.is_flagged)]
    shown = ordered[page * PAGE : (page + 1) * PAGE]
    rows += in_columns([_member_button(facts, member) for member in shown], 2)
    turning = []
    if page > 0:
        turning.append(Button("‹", OpenReview(quarter, branch_id, page - 1)))
    if len(ordered) > (page + 1) * PAGE:
        turning.append(Button("›", OpenReview(quarter, branch_id, page + 1)))
    if turning:
        rows.append(tuple(turning))
    if facts.mine:
        rows.append((Button(_.plain("↩️ Send the branch back"), AskSendBack(quarter, branch_id, revision),
                            Style.STOP),))  # fmt: skip
    return (*rows, (Button(_.plain("‹ Reviews"), OpenReviews(quarter)),))


def _decision_rows(_: Words, facts: ReviewCard) -> list[tuple[Button, ...]]:
    quarter, branch_id, revision = str(facts.quarter), facts.stand.branch_id, facts.stand.revision
    confirm = AskConfirmReview(quarter, branch_id, revision)
    task = facts.task
    if facts.is_disputed or task is None:
        return [(Button(_.plain("✅ Decide: as it stands now"), confirm, Style.GO),)]
    if task.state is TaskState.CONFIRMED:
        at = instant_name(_, task.decided_at, facts.zone) if task.decided_at else ""
        return [(Button(_.plain("✅ You confirmed, {at}", at=at)),)]
    if task.is_asked_again:
        dispute = DisputeReview(quarter, branch_id, revision)
        return [(
            Button(_.plain("✅ I agree"), confirm, Style.GO),
            Button(_.plain("✖️ I do not, to the lead"), dispute, Style.STOP),
        )]  # fmt: skip
    return [(Button(_.plain("✅ Confirm this branch"), confirm, Style.GO),)]


def _member_button(facts: ReviewCard, member: ReviewedMember) -> Button:
    sign = "⚠️ " if member.is_flagged else "✏️ " if facts.mine else ""
    return Button(
        f"{sign}{member.row.person.name} {points(member.row.points)}", OpenRating(member.row.rating.rating_id)
    )
