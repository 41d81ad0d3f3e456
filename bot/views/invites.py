"""The words around invites: on the printed sheet, and for whoever hands them out."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.charts.papers.qr_sheet import InviteWords
from bot.views.terms import instant_name
from bot.views.words import Words


def sheet_words(_: Words, branch: str, expires_at: datetime, zone: ZoneInfo) -> InviteWords:
    """What stands around the codes of a branch's sheet."""
    return InviteWords(
        title=_.plain("{branch}: invites", branch=branch),
        instruction=_.plain(
            "Scan your own code with Telegram and answer “yes”. Each code is for one person and works once."
        ),
        staff_no=_.plain("Staff No."),
        footer=_.plain("Valid until {at}", at=instant_name(_, expires_at, zone)),
    )


def invites_written(_: Words, people: int, folder: str, expires_at: datetime, zone: ZoneInfo) -> str:
    """What was written where, and what to mind."""
    return "\n".join((
        _.many_plain("{n} invite in {folder}", "{n} invites in {folder}", people, folder=folder),
        _.plain("Valid until {at}; earlier invites of these people are void.", at=instant_name(_, expires_at, zone)),
        _.plain("These files are keys: hand them out in person and delete them afterwards."),
    ))  # fmt: skip
