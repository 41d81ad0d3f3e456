"""One's own objections, those that wait for one's answer, the letter to the Party office, and the file."""

from __future__ import annotations

from markupsafe import Markup

from bot.charts.papers.objection_file import ObjectionFile
from bot.domain.actions.objections import AskObjection, ExportObjections, OpenObjection
from bot.domain.objections import ObjectionState
from bot.views.menu import back_row
from bot.views.objection_facts import LateAnswers, ObjectionCard, ObjectionPage
from bot.views.objections import about_of, label_of, outcome_name
from bot.views.publicity_refusals import state_name
from bot.views.terms import deadline_name, month_name, quarter_name
from bot.views.view import Button, Paper, Rows, Style, View, one_per_row
from bot.views.words import Words


def page(_: Words, facts: ObjectionPage) -> View:
    """One's own objections, those that wait for one's answer, and the files."""
    lines = [_("⚖️ <b>Objections</b>")]
    if facts.may_object_to is not None and facts.ends_at is not None:
        quarter, ends = quarter_name(_, facts.may_object_to), deadline_name(_, facts.ends_at, facts.zone)
        lines.append(_("{quarter} is on show until {end}; until then you can object.", quarter=quarter, end=ends))
    if facts.own:
        lines += [Markup(), _("<b>Yours</b>"), *(_row(_, one) for one in facts.own)]
    elif facts.may_object_to is None and not facts.waiting:
        lines.append(_("Nothing is on show now, and you have not objected to anything."))
    if facts.waiting:
        lines += [Markup(), _("<b>Wait for your answer</b>"), *(_row(_, one) for one in facts.waiting)]
    return View(Markup("\n").join(lines), _page_rows(_, facts), private=True)


def _row(_: Words, one: ObjectionCard) -> Markup:
    found = one.objection
    state = state_name(_, found.state)
    if found.state is ObjectionState.ANSWERED or (found.state is ObjectionState.CLOSED and one.answers):
        state = f"{state} · {outcome_name(_, one.answers[-1].outcome)}"
    quarter = quarter_name(_, found.quarter)
    if one.is_own:
        return _("· {quarter} {about}: {state}", quarter=quarter, about=about_of(_, found), state=state)
    due = deadline_name(_, found.answer_due_at, one.zone)
    return _("· {name} ({branch}) {about}: due {end}", name=one.owner.name, branch=one.branch,
             about=about_of(_, found), end=due)  # fmt: skip


def _page_rows(_: Words, facts: ObjectionPage) -> Rows:
    buttons = [
        Button(f"✍️ {one.owner.name} · {_label(_, one)}", OpenObjection(one.objection.objection_id), Style.MAIN)
        for one in facts.waiting
    ]
    buttons += [Button(_label(_, one), OpenObjection(one.objection.objection_id)) for one in facts.own]
    if facts.may_object_to is not None:
        buttons.append(Button(_.plain("⚖️ I object"), AskObjection(str(facts.may_object_to))))
    buttons += [
        Button(_.plain("⬇️ File of {quarter} (PDF)", quarter=quarter_name(_, quarter)), ExportObjections(str(quarter)))
        for quarter in facts.files
    ]
    return (*one_per_row(buttons), back_row(_))


def _label(_: Words, one: ObjectionCard) -> str:
    found = one.objection
    if found.month is None or found.item is None:
        return _.plain("{quarter}, as a whole", quarter=quarter_name(_, found.quarter))
    return f"{month_name(_, found.month)} {label_of(found, found.month, found.item)}"


def late_letter(_: Words, facts: LateAnswers) -> View:
    """To the Party office: how many answers are overdue and who owes them, not what they are about."""
    lines = [
        _("⏰ Answers to objections to {quarter} are overdue:", quarter=quarter_name(_, facts.quarter)),
        *(
            _.many("· {branch}: {n} answer, owed by {name}", "· {branch}: {n} answers, owed by {name}", n,
                   branch=branch, name=name)
            for branch, name, n in facts.rows
        ),
    ]  # fmt: skip
    return View(Markup("\n").join(lines), private=True)


def paper(_: Words, quarter: str, n: int, facts: ObjectionFile) -> View:
    """The file of a quarter's objections."""
    text = _.many("⚖️ {n} objection", "⚖️ {n} objections", n)
    return View(text, paper=Paper(facts, f"objections-{quarter}.pdf"), private=True)
