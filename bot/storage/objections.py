"""异议: what members object to within publicity, and the answers they were given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.objections import UNSETTLED, Correction, Objection, ObjectionAnswer, ObjectionState, Outcome
from bot.domain.periods import Month, Quarter
from bot.errors import NotFoundError
from bot.storage.schema import objection, objection_answer, review_task


class Objections:
    """Reads and writes objections; every step is a compare-and-set on state and revision."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, objection_id: int) -> Objection:
        """The objection of this id, or NotFoundError."""
        row = (await self._connection.execute(select(objection).where(objection.c.id == objection_id))).first()
        if row is None:
            raise NotFoundError
        return _objection(row)

    async def of_member(self, member_id: int) -> list[Objection]:
        """All that a member ever objected to, the newest first."""
        rows = await self._connection.execute(
            select(objection).where(objection.c.member_id == member_id).order_by(objection.c.id.desc())
        )
        return [_objection(row) for row in rows]

    async def in_quarter(self, which: Quarter, *, branch_id: int | None = None) -> list[Objection]:
        """All objections to a quarter (of one branch), in the order in which they came."""
        statement = select(objection).where(objection.c.quarter == str(which))
        if branch_id is not None:
            statement = statement.where(objection.c.branch_id == branch_id)
        return [_objection(row) for row in await self._connection.execute(statement.order_by(objection.c.id))]

    async def unsettled(self) -> list[Objection]:
        """Those of all quarters that are not closed or withdrawn, the oldest first."""
        rows = await self._connection.execute(
            select(objection).where(objection.c.state.in_(UNSETTLED)).order_by(objection.c.id)
        )
        return [_objection(row) for row in rows]

    async def branches_with_open(self, which: Quarter) -> set[int]:
        """The branches whose points may still change by an objection to this quarter."""
        found = await self._connection.scalars(
            select(objection.c.branch_id)
            .where(objection.c.quarter == str(which), objection.c.state.in_(UNSETTLED))
            .distinct()
        )
        return set(found)

    async def quarters(self) -> list[Quarter]:
        """The quarters to which somebody objected, the newest first."""
        found = await self._connection.scalars(
            select(objection.c.quarter).distinct().order_by(objection.c.quarter.desc())
        )
        return [Quarter.parse(one) for one in found]

    async def file(self, filed: Objection) -> int:
        """Store a new objection; returns its id."""
        outcome = await self._connection.execute(
            insert(objection)
            .values(
                member_id=filed.member_id, branch_id=filed.branch_id, quarter=str(filed.quarter),
                month=str(filed.month) if filed.month else None, item=filed.item, text=filed.text,
                frozen=dict(filed.frozen), state=filed.state, filed_at=filed.filed_at,
                answerer_id=filed.answerer_id, answer_due_at=filed.answer_due_at,
            )
            .returning(objection.c.id)
        )  # fmt: skip
        return int(outcome.scalar_one())

    async def change(self, found: Objection, **columns: Any) -> bool:
        """Write columns if nobody else changed the objection since it was read; False if somebody did."""
        outcome = await self._connection.execute(
            update(objection)
            .where(
                objection.c.id == found.objection_id,
                objection.c.state == found.state,
                objection.c.revision == found.revision,
            )
            .values(revision=found.revision + 1, **columns)
        )
        return outcome.rowcount == 1

    # ── answers ───────────────────────────────────────────────────────────────────────────────────────────────────────

    async def add_answer(self, objection_id: int, answer: ObjectionAnswer) -> None:
        """Store a written answer."""
        await self._connection.execute(
            insert(objection_answer).values(
                objection_id=objection_id, level=answer.level, outcome=answer.outcome, text=answer.text,
                answered_by=answer.answered_by, answered_at=answer.answered_at,
                correction=_stored(answer.correction) if answer.correction else None,
            )
        )  # fmt: skip

    async def answers(self, objection_ids: Iterable[int]) -> dict[int, tuple[ObjectionAnswer, ...]]:
        """The answers to these objections, the first one first."""
        rows = await self._connection.execute(
            select(objection_answer)
            .where(objection_answer.c.objection_id.in_(list(objection_ids)))
            .order_by(objection_answer.c.objection_id, objection_answer.c.level)
        )
        found: dict[int, tuple[ObjectionAnswer, ...]] = {}
        for row in rows:
            found[row.objection_id] = (*found.get(row.objection_id, ()), _answer(row))
        return found

    # ── the review group, as far as it bears on who may answer ────────────────────────────────────────────────────────

    async def assigned_to(self, which: Quarter, branch_id: int) -> set[int]:
        """Who of the group reviews this branch."""
        return set(
            await self._connection.scalars(
                select(review_task.c.member_id).where(
                    review_task.c.quarter == str(which), review_task.c.branch_id == branch_id
                )
            )
        )


def _objection(row: Row[Any]) -> Objection:
    return Objection(
        row.id, row.member_id, row.branch_id, Quarter.parse(row.quarter),
        Month.parse(row.month) if row.month else None, row.item, row.text, row.frozen, ObjectionState(row.state),
        row.revision, row.filed_at, row.answerer_id, row.answer_due_at, row.escalates_until, row.closed_at,
    )  # fmt: skip


def _answer(row: Row[Any]) -> ObjectionAnswer:
    return ObjectionAnswer(
        row.level, Outcome(row.outcome), row.text, row.answered_by, row.answered_at,
        _correction(row.correction) if row.correction else None,
    )  # fmt: skip


def _stored(correction: Correction) -> dict[str, Any]:
    return {
        "month": str(correction.month), "item": correction.item,
        "before_centi": correction.before_centi, "after_centi": correction.after_centi,
        "result_before_centi": correction.result_before_centi, "result_after_centi": correction.result_after_centi,
    }  # fmt: skip


def _correction(stored: Mapping[str, Any]) -> Correction:
    return Correction(
        Month.parse(stored["month"]), stored["item"], stored["before_centi"], stored["after_centi"],
        stored["result_before_centi"], stored["result_after_centi"],
    )  # fmt: skip
