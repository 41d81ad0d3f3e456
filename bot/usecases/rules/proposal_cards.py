"""What the use cases of proposals share: checking a table against the present, and drawing a proposal's card."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NoReturn

from bot.domain.may import Deed, Subject, may
from bot.domain.people import Person
from bot.domain.rulemaking import Proposal, ProposalState, first_free_month, may_take_effect
from bot.domain.timetable import Timetable
from bot.errors import (
    AlreadyDecidedError,
    NotFoundError,
    RulesDateDiffersError,
    RulesDateError,
    RulesPeriodError,
    RulesVersionTakenError,
)
from bot.scoring.lint import lint
from bot.scoring.ruleset import RuleSet, default_ruleset, load_ruleset
from bot.storage.tx import Tx
from bot.views.rule_changes import changes
from bot.views.rule_facts import CheckedTable, ProposalCard

parsed = lru_cache(maxsize=8)(load_ruleset)
"""The table of a proposal's text, which never changes; reading one takes tens of milliseconds."""


async def check_table(
    tx: Tx, timetable: Timetable, rules: RuleSet, text: str, effective_on: date | None = None
) -> CheckedTable:
    """The table with its day, if it may take effect: on the first of a month not opened yet, under a new version.

    Without `effective_on` the day is the one in the file, or the first that is possible.
    """
    if rules.period != "month":
        raise RulesPeriodError
    newest = await tx.periods.newest_month()
    first_free = first_free_month(newest.month if newest else None, timetable.day_of(tx.now))
    day = effective_on or rules.effective_from or first_free.first_day
    if not may_take_effect(day, first_free):
        raise RulesDateError(first_free.first_day)
    if rules.effective_from not in {None, day}:
        raise RulesDateDiffersError(rules.effective_from)
    replaces = await rules_before(tx, day)
    if await tx.periods.is_version_taken(rules, text) or (rules.id, rules.version) == (replaces.id, replaces.version):
        raise RulesVersionTakenError(rules.version)
    return checked(rules, day, replaces)


def checked(rules: RuleSet, day: date, replaces: RuleSet) -> CheckedTable:
    """The table beside the one it replaces."""
    return CheckedTable(rules, day, lint(rules), replaces, changes(replaces, rules))


async def rules_before(tx: Tx, day: date) -> RuleSet:
    """The table that governs this day as things stand: the newest adopted one, or the one that ships with the bot."""
    try:
        return await tx.periods.rules(await tx.periods.ruleset_in_force(day))
    except NotFoundError:
        return default_ruleset()


async def card_of(tx: Tx, timetable: Timetable, proposal: Proposal, viewer: Person | None) -> ProposalCard:
    """The proposal as this person sees it (the operator: None)."""
    rules = parsed(proposal.text)
    replaces = await _replaced(tx, proposal)
    return ProposalCard(
        table=checked(rules, proposal.effective_on, replaces),
        zone=timetable.zone,
        proposal=proposal,
        proposer=await _name(tx, proposal.proposed_by),
        first=await _name(tx, proposal.confirmed_by),
        decider=await _name(tx, proposal.decided_by),
        may_confirm=proposal.state is ProposalState.OPEN and _may_confirm(viewer),
        is_own=viewer is not None and viewer.member_id == proposal.proposed_by,
    )


def may_see(viewer: Person, proposal: Proposal) -> bool:
    """Whether this person may look at the proposal: a draft is its author's own."""
    if proposal.state is ProposalState.DRAFT:
        return viewer.member_id == proposal.proposed_by
    return may(viewer, Deed.PROPOSE_RULES, Subject()) or viewer.member_id == proposal.proposed_by


async def refuse_settled(tx: Tx, proposal: Proposal) -> NoReturn:
    """Tell who decided what."""
    by = await _name(tx, proposal.decided_by)
    raise AlreadyDecidedError(by, proposal.state.value, proposal.decided_at or proposal.proposed_at)


async def _replaced(tx: Tx, proposal: Proposal) -> RuleSet:
    """The table in force before; of an adopted proposal, before it was adopted."""
    older = [
        version.ruleset_id
        for version in await tx.periods.versions()
        if version.effective_on <= proposal.effective_on
        and (proposal.ruleset_id is None or version.ruleset_id < proposal.ruleset_id)
    ]
    return await tx.periods.rules(older[-1]) if older else default_ruleset()


def _may_confirm(viewer: Person | None) -> bool:
    return viewer is not None and may(viewer, Deed.CONFIRM_RULES, Subject())


async def _name(tx: Tx, member_id: int | None) -> str:
    return (await tx.people.get(member_id)).name if member_id is not None else ""
