"""公示海报: a branch's quarter for the wall of its Party room, as its own group may see it."""

from __future__ import annotations

from bot.domain.may import Deed, Subject
from bot.domain.periods import Quarter
from bot.domain.timetable import Timetable
from bot.errors import ChartsNotReadyError, NotFoundError
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.publicity.boards import board_of
from bot.usecases.visit import Visit, must
from bot.views.paper_facts import PosterFacts


class PrintPoster:
    """A published quarter on paper."""

    def __init__(self, store: Store, timetable: Timetable, organisation: str) -> None:
        self._store = store
        self._zone = timetable.zone
        self._organisation = organisation

    async def __call__(self, visit: Visit, quarter: Quarter, branch_id: int) -> list[PosterFacts]:
        """The poster of one branch, for those who lead it and for the committee; for branch 0 those of all."""
        async with self._store.read() as tx:
            person = await visit.enter(tx)
            must(person, Deed.PRINT_POSTER, Subject(branch_id=branch_id))
            if branch_id:
                return [await self._poster(tx, quarter, branch_id)]
            return await self._all(tx, quarter, [one.branch_id for one in await tx.people.branches()])

    async def by_operator(self, quarter: Quarter, branch: str | None) -> list[PosterFacts]:
        """The posters of all branches that are shown, or of one; an unknown branch is a NotFoundError."""
        async with self._store.read() as tx:
            await tx.periods.get_quarter(quarter)
            branches = {one.name: one.branch_id for one in await tx.people.branches()}
            if branch is not None and branch not in branches:
                raise NotFoundError
            wanted = [branches[branch]] if branch is not None else list(branches.values())
            return await self._all(tx, quarter, wanted)

    async def _all(self, tx: Tx, quarter: Quarter, wanted: list[int]) -> list[PosterFacts]:
        """Those of these branches that are shown; ChartsNotReadyError where none is."""
        shown = {stand.branch_id for stand in await tx.periods.branch_quarters(quarter) if stand.state.is_published}
        found = [await self._poster(tx, quarter, one) for one in wanted if one in shown]
        if not found:
            raise ChartsNotReadyError
        return found

    async def _poster(self, tx: Tx, quarter: Quarter, branch_id: int) -> PosterFacts:
        board = await board_of(tx, branch_id, quarter, None, self._zone)
        return PosterFacts(board, self._organisation, await tx.ledger.head())
