"""The committee decides on a proposed table: two different persons agree, or one turns it down with a reason."""

from __future__ import annotations

from bot.domain.forms import REASON_LIMIT
from bot.domain.may import Deed, Subject
from bot.domain.people import MemberStatus, Person, Role
from bot.domain.rulemaking import Proposal, ProposalState
from bot.domain.texts import clean_text
from bot.domain.timetable import Timetable
from bot.errors import SamePersonError, StaleCardError, TextTooLongError
from bot.outbox.addressed import Addressed
from bot.outbox.letters import RulesAdopted, RulesRejected
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.months.open_month import rules_in_force
from bot.usecases.people.delegation_cards import speak_with_one_voice
from bot.usecases.rules.proposal_cards import card_of, check_table, parsed, refuse_settled
from bot.usecases.visit import Visit, must
from bot.views.rule_facts import ProposalCard

_TRIES = 3


class ConfirmProposal:
    """One more person agrees; with the second the table is adopted and every member is told."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, proposal_id: int) -> ProposalCard:
        """The proposal with this agreement; RulesDateError if its month has been opened meanwhile."""
        async with self._store.write(visit.cause) as tx:
            person = await visit.enter(tx)
            must(person, Deed.CONFIRM_RULES, Subject())
            for _ in range(_TRIES):
                found = await tx.proposals.get(proposal_id)
                if found.state is not ProposalState.OPEN:
                    await refuse_settled(tx, found)
                if await speak_with_one_voice(tx, found.confirmed_by, found.confirmed_at, person.member_id):
                    raise SamePersonError
                await check_table(tx, self._timetable, parsed(found.text), found.text, found.effective_on)
                # Whoever is second by a moment reads again and finds that he is the second.
                if await self._agree(tx, found, person):
                    return await card_of(tx, self._timetable, await tx.proposals.get(proposal_id), person)
            raise StaleCardError

    async def _agree(self, tx: Tx, found: Proposal, person: Person) -> bool:
        if found.confirmed_by is not None:
            return await self._adopt(tx, found, person)
        if not await tx.proposals.change(found, confirmed_by=person.member_id, confirmed_at=tx.now):
            return False
        await tx.ledger.append("rules_confirmed", actor=person.member_id, proposal=found.proposal_id)
        return True

    async def _adopt(self, tx: Tx, found: Proposal, person: Person) -> bool:
        columns = {"state": ProposalState.ADOPTED, "decided_by": person.member_id, "decided_at": tx.now}
        if not await tx.proposals.change(found, **columns):
            return False
        rules = parsed(found.text)
        replaced_id = await rules_in_force(tx, found.effective_on)
        ruleset_id = await tx.periods.add_ruleset(rules, found.text, found.effective_on, tx.now)
        adopted = await tx.proposals.get(found.proposal_id)
        await tx.proposals.change(adopted, ruleset_id=ruleset_id)
        await tx.ledger.append(
            "ruleset_adopted", actor=person.member_id, ruleset=ruleset_id, name=rules.id, version=rules.version,
            effective_on=found.effective_on.isoformat(), proposal=found.proposal_id, first=found.confirmed_by,
        )  # fmt: skip
        await self._tell_everybody(tx, RulesAdopted(ruleset_id, replaced_id, found.effective_on.isoformat()))
        return True

    async def _tell_everybody(self, tx: Tx, letter: RulesAdopted) -> None:
        bound = await tx.people.bound()
        letters: list[Addressed] = [
            Addressed(f"rules_adopted:{letter.ruleset_id}:{person.member_id}", letter, person.member_id)
            for person in await tx.people.all()
            if person.member_id in bound and person.status is not MemberStatus.LEFT
        ]
        await tx.letters.write_many(letters, due_at=self._timetable.polite(tx.now))


class AskRejection:
    """Waits for the reason of a refusal."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, proposal_id: int, awaiting: str, message_id: int) -> ProposalCard:
        """Remember that the next text is the reason."""
        async with self._store.write(visit.cause) as tx:
            person = await visit.enter(tx)
            must(person, Deed.CONFIRM_RULES, Subject())
            found = await tx.proposals.get(proposal_id)
            if found.state is not ProposalState.OPEN:
                await refuse_settled(tx, found)
            await tx.accounts.await_text(visit.telegram_id, awaiting, message_id)
            return await card_of(tx, self._timetable, found, person)


class RejectProposal:
    """One person of the committee turns a proposal down."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, proposal_id: int, reason: str) -> ProposalCard:
        """The settled proposal; its author and the rest of the committee are told the reason."""
        reason = clean_text(reason)
        if not 0 < len(reason) <= REASON_LIMIT:
            raise TextTooLongError(REASON_LIMIT)
        async with self._store.write(visit.cause) as tx:
            person = await visit.enter(tx)
            must(person, Deed.CONFIRM_RULES, Subject())
            await tx.accounts.await_text(visit.telegram_id, None)
            found = await tx.proposals.get(proposal_id)
            if found.state is not ProposalState.OPEN:
                await refuse_settled(tx, found)
            columns = {
                "state": ProposalState.REJECTED, "decided_by": person.member_id, "decided_at": tx.now, "reason": reason,
            }  # fmt: skip
            if not await tx.proposals.change(found, **columns):
                raise StaleCardError
            await tx.ledger.append("rules_rejected", actor=person.member_id, free_text=reason, proposal=proposal_id)
            concerned = {one.member_id for one in await tx.people.holding(Role.COMMITTEE)} | {found.proposed_by}
            for member_id in sorted(concerned - {person.member_id, None}, key=str):
                key = f"rules_rejected:{proposal_id}:{member_id}"
                due_at = self._timetable.polite(tx.now)
                await tx.letters.write(key, RulesRejected(proposal_id), to_member=member_id, due_at=due_at)
            return await card_of(tx, self._timetable, await tx.proposals.get(proposal_id), person)
