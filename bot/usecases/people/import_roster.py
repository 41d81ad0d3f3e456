"""The office's roster becomes the organisation as the bot knows it: all or nothing, and nobody loses history."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.domain.forms import BranchState, FormState
from bot.domain.people import MemberStatus, Person
from bot.domain.periods import Quarter
from bot.domain.timetable import Timetable
from bot.outbox.letters import MenuChanged
from bot.scoring.engine import score_month
from bot.scoring.facts import facts_to_json
from bot.scoring.points import hundredths
from bot.sheets.roster import Roster, RosterRow
from bot.storage.forms import NewForm
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.months.open_month import exemption_of, known_answers


@dataclass(slots=True)
class RosterChange:
    """What an import did, by staff number."""

    branches_added: list[str] = field(default_factory=list)
    joined: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: int = 0

    def counts(self) -> dict[str, Any]:
        """How many of each, for the ledger."""
        return {
            "branches_added": len(self.branches_added), "joined": len(self.joined), "moved": len(self.moved),
            "left": len(self.left), "changed": len(self.changed), "unchanged": self.unchanged,
        }  # fmt: skip


class ImportRoster:
    """Takes a checked roster over: who is new joins, who is elsewhere moves, who is missing has left."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(
        self, roster: Roster, *, from_on: date | None = None, actor: int | None = None, rehearse: bool = False
    ) -> RosterChange:
        """Import in one commit; changes count from `from_on` (today where it is not given).

        To `rehearse` is to do all of it and then take it back, so that the change can be seen before it is made.
        """
        async with self._store.write() as tx:
            known = {person.staff_no: person for person in await tx.people.all()}
            branches = {branch.name: branch.branch_id for branch in await tx.people.branches()}
            importing = _Importing(tx, from_on or self._timetable.day_of(tx.now), actor, branches, first=not known)
            importing.party_days = await tx.people.party_days()
            for row in roster.rows:
                await importing.take(row, known.get(row.staff_no))
            listed = {row.staff_no for row in roster.rows}
            for person in known.values():
                if person.staff_no not in listed and person.status is not MemberStatus.LEFT:
                    await importing.let_go(person)
            await importing.settle_open_periods()
            change = importing.change
            if rehearse:
                await tx.discard()
            else:
                # Last: the ledger is held from here on, and a member who hands in holds his form while he waits for it.
                imported = {"kind": "roster_imported", "actor": actor, **change.counts()}
                await tx.ledger.append_many([*importing.entries, imported])
            return change


class _Importing:
    def __init__(self, tx: Tx, on: date, actor: int | None, branches: dict[str, int], *, first: bool) -> None:
        self._tx = tx
        self._on = on
        self._actor = actor
        self._branches = branches
        # Those on the very first roster were members all along; whoever comes later counts from then on.
        self._counts_from = None if first else on
        self.party_days: dict[int, date] = {}
        self.change = RosterChange()
        self.entries: list[dict[str, Any]] = []

    async def take(self, row: RosterRow, person: Person | None) -> None:
        """One row: somebody new, or somebody who may have changed."""
        if row.branch not in self._branches:
            self._branches[row.branch] = await self._tx.people.add_branch(row.branch)
            self.change.branches_added.append(row.branch)
        branch_id = self._branches[row.branch]
        if person is None:
            await self._join(row, branch_id)
        else:
            await self._update(row, person, branch_id)

    async def _join(self, row: RosterRow, branch_id: int) -> None:
        member_id = await self._tx.people.add_member(
            staff_no=row.staff_no, name=row.name, branch_id=branch_id, category=row.category, status=row.status,
            joined_party_on=row.joined_party_on, counts_from_on=self._counts_from,
        )  # fmt: skip
        await self._tx.people.set_offices(member_id, branch_id, frozenset(row.offices), self._on)
        self._note("member_joined", member_id, branch=branch_id, status=row.status)
        self.change.joined.append(row.staff_no)

    async def _update(self, row: RosterRow, person: Person, branch_id: int) -> None:
        if row.status is MemberStatus.LEFT and person.status is not MemberStatus.LEFT:
            await self.let_go(person)
            return
        returned = person.status is MemberStatus.LEFT and row.status is not MemberStatus.LEFT
        moved = branch_id != person.branch_id and not returned
        if returned:
            await self._tx.people.rejoin(person.member_id, branch_id, self._on)
            self._note("member_joined", person.member_id, branch=branch_id, status=row.status)
        if moved:
            await self._tx.people.move(person.member_id, branch_id, self._on)
            self._note("member_moved", person.member_id, before=person.branch_id, after=branch_id)
        changed = await self._change_entry(row, person)
        if moved or returned or frozenset(row.offices) != person.own_offices:
            await self._tx.people.set_offices(person.member_id, branch_id, frozenset(row.offices), self._on)
            roles = sorted(office.role for office in row.offices)
            self._note("offices_changed", person.member_id, offices=roles)
            key = f"menu:{person.member_id}:{self._tx.now.isoformat()}"
            await self._tx.letters.write(key, MenuChanged(), to_member=person.member_id)
            changed = True
        if returned:
            self.change.joined.append(row.staff_no)
        elif moved:
            self.change.moved.append(row.staff_no)
        elif changed:
            self.change.changed.append(row.staff_no)
        else:
            self.change.unchanged += 1

    async def _change_entry(self, row: RosterRow, person: Person) -> bool:
        known_day = self.party_days.get(person.member_id)
        party_day = row.joined_party_on or known_day
        before = (person.name, person.category, person.status, known_day)
        if (row.name, row.category, row.status, party_day) == before:
            return False
        await self._tx.people.change_member(
            person.member_id,
            name=row.name,
            category=row.category,
            status=row.status,
            joined_party_on=party_day,
        )
        if row.status is not person.status:
            self._note("status_changed", person.member_id, before=person.status, after=row.status)
        return True

    async def let_go(self, person: Person) -> None:
        """Somebody is not on the roster any more: he has left, and stays in the history."""
        await self._tx.people.change_member(person.member_id, status=MemberStatus.LEFT)
        await self._tx.people.end_membership(person.member_id, self._on)
        await self._tx.people.set_offices(person.member_id, person.branch_id, frozenset(), self._on)
        self._note("member_left", person.member_id)
        self.change.left.append(person.staff_no)

    async def settle_open_periods(self) -> None:
        """Bring open months and ratings in line with who is where now; what was decided stays as it was."""
        people = {person.member_id: person for person in await self._tx.people.all()}
        await self._settle_months(people)
        await self._settle_ratings(people)

    async def _settle_months(self, people: dict[int, Person]) -> None:
        counts_from = await self._tx.people.counts_from()
        for month in await self._tx.periods.unclosed_months():
            rules = await self._tx.periods.rules(month.ruleset_id)
            known = await known_answers(self._tx, rules, month.month)
            forms = {form.member_id: form for form in await self._tx.forms.in_months([month.month])}
            for form in forms.values():
                person = people[form.member_id]
                exempt = exemption_of(person, counts_from.get(person.member_id), month.month)
                if form.branch_id != person.branch_id or (
                    form.exempt != exempt and form.state is not FormState.SUBMITTED
                ):
                    await self._tx.forms.settle(form.form_id, person.branch_id, exempt)
            new = [
                NewForm(
                    person.member_id,
                    person.branch_id,
                    facts_to_json(known.get(person.member_id, {})),
                    hundredths(score_month(rules, known.get(person.member_id, {}), month=month.month).total),
                    exemption_of(person, counts_from.get(person.member_id), month.month),
                )
                for person in people.values()
                if person.member_id not in forms and person.status is not MemberStatus.LEFT
            ]
            await self._tx.forms.add(month.month, new)

    async def _settle_ratings(self, people: dict[int, Person]) -> None:
        for opened in await self._tx.periods.opened_quarters():
            states = {one.branch_id: one.state for one in await self._tx.periods.branch_quarters(opened.quarter)}
            if BranchState.RATING in states.values():
                await self._settle_quarter(opened.quarter, states, people)

    async def _settle_quarter(
        self, quarter: Quarter, states: dict[int, BranchState], people: dict[int, Person]
    ) -> None:
        for rating in await self._tx.ratings.in_quarter(quarter):
            person = people[rating.member_id]
            if states.get(rating.branch_id) is not BranchState.RATING:
                continue
            if person.status is MemberStatus.LEFT:
                await self._tx.ratings.drop_pending(person.member_id, quarter)
            elif rating.branch_id != person.branch_id and states.get(person.branch_id) is BranchState.RATING:
                await self._tx.ratings.move(person.member_id, person.branch_id, quarter)

    def _note(self, kind: str, member_id: int, **facts: Any) -> None:
        self.entries.append({"kind": kind, "subject": member_id, "actor": self._actor, **facts})
