"""Where updates come in: each is decoded, given to its handler, and answered."""

from __future__ import annotations

from dataclasses import dataclass

from aiogram import Dispatcher, Router
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message, Update

from bot.domain.accounts import Language
from bot.domain.actions.base import Action
from bot.errors import (
    EditedMessageError,
    GroupUnsuitableError,
    NothingAwaitedError,
    WrongKindError,
    XianfengError,
)
from bot.handlers import errors
from bot.handlers.registry import COMMANDS, GROUP_COMMANDS, TAPS, TYPED, Attachment, Context, Typed
from bot.telegram.codec import MalformedActionError, unpack
from bot.telegram.sender import Sender
from bot.usecases import UseCases
from bot.usecases.visit import Cause, Visit
from bot.views.view import Answer
from bot.views.words import Catalog

PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class Desk:
    """What every update is handled with."""

    do: UseCases
    catalog: Catalog
    sender: Sender
    bot_username: str

    def context(
        self, update_id: int, telegram_id: int, language_code: str | None, chat_id: int, message_id: int
    ) -> Context:
        """The context of one update."""
        hint = Language.EN if (language_code or "zh").startswith("en") else Language.ZH
        visit = Visit(telegram_id, Cause(f"u{update_id}"), hint)
        return Context(visit, self.do, self.catalog, self.sender, chat_id, message_id, self.bot_username)


def build_dispatcher(desk: Desk) -> Dispatcher:
    """Aiogram's dispatcher with our four entries; conversation state lives in the database, so its FSM is off."""
    router = Router()
    router.callback_query()(on_callback)
    router.message()(on_message)
    router.edited_message()(on_edited_message)
    router.my_chat_member()(on_own_membership)
    dispatcher = Dispatcher(disable_fsm=True, desk=desk)
    dispatcher.include_router(router)
    return dispatcher


async def on_callback(query: CallbackQuery, event_update: Update, desk: Desk) -> None:
    """Somebody tapped a button; the data may be forged or years old. Bots do not tap."""
    if query.from_user.is_bot:
        return
    chat_id = query.message.chat.id if query.message else query.from_user.id
    message_id = query.message.message_id if query.message else 0
    context = desk.context(
        event_update.update_id, query.from_user.id, query.from_user.language_code, chat_id, message_id
    )
    try:
        action = unpack(query.data or "")
    except MalformedActionError:
        await desk.sender.answer_tap(query.id)
        return
    answer = await _answered(action, context, in_private=chat_id == query.from_user.id)
    await _show(answer, context, card=message_id)
    await desk.sender.answer_tap(query.id, answer.toast, alert=answer.alert)
    await _is_back(context)


async def _answered(action: Action, context: Context, *, in_private: bool) -> Answer:
    try:
        if not in_private:
            raise GroupUnsuitableError
        answer = await TAPS[type(action)](action, context)
        if type(action) not in TYPED:
            await _went_on(context)
        return answer
    except XianfengError as error:
        return await errors.after_tap(error, action, context)


async def _went_on(context: Context) -> None:
    """What was asked for before is not awaited any more."""
    if context.visit.is_awaited_for:
        await context.do.stop_waiting(context.visit.telegram_id)


async def _is_back(context: Context) -> None:
    """Who could not be reached has been answered: what waited for him is due."""
    visit = context.visit
    if context.chat_id == visit.telegram_id and visit.actor and visit.actor.account.unreachable_since:
        await context.do.note_reachability(visit.telegram_id, reachable=True)


async def on_message(message: Message, event_update: Update, desk: Desk) -> None:
    """Somebody wrote, in private or in a group."""
    if message.migrate_to_chat_id is not None:
        await desk.do.move_group(message.chat.id, message.migrate_to_chat_id)
        return
    if message.from_user is None or message.from_user.is_bot or message.sender_chat is not None:
        return
    context = desk.context(
        event_update.update_id,
        message.from_user.id,
        message.from_user.language_code,
        message.chat.id,
        message.message_id,
    )
    if message.chat.type != PRIVATE:
        await _on_group_message(message, context)
        return
    card = 0
    try:
        command, rest = _command(message, context.bot_username)
        if command is not None:
            answer = await _on_command(command, rest, message, context)
        else:
            awaited = await context.do.find_awaited(context.visit)
            action, card = _asked(awaited.action), awaited.message_id
            answer = await TYPED[type(action)](action, _typed(message), context)
            await context.sender.nod(message.chat.id, message.message_id)
    except XianfengError as error:
        answer, card = await errors.after_message(error, context), 0
    await _show(answer, context, card=card)
    await _is_back(context)


async def _on_command(command: str, rest: str, message: Message, context: Context) -> Answer:
    handler = COMMANDS.get(command)
    if handler is None or message.forward_origin is not None:
        # Somebody else's command, or none of ours: a stranger is still told that he is one.
        await context.do.find_awaited(context.visit)
        raise NothingAwaitedError
    answer = await handler(rest, context)
    await _went_on(context)
    return answer


def _asked(packed: str) -> Action:
    """The action that waits for a text; one that an older version stored may not exist any more."""
    try:
        action = unpack(packed)
    except MalformedActionError as error:
        raise NothingAwaitedError from error
    if type(action) not in TYPED:
        raise NothingAwaitedError
    return action


async def _on_group_message(message: Message, context: Context) -> None:
    command, rest = _command(message, context.bot_username)
    if command is None or message.forward_origin is not None:
        return
    handler = GROUP_COMMANDS.get(command)
    try:
        if handler is None and command not in COMMANDS:
            return
        if handler is None:
            raise GroupUnsuitableError
        answer = await handler(rest, context)
    except XianfengError as error:
        answer = await errors.after_message(error, context)
    await _show(answer, context)


async def on_edited_message(message: Message, event_update: Update, desk: Desk) -> None:
    """Somebody changed what he wrote: nothing changes, and he is told how to."""
    if message.from_user is None or message.chat.type != PRIVATE:
        return
    context = desk.context(
        event_update.update_id,
        message.from_user.id,
        message.from_user.language_code,
        message.chat.id,
        message.message_id,
    )
    await _show(await errors.after_message(EditedMessageError(), context), context)


async def on_own_membership(change: ChatMemberUpdated, desk: Desk) -> None:
    """The bot was blocked or unblocked by a person, or put into or out of a group."""
    there = change.new_chat_member.status not in {"left", "kicked"}
    if change.chat.type == PRIVATE:
        await desk.do.note_reachability(change.from_user.id, reachable=there)
    elif not there:
        await desk.do.move_group(change.chat.id, None)


async def _show(answer: Answer, context: Context, card: int = 0) -> None:
    """Put the answer where it belongs: in place of the tapped or awaited card, or as a new message."""
    if answer.view is not None:
        if answer.view.picture is not None:
            await context.sender.shows_upload(context.chat_id)
        if card and not answer.new_message:
            await context.sender.edit(context.chat_id, card, answer.view)
        else:
            await context.sender.send(context.chat_id, answer.view)
    for view in answer.more:
        await context.sender.send(context.chat_id, view)


def _command(message: Message, bot_username: str) -> tuple[str | None, str]:
    text = message.text or ""
    if not text.startswith("/"):
        return None, ""
    head, _, rest = text.partition(" ")
    name, _, addressee = head[1:].partition("@")
    if addressee and addressee.lower() != bot_username.lower():
        return None, ""
    return name.lower(), rest.strip()


def _typed(message: Message) -> Typed:
    if message.photo:
        largest = message.photo[-1]
        return Typed(message.caption or "", Attachment("photo", largest.file_id, largest.file_size or 0))
    if message.document:
        document = message.document
        name = document.file_name or ""
        return Typed(message.caption or "", Attachment("document", document.file_id, document.file_size or 0, name))
    if message.text:
        return Typed(message.text)
    raise WrongKindError
