"""The draw is announced when the rating opens: seed, candidates and places stand before anybody draws."""

from __future__ import annotations

from datetime import datetime

from bot.domain.draw import ANNOUNCED, USUAL_PLACES, seed_of
from bot.domain.people import Role
from bot.domain.periods import Quarter
from bot.domain.review import DEPARTMENT_SEATS
from bot.domain.switches import Publication
from bot.domain.timetable import Due, Timetable
from bot.outbox.letters import DrawAnnounced, Letter
from bot.storage.periods import OpenedQuarter
from bot.storage.store import Store
from bot.storage.tx import Tx

TOLD = (Role.COMMITTEE, Role.SECRETARY, Role.COMMISSIONER, Role.DEPARTMENT)


class AnnounceDraw:
    """Fixes the seed that nobody could choose, and begins the quarter's group with the departments' holders."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, due: Due) -> bool:
        """Announce the quarter's draw; False where there is no review group, or it was announced before."""
        quarter = Quarter.parse(due.period)
        async with self._store.write() as tx:
            opened = await tx.periods.find_quarter(quarter)
            if opened is None or (await tx.settings.switches()).publication is Publication.AT_CLOSE:
                return False
            if not await tx.dues.claim(*due.claim):
                return False
            before = await _forms_closed_at(tx, opened)
            source = await tx.ledger.last_before(before)
            seed, candidates = seed_of(source.hash, quarter, 0), await _candidates(tx, quarter)
            group = (await tx.periods.rules(opened.ruleset_id)).policies.group_branches
            places = USUAL_PLACES if group is None else group
            announced = await tx.reviews.announce(
                quarter, 0, source_seq=source.seq, seed=seed, candidates=candidates, places=places, now=tx.now
            )
            if not announced:
                return False
            await tx.ledger.append(
                ANNOUNCED, period=due.period, number=0, source_seq=source.seq, source_hash=source.hash, seed=seed,
                candidates=candidates, places=places, before=before.isoformat(),
            )  # fmt: skip
            await _seat_departments(tx, quarter)
            await tell_leaders(tx, self._timetable, f"draw_announced:{quarter}", DrawAnnounced(due.period))
            return True


async def _forms_closed_at(tx: Tx, opened: OpenedQuarter) -> datetime:
    """When the forms of the quarter's last month closed; a rating that was opened earlier by hand fixes it itself."""
    months = [await tx.periods.find_month(month) for month in opened.quarter.months]
    closes_at = max(month.closes_at for month in months if month is not None)
    return min(closes_at, opened.opened_at)


async def _candidates(tx: Tx, quarter: Quarter) -> list[int]:
    """The branches that take part and have somebody who leads them."""
    led = {person.branch_id for person in await tx.people.holding(Role.SECRETARY)}
    return [stand.branch_id for stand in await tx.periods.branch_quarters(quarter) if stand.branch_id in led]


async def _seat_departments(tx: Tx, quarter: Quarter) -> None:
    seated: set[int] = set()
    for kind in DEPARTMENT_SEATS:
        holders = await tx.people.holding(Role.DEPARTMENT, department=kind.department)
        holder = next((person for person in holders if person.member_id not in seated), None)
        if holder is None:
            continue
        seated.add(holder.member_id)
        await tx.reviews.give_seat(quarter, kind, holder.member_id, None, tx.now)
        await tx.ledger.append("seat_given", period=str(quarter), subject=holder.member_id, seat=kind.value)


async def tell_leaders(tx: Tx, timetable: Timetable, key: str, letter: Letter) -> None:
    """One letter to each of the committee, the departments and the branches' leaders."""
    told = {person.member_id for role in TOLD for person in await tx.people.holding(role)}
    letters: list[tuple[str, Letter, int | None, int | None]] = [
        (f"{key}:{member_id}", letter, member_id, None) for member_id in sorted(told & await tx.people.bound())
    ]
    await tx.letters.write_many(letters, due_at=timetable.polite(tx.now))
