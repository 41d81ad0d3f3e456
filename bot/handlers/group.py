"""Binding the branch's group: the secretary asks for a code in private and types it in the group."""

from __future__ import annotations

from bot.domain.actions.binding import ShowGroupCode
from bot.errors import GroupExpectedError
from bot.handlers.registry import Context, on_command, on_group_command, on_tap
from bot.views import group
from bot.views.view import Answer


@on_tap(ShowGroupCode)
async def on_group_code_asked(_action: ShowGroupCode, context: Context) -> Answer:
    """The secretary wants to bind the group."""
    code, branch = await context.do.ask_group_code(context.visit)
    return Answer(
        group.code(context.words, context.bot_username, code, branch.name, rebinds=branch.group_chat_id is not None)
    )


@on_group_command("bind")
async def on_bind(rest: str, context: Context) -> Answer:
    """/bind CODE in the group."""
    branch = await context.do.bind_group(context.visit, rest.strip(), context.chat_id)
    return Answer(group.bound(context.words, branch.name))


@on_command("bind")
async def on_bind_in_private(_rest: str, context: Context) -> Answer:
    """The same in a private chat, where it does nothing."""
    await context.do.show_menu(context.visit)
    raise GroupExpectedError
