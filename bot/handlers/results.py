"""Points, reasons, boards, portraits and the overview; and the tap that closes a branch's quarter."""

from __future__ import annotations

from bot.domain.actions.menu import ShowBoard, ShowOverview, ShowPortrait, ShowRedList, ShowScore, ShowWhy
from bot.domain.actions.rating import CloseBranch
from bot.domain.periods import Month
from bot.errors import NotFoundError
from bot.handlers.named import named_quarter, quarter_in
from bot.handlers.registry import Context, on_command, on_tap
from bot.views import board, overview, portrait, score, why
from bot.views.view import Answer


@on_tap(CloseBranch)
async def on_branch_closed(action: CloseBranch, context: Context) -> Answer:
    """The branch's quarter is closed."""
    quarter = named_quarter(action.quarter)
    closed = await context.do.close_branch(context.visit, quarter, action.branch_id, action.revision)
    return Answer(board.closed(context.words, closed), toast=context.words.plain("Closed."))


@on_command("score")
async def on_score_command(_rest: str, context: Context) -> Answer:
    """/score."""
    facts = await context.do.show_score(context.visit)
    return Answer(score.score(context.words, facts))


@on_tap(ShowScore)
async def on_score(_action: ShowScore, context: Context) -> Answer:
    """The button "my points"."""
    return await on_score_command("", context)


@on_command("why")
async def on_why_command(_rest: str, context: Context) -> Answer:
    """/why."""
    return await on_why(ShowWhy(), context)


@on_tap(ShowWhy)
async def on_why(action: ShowWhy, context: Context) -> Answer:
    """Why a month has its points."""
    try:
        month = Month.parse(action.month) if action.month else None
    except ValueError as error:
        raise NotFoundError from error
    facts = await context.do.show_why(context.visit, month)
    return Answer(why.why(context.words, facts, action.page))


@on_command("board")
async def on_board_command(_rest: str, context: Context) -> Answer:
    """/board."""
    return await on_board(ShowBoard(), context)


@on_tap(ShowBoard)
async def on_board(action: ShowBoard, context: Context) -> Answer:
    """A branch's board."""
    facts = await context.do.show_board(context.visit, quarter_in(action.quarter), action.branch_id or None)
    return Answer(board.board(context.words, facts))


@on_command("portrait")
async def on_portrait_command(_rest: str, context: Context) -> Answer:
    """/portrait."""
    return await on_portrait(ShowPortrait(), context)


@on_tap(ShowPortrait)
async def on_portrait(action: ShowPortrait, context: Context) -> Answer:
    """One's own portrait."""
    facts = await context.do.show_portrait(context.visit, quarter_in(action.quarter))
    return Answer(portrait.portrait(context.words, facts))


@on_command("overview")
async def on_overview_command(_rest: str, context: Context) -> Answer:
    """/overview."""
    return await on_overview(ShowOverview(), context)


@on_tap(ShowOverview)
async def on_overview(action: ShowOverview, context: Context) -> Answer:
    """All branches side by side."""
    facts = await context.do.show_overview(context.visit, quarter_in(action.quarter))
    return Answer(overview.overview(context.words, facts))


@on_tap(ShowRedList)
async def on_red_list(action: ShowRedList, context: Context) -> Answer:
    """The best of all branches."""
    facts = await context.do.show_overview(context.visit, quarter_in(action.quarter))
    return Answer(overview.red_list(context.words, facts))
