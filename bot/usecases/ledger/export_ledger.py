"""The ledger 台账 as a workbook, of a branch, a quarter, a person or all of it; written while the chain is proved."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

from bot.domain.may import Deed, Subject, may
from bot.domain.periods import Month, Quarter
from bot.domain.timetable import Timetable
from bot.errors import NotFoundError
from bot.scoring.table import RuleSet
from bot.sheets.ledger import LedgerBook
from bot.storage.ledger import Entry, Reason, Walk, facts_of
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.visit import Visit, must
from bot.views.ledger import cover, file_name, ledger_row
from bot.views.ledger_facts import LedgerChoice, LedgerFile, LedgerWords, Named, Scope, Stay, Written
from bot.views.words import Catalog, Words

AT_ONCE = 250
QUARTERS_OFFERED = 4
_BEGINNING = Month(2000, 1)


class OpenLedger:
    """What whoever visits may export."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, visit: Visit, branch_id: int | None) -> LedgerChoice:
        """The quarters of a branch, or of all branches; without a choice the widest that the person may see."""
        async with self._store.read() as tx:
            person = await visit.enter(tx)
            wide = may(person, Deed.EXPORT_LEDGER, Subject())
            if branch_id is None and not wide:
                branch_id = person.branch_id
            must(person, Deed.EXPORT_LEDGER, Subject(branch_id=branch_id))
            branches = {one.branch_id: one.name for one in await tx.people.branches()}
            if branch_id is not None and branch_id not in branches:
                raise NotFoundError
            months = await tx.periods.months_since(_BEGINNING)
            quarters = sorted({one.month.quarter for one in months}, key=str, reverse=True)
            return LedgerChoice(
                branch_id,
                branches[branch_id] if branch_id is not None else "",
                tuple(quarters[:QUARTERS_OFFERED]),
                tuple(branches.items()) if wide else (),
            )


class ExportLedger:
    """Goes through the whole chain once: proves it, and writes what is asked for."""

    def __init__(self, store: Store, timetable: Timetable, organisation: str) -> None:
        self._store = store
        self._timetable = timetable
        self._organisation = organisation

    async def __call__(
        self, visit: Visit, catalog: Catalog, branch_id: int | None, quarter: Quarter | None
    ) -> LedgerFile:
        """The file for whoever visits: his own branch, or any for the committee and the organisation department."""
        async with self._store.read() as tx:
            person = await visit.enter(tx)
            must(person, Deed.EXPORT_LEDGER, Subject(branch_id=branch_id))
            wide = may(person, Deed.EXPORT_LEDGER, Subject())
        await self._record(person.member_id, branch_id, quarter)
        scope = Scope(branch_id, quarter, confidential=wide)
        buffer = BytesIO()
        exported = await self._write(catalog[visit.language], scope, buffer)
        return replace(exported, content=buffer.getvalue())

    async def by_operator(
        self, words: Words, target: Path, branch: str | None, quarter: Quarter | None, staff_no: str | None
    ) -> LedgerFile:
        """The same into a file of the operator's; an unknown branch or person is a NotFoundError."""
        async with self._store.read() as tx:
            branches = {one.name: one.branch_id for one in await tx.people.branches()}
            person = await tx.people.find_by_staff_no(staff_no) if staff_no else None
        if (branch and branch not in branches) or (staff_no and person is None):
            raise NotFoundError
        branch_id, member_id = branches.get(branch or ""), person.member_id if person else None
        await self._record(None, branch_id, quarter, member_id)
        return await self._write(words, Scope(branch_id, quarter, member_id), target)

    async def _record(
        self, actor: int | None, branch_id: int | None, quarter: Quarter | None, member_id: int | None = None
    ) -> None:
        # Without the update's key: a file that was lost on its way is written again when the update comes again.
        async with self._store.write() as tx:
            await tx.ledger.append(
                "ledger_exported", period=str(quarter or ""), subject=member_id, actor=actor, branch=branch_id
            )

    async def _write(self, words: Words, scope: Scope, target: Path | BytesIO) -> LedgerFile:
        async with self._store.read() as tx:
            known, walk = await self._known(tx), Walk()
            book = LedgerBook(target, tx.now)
            async for some in _batches(tx, walk):
                wanted = [one for entry, reason in some if self._wanted(one := _written(known, entry, reason), scope)]
                await asyncio.to_thread(_add, book, words, known, wanted, scope)
            proof = walk.proof()
            await asyncio.to_thread(book.finish, cover(words, known, scope, proof, book.rows, tx.now))
            return LedgerFile(b"", book.rows, proof, file_name(words, known, scope, tx.now))

    async def _known(self, tx: Tx) -> LedgerWords:
        people = {one.member_id: Named(one.name, one.staff_no) for one in await tx.people.all()}
        stays: dict[int, tuple[Stay, ...]] = {}
        for member_id, branch_id, from_on, to_on in await tx.people.memberships():
            stays[member_id] = (*stays.get(member_id, ()), Stay(branch_id, from_on, to_on))
        branches = {one.branch_id: one.name for one in await tx.people.branches()}
        return LedgerWords(self._organisation, people, stays, branches, await _rules(tx), self._timetable.zone)

    def _wanted(self, entry: Written, scope: Scope) -> bool:
        if scope.member_id is not None and scope.member_id not in (entry.subject_id, entry.actor_id):
            return False
        if scope.branch_id is not None and scope.branch_id not in _branches_of(entry):
            return False
        return scope.quarter is None or self._falls_into(entry, scope.quarter)

    def _falls_into(self, entry: Written, quarter: Quarter) -> bool:
        """Whether an entry speaks of this quarter or its months, or (without a period) was written in it."""
        if entry.period:
            return entry.period in {str(quarter), *map(str, quarter.months)}
        return Quarter.of(self._timetable.day_of(entry.at)) == quarter if entry.at.year > 1 else False


def _add(book: LedgerBook, words: Words, known: LedgerWords, entries: Iterable[Written], scope: Scope) -> None:
    book.add(ledger_row(words, known, entry, scope) for entry in entries)


async def _batches(tx: Tx, walk: Walk) -> AsyncIterator[list[tuple[Entry, Reason | None]]]:
    """All entries, some at a time; each is proved on its way."""
    some: list[tuple[Entry, Reason | None]] = []
    async for entry, reason in tx.ledger.stream():
        walk.step(entry, reason)
        some.append((entry, reason))
        if len(some) == AT_ONCE:
            yield some
            some = []
    yield some


def _written(known: LedgerWords, entry: Entry, reason: Reason | None) -> Written:
    facts = facts_of(entry)
    on = entry.at.astimezone(known.zone).date() if entry.at.year > 1 else date.min
    return Written(
        entry.seq, entry.at, entry.kind, entry.period, entry.subject_id, entry.actor_id,
        known.branch_of(facts, entry.subject_id, on), facts, reason.text if reason else None,
        erased=reason is None and "text_sha256" in facts, hash=entry.hash,
    )  # fmt: skip


def _branches_of(entry: Written) -> set[int | None]:
    """The branches that an entry concerns; who moves concerns both."""
    both = {entry.facts.get("before"), entry.facts.get("after")} if entry.kind == "member_moved" else set()
    return {entry.branch_id, *both}


async def _rules(tx: Tx) -> dict[str, RuleSet]:
    """The version by which each month and quarter is scored."""
    versions = {str(one.month): one.ruleset_id for one in await tx.periods.months_since(_BEGINNING)}
    versions |= {str(one.quarter): one.ruleset_id for one in await tx.periods.opened_quarters()}
    return {period: await tx.periods.rules(ruleset_id) for period, ruleset_id in versions.items()}
