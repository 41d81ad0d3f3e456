"""What the committee is sent of a quarter as a whole: the ledger's head when it is shown, the bulletin once final."""

from __future__ import annotations

from bot.domain.people import Role
from bot.domain.periods import Quarter
from bot.domain.timetable import Due, Timetable
from bot.outbox.addressed import Addressed
from bot.outbox.letters import BulletinPublished, HeadPublished
from bot.storage.store import Store
from bot.storage.tx import Tx

BULLETIN_READERS = (Role.COMMITTEE, Role.DEPARTMENT)


class AnnounceBulletin:
    """Sends the bulletin of a finished quarter to the committee and the departments."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, due: Due) -> int:
        """Write the letters; returns how many."""
        async with self._store.write() as tx:
            if not await tx.dues.claim(*due.claim):
                return 0
            head = await tx.ledger.head()
            readers = {person.member_id for role in BULLETIN_READERS for person in await tx.people.holding(role)}
            letters = [
                Addressed(f"bulletin:{due.period}:{member_id}", BulletinPublished(due.period, str(head)), member_id)
                for member_id in sorted(readers & await tx.people.bound())
            ]
            await tx.letters.write_many(letters, due_at=self._timetable.polite(tx.now))
            return len(letters)


async def announce_head(tx: Tx, timetable: Timetable, quarter: Quarter) -> None:
    """Keep the ledger's end outside of the database: in the committee's chats, as it is after this publication."""
    head = await tx.ledger.head()
    letters = [
        Addressed(
            f"head:{quarter}:{head.seq}:{person.member_id}", HeadPublished(str(quarter), str(head)), person.member_id
        )
        for person in await tx.people.holding(Role.COMMITTEE)
    ]
    await tx.letters.write_many(letters, due_at=timetable.polite(tx.now))
