"""Questions that a rule set leaves open: policy keys that are missing, or needed by what else it says."""

from __future__ import annotations

from collections.abc import Iterator

from bot.scoring.items import Review
from bot.scoring.lint.findings import Finding, error
from bot.scoring.policies import REQUIRED
from bot.scoring.table import RuleSet


def policy_findings(rules: RuleSet) -> Iterator[Finding]:
    """`policy_missing` for every required key that is null, and for every key that the table itself calls for.

    `objection_window`: objections are taken while points are public, so both are the same days.
    """
    policies = rules.policies
    missing = [key for key in REQUIRED if getattr(policies, key) is None]
    if policies.top_share is not None:
        missing += [f"top_share.{key}" for key in ("rounding", "ties") if getattr(policies.top_share, key) is None]
    if any(one.exempt for one in rules.classes) and policies.exempt_item is None:
        missing.append("exempt_item")
    if any(band.quota for band in rules.bands):
        missing += [key for key in ("quota_rounding", "quota_choice") if getattr(policies, key) is None]
    yield from (error("policy_missing", f"policies.{key}", key=key) for key in missing)
    for item in rules.items:
        if isinstance(item, Review) and item.missing_panel is None:
            yield error("policy_missing", item.id, key="missing_panel")
    public, objecting = policies.publicity_days, policies.objection_days
    if public is not None and objecting is not None and public != objecting:
        where = "policies.objection_days"
        yield error("objection_window", where, publicity=str(public), objection=str(objecting))
