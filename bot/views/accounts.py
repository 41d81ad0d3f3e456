"""An admin's view of somebody's account: bound or not, and a fresh invite."""

from __future__ import annotations

from markupsafe import Markup

from bot.domain.actions.binding import AskUnbind, Reinvite, Unbind
from bot.domain.people import Person
from bot.views.menu import back_row
from bot.views.view import Button, Style, View
from bot.views.words import Words


def account_card(_: Words, person: Person, *, bound: bool, own: bool) -> View:
    """Who it is and what can be done; nobody loosens his own account."""
    state = _("bound to a Telegram account") if bound else _("not bound")
    text = _("<b>{name}</b> · {staff_no}\n{branch}\n{state}", name=person.name, staff_no=person.staff_no,
             branch=person.branch, state=state)  # fmt: skip
    if own:
        text += Markup("\n") + _("This is your own account; another administrator can unbind it.")
        return View(text, (back_row(_),), private=True)
    if bound:
        return View(text, ((Button(_.plain("🔓 Unbind"), AskUnbind(person.member_id)),), back_row(_)), private=True)
    return View(
        text, ((Button(_.plain("✉️ New invite"), Reinvite(person.member_id), Style.MAIN),), back_row(_)), private=True
    )


def ask_unbind(_: Words, person: Person) -> View:
    """Before the account is loosened."""
    text = _("Unbind {name} ({branch})? The history stays; a new invite is needed to come back.",
             name=person.name, branch=person.branch)  # fmt: skip
    return View(
        text, ((Button(_.plain("🔓 Yes, unbind"), Unbind(person.member_id), Style.STOP),), back_row(_)), private=True
    )


def unbound(_: Words, person: Person) -> View:
    """The account is loosened."""
    text = _("{name} is not bound any more.", name=person.name)
    return View(
        text, ((Button(_.plain("✉️ New invite"), Reinvite(person.member_id), Style.MAIN),), back_row(_)), private=True
    )


def invite(_: Words, person: Person, link: str) -> View:
    """A fresh invite to hand on."""
    text = _("For {name} alone, once, within 14 days:\n<code>{link}</code>", name=person.name, link=link)
    return View(text, (back_row(_),), private=True)


def how_to_find(_: Words) -> View:
    """The command needs a staff number."""
    return View(_("Please write the staff number behind it: <code>/member 000101</code>"), (back_row(_),))


def nobody(_: Words, staff_no: str) -> View:
    """No such staff number."""
    return View(_("Nobody has the staff number {staff_no}. Please check it against the roster.", staff_no=staff_no),
                (back_row(_),))  # fmt: skip
