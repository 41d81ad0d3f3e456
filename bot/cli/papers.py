"""A quarter on paper: the branches' posters and the committee's bulletin."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.charts.papers.bulletin import bulletin
from bot.charts.papers.poster import posters
from bot.cli.dates import quarter_of
from bot.cli.errand import Terminal
from bot.domain.accounts import Language
from bot.errors import ChartsNotReadyError, NotFoundError, PeriodNotOpenError
from bot.views.bulletin import bulletin_facts
from bot.views.bulletin_letter import lines
from bot.views.poster import poster_facts
from bot.views.terms import quarter_name
from bot.views.words import Words


async def print_posters(terminal: Terminal, text: str, file: Path, branch: str | None) -> None:
    """Write the posters of all branches that are on show, one page each, or of one; in Chinese like the roster."""
    _, quarter = terminal.words, quarter_of(terminal, text)
    async with terminal.core() as core:
        try:
            found = await core.do.print_poster.by_operator(quarter, branch)
        except NotFoundError:
            terminal.fail(_.plain("No branch is called {name}.", name=branch))
        except (ChartsNotReadyError, PeriodNotOpenError):
            terminal.fail(_nothing_shown(_, quarter_name(_, quarter)))
        printed = core.catalog[Language.ZH]
    _write(terminal, file, await asyncio.to_thread(posters, tuple(poster_facts(printed, one) for one in found)))
    terminal.say(_.many_plain("Wrote {n} poster: {file}", "Wrote {n} posters: {file}", len(found), file=file))


async def print_bulletin(terminal: Terminal, text: str, file: Path) -> None:
    """Write the quarter's bulletin in Chinese, and say the same in the terminal's language."""
    _, quarter = terminal.words, quarter_of(terminal, text)
    async with terminal.core() as core:
        try:
            facts = await core.do.read_bulletin(quarter)
        except (ChartsNotReadyError, PeriodNotOpenError):
            terminal.fail(_nothing_shown(_, quarter_name(_, quarter)))
        page = bulletin_facts(core.catalog[Language.ZH], facts)
    _write(terminal, file, await asyncio.to_thread(bulletin, page))
    for line in lines(_, facts):
        terminal.say(line.striptags().replace("📊 ", "").replace("🔗 ", ""))


def _nothing_shown(_: Words, quarter: str) -> str:
    return _.plain("Nothing of {quarter} has been shown yet.", quarter=quarter)


def _write(terminal: Terminal, file: Path, content: bytes) -> None:
    terminal.make_new(file)
    file.write_bytes(content)
