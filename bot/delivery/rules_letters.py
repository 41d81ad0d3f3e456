"""Letters about tables."""

from __future__ import annotations

from datetime import date

from bot.delivery.reading import Reading
from bot.domain.rulemaking import ProposalState
from bot.outbox import letters
from bot.views import rules
from bot.views.view import View


async def proposed(letter: letters.RulesProposed, reading: Reading) -> View | None:
    """A table waits for agreement, unless it is decided by now."""
    card = await reading.do.read_proposal(letter.proposal_id, reading.member_id or 0)
    waits = card.proposal is not None and card.proposal.state is ProposalState.OPEN
    return rules.proposal(reading.words, card) if waits else None


async def rejected(letter: letters.RulesRejected, reading: Reading) -> View | None:
    """A table was turned down."""
    return rules.proposal(reading.words, await reading.do.read_proposal(letter.proposal_id, reading.member_id or 0))


async def adopted(letter: letters.RulesAdopted, reading: Reading) -> View | None:
    """A new table, for every member."""
    effective_on = date.fromisoformat(letter.effective_on)
    adoption = await reading.do.read_adoption(letter.ruleset_id, letter.replaced_id, effective_on)
    return rules.adopted(reading.words, adoption)
