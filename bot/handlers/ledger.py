"""The ledger 台账 as a file, for a secretary of his own branch, for the committee of any."""

from __future__ import annotations

from bot.domain.actions.ledger import DownloadLedger, OpenLedger
from bot.domain.periods import Quarter
from bot.errors import NotFoundError
from bot.handlers.registry import Context, on_command, on_tap
from bot.views import ledger
from bot.views.view import Answer


@on_command("ledger")
async def on_ledger_command(_rest: str, context: Context) -> Answer:
    """/ledger."""
    return await on_ledger(OpenLedger(), context)


@on_tap(OpenLedger)
async def on_ledger(action: OpenLedger, context: Context) -> Answer:
    """Which part is wanted."""
    choice = await context.do.open_ledger(context.visit, action.branch_id or None)
    return Answer(ledger.choose(context.words, choice))


@on_tap(DownloadLedger)
async def on_ledger_downloaded(action: DownloadLedger, context: Context) -> Answer:
    """The file."""
    try:
        quarter = Quarter.parse(action.quarter) if action.quarter else None
    except ValueError as error:
        raise NotFoundError from error
    file = await context.do.export_ledger(context.visit, context.catalog, action.branch_id or None, quarter)
    return Answer(ledger.paper(context.words, file), new_message=True)
