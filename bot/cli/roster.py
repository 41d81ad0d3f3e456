"""Importing the roster: faults as a table, or what has changed in numbers."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path

from bot.cli.columns import columns
from bot.cli.dates import day_of
from bot.cli.errand import Terminal
from bot.cli.speaking import own_name
from bot.sheets.faults import RosterFaults, SheetError
from bot.sheets.roster import Roster, read_roster
from bot.sheets.table import read_table
from bot.views.roster import change_rows, fault_rows, sheet_refused


async def import_roster(terminal: Terminal, file: Path, from_day: str, dry_run: bool) -> None:
    """Take the file over as a whole, or change nothing and say why."""
    _, from_on = terminal.words, day_of(terminal, from_day) if from_day else None
    async with terminal.core() as core:
        today = core.do.timetable.day_of(core.clock.now())
        roster = await asyncio.to_thread(_read, terminal, file, today)
        change = await core.do.import_roster(roster, from_on=from_on, rehearse=dry_run)
    terminal.say(columns(change_rows(_, change.counts())))
    if dry_run:
        terminal.say(_.plain("This was a rehearsal: nothing is stored."))
    elif change.joined:
        terminal.say(_.plain("Next: {command} invites --out FOLDER", command=own_name()))


def _read(terminal: Terminal, file: Path, today: date) -> Roster:
    _ = terminal.words
    try:
        return read_roster(read_table(file.read_bytes(), file.name), today)
    except SheetError as error:
        terminal.fail(sheet_refused(_, error))
    except RosterFaults as error:
        table = columns(fault_rows(_, error.faults))
        head = _.many_plain("{n} fault; nothing was imported.", "{n} faults; nothing was imported.", len(error.faults))
        terminal.fail(f"{head}\n{table}")
