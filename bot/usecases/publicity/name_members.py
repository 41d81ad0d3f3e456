"""黑榜公布: a branch's recorded decision names members under the line in its own group, until a day."""

from __future__ import annotations

from datetime import date, time, timedelta

from bot.domain.forms import Meeting
from bot.domain.may import Deed, Subject
from bot.domain.naming import LONGEST_DAYS
from bot.domain.periods import Quarter
from bot.domain.timetable import Due, Timetable
from bot.errors import DayOutOfRangeError, NotFoundError, QuorumMissedError, StaleCardError
from bot.outbox.letters import NamesPublished
from bot.storage.people import Branch
from bot.storage.store import Store
from bot.usecases.awaited import stop_waiting
from bot.usecases.publicity.naming_cards import names_key, naming_card, require_naming_on, take_down
from bot.usecases.rating.record_meeting import require_day
from bot.usecases.rating.show_queue import parsed
from bot.usecases.visit import Visit, must
from bot.views.naming_facts import NamesInGroup, NamingCard


class OpenNaming:
    """The members under the line, for the secretary who is about to record the branch's decision."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, quarter: str, branch_id: int) -> NamingCard:
        """The card, or what forbids naming."""
        async with self._store.read() as tx:
            card = await naming_card(tx, visit, self._timetable, quarter, branch_id)
        await stop_waiting(self._store, visit)
        return card

    async def awaiting(
        self, visit: Visit, quarter: str, branch_id: int, action: str, message_id: int = 0, *,
        held_on: date | None = None, held: Meeting | None = None,
    ) -> NamingCard:  # fmt: skip
        """The same, and the next text completes this packed action; what cannot be is refused first."""
        async with self._store.write(visit.cause) as tx:
            card = await naming_card(tx, visit, self._timetable, quarter, branch_id)
            if held is not None:
                require_meeting(card, held)
            elif held_on is not None:
                require_day(card.quarter, held_on, card.today)
            await tx.accounts.await_text(visit.telegram_id, action, message_id or visit.account.awaiting_message_id)
            return card

    async def checked(self, visit: Visit, quarter: str, branch_id: int, held: Meeting, days: int) -> NamingCard:
        """The card before the last tap; meeting and days are possible."""
        card = await self(visit, quarter, branch_id)
        require_meeting(card, held)
        require_days(card, days)
        return card


class NameMembers:
    """Records the decision and lets the branch's group know."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(
        self, visit: Visit, quarter: str, branch_id: int, chosen: int, held: Meeting, days: int
    ) -> NamingCard:
        """Name the chosen from now on for so many days, today included."""
        async with self._store.write(visit.cause) as tx:
            must(await visit.enter(tx), Deed.NAME_MEMBERS, Subject(branch_id=branch_id))
            # The branch is taken first, so that two decisions at once do not name somebody twice.
            await tx.periods.lock_branch_quarter(branch_id, _quarter(quarter))
            card = await naming_card(tx, visit, self._timetable, quarter, branch_id)
            await require_naming_on(tx)
            require_meeting(card, held)
            require_days(card, days)
            named = [one.member_id for one in card.chosen(chosen)]
            if not named or len(named) != chosen.bit_count():
                raise StaleCardError
            by = (await visit.enter(tx)).member_id
            ends_at = self._timetable.at(card.today + timedelta(days=days), time.min)
            await tx.namings.add(card.quarter, branch_id, named, held, by, tx.now, ends_at)
            await tx.accounts.await_text(visit.telegram_id, None)
            await tx.ledger.append_many([
                {
                    "kind": "member_named", "period": quarter, "subject": member_id, "actor": by, "branch": branch_id,
                    "until": ends_at.isoformat(), "meeting": held.kind.value, "held_on": held.held_on.isoformat(),
                    "present": held.present, "entitled": held.entitled,
                }
                for member_id in named
            ])  # fmt: skip
            decided = (await tx.namings.of_branch(card.quarter, branch_id))[-1]
            letter = NamesPublished(branch_id, quarter, decided.decided_at.isoformat())
            key = names_key(card.quarter, branch_id, decided)
            await tx.letters.write(key, letter, to_branch=branch_id, due_at=self._timetable.polite(tx.now))
            return await naming_card(tx, visit, self._timetable, quarter, branch_id)


class EndNaming:
    """The branch takes a name down before its time."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, quarter: str, branch_id: int, member_id: int) -> NamingCard:
        """What the group reads is edited at once; that he is not named any more is a StaleCardError."""
        async with self._store.write(visit.cause) as tx:
            card = await naming_card(tx, visit, self._timetable, quarter, branch_id)
            his = [one.naming for one in card.named if one.naming is not None and one.member_id == member_id]
            if not await take_down(tx, his, (await visit.enter(tx)).member_id):
                raise StaleCardError
            return await naming_card(tx, visit, self._timetable, quarter, branch_id)


class EndNamings:
    """The day has come until which names were shown: they are taken down, however late the clock comes."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, due: Due) -> int:
        """Take down every name of this quarter whose time is over; returns how many."""
        async with self._store.write() as tx:
            if not await tx.dues.claim(*due.claim):
                return 0
            over = [
                one for one in await tx.namings.running() if str(one.quarter) == due.period and one.ends_at <= tx.now
            ]
            return await take_down(tx, over, None)


class ReadNames:
    """What the branch's group reads of one decision, now."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, branch_id: int, quarter: Quarter, decided_at: str) -> NamesInGroup:
        """The names that still run, none once they were taken down."""
        async with self._store.read() as tx:
            branch = await tx.people.get_branch(branch_id)
            decision = [
                one for one in await tx.namings.of_branch(quarter, branch_id)
                if one.decided_at.isoformat() == decided_at
            ]  # fmt: skip
            running = [one for one in decision if one.ended_at is None and tx.now < one.ends_at]
            names = await tx.people.names(one.member_id for one in running)
            posted = await tx.letters.sent_as(names_key(quarter, branch_id, decision[0])) if decision else None
            return NamesInGroup(
                branch=branch.name, quarter=quarter, meeting=decision[0].meeting if decision else None,
                names=tuple(names[one.member_id] for one in running),
                until=self._timetable.day_of(running[0].ends_at - timedelta(seconds=1)) if running else None,
                posted=_in(branch, posted),
            )  # fmt: skip


def _in(branch: Branch, posted: tuple[int, int] | None) -> int | None:
    """The message, if it stands in the branch's present group."""
    return posted[1] if posted is not None and posted[0] == branch.group_chat_id else None


def require_meeting(card: NamingCard, held: Meeting) -> None:
    """The meeting decided after the quarter began and not in the future, with more than half present."""
    require_day(card.quarter, held.held_on, card.today)
    if not held.has_quorum:
        raise QuorumMissedError(held.present, held.entitled)


def require_days(card: NamingCard, days: int) -> None:
    """Nobody is named for longer than ninety days."""
    if not 1 <= days <= LONGEST_DAYS:
        raise DayOutOfRangeError(card.today, card.last_day)


def _quarter(text: str) -> Quarter:
    which = parsed(text)
    if which is None:
        raise NotFoundError
    return which
