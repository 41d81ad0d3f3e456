"""Putting a new table before the committee: a draft that its author looks at first, or at once by the operator."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import date

from bot.domain.may import Deed, Subject, may
from bot.domain.people import Person, Role
from bot.domain.rulemaking import Proposal, ProposalState
from bot.domain.timetable import Timetable
from bot.errors import ForbiddenError, StaleCardError
from bot.outbox.addressed import Addressed
from bot.outbox.letters import RulesProposed
from bot.scoring.table import RuleSet
from bot.sheets.ruleset import read_ruleset
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.rules.proposal_cards import card_of, check_table, parsed, refuse_settled
from bot.usecases.visit import Visit, must
from bot.views.rule_facts import ProposalCard


class AskRules:
    """Waits for the file of a new table."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, visit: Visit, awaiting: str, message_id: int) -> None:
        """Remember that the next file is the table."""
        async with self._store.write(visit.cause) as tx:
            person = await visit.enter(tx)
            must(person, Deed.PROPOSE_RULES, Subject())
            await tx.accounts.await_text(visit.telegram_id, awaiting, message_id)


class DraftRules:
    """Reads a file and keeps it as a draft, unless the linter finds an error."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, content: bytes, name: str) -> ProposalCard:
        """The draft; or, without a proposal, what has to be corrected first: then the next file is awaited still."""
        rules, text = await asyncio.to_thread(read_ruleset, content, name)
        async with self._store.write(visit.cause) as tx:
            person = await visit.enter(tx)
            must(person, Deed.PROPOSE_RULES, Subject())
            table = await check_table(tx, self._timetable, rules, text)
            if not table.is_sound:
                return ProposalCard(table, self._timetable.zone)
            await tx.accounts.await_text(visit.telegram_id, None)
            draft = await _add(tx, rules, text, table.effective_on, person.member_id)
            return await card_of(tx, self._timetable, draft, person)


class SubmitProposal:
    """Its author puts a draft before the committee."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, proposal_id: int) -> ProposalCard:
        """The open proposal; an author of the committee counts as the first who agrees."""
        async with self._store.write(visit.cause) as tx:
            person = await visit.enter(tx)
            must(person, Deed.PROPOSE_RULES, Subject())
            draft = await tx.proposals.get(proposal_id)
            if draft.proposed_by != person.member_id:
                raise ForbiddenError
            if draft.state is not ProposalState.DRAFT:
                await refuse_settled(tx, draft)
            await check_table(tx, self._timetable, parsed(draft.text), draft.text, draft.effective_on)
            opened = await put_before_committee(tx, self._timetable, draft, person)
            return await card_of(tx, self._timetable, opened, person)


class ProposeByOperator:
    """The operator proposes on the command line; two of the committee have to agree."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, rules: RuleSet, text: str, effective_on: date) -> ProposalCard:
        """The open proposal; without one, the table has errors."""
        async with self._store.write() as tx:
            table = await check_table(tx, self._timetable, rules, text, effective_on)
            if not table.is_sound:
                return ProposalCard(table, self._timetable.zone)
            draft = await _add(tx, rules, text, effective_on, None)
            opened = await put_before_committee(tx, self._timetable, draft, None)
            return await card_of(tx, self._timetable, opened, None)


class WithdrawProposal:
    """Its author takes a draft or an open proposal back."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, proposal_id: int) -> ProposalCard:
        """The proposal as it was taken back."""
        async with self._store.write(visit.cause) as tx:
            person = await visit.enter(tx)
            found = await tx.proposals.get(proposal_id)
            if found.proposed_by != person.member_id:
                raise ForbiddenError
            if found.is_settled:
                await refuse_settled(tx, found)
            await _settle(tx, found, ProposalState.WITHDRAWN, person)
            if found.state is ProposalState.OPEN:
                await tx.ledger.append("rules_withdrawn", actor=person.member_id, proposal=proposal_id)
            return await card_of(tx, self._timetable, await tx.proposals.get(proposal_id), person)


async def _add(tx: Tx, rules: RuleSet, text: str, effective_on: date, by: int | None) -> Proposal:
    return await tx.proposals.add(
        name=rules.id, version=rules.version, text=text, effective_on=effective_on, state=ProposalState.DRAFT,
        proposed_by=by, now=tx.now,
    )  # fmt: skip


async def put_before_committee(tx: Tx, timetable: Timetable, draft: Proposal, author: Person | None) -> Proposal:
    """Open the draft in place of any older open proposal, and write to every other member of the committee."""
    for older in await tx.proposals.open_ones():
        await _settle(tx, older, ProposalState.REPLACED, author)
        await tx.ledger.append("rules_replaced", actor=author.member_id if author else None, proposal=older.proposal_id)
    agrees = author is not None and may(author, Deed.CONFIRM_RULES, Subject())
    columns = {"confirmed_by": author.member_id, "confirmed_at": tx.now} if author and agrees else {}
    if not await tx.proposals.change(draft, state=ProposalState.OPEN, **columns):
        raise StaleCardError
    actor = author.member_id if author else None
    await tx.ledger.append(
        "rules_proposed", actor=actor, proposal=draft.proposal_id, name=draft.name, version=draft.version,
        effective_on=draft.effective_on.isoformat(), sha256=hashlib.sha256(draft.text.encode()).hexdigest(),
        agrees=agrees,
    )  # fmt: skip
    letters: list[Addressed] = [
        Addressed(
            f"rules_proposed:{draft.proposal_id}:{one.member_id}", RulesProposed(draft.proposal_id), one.member_id
        )
        for one in await tx.people.holding(Role.COMMITTEE)
        if one.member_id != actor
    ]
    await tx.letters.write_many(letters, due_at=timetable.polite(tx.now))
    return await tx.proposals.get(draft.proposal_id)


async def _settle(tx: Tx, found: Proposal, state: ProposalState, by: Person | None) -> None:
    columns = {"state": state, "decided_by": by.member_id if by else None, "decided_at": tx.now}
    if not await tx.proposals.change(found, **columns):
        raise StaleCardError
