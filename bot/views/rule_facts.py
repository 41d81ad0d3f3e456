"""What the views of tables are told: a table that was checked, a proposal, the versions, an adoption."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.domain.rulemaking import Proposal, splits_quarter
from bot.scoring.lint import Finding, Severity
from bot.scoring.table import RuleSet
from bot.views.rule_changes import Change


@dataclass(frozen=True, slots=True)
class CheckedTable:
    """A table that may take effect on this day, what the linter finds in it, and what it changes."""

    rules: RuleSet
    effective_on: date
    findings: tuple[Finding, ...]
    replaces: RuleSet
    changes: tuple[Change, ...]

    @property
    def is_sound(self) -> bool:
        """Whether no error keeps it from being adopted."""
        return not any(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def splits_quarter(self) -> bool:
        """Whether one quarter would have months by both tables."""
        return splits_quarter(self.effective_on)


@dataclass(frozen=True, slots=True)
class ProposalCard:
    """A proposal as somebody sees it; without `proposal` the table was refused. Empty names stand for the operator."""

    table: CheckedTable
    zone: ZoneInfo
    proposal: Proposal | None = None
    proposer: str = ""
    first: str = ""
    decider: str = ""
    may_confirm: bool = False
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class VersionInForce:
    """An adopted version; the id is 0 for the table that ships with the bot, as long as none was needed."""

    ruleset_id: int
    rules: RuleSet
    effective_on: date | None


@dataclass(frozen=True, slots=True)
class RulesPage:
    """The table in force today, those to come, and what waits for agreement."""

    current: VersionInForce
    coming: tuple[tuple[date, RuleSet], ...]
    waiting: tuple[Proposal, ...]
    may_propose: bool


@dataclass(frozen=True, slots=True)
class Adoption:
    """A version that was adopted, beside the one it replaces."""

    rules: RuleSet
    replaces: RuleSet
    changes: tuple[Change, ...]
    effective_on: date
