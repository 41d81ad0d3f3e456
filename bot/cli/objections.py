"""The file of a quarter's objections and answers, written for the committee and the discipline office."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.charts.papers.objection_file import objection_file
from bot.cli.dates import quarter_of
from bot.cli.errand import Terminal
from bot.domain.accounts import Language
from bot.errors import PeriodNotOpenError
from bot.views.objection_file_facts import objection_file_facts
from bot.views.terms import quarter_name


async def export(terminal: Terminal, text: str, file: Path) -> None:
    """Write the quarter's objections as a PDF, in Chinese, that only its owner may read; an older file stays."""
    _, quarter = terminal.words, quarter_of(terminal, text)
    async with terminal.core() as core:
        try:
            cards = await core.do.export_objections.by_admin(quarter)
        except PeriodNotOpenError:
            terminal.fail(_.plain("{period} has not been opened yet.", period=quarter_name(_, quarter)))
        facts = objection_file_facts(core.catalog[Language.ZH], terminal.settings.organisation, quarter, cards)
    content = await asyncio.to_thread(objection_file, facts)
    terminal.make_new(file)
    await asyncio.to_thread(file.write_bytes, content)
    terminal.say(_.many_plain("{n} objection written to {file}.", "{n} objections written to {file}.", len(cards),
                              file=str(file)))  # fmt: skip
