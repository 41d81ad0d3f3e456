"""The review group in the database: draws, seats, conflicts, who checks what, and questions to branches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.forms import Exemption
from bot.domain.people import Department, Office, Role
from bot.domain.periods import Month, Quarter
from bot.domain.review import Body, Conflict, ConflictKind, Draw, Question, Seat, SeatKind, Task, TaskState
from bot.storage.dialects import insert_once, only_looks
from bot.storage.offices import AWAY, held_offices
from bot.storage.schema import (
    branch_quarter,
    draw,
    form,
    member,
    rating,
    review_conflict,
    review_question,
    review_seat,
    review_task,
)

_HELD = held_offices()


@dataclass(frozen=True, slots=True)
class MonthTotal:
    """What one form brings, in hundredths, with the branch that rates its member."""

    branch_id: int
    member_id: int
    month: Month
    centi: int
    exempt: Exemption | None


class Reviews:
    """Reads and writes the group and its work."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    # ── draws ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def announce(
        self, which: Quarter, number: int, *, source_seq: int, seed: str, candidates: Sequence[int], places: int,
        now: datetime, reason: str | None = None,
    ) -> bool:  # fmt: skip
        """Store a draw that will be carried out; False if this number was announced before."""
        values = {
            "quarter": str(which), "number": number, "source_seq": source_seq, "seed": seed,
            "candidates": list(candidates), "places": places, "announced_at": now, "reason": reason,
        }  # fmt: skip
        result = await self._connection.execute(insert_once(draw, self._connection), values)
        return result.rowcount == 1

    async def newest_draw(self, which: Quarter, *, held: bool = False) -> Draw | None:
        """The quarter's last draw; held, nobody else changes the group before this transaction ends."""
        statement = select(draw).where(draw.c.quarter == str(which)).order_by(draw.c.number.desc()).limit(1)
        if held:
            # SQLite has one writer anyway and leaves the clause out.
            statement = statement.with_for_update()
        row = (await self._connection.execute(statement)).first()
        return _draw(row) if row else None

    async def carry_out(self, found: Draw, drawn: Sequence[int], by: int, now: datetime) -> bool:
        """The draw was made; False if somebody made it before."""
        result = await self._connection.execute(
            update(draw)
            .where(draw.c.id == found.draw_id, draw.c.drawn_at.is_(None))
            .values(drawn=list(drawn), drawn_by=by, drawn_at=now)
        )
        return result.rowcount == 1

    # ── the group ─────────────────────────────────────────────────────────────────────────────────────────────────────

    async def body(self, which: Quarter) -> Body:
        """The quarter's group as it stands."""
        rows = await self._connection.execute(
            select(review_seat, member.c.branch_id.label("home"), member.c.status)
            .join(member, member.c.id == review_seat.c.member_id)
            .where(review_seat.c.quarter == str(which), review_seat.c.left_at.is_(None))
            .order_by(review_seat.c.id)
        )
        found = list(rows)
        seats = tuple(_seat(row) for row in found)
        stand_ins, their_homes = await self._stand_ins(seats)
        conflicts = await self.conflicts_of([*(seat.member_id for seat in seats), *stand_ins.values()])
        tasks = await self._tasks(which)
        draw_ = await self.newest_draw(which)
        homes = {row.member_id: row.home for row in found} | their_homes
        gone = frozenset(row.member_id for row in found if row.status in AWAY)
        return Body(which, draw_, seats, tuple(conflicts), homes, tuple(tasks), gone, stand_ins)

    async def _stand_ins(self, seats: Sequence[Seat]) -> tuple[dict[int, int], dict[int, int]]:
        """Who holds for a seated member the office by which he sits, and those people's own branches."""
        kinds = {seat.member_id: seat.kind for seat in seats}
        if not kinds:
            return {}, {}
        rows = await self._connection.execute(
            select(_HELD, member.c.branch_id.label("home"))
            .join(member, member.c.id == _HELD.c.member_id)
            .where(_HELD.c.on_behalf_of.in_(kinds))
            .order_by(_HELD.c.member_id),
            {"now": self._now},
        )
        fit = [
            row for row in rows
            if kinds[row.on_behalf_of].goes_with(
                Office(Role(row.role), Department(row.department) if row.department else None)
            )
        ]  # fmt: skip
        return {row.on_behalf_of: row.member_id for row in fit}, {row.member_id: row.home for row in fit}

    async def give_seat(
        self, which: Quarter, kind: SeatKind, member_id: int, by: int | None, now: datetime,
        *, branch_id: int | None = None,
    ) -> None:  # fmt: skip
        """Seat this member (for a drawn branch)."""
        await self._connection.execute(
            insert(review_seat).values(
                quarter=str(which), seat=kind, member_id=member_id, branch_id=branch_id, named_by=by, named_at=now
            )
        )

    async def leave_seats(self, seat_ids: Iterable[int], now: datetime) -> None:
        """These seats are taken by others from now on."""
        await self._connection.execute(
            update(review_seat).where(review_seat.c.id.in_(list(seat_ids))).values(left_at=now)
        )

    async def answer_seat(self, seat_id: int, now: datetime) -> None:
        """The member has said which branches he stays away from."""
        await self._connection.execute(update(review_seat).where(review_seat.c.id == seat_id).values(answered_at=now))

    async def conflicts_of(self, member_ids: Iterable[int]) -> list[Conflict]:
        """Which branches these members stay away from."""
        rows = await self._connection.execute(
            select(review_conflict)
            .where(review_conflict.c.member_id.in_(list(member_ids)), review_conflict.c.ended_at.is_(None))
            .order_by(review_conflict.c.id)
        )
        return [Conflict(row.member_id, row.branch_id, ConflictKind(row.kind)) for row in rows]

    async def declare(self, member_id: int, branch_id: int, kind: ConflictKind, now: datetime) -> None:
        """The member stays away from this branch, by his own word."""
        await self._connection.execute(
            insert(review_conflict).values(
                member_id=member_id, branch_id=branch_id, kind=kind, declared_by=member_id, declared_at=now
            )
        )

    async def end_conflict(self, member_id: int, branch_id: int, now: datetime) -> None:
        """What kept the member away from this branch is no more."""
        await self._connection.execute(
            update(review_conflict)
            .where(
                review_conflict.c.member_id == member_id, review_conflict.c.branch_id == branch_id,
                review_conflict.c.ended_at.is_(None),
            )
            .values(ended_at=now)
        )  # fmt: skip

    # ── who checks what ───────────────────────────────────────────────────────────────────────────────────────────────

    async def _tasks(self, which: Quarter) -> list[Task]:
        rows = await self._connection.execute(
            select(review_task).where(review_task.c.quarter == str(which)).order_by(review_task.c.id)
        )
        return [
            Task(row.id, row.branch_id, row.member_id, TaskState(row.state), row.revision, row.decided_at)
            for row in rows
        ]

    async def add_tasks(self, which: Quarter, pairs: Iterable[tuple[int, int]]) -> None:
        """Let these members review these branches (branch, member)."""
        rows = [
            {"quarter": str(which), "branch_id": branch_id, "member_id": member_id} for branch_id, member_id in pairs
        ]
        if rows:
            await self._connection.execute(insert_once(review_task, self._connection), rows)

    async def drop_tasks(self, which: Quarter, pairs: Iterable[tuple[int, int]]) -> None:
        """These members do not review these branches (branch, member) any more."""
        key = tuple_(review_task.c.branch_id, review_task.c.member_id)
        await self._connection.execute(
            delete(review_task).where(review_task.c.quarter == str(which), key.in_(list(pairs)))
        )

    async def change_task(self, found: Task, **columns: Any) -> bool:
        """Write columns if nobody else changed the task since it was read; False if somebody did."""
        result = await self._connection.execute(
            update(review_task)
            .where(review_task.c.id == found.task_id, review_task.c.revision == found.revision)
            .values(revision=found.revision + 1, **columns)
        )
        return result.rowcount == 1

    async def begin_again(self, which: Quarter, branch_id: int) -> None:
        """The branch was sent back: what was said of it counts no more."""
        await self._connection.execute(
            update(review_task)
            .where(review_task.c.quarter == str(which), review_task.c.branch_id == branch_id)
            .values(state=TaskState.WAITING, decided_at=None, revision=review_task.c.revision + 1)
        )

    # ── questions ─────────────────────────────────────────────────────────────────────────────────────────────────────

    async def ask(self, branch_quarter_id: int, question: str, by: int, now: datetime, due_at: datetime) -> None:
        """The group asks the branch, until this instant."""
        await self._connection.execute(
            insert(review_question).values(
                branch_quarter_id=branch_quarter_id, question=question, asked_by=by, asked_at=now, due_at=due_at
            )
        )

    async def questions(self, branch_quarter_id: int) -> list[Question]:
        """What the group asked this branch, in order."""
        rows = await self._connection.execute(
            select(review_question)
            .where(review_question.c.branch_quarter_id == branch_quarter_id)
            .order_by(review_question.c.id)
        )
        return [
            Question(
                row.id, row.question, row.asked_by, row.asked_at, row.due_at, row.answer, row.answered_by,
                row.answered_at,
            )
            for row in rows
        ]  # fmt: skip

    async def answer(self, question_id: int, answer: str, by: int, now: datetime) -> None:
        """The branch answers; until it closes again a newer answer takes the place."""
        await self._connection.execute(
            update(review_question)
            .where(review_question.c.id == question_id)
            .values(answer=answer, answered_by=by, answered_at=now)
        )

    # ── what branches are compared by ─────────────────────────────────────────────────────────────────────────────────

    async def month_totals(self, which: Quarter) -> list[MonthTotal]:
        """Every form of the quarter whose member is rated, without its answers."""
        rows = await self._connection.execute(
            select(rating.c.branch_id, form.c.member_id, form.c.month, form.c.total_centi, form.c.exempt)
            .join(form, form.c.member_id == rating.c.member_id)
            .where(rating.c.quarter == str(which), form.c.month.in_([str(month) for month in which.months]))
            .order_by(form.c.member_id, form.c.month)
        )
        return [
            MonthTotal(
                row.branch_id, row.member_id, Month.parse(row.month), row.total_centi,
                Exemption(row.exempt) if row.exempt else None,
            )
            for row in rows
        ]  # fmt: skip

    async def hold_exclusively(self, branch_quarter_id: int) -> None:
        """Nobody else decides on this branch's quarter before this transaction ends; who only looks holds nothing."""
        if only_looks(self._connection):
            return
        await self._connection.execute(
            select(branch_quarter.c.id).where(branch_quarter.c.id == branch_quarter_id).with_for_update()
        )


def _draw(row: Row[Any]) -> Draw:
    return Draw(
        row.id, Quarter.parse(row.quarter), row.number, row.source_seq, row.seed, tuple(row.candidates), row.places,
        row.announced_at, tuple(row.drawn) if row.drawn_at is not None else None, row.drawn_at, row.drawn_by,
        row.reason,
    )  # fmt: skip


def _seat(row: Row[Any]) -> Seat:
    return Seat(row.id, SeatKind(row.seat), row.member_id, row.branch_id, row.named_by, row.named_at, row.answered_at)
