"""A branch's quarter on one screen: the queue, approving together, closing, and all branches for the committee."""

from __future__ import annotations

from markupsafe import Markup

from bot.domain.actions.base import Action
from bot.domain.actions.menu import OpenMenu, ShowBoard
from bot.domain.actions.rating import (
    ApproveAll,
    AskApproveAll,
    AskCloseBranch,
    AskMeeting,
    CloseBranch,
    ListBranches,
    OpenQueue,
    OpenRating,
)
from bot.domain.actions.review import AskAnswer
from bot.domain.forms import BranchState, Meeting, RatingState
from bot.domain.remarks import RemarkKind
from bot.views.rating_facts import BranchList, Queue, QueueRow
from bot.views.review_card import question_lines
from bot.views.terms import (
    day_name,
    deadline_name,
    instant_name,
    listed,
    meeting_name,
    points,
    progress_bar,
    quarter_name,
)
from bot.views.view import Button, Rows, Style, View, in_columns
from bot.views.words import Words

PAGE = 24
_LATE = (RemarkKind.NOT_HANDED_IN, RemarkKind.SENT_BACK)


def page(_: Words, facts: Queue | BranchList, number: int = 0) -> View:
    """The queue of a branch, or all branches."""
    return queue(_, facts, number) if isinstance(facts, Queue) else branches(_, facts)


def queue(_: Words, facts: Queue, number: int = 0) -> View:
    """Who waits, who is decided, and what the branch still needs before it can close."""
    lines = [_title(_, facts), _progress(_, facts)]
    late = [row.person.name for row in facts.rows if any(remark.kind in _LATE for remark in row.remarks)]
    if facts.is_open and late:
        lines.append(_("⚠️ Forms missing: {names}", names=listed(_, late)))
    lines.append(_meeting_line(_, facts.stand.meeting))
    if facts.question is not None:
        lines += question_lines(_, facts.question, facts.asked_by)
    if facts.is_open and facts.own is not None and facts.own.counts:
        approved = facts.own.rating.state is RatingState.APPROVED
        lines.append(_("👤 You yourself are rated by somebody else: done") if approved
                     else _("👤 You yourself are rated by somebody else: still open"))  # fmt: skip
    if facts.is_open:
        lines += [Markup(), _("<i>⏳ to decide · ⚠️ with remarks · ⏭ put off · ↩️ sent back · ✅ approved</i>")]
    return View(Markup("\n").join(lines), _queue_rows(_, facts, number), private=True)


def _title(_: Words, facts: Queue) -> Markup:
    return _("🗂 <b>{branch} · {quarter} rating</b>", branch=facts.branch, quarter=quarter_name(_, facts.quarter))


def _progress(_: Words, facts: Queue) -> Markup:
    if not facts.is_open and facts.stand.closed_at is not None:
        return _("🏁 Closed {at}", at=instant_name(_, facts.stand.closed_at, facts.zone))
    total, done = facts.owing, facts.owing - len(facts.undecided)
    return _(
        "{bar} {done}/{total} · until {day}", bar=progress_bar(done, total), done=done, total=total,
        day=deadline_name(_, facts.stand.rating_due_at, facts.zone),
    )  # fmt: skip


def _meeting_line(_: Words, meeting: Meeting | None) -> Markup:
    if meeting is None:
        return _("🏛 The deciding meeting is not recorded yet")
    return _(
        "🏛 {kind} {day}: {present} of {entitled} present", kind=meeting_name(_, meeting.kind),
        day=day_name(_, meeting.held_on), present=meeting.present, entitled=meeting.entitled,
    )  # fmt: skip


def _queue_rows(_: Words, facts: Queue, number: int) -> Rows:
    quarter, branch_id = str(facts.quarter), facts.stand.branch_id
    rows: list[tuple[Button, ...]] = []
    if facts.waiting:
        first = facts.waiting[0]
        label = _.plain("▶️ Next: {name}", name=first.person.name)
        rows.append((Button(label, OpenRating(first.rating.rating_id), Style.MAIN),))
    if facts.question is not None and facts.may_close:
        label = _.plain("💬 Answer the review group")
        style = Style.MAIN if facts.question.answer is None else Style.PLAIN
        rows.append((Button(label, AskAnswer(quarter, branch_id), style),))
    if facts.is_open and facts.plain:
        label = _.plain("✅ Approve all without remarks ({n})", n=len(facts.plain))
        rows.append((Button(label, AskApproveAll(quarter, branch_id), Style.GO),))
    ordered = sorted(facts.rows, key=_place)
    shown = ordered[number * PAGE : (number + 1) * PAGE]
    rows += in_columns([Button(_row_label(row), OpenRating(row.rating.rating_id)) for row in shown], 2)
    rows += _turning(_, facts, number, len(ordered))
    last = []
    if facts.is_open and facts.may_meet:
        last.append(Button(_.plain("🏛 Record the meeting"), AskMeeting(quarter, branch_id)))
    if facts.is_open and facts.may_close:
        style = Style.PLAIN if facts.undecided or facts.stand.meeting is None else Style.GO
        last.append(Button(_.plain("🏁 Close the rating"), AskCloseBranch(quarter, branch_id), style))
    if not facts.is_open:
        last.append(Button(_.plain("🏆 Board"), ShowBoard(quarter, branch_id)))
    if last:
        rows.append(tuple(last))
    return (*rows, (_back(_, facts),))


def _place(row: QueueRow) -> int:
    """Who waits for the viewer first, then those who wait for others or for a form, the decided last."""
    if row.waits:
        return 0
    return 1 if row.is_open else 2


def _row_label(row: QueueRow) -> str:
    return f"{mark(row)} {row.person.name} {points(row.points)}"


def mark(row: QueueRow) -> str:
    """How a member stands, as one sign."""
    if not row.counts:
        return "➖"
    if row.rating.state is RatingState.APPROVED:
        return "✅"
    if row.rating.state is RatingState.RETURNED:
        return "↩️"
    if row.rating.postponed_at is not None:
        return "⏭"
    return "⚠️" if row.remarks else "⏳"


def _turning(_: Words, facts: Queue, number: int, total: int) -> list[tuple[Button, ...]]:
    quarter, branch_id = str(facts.quarter), facts.stand.branch_id
    turning = []
    if number > 0:
        turning.append(Button("‹", OpenQueue(quarter, branch_id, number - 1)))
    if total > (number + 1) * PAGE:
        turning.append(Button("›", OpenQueue(quarter, branch_id, number + 1)))
    return [tuple(turning)] if turning else []


def _back(_: Words, facts: Queue) -> Button:
    if facts.leads_back:
        return Button(_.plain("‹ All branches"), ListBranches(str(facts.quarter)))
    return Button(_.plain("‹ Menu"), OpenMenu())


def back_to_queue(_: Words, facts: Queue) -> tuple[Button, ...]:
    """The way back to the queue."""
    return (Button(_.plain("‹ Back"), OpenQueue(str(facts.quarter), facts.stand.branch_id)),)


def answer_page(_: Words, facts: Queue) -> View:
    """What the branch answers to the group's question."""
    lines = [_title(_, facts)]
    if facts.question is not None:
        lines += question_lines(_, facts.question, facts.asked_by)
    lines += [Markup(), _("💬 Please write your answer. The review group reads it; it is put on record.")]
    return View(Markup("\n").join(lines), (back_to_queue(_, facts),), private=True)


def approve_all_page(_: Words, facts: Queue) -> View:
    """Names those who would be approved together, before it is done."""
    n = len(facts.plain)
    if not n:
        text = _("There is nobody left whom you could approve without looking at the card.")
        return View(text, (back_to_queue(_, facts),), private=True)
    named = [f"{row.person.name} {points(row.points)}" for row in facts.plain]
    lines = [
        _title(_, facts), Markup(),
        _.many("You approve this member, on whom there is no remark:",
               "You approve these {n} members, on whom there is no remark:", n),
        Markup.escape("\n".join(named)), Markup(),
        _("<i>All months handed in by the members themselves, no evidence missing, nothing unusual.</i>"),
    ]  # fmt: skip
    action: Action = ApproveAll(str(facts.quarter), facts.stand.branch_id, facts.seal)
    yes = Button(_.many_plain("✅ Approve {n} member", "✅ Approve {n} members", n), action, Style.GO)
    return View(Markup("\n").join(lines), ((yes,), back_to_queue(_, facts)), private=True)


def close_page(_: Words, facts: Queue) -> View:
    """What closing means, or what is still missing for it."""
    lines = [_title(_, facts), _meeting_line(_, facts.stand.meeting), Markup()]
    quarter, branch_id = str(facts.quarter), facts.stand.branch_id
    rows: list[tuple[Button, ...]] = []
    if facts.undecided:
        names = listed(_, (row.person.name for row in facts.undecided))
        lines.append(_("Not yet: these are undecided: {names}", names=names))
    elif facts.question is not None and facts.question.answer is None:
        lines.append(_("Not yet: please answer the review group first."))
        rows.append((Button(_.plain("💬 Answer the review group"), AskAnswer(quarter, branch_id), Style.MAIN),))
    elif facts.stand.meeting is None:
        lines.append(_("Not yet: please record the deciding meeting first."))
        rows.append((Button(_.plain("🏛 Record the meeting"), AskMeeting(quarter, branch_id), Style.MAIN),))
    else:
        ordered = sorted(facts.rows, key=lambda row: (row.points is None, -(row.points or 0), row.person.member_id))
        lines += [
            Markup("\n").join(Markup("{} <b>{}</b>").format(row.person.name, points(row.points)) for row in ordered),
            Markup(),
            _("After closing, nothing can be changed here; the review group may send it back."),
        ]
        action: Action = CloseBranch(quarter, branch_id, facts.stand.revision)
        rows.append((Button(_.plain("🏁 Yes, close the rating"), action, Style.GO),))
    return View(Markup("\n").join(lines), (*rows, back_to_queue(_, facts)), private=True)


def branches(_: Words, facts: BranchList) -> View:
    """All branches with their progress; first those where only the committee can decide."""
    closed = sum(branch.state is not BranchState.RATING for branch in facts.branches)
    lines = [
        _("🏛 <b>All branches · {quarter} rating</b>", quarter=quarter_name(_, facts.quarter)),
        _("{done} of {total} branches have closed", done=closed, total=len(facts.branches)),
    ]
    waiting = sum(branch.waiting for branch in facts.branches)
    if waiting:
        lines.append(_.many("❗ {n} member can only be rated by the committee",
                            "❗ {n} members can only be rated by the committee", waiting))  # fmt: skip
    else:
        lines.append(_("Nothing waits for you here."))
    buttons = [
        Button(
            f"{'❗' if branch.waiting else '✅' if branch.state is not BranchState.RATING else '⏳'} "
            f"{branch.branch} {branch.decided}/{branch.total}",
            OpenQueue(str(facts.quarter), branch.branch_id),
        )
        for branch in sorted(facts.branches, key=lambda branch: not branch.waiting)
    ]
    rows = (*in_columns(buttons, 2), (Button(_.plain("‹ Menu"), OpenMenu()),))
    return View(Markup("\n").join(lines), rows, private=True)
