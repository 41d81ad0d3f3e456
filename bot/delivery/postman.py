"""Carries due letters to Telegram: at least once, within its limits, to nobody wider than the letter's audience."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from bot.delivery.pace import Pace
from bot.delivery.render import Renderer
from bot.domain.timetable import Timetable
from bot.errors import XianfengError
from bot.outbox.audience import Chat, admits
from bot.outbox.letters import Letter, MenuChanged, NamesTakenDown, StandingsChanged
from bot.storage.letters import LEASE, DueLetter
from bot.storage.store import Store, is_database_away
from bot.storage.tx import Tx
from bot.telegram.commands import CommandMenu
from bot.telegram.refusals import (
    AnswerLostError,
    ChatUnreachableError,
    GroupMovedError,
    MessageGoneError,
    RetryLaterError,
    TelegramRefusalError,
)
from bot.telegram.sender import Sender
from bot.usecases.people.reach import mark_unreachable

ROUND_S = 1.0
HANDS = 32
MOST_ATTEMPTS = 8
FIRST_PAUSE_S = 2.0
SILENT: tuple[type[Letter], ...] = (MenuChanged, StandingsChanged, NamesTakenDown)
"""They change what is there already, and no phone rings."""

log = structlog.get_logger(__name__)


class Postman:
    """Takes letters, renders each in its reader's language, sends it and marks what became of it."""

    def __init__(
        self, store: Store, renderer: Renderer, sender: Sender, menus: CommandMenu, clock: Clock, pace: Pace,
        timetable: Timetable,
    ) -> None:  # fmt: skip
        self._store = store
        self._renderer = renderer
        self._sender = sender
        self._menus = menus
        self._clock = clock
        self._pace = pace
        self._timetable = timetable
        self._carried: set[int] = set()
        self._keep_at = clock.now()
        self.beat_at = time.monotonic()

    async def run(self, stopping: asyncio.Event) -> None:
        """Carry letters until told to stop; letters under way are finished first."""
        async with asyncio.TaskGroup() as carriers:
            while not stopping.is_set():
                self.beat_at = time.monotonic()
                try:
                    await self._keep_claims()
                    taken = await self._take(carriers)
                except Exception as error:
                    if not is_database_away(error):
                        raise
                    log.warning("the database is away")
                    taken = 0
                if not taken:
                    await self._store.doorbell.wait(ROUND_S)

    async def carry_due(self) -> int:
        """One round: what is due now, several at a time, to its end; returns how many letters were taken."""
        async with asyncio.TaskGroup() as carriers:
            return await self._take(carriers)

    async def _take(self, carriers: asyncio.TaskGroup) -> int:
        """Begin to carry what is due, as far as hands are free: a slow letter keeps one of them, not all."""
        hands = HANDS - len(self._carried)
        if hands <= 0 or not await self._is_any_due():
            return 0
        async with self._store.write() as tx:
            letters = await tx.letters.claim(hands)
        for letter in letters:
            if letter.letter_id not in self._carried:
                self._carried.add(letter.letter_id)
                carriers.create_task(self._carry_and_return(letter))
        return len(letters)

    async def _is_any_due(self) -> bool:
        # Looking costs the others nothing; claiming takes the writer's turn.
        async with self._store.read() as tx:
            return await tx.letters.is_any_due()

    async def _keep_claims(self) -> None:
        """What takes long to carry stays ours, or another process would carry it too."""
        now = self._clock.now()
        if self._carried and now >= self._keep_at:
            self._keep_at = now + LEASE / 4
            async with self._store.write() as tx:
                await tx.letters.keep(self._carried)

    async def _carry_and_return(self, due: DueLetter) -> None:
        try:
            await self._carry(due)
        finally:
            if len(self._carried) >= HANDS:
                self._store.doorbell.ring()
            self._carried.discard(due.letter_id)

    async def _carry(self, due: DueLetter) -> None:
        if due.chat_id is None:
            await self._mark_undeliverable(due, "unreachable", "no chat")
            return
        chat = Chat(due.chat_id, due.member_id, due.branch_id)
        if not admits(due.audience, due.member_id, due.branch_id, chat):
            log.error("a letter was addressed to a chat wider than its audience", letter=due.letter_id)
            await self._mark_undeliverable(due, "refused", "audience")
            return
        now = self._clock.now()
        if (later := self._politely(due, now)) > now:
            await self._note(lambda tx: tx.letters.postpone(due.letter_id, later, "quiet hours"))
            return
        try:
            await self._deliver(due, due.chat_id)
        except TelegramRefusalError as refusal:
            await self._after_refusal(due, refusal)
        except XianfengError as error:
            await self._mark_undeliverable(due, "refused", type(error).__name__)
        except Exception as error:
            await self._after_failure(due, error)

    async def _deliver(self, due: DueLetter, chat_id: int) -> None:
        if isinstance(due.letter, MenuChanged):
            await self._menus.show_to(chat_id, await self._renderer.commands(due))
            await self._mark_sent(due, chat_id, None)
            return
        view = await self._renderer.view(due)
        if view is None:
            await self._mark_undeliverable(due, "moot", "outdated")
            return
        await self._pace.wait(chat_id)
        if view.edits:
            await self._sender.renew(chat_id, view.edits, view)
            await self._mark_sent(due, chat_id, view.edits)
            return
        await self._mark_sent(due, chat_id, await self._sender.send(chat_id, view))

    async def _after_refusal(self, due: DueLetter, refusal: TelegramRefusalError) -> None:
        match refusal:
            case RetryLaterError():
                await self._postpone(due, refusal.after_s, "retry after")
            case GroupMovedError(chat_id):
                await self._follow(due, chat_id)
            case ChatUnreachableError():
                await self._unreachable(due)
            case MessageGoneError():
                await self._mark_undeliverable(due, "moot", "gone")
            case AnswerLostError() if due.attempts < MOST_ATTEMPTS:
                # A letter read twice does no harm; one that is lost does.
                await self._try_later(due, str(refusal))
            case AnswerLostError():
                await self._mark_undeliverable(due, "unknown", str(refusal))
            case _:
                log.error(
                    "telegram refused a letter", letter=due.letter_id, kind=due.letter.kind, telegram=str(refusal)
                )
                await self._mark_undeliverable(due, "refused", str(refusal))

    async def _after_failure(self, due: DueLetter, error: Exception) -> None:
        """A letter that cannot be rendered must neither hold up the others nor be lost at once."""
        log.error("a letter failed", letter=due.letter_id, kind=due.letter.kind, exc_info=error)
        if due.attempts < MOST_ATTEMPTS:
            await self._try_later(due, type(error).__name__)
        else:
            await self._mark_undeliverable(due, "refused", type(error).__name__)

    async def _mark_sent(self, due: DueLetter, chat_id: int, message_id: int | None) -> None:
        await self._note(lambda tx: tx.letters.mark_sent(due.letter_id, chat_id, message_id))

    async def _mark_undeliverable(self, due: DueLetter, state: str, error: str) -> None:
        await self._note(lambda tx: tx.letters.mark_undeliverable(due.letter_id, state, error))

    async def _unreachable(self, due: DueLetter) -> None:
        async def change(tx: Tx) -> None:
            await tx.letters.mark_undeliverable(due.letter_id, "unreachable", "blocked")
            if due.member_id is not None:
                await mark_unreachable(tx, self._timetable, due.member_id)
            elif due.chat_id is not None:
                await tx.accounts.move_group(due.chat_id, None)

        await self._note(change)

    async def _follow(self, due: DueLetter, chat_id: int) -> None:
        async def change(tx: Tx) -> None:
            if due.chat_id is not None:
                await tx.accounts.move_group(due.chat_id, chat_id)
            await tx.letters.postpone(due.letter_id, tx.now, "group moved")

        await self._note(change)

    async def _try_later(self, due: DueLetter, error: str) -> None:
        await self._postpone(due, FIRST_PAUSE_S * 2 ** (due.attempts - 1), error)

    async def _postpone(self, due: DueLetter, seconds: float, error: str) -> None:
        due_at = self._politely(due, self._clock.now() + timedelta(seconds=seconds))
        await self._note(lambda tx: tx.letters.postpone(due.letter_id, due_at, error))

    def _politely(self, due: DueLetter, instant: datetime) -> datetime:
        """When a letter that is late goes out: not at night, unless it was meant for the night or wakes nobody."""
        at_night = self._timetable.polite(due.due_at) != due.due_at
        return instant if at_night or isinstance(due.letter, SILENT) else self._timetable.polite(instant)

    async def _note(self, change: Callable[[Tx], Awaitable[None]]) -> None:
        """Write what became of a letter; while the database is away that waits, or the letter would go out again."""
        while True:
            try:
                async with self._store.write() as tx:
                    await change(tx)
                return
            except Exception as error:
                if not is_database_away(error):
                    raise
                log.warning("the database is away")
                await asyncio.sleep(ROUND_S)
