"""The tables of rules: the one in force, and proposals."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.actions.base import Action


@dataclass(frozen=True, slots=True)
class OpenRules(Action):
    """The table in force, those to come, and what waits for confirmation."""

    code = "u"


@dataclass(frozen=True, slots=True)
class DownloadRules(Action):
    """The text of an adopted version, as "yaml" or "xlsx"; 0 is the table that ships with the bot."""

    code = "ud"
    ruleset_id: int
    form: str


@dataclass(frozen=True, slots=True)
class AskRules(Action):
    """As the awaited field it takes the file of a new table."""

    code = "ua"


@dataclass(frozen=True, slots=True)
class OpenProposal(Action):
    code = "up"
    proposal_id: int


@dataclass(frozen=True, slots=True)
class DownloadProposal(Action):
    code = "uD"
    proposal_id: int


@dataclass(frozen=True, slots=True)
class SubmitProposal(Action):
    """Put a draft before the committee."""

    code = "uS"
    proposal_id: int


@dataclass(frozen=True, slots=True)
class WithdrawProposal(Action):
    code = "uW"
    proposal_id: int


@dataclass(frozen=True, slots=True)
class ConfirmProposal(Action):
    """Agree; a proposal's text and day never change, so no revision is needed."""

    code = "uC"
    proposal_id: int


@dataclass(frozen=True, slots=True)
class AskRejectProposal(Action):
    """As the awaited field it takes the typed reason."""

    code = "ur"
    proposal_id: int
