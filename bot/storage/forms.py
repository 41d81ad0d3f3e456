"""Forms with their evidence, and the facts that others recorded (roll, dues)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.forms import Evidence, Exemption, Form, FormState
from bot.domain.periods import Month
from bot.errors import NotFoundError
from bot.storage.dialects import insert_into, insert_once
from bot.storage.schema import evidence, form, month, record


@dataclass(frozen=True, slots=True)
class NewForm:
    """A form as it begins: what is known already is filled in."""

    member_id: int
    branch_id: int
    answers: str
    total_centi: int
    exempt: Exemption | None


@dataclass(frozen=True, slots=True)
class Record:
    """What a roll or the dues say of a member's month and item."""

    member_id: int
    item: str
    facts: str
    recorded_by: int | None = None


class Forms:
    """Reads and writes forms; every change is a compare-and-set on state and revision."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, form_id: int) -> Form:
        """The form of this id with its evidence, or NotFoundError."""
        rows = await self._connection.execute(_WITH_EVIDENCE.where(form.c.id == form_id).order_by(evidence.c.id))
        forms = _gathered(rows)
        if not forms:
            raise NotFoundError
        return forms[0]

    async def find(self, member_id: int, which: Month) -> Form | None:
        """The member's form of this month."""
        rows = await self._connection.execute(
            _WITH_EVIDENCE.where(form.c.member_id == member_id, form.c.month == str(which)).order_by(evidence.c.id)
        )
        forms = _gathered(rows)
        return forms[0] if forms else None

    async def of_member(self, member_id: int, since: Month | None = None) -> list[Form]:
        """The member's forms (from this month on) in order."""
        statement = _WITH_EVIDENCE.where(form.c.member_id == member_id)
        if since is not None:
            statement = statement.where(form.c.month >= str(since))
        return _gathered(await self._connection.execute(statement.order_by(form.c.month, evidence.c.id)))

    async def in_months(
        self,
        months: Iterable[Month],
        *,
        branch_id: int | None = None,
        member_id: int | None = None,
        member_ids: Iterable[int] | None = None,
    ) -> list[Form]:
        """All forms of these months (of one branch, of one member, of these members), by member and month."""
        statement = _WITH_EVIDENCE.where(form.c.month.in_([str(which) for which in months]))
        if branch_id is not None:
            statement = statement.where(form.c.branch_id == branch_id)
        if member_id is not None:
            statement = statement.where(form.c.member_id == member_id)
        if member_ids is not None:
            statement = statement.where(form.c.member_id.in_(list(member_ids)))
        rows = await self._connection.execute(statement.order_by(form.c.member_id, form.c.month, evidence.c.id))
        return _gathered(rows)

    async def exempt_in(self, which: Month, member_ids: Iterable[int]) -> set[int]:
        """Those of these members whose month does not count."""
        statement = select(form.c.member_id).where(
            form.c.month == str(which), form.c.exempt.is_not(None), form.c.member_id.in_(list(member_ids))
        )
        return set(await self._connection.scalars(statement))

    async def counting_in(self, months: Iterable[Month]) -> set[int]:
        """Those for whom at least one of these months counts."""
        return set(
            await self._connection.scalars(
                select(form.c.member_id)
                .where(form.c.month.in_([str(which) for which in months]), form.c.exempt.is_(None))
                .distinct()
            )
        )

    async def add(self, which: Month, forms: list[NewForm]) -> None:
        """Begin the month's forms; who has one already keeps it."""
        rows: list[dict[str, Any]] = [
            {
                "member_id": entry.member_id, "branch_id": entry.branch_id, "month": str(which),
                "answers": entry.answers, "notes": {}, "overrides": [],
                "total_centi": entry.total_centi, "exempt": entry.exempt,
            }
            for entry in forms
        ]  # fmt: skip
        if rows:
            await self._connection.execute(insert_once(form, self._connection), rows)

    async def change(self, found: Form, **columns: Any) -> bool:
        """Write columns if nobody else changed the form since it was read; False if somebody did."""
        result = await self._connection.execute(
            update(form)
            .where(form.c.id == found.form_id, form.c.state == found.state, form.c.revision == found.revision)
            .values(revision=found.revision + 1, **columns)
        )
        return result.rowcount == 1

    async def snooze(self, form_id: int, on: date) -> None:
        """No more reminders of this form on this day."""
        await self._connection.execute(update(form).where(form.c.id == form_id).values(snoozed_on=on))

    async def settle(self, form_id: int, branch_id: int, exempt: Exemption | None) -> None:
        """What the roster says of a form, whatever is answered in it meanwhile; cards drawn before are out of date."""
        await self._connection.execute(
            update(form)
            .where(form.c.id == form_id)
            .values(branch_id=branch_id, exempt=exempt, revision=form.c.revision + 1)
        )

    # ── evidence ──────────────────────────────────────────────────────────────────────────────────────────────────────

    async def add_evidence(
        self, form_id: int, *, item: str, kind: str, file_id: str, sha256: str, size_bytes: int, now: datetime
    ) -> bool:
        """Attach a photo or document; False if the very same file is attached to this item already."""
        values = {
            "form_id": form_id, "item": item, "kind": kind, "file_id": file_id,
            "sha256": sha256, "size_bytes": size_bytes, "sent_at": now,
        }  # fmt: skip
        result = await self._connection.execute(insert_once(evidence, self._connection), values)
        return result.rowcount == 1

    async def drop_evidence(self, form_id: int, evidence_id: int) -> bool:
        """Take a piece of evidence away again."""
        result = await self._connection.execute(
            delete(evidence).where(evidence.c.id == evidence_id, evidence.c.form_id == form_id)
        )
        return result.rowcount == 1

    # ── recorded facts ────────────────────────────────────────────────────────────────────────────────────────────────

    async def put_records(
        self, member_ids: Iterable[int], which: Month, item: str, facts: str, by: int | None, now: datetime
    ) -> None:
        """Record what the roll (or dues) says of these members, replacing what it said before."""
        rows = [
            {
                "member_id": member_id, "month": str(which), "item": item,
                "facts": facts, "recorded_by": by, "recorded_at": now,
            }
            for member_id in member_ids
        ]  # fmt: skip
        statement = insert_into(record, self._connection)
        new = statement.excluded
        latest = statement.on_conflict_do_update(
            index_elements=["member_id", "month", "item"],
            set_={"facts": new.facts, "recorded_by": new.recorded_by, "recorded_at": new.recorded_at},
        )
        if rows:
            await self._connection.execute(latest, rows)

    async def records(self, which: Month, *, member_ids: Iterable[int] | None = None) -> list[Record]:
        """Everything recorded for this month (of these members)."""
        statement = select(record).where(record.c.month == str(which))
        if member_ids is not None:
            statement = statement.where(record.c.member_id.in_(list(member_ids)))
        rows = await self._connection.execute(statement)
        return [Record(row.member_id, row.item, row.facts, row.recorded_by) for row in rows]


_PLAIN: Select[Any] = select(form, month.c.ruleset_id, month.c.opens_at, month.c.closes_at).join(
    month, month.c.month == form.c.month
)
_WITH_EVIDENCE = _PLAIN.add_columns(
    evidence.c.id.label("evidence_id"), evidence.c.item.label("evidence_item"),
    evidence.c.kind.label("evidence_kind"), evidence.c.file_id, evidence.c.sha256,
).outerjoin(evidence, evidence.c.form_id == form.c.id)  # fmt: skip


def _gathered(rows: Iterable[Row[Any]]) -> list[Form]:
    """One form a group of rows; each further row of a form is one more piece of evidence."""
    grouped: dict[int, list[Row[Any]]] = {}
    for row in rows:
        grouped.setdefault(row.id, []).append(row)
    return [_form(group) for group in grouped.values()]


def _form(rows: list[Row[Any]]) -> Form:
    row = rows[0]
    return Form(
        form_id=row.id, member_id=row.member_id, branch_id=row.branch_id, month=Month.parse(row.month),
        ruleset_id=row.ruleset_id, state=FormState(row.state),
        revision=row.revision, answers=row.answers, notes=row.notes, overrides=row.overrides,
        total_centi=row.total_centi, opens_at=row.opens_at, closes_at=row.closes_at,
        exempt=Exemption(row.exempt) if row.exempt else None,
        submitted_at=row.submitted_at, submitted_by=row.submitted_by, returned_reason=row.returned_reason,
        snoozed_on=row.snoozed_on,
        evidence=tuple(
            Evidence(entry.evidence_id, entry.evidence_item, entry.evidence_kind, entry.file_id, entry.sha256)
            for entry in rows
            if entry.evidence_id is not None
        ),
    )  # fmt: skip
