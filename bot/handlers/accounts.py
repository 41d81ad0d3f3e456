"""What an admin does with accounts: look one up, loosen it, invite again."""

from __future__ import annotations

from bot.domain.actions.binding import AskUnbind, Reinvite, Unbind
from bot.errors import NotFoundError
from bot.handlers.registry import Context, on_command, on_tap
from bot.views import accounts
from bot.views.view import Answer


@on_command("member")
async def on_member_command(staff_no: str, context: Context) -> Answer:
    """/member with a staff number."""
    found = await context.do.find_member(context.visit, staff_no=staff_no)
    if found is None:
        return Answer(accounts.nobody(context.words, staff_no) if staff_no else accounts.how_to_find(context.words))
    return Answer(accounts.account_card(context.words, found.person, bound=found.bound, own=found.own))


@on_tap(AskUnbind)
async def on_unbind_asked(action: AskUnbind, context: Context) -> Answer:
    """Really?"""
    found = await context.do.find_member(context.visit, member_id=action.member_id)
    if found is None:
        raise NotFoundError
    if found.own or not found.bound:
        return Answer(accounts.account_card(context.words, found.person, bound=found.bound, own=found.own))
    return Answer(accounts.ask_unbind(context.words, found.person))


@on_tap(Unbind)
async def on_unbound(action: Unbind, context: Context) -> Answer:
    """The account is loosened."""
    person = await context.do.unbind_member(context.visit, action.member_id)
    return Answer(accounts.unbound(context.words, person))


@on_tap(Reinvite)
async def on_reinvited(action: Reinvite, context: Context) -> Answer:
    """A fresh invite, shown once."""
    issued = await context.do.reinvite_member(context.visit, action.member_id)
    link = f"https://t.me/{context.bot_username}?start={issued.token}"
    return Answer(accounts.invite(context.words, issued.person, link), new_message=True)
