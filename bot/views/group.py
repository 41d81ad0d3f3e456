"""Binding the branch's group."""

from __future__ import annotations

from markupsafe import Markup

from bot.domain.actions.binding import ShowGroupCode
from bot.views.menu import back_row
from bot.views.view import Button, View
from bot.views.words import Words


def code(_: Words, bot_username: str, code: str, branch: str, *, rebinds: bool) -> View:
    """The code and what to do with it."""
    lines = [
        _("👥 <b>{branch}: bind the group</b>", branch=branch),
        Markup(),
        _("1. Add @{bot} to the branch's group as an administrator, so that it may pin.", bot=bot_username),
        _("2. Send this in the group (tap to copy): <code>/bind {code}</code>", code=code),
        Markup(),
        _("The code is good for one day. The group then gets the standings of each closed quarter, nothing private."),
    ]
    if rebinds:
        lines.append(_("The branch has a group already; the new one takes its place."))
    rows = ((Button(_.plain("🔄 New code"), ShowGroupCode()), *back_row(_)),)
    return View(Markup("\n").join(lines), rows, private=True)


def bound(_: Words, branch: str) -> View:
    """The group belongs to the branch."""
    return View(
        _("✅ This is the group of {branch} now. The standings of every closed quarter come here.", branch=branch)
    )
