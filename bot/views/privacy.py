"""The notice on personal data: what is stored, for what, how long, and who sees it."""

from __future__ import annotations

from markupsafe import Markup

from bot.domain import retention
from bot.domain.actions.menu import ShowMyData
from bot.domain.actions.privacy import AcceptNotice, ShowNotice
from bot.domain.people import Person
from bot.domain.retention import NOTICE_VERSION
from bot.views.menu import back_row
from bot.views.view import Button, Style, View
from bot.views.words import Words


def in_short(_: Words) -> Markup:
    """Two lines, for the question before anything is bound."""
    return _(
        "<b>Stored</b> are your roster entry, your Telegram number, your answers and points, only for the points of "
        "your membership; as long as you are a member, photos and files until the end of the following year.\n"
        "<b>Seen</b> by you (/mydata), your branch's leaders, the review group and the committee; "
        "your branch sees points and rank."
    )


def notice_button(_: Words) -> Button:
    """The way to the whole notice."""
    return Button(_.plain("🔏 The whole notice"), ShowNotice())


def whole(_: Words, person: Person | None, *, waits: bool) -> View:
    """The whole notice; with a button for who has not agreed to this version yet."""
    agree = (Button(_.plain("✅ I have read it"), AcceptNotice(NOTICE_VERSION), Style.GO),)
    mine = (Button(_.plain("🔒 My data"), ShowMyData()),)
    rows = () if person is None else (*((agree,) if waits else ()), mine, back_row(_))
    return View(_text(_), rows)


def changed(_: Words) -> View:
    """The notice says something new: told once, with the whole text."""
    heading = _("📣 The notice on personal data has changed. Please read it.")
    agree = (Button(_.plain("✅ I have read it"), AcceptNotice(NOTICE_VERSION), Style.GO),)
    return View(heading + "\n\n" + _text(_), (agree,))


def _text(_: Words) -> Markup:
    return Markup("\n\n").join([
        _("<b>Notice on personal data</b> · version {version}", version=NOTICE_VERSION),
        _("<b>What is stored</b>\nYour roster entry (name, staff number, branch, offices, category, day of joining "
          "the Party); your Telegram number and language; your monthly answers with notes and the numbers of photos "
          "and files; what the roll, the dues and the learning platforms say of you; ratings, points, reasons, "
          "objections; and that I wrote to you."),
        _("<b>What for</b>\nOnly for the points of your membership: form, rating, review, publicity, and what follows "
          "in the year. No other use. Persons decide, never the bot."),
        _("<b>Who sees it</b>\nYou: everything. Your branch's secretary and commissioner: forms and rating. The review "
          "group: what it re-checks. The committee: results. Your branch: points and rank, as the organisation has set "
          "it. The administrator: roster and accounts. Who runs the server could read the database. Telegram carries "
          "every message and could read it."),
        _how_long(_),
        _("<b>Your rights</b>\nRead and keep all of it: /mydata. Have it corrected: tell your branch's organisation "
          "commissioner. Object: while your points are public. After leaving, have it erased: ask the administrator; "
          "two of the committee confirm."),
    ])  # fmt: skip


def _how_long(_: Words) -> Markup:
    return _(
        "<b>How long</b>\nAnswers, points and the ledger: as long as you are a member. Photos and files, and that a "
        "message was sent: until the end of the following year. What a message spoke of: {letters} days. Invites: "
        "{invites} days after use. Messages that failed: {failed} days.",
        letters=retention.LETTER_BODIES.days, invites=retention.INVITES.days, failed=retention.DEAD_LETTERS.days,
    )  # fmt: skip
