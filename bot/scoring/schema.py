"""The JSON Schema of a rule set, for editors that complete and check as one types."""

from __future__ import annotations

from bot.scoring.table import RuleSet


def ruleset_schema() -> dict[str, object]:
    """The schema of a rule set's YAML (draft 2020-12)."""
    schema = RuleSet.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
