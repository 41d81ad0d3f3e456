"""The erasure of somebody who has left, before the committee."""

from __future__ import annotations

from markupsafe import Markup

from bot.domain.actions.privacy import ConfirmErasure, OpenErasure, RejectErasure
from bot.domain.erasing import ErasureState
from bot.views.erasure_facts import ErasureCard
from bot.views.menu import back_row
from bot.views.terms import instant_name
from bot.views.view import Button, Rows, Style, View
from bot.views.words import Words


def card(_: Words, facts: ErasureCard, *, in_letter: bool = False) -> View:
    """Whose data, what goes and what stays, who has agreed, and the way to decide."""
    lines = [
        _("🗑 <b>Erase what is stored about {name}</b>", name=facts.person.name),
        _whose(_, facts),
        "",
        _(
            "Erased for good: name, staff number, account, forms, notes, evidence, reasons, messages. "
            "What stays: a number without a name in the ledger, and points and rank of closed quarters, "
            "because other members' ranks stand on them."
        ),
        "",
        _stand(_, facts),
    ]
    rows = _rows(_, facts)
    return View(Markup("\n").join(lines), rows if in_letter else (*rows, back_row(_)), private=True)


def _whose(_: Words, facts: ErasureCard) -> Markup:
    if facts.erasure.state is ErasureState.DONE:
        return _("{branch} · left", branch=facts.person.branch)
    return _("{branch} · staff number {number} · left", branch=facts.person.branch, number=facts.person.staff_no)


def _stand(_: Words, facts: ErasureCard) -> Markup:
    """Where the proposal stands."""
    found = facts.erasure
    at = instant_name(_, found.decided_at or found.confirmed_at or found.proposed_at, facts.zone)
    match found.state:
        case ErasureState.DONE:
            return _("✅ Erased {at}; {first} and {second} agreed.", at=at, first=facts.first, second=facts.decider)
        case ErasureState.REJECTED:
            return _("Turned down by {name}, {at}: nothing was erased.", name=facts.decider, at=at)
        case ErasureState.WITHDRAWN:
            return _("Taken back, {at}: nothing was erased.", at=at)
        case _ if facts.first:
            return _("{name} agreed, {at}. One more of the committee has to agree.", name=facts.first, at=at)
        case _:
            return _("Proposed {at}. Two different persons of the committee have to agree.", at=at)


def _rows(_: Words, facts: ErasureCard) -> Rows:
    if not facts.may_confirm:
        return ()
    erasure_id = facts.erasure.erasure_id
    refresh = (Button(_.plain("🔄 As it stands now"), OpenErasure(erasure_id)),)
    return (
        (Button(_.plain("🗑 I agree: erase"), ConfirmErasure(erasure_id), Style.STOP),),
        (Button(_.plain("Do not erase"), RejectErasure(erasure_id)),),
        refresh,
    )
