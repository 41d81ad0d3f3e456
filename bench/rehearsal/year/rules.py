"""积分表 by buttons: one of the committee proposes that two check every branch, another agrees, and so it is."""

from __future__ import annotations

from bench.rehearsal.organisation import Player
from bench.rehearsal.phone import LostError
from bot.domain.actions.rules import AskRules, ConfirmProposal, SubmitProposal
from bot.scoring.ruleset import template_text

_CHANGES = {
    'version: "2026.1"': 'version: "2026.2"',
    "effective_from: 2026-01-01\n": "",
    "  group_branches: 3\n": "  group_branches: 3\n  reviewers_per_branch: 2\n",
}


def table_with_two_reviewers() -> bytes:
    """The table that ships with the bot, but for how many of the group check each branch."""
    text = template_text("default")
    for before, after in _CHANGES.items():
        if before not in text:
            raise ValueError(f"the default table has no {before!r}")
        text = text.replace(before, after)
    return text.encode()


async def propose_two_reviewers(author: Player) -> None:
    """Sent as a file, looked at, and put before the committee; it governs the first month that is not open yet."""
    phone = author.phone
    await phone.says_until("/rules", lambda: phone.find(AskRules, newest=1) is not None)
    await phone.tap(AskRules)
    await phone.does_until(
        lambda: phone.person.sends_document(table_with_two_reviewers(), "积分表.yaml"),
        lambda: phone.find(SubmitProposal, newest=1) is not None,
    )
    await phone.tap(SubmitProposal)


async def agree(second: Player) -> None:
    """Another of the committee reads the letter and agrees; the table is adopted."""
    phone = second.phone
    await phone.tap(ConfirmProposal)
    if phone.find(ConfirmProposal, newest=1) is not None:
        raise LostError(f"{phone.person.name} could not agree to the table\n{phone.person.screen()}")
