"""The linter: traps of a rule set, found before they hurt anybody."""

from __future__ import annotations

from dataclasses import replace

from bot.scoring.lint.clicks import click_findings
from bot.scoring.lint.findings import Finding, Severity
from bot.scoring.lint.items import item_findings
from bot.scoring.lint.limits import limit_findings
from bot.scoring.lint.policies import policy_findings
from bot.scoring.lint.sums import sum_findings
from bot.scoring.table import RuleSet

__all__ = ["Finding", "Severity", "lint"]


def lint(rules: RuleSet) -> tuple[Finding, ...]:
    """Every trap of a rule set, errors first, then by code and place; nothing for a clean one.

    A warning whose code the rule set names under `accepts` is still shown, marked as accepted; an error never is.
    """
    found = [
        *policy_findings(rules),
        *limit_findings(rules),
        *item_findings(rules),
        *sum_findings(rules),
        *click_findings(rules),
    ]
    known = [replace(one, accepted=one.severity is Severity.WARNING and one.code in rules.accepts) for one in found]
    return tuple(sorted(known, key=lambda one: (one.severity is Severity.WARNING, one.code, one.where)))
