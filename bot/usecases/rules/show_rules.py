"""Looking at tables: the page of versions, a proposal, the text of either, and what an adoption changed."""

from __future__ import annotations

from datetime import date

from bot.domain.may import Deed, Subject, may
from bot.domain.people import Role
from bot.domain.timetable import Timetable
from bot.errors import ForbiddenError
from bot.scoring.ruleset import RuleSet, default_ruleset, template_text
from bot.storage.periods import RulesVersion
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.awaited import stop_waiting
from bot.usecases.rules.proposal_cards import card_of, may_see
from bot.usecases.visit import Visit
from bot.views.rule_changes import changes
from bot.views.rule_facts import Adoption, ProposalCard, RulesPage, VersionInForce


class ShowRules:
    """The table in force and what may follow; open to every member."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit) -> RulesPage:
        """The page; proposals are shown to those who may propose or decide."""
        async with self._store.read() as tx:
            person = await visit.enter(tx)
            involved = may(person, Deed.PROPOSE_RULES, Subject())
            versions = await tx.periods.versions()
            today = self._timetable.day_of(tx.now)
            current, coming = _current(versions, today), [one for one in versions if one.effective_on > today]
            page = RulesPage(
                current=await _in_force(tx, current),
                coming=tuple([(one.effective_on, await tx.periods.rules(one.ruleset_id)) for one in coming]),
                waiting=tuple(await tx.proposals.open_ones()) if involved else (),
                may_propose=involved,
            )
        await stop_waiting(self._store, visit)
        return page


def _current(versions: list[RulesVersion], today: date) -> RulesVersion | None:
    return next((one for one in reversed(versions) if one.effective_on <= today), None)


async def _in_force(tx: Tx, version: RulesVersion | None) -> VersionInForce:
    if version is None:
        return VersionInForce(0, default_ruleset(), None)
    return VersionInForce(version.ruleset_id, await tx.periods.rules(version.ruleset_id), version.effective_on)


class ReadRules:
    """The text of a version, for whoever wants to keep or change it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, visit: Visit, ruleset_id: int) -> tuple[RuleSet, str]:
        """The table and its YAML as it was adopted; 0 is the one that ships with the bot."""
        async with self._store.read() as tx:
            await visit.enter(tx)
            if ruleset_id == 0:
                return default_ruleset(), template_text("default")
            return await tx.periods.rules(ruleset_id), await tx.periods.ruleset_text(ruleset_id)


class OpenProposal:
    """One proposal."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, proposal_id: int) -> ProposalCard:
        """The proposal's card for somebody who may see it."""
        async with self._store.read() as tx:
            person = await visit.enter(tx)
            found = await tx.proposals.get(proposal_id)
            if not may_see(person, found):
                raise ForbiddenError
            card = await card_of(tx, self._timetable, found, person)
        await stop_waiting(self._store, visit)
        return card


class ReadProposal:
    """A proposal for a letter to one member."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, proposal_id: int, member_id: int) -> ProposalCard:
        """The proposal's card as this member sees it."""
        async with self._store.read() as tx:
            viewer = await tx.people.get(member_id)
            return await card_of(tx, self._timetable, await tx.proposals.get(proposal_id), viewer)


class ReadAdoption:
    """What an adopted version changed."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, ruleset_id: int, replaced_id: int, effective_on: date) -> Adoption:
        """The two versions side by side."""
        async with self._store.read() as tx:
            rules, replaces = await tx.periods.rules(ruleset_id), await tx.periods.rules(replaced_id)
        return Adoption(rules, replaces, changes(replaces, rules), effective_on)


class ListVersions:
    """All versions and what waits, for the command line."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self) -> tuple[list[RulesVersion], list[ProposalCard], int]:
        """The versions, the open proposals, and the id of the version in force today (0: none was needed yet)."""
        async with self._store.read() as tx:
            versions = await tx.periods.versions()
            waiting = [await card_of(tx, self._timetable, found, None) for found in await tx.proposals.open_ones()]
            current = _current(versions, self._timetable.day_of(tx.now))
        return versions, waiting, current.ruleset_id if current else 0


class CountCommittee:
    """How many of the committee can agree to anything in chat."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self) -> int:
        """Those with an account, whether they can be reached just now or not."""
        async with self._store.read() as tx:
            bound = await tx.people.bound()
            return sum(one.member_id in bound for one in await tx.people.holding(Role.COMMITTEE))
