"""Inviting people: a list for the administrator and a sheet of QR codes for each branch; and letting an account go."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.charts.papers.qr_sheet import InviteCard, InviteSheet, invite_sheet
from bot.cli.errand import Terminal
from bot.cli.speaking import own_name
from bot.cli.telegram import ask_who_i_am
from bot.domain.accounts import INVITE_LIVES, Language
from bot.errors import NotFoundError, TelegramAwayError, TokenRefusedError
from bot.sheets.invites import InviteRow, invites_csv
from bot.usecases.people.bind import IssuedInvite
from bot.views.invites import invites_written, sheet_words
from bot.views.words import Words

LINK = "https://t.me/{username}?start={token}"
_NOT_IN_FILE_NAMES = '/\\:*?"<>|'


async def invite(terminal: Terminal, folder: Path, branch: str | None, only: list[str] | None, username: str) -> None:
    """Issue invites and write them, in Chinese like the roster; older ones of the same people become void."""
    _ = terminal.words
    username = username.removeprefix("@") or await _username(terminal)
    await asyncio.to_thread(folder.mkdir, 0o700, parents=True, exist_ok=True)
    async with terminal.core() as core:
        issued = await core.do.issue_invites(only, branch=branch)
        if not issued:
            terminal.fail(_.plain("Nobody to invite: everybody meant is bound, has left, or is not on the roster."))
        now, zone = core.clock.now(), terminal.settings.zone
        printed = core.catalog[Language.ZH]
    expires_at, stamp = now + INVITE_LIVES, f"{now.astimezone(zone):%Y%m%d-%H%M%S}"
    rows = list(_rows(issued, username))
    title = printed.plain("invites")
    _write(folder / f"{stamp} {title}.csv", invites_csv(rows))
    for sheet in _sheets(printed, rows, terminal.settings.organisation, expires_at, zone):
        _write(folder / f"{stamp} {_file_name(sheet.branch)}.pdf", await asyncio.to_thread(invite_sheet, sheet))
    terminal.say(invites_written(_, len(issued), str(folder), expires_at, zone))


async def unbind(terminal: Terminal, staff_no: str) -> None:
    """Let a person's account go, so that he can be invited anew."""
    _ = terminal.words
    async with terminal.core() as core:
        try:
            person, was_bound = await core.do.release_member(staff_no)
        except NotFoundError:
            terminal.fail(_.plain("Nobody on the roster has the staff number {staff_no}.", staff_no=staff_no))
    if not was_bound:
        terminal.fail(_.plain("{name} ({branch}) is not bound.", name=person.name, branch=person.branch))
    terminal.say(_.plain("{name} ({branch}) is unbound.", name=person.name, branch=person.branch))
    terminal.say(
        _.plain("Next: {command} invites --only {staff_no} --out FOLDER", command=own_name(), staff_no=person.staff_no)
    )


async def _username(terminal: Terminal) -> str:
    need_token(terminal)
    reply = await ask_who_i_am(terminal.settings)
    if not reply.reached:
        raise TelegramAwayError
    if not reply.username:
        raise TokenRefusedError
    return reply.username


def need_token(terminal: Terminal) -> None:
    """Fail with one sentence where no token is set."""
    if not terminal.settings.bot_token.get_secret_value():
        terminal.fail(terminal.words.plain("BOT_TOKEN is missing: get one from @BotFather and put it into .env."))


def _rows(issued: list[IssuedInvite], username: str) -> Iterator[InviteRow]:
    for one in issued:
        link = LINK.format(username=username, token=one.token)
        yield InviteRow(one.person.staff_no, one.person.name, one.person.branch, link, one.token)


def _sheets(
    _: Words, rows: list[InviteRow], organisation: str, expires_at: datetime, zone: ZoneInfo
) -> Iterator[InviteSheet]:
    for branch, people in groupby(rows, key=lambda row: row.branch):
        cards = tuple(InviteCard(row.name, row.staff_no, row.link) for row in people)
        yield InviteSheet(branch, organisation, cards, sheet_words(_, branch, expires_at, zone))


def _file_name(text: str) -> str:
    return "".join("_" if char in _NOT_IN_FILE_NAMES else char for char in text).strip(". ") or "_"


def _write(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read."""
    path.touch(mode=0o600, exist_ok=False)
    path.write_bytes(content)
