"""The ledger 台账 in words: each entry as a line that an office can read, the cover, and the choice in chat."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from bot.domain.actions.ledger import DownloadLedger, OpenLedger
from bot.domain.chain import Proof
from bot.scoring.points import from_hundredths
from bot.sheets.ledger import Cover, LedgerRow
from bot.views.ledger_details import details
from bot.views.ledger_facts import LedgerChoice, LedgerFile, LedgerWords, Scope, Written
from bot.views.ledger_flaws import flaw_sentence
from bot.views.menu import back_row
from bot.views.stored_names import ENTRIES, name_of
from bot.views.terms import period_name, quarter_name, signature
from bot.views.view import Button, Paper, Rows, View, in_columns
from bot.views.words import Words

CONFIDENTIAL = ("objection",)
"""Beginnings of kinds whose reasons only the committee and the organisation department read."""


def ledger_row(_: Words, known: LedgerWords, entry: Written, scope: Scope) -> LedgerRow:
    """One entry: who, what, when, which item, points before and after, why, by which version of the rules."""
    rules = known.rules.get(entry.period)
    member, actor = known.people.get(entry.subject_id or 0), known.people.get(entry.actor_id or 0)
    item = str(entry.facts.get("item", ""))
    return LedgerRow(
        seq=entry.seq,
        at=entry.at.astimezone(known.zone).replace(tzinfo=None) if entry.at.year > 1 else None,
        event=name_of(_, ENTRIES, entry.kind),
        period=period_name(_, entry.period),
        branch=known.branches.get(entry.branch_id or 0, ""),
        member=member.name if member else "",
        staff_no=member.staff_no if member else "",
        by=signature(_, actor.name, _principal(known, entry)) if actor else _by(_, entry),
        item=rules.item(item).label if rules is not None and rules.has_item(item) else item,
        before=_points(entry, "before_centi", "total_before_centi"),
        after=_points(entry, "after_centi", "total_centi", "centi"),
        reason=_reason(_, entry, scope),
        details=details(_, known, entry),
        rules=f"{rules.id} {rules.version}" if rules is not None else "",
        hash=entry.hash,
    )


def _principal(known: LedgerWords, entry: Written) -> str:
    """For whom it was decided, where somebody stood in."""
    principal = known.people.get(entry.facts.get("for", 0))
    return principal.name if principal else ""


def _by(_: Words, entry: Written) -> str:
    if entry.actor_id is not None:
        return ""
    return _.plain("command line") if entry.facts.get("by") == "cli" else _.plain("timetable")


def _points(entry: Written, *names: str) -> Decimal | None:
    """The first of these that the entry holds, in points."""
    value: Any = next((entry.facts[name] for name in names if name in entry.facts), None)
    return from_hundredths(value) if isinstance(value, int) else None


def _reason(_: Words, entry: Written, scope: Scope) -> str:
    if entry.erased:
        return _.plain("(erased)")
    if entry.reason is not None and not scope.confidential and entry.kind.startswith(CONFIDENTIAL):
        return _.plain("(not shown here)")
    return entry.reason or ""


def cover(_: Words, known: LedgerWords, scope: Scope, proof: Proof, rows: int, now: datetime) -> Cover:
    """What the file is, of when, how much of the ledger, and whether the chain is whole."""
    lines: list[tuple[str, str | int | datetime]] = [
        (_.plain("Organisation"), known.organisation),
        (_.plain("Holds"), scope_name(_, known, scope)),
        (_.plain("Written"), now.astimezone(known.zone).replace(tzinfo=None, microsecond=0)),
        (_.plain("Times are of"), known.zone.key),
        (_.plain("Entries in this file"), rows),
        (_.plain("Entries of the ledger"), proof.head.seq),
        (_.plain("Head of the chain"), str(proof.head)),
        (_.plain("Check"), _.plain("xianfeng ledger verify --head {head}", head=str(proof.head))),
        (
            _.plain("Personal data"),
            _.plain("This file names people: keep it safe, and delete it when it is not needed."),
        ),
    ]
    whole = proof.flaw is None
    verdict = _.plain("The whole chain was recomputed for this file: it is whole.")
    return Cover(_.plain("Ledger"), lines, verdict if proof.flaw is None else flaw_sentence(_, proof.flaw), whole=whole)


def scope_name(_: Words, known: LedgerWords, scope: Scope) -> str:
    """The branch, the quarter and the person that a file is of."""
    parts = []
    if scope.branch_id is not None:
        parts.append(known.branches.get(scope.branch_id, ""))
    if scope.quarter is not None:
        parts.append(quarter_name(_, scope.quarter))
    if scope.member_id is not None and scope.member_id in known.people:
        parts.append(known.people[scope.member_id].name)
    return " · ".join(parts) or _.plain("everything")


def file_name(_: Words, known: LedgerWords, scope: Scope, now: datetime) -> str:
    """What the file is called."""
    stem = f"{_.plain('Ledger')} {scope_name(_, known, scope)} {now.astimezone(known.zone):%Y%m%d-%H%M}"
    return "".join("_" if char in '/\\:*?"<>|' else char for char in stem) + ".xlsx"


def choose(_: Words, facts: LedgerChoice) -> View:
    """Which part of the ledger is wanted."""
    text = _(
        "📒 <b>Ledger · {branch}</b>\n\nWho did what and when, with points before and after and the reason, as an "
        "Excel file. The whole chain is recomputed each time. Which quarter?",
        branch=facts.branch or _.plain("all branches"),
    )  # fmt: skip
    branch_id = facts.branch_id or 0
    quarters = [Button(quarter_name(_, one), DownloadLedger(branch_id, str(one))) for one in facts.quarters]
    rows: Rows = (*in_columns(quarters, 2), (Button(_.plain("Everything"), DownloadLedger(branch_id, "")),))
    if facts.branches:
        others = [Button(name, OpenLedger(one)) for one, name in facts.branches if one != facts.branch_id]
        rows = (*rows, *in_columns(others, 2))
        if facts.branch_id is not None:
            rows = (*rows, (Button(_.plain("All branches together"), OpenLedger()),))
    return View(text, (*rows, back_row(_)))


def paper(_: Words, file: LedgerFile) -> View:
    """The file, with what can be checked against it."""
    told = _.many("📒 Ledger: {n} entry.", "📒 Ledger: {n} entries.", file.rows)
    if file.proof.flaw is None:
        proof = _("The chain is whole. Its head: <code>{head}</code>", head=str(file.proof.head))
    else:
        proof = _("⚠️ <b>{flaw}</b>", flaw=flaw_sentence(_, file.proof.flaw))
    return View(Markup("\n").join((told, proof)), paper=Paper(file.content, file.name))
