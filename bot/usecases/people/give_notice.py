"""The notice on personal data: agreed to when an account is bound, and told again when it says something new."""

from __future__ import annotations

from bot.domain.retention import NOTICE_VERSION
from bot.domain.timetable import Due, Timetable
from bot.outbox.addressed import Addressed
from bot.outbox.letters import NoticeChanged
from bot.storage.store import Store
from bot.usecases.visit import Visit


class TellNotice:
    """Writes once to everybody who agreed to an older notice, or to none."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, due: Due | None = None) -> int:
        """Returns how many were written to now or before."""
        async with self._store.write() as tx:
            if due is not None and not await tx.dues.claim(*due.claim):
                return 0
            letters: list[Addressed] = [
                Addressed(f"notice:{NOTICE_VERSION}:{member_id}", NoticeChanged(NOTICE_VERSION), member_id)
                for member_id in await tx.accounts.agreed_to_less_than(NOTICE_VERSION)
            ]
            await tx.letters.write_many(letters, due_at=self._timetable.polite(tx.now))
            return len(letters)


class AcceptNotice:
    """A person has read the notice as it is now."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, visit: Visit, version: int) -> bool:
        """Record it; False if that version is not the present one, or was agreed to before."""
        async with self._store.write(visit.cause) as tx:
            person = await visit.enter(tx)
            if version != NOTICE_VERSION:
                return False
            if not await tx.accounts.accept_notice(person.member_id, version, tx.now):
                return False
            await tx.ledger.append(
                "notice_accepted", subject=person.member_id, actor=person.member_id, notice=version
            )  # fmt: skip
            return True


class MeetNotice:
    """Whoever asks for the notice is answered in his language; it is open to everybody, bound or not."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, visit: Visit) -> bool:
        """Find out who asks, if anybody; True if he has still to agree to the present version."""
        async with self._store.read() as tx:
            visit.actor = await tx.accounts.find_actor(visit.telegram_id)
            if visit.actor is None:
                return False
            return visit.actor.person.member_id in await tx.accounts.agreed_to_less_than(NOTICE_VERSION)
