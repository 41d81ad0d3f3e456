"""What the letters of a closed quarter are made from: read for the system itself, not for somebody who asks."""

from __future__ import annotations

from bot.domain.periods import Quarter
from bot.domain.timetable import Timetable
from bot.errors import NotFoundError
from bot.storage.store import Store
from bot.usecases.publicity.boards import board_of, side_by_side
from bot.usecases.publicity.personal_quarters import closed_quarters
from bot.usecases.publicity.publish_quarter import standings_key
from bot.views.result_facts import Board, BranchesSideBySide, PersonalQuarter


class ReadResult:
    """One member's closed quarter."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._zone = timetable.zone

    async def __call__(self, member_id: int, quarter: Quarter) -> PersonalQuarter:
        """The quarter as it was closed, or NotFoundError."""
        async with self._store.read() as tx:
            person = await tx.people.get(member_id)
            for one in await closed_quarters(tx, person, self._zone):
                if one.quarter == quarter:
                    return one
            raise NotFoundError


class ReadStandings:
    """One branch's closed quarter, as its group may see it."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._zone = timetable.zone

    async def __call__(self, branch_id: int, quarter: Quarter) -> Board:
        """The standings for the group, or ChartsNotReadyError."""
        async with self._store.read() as tx:
            return await board_of(tx, branch_id, quarter, None, self._zone)

    async def posted(self, branch_id: int, quarter: Quarter) -> int | None:
        """The message with these standings in the branch's present group; None where there is none."""
        async with self._store.read() as tx:
            sent = await tx.letters.sent_as(standings_key(quarter, branch_id))
            branch = await tx.people.get_branch(branch_id)
            return sent[1] if sent is not None and sent[0] == branch.group_chat_id else None


class ReadOverview:
    """All branches of a quarter, for one of those who lead."""

    def __init__(self, store: Store, timetable: Timetable, organisation: str) -> None:
        self._store = store
        self._zone = timetable.zone
        self._organisation = organisation

    async def __call__(self, member_id: int, quarter: Quarter) -> BranchesSideBySide:
        """The overview with the reader's own branch marked, or ChartsNotReadyError."""
        async with self._store.read() as tx:
            viewer = await tx.people.get(member_id)
            return await side_by_side(tx, viewer, quarter, self._organisation, self._zone)
