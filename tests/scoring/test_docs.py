"""What docs/rules.md shows is true of the engine."""

import json
import re
from collections import Counter
from pathlib import Path
from textwrap import indent

import pytest

from bot.scoring.engine import score
from bot.scoring.factsheet import load_facts
from bot.scoring.lint import lint
from bot.scoring.policies import REQUIRED, Policies
from bot.scoring.ruleset import default_ruleset, load_ruleset, load_template, template_names
from bot.scoring.schema import ruleset_schema
from tests.scoring.tables import NOVEMBER

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "rules.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml item\n(.*?)```", TEXT, re.DOTALL)
POST = "  - {id: post, label: p, kind: ratio, full: 1}"


def test_the_frame_shown_is_a_rule_set():
    """The frame of the documentation loads and scores."""
    (frame,) = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    assert score(load_ruleset(frame), [], period=NOVEMBER).total == 60


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: re.search("kind: (.*)", example)[1])
def test_every_kind_shown_is_an_item(example):
    """Each example of a kind loads as it stands."""
    head = "id: t\nversion: '1'\ntitle: t\nitems:\n"
    also = "" if "id: post" in example else f"{POST}\n"
    rules = load_ruleset(f"{head}{also}{indent(example, '    ').replace('    id', '  - id', 1)}")
    assert score(rules, [], period=NOVEMBER).lines


def test_every_kind_is_shown():
    """No kind is left without an example."""
    kinds = {re.search("kind: (.*)", example)[1] for example in EXAMPLES}
    known = {name for schema in ruleset_schema()["$defs"].values() for name in _kind(schema)}
    assert kinds == known


def _kind(schema):
    kind = schema.get("properties", {}).get("kind", {})
    return [kind["const"]] if "const" in kind else []


def test_the_fact_sheet_shown_can_be_scored():
    """The facts of the documentation are facts of the default table."""
    (sheet,) = re.findall(r"```yaml facts\n(.*?)```", TEXT, re.DOTALL)
    assert load_facts(sheet, default_ruleset()).score(default_ruleset()).total == 51


def test_every_policy_and_every_finding_is_explained():
    """A reader finds each policy key and each code of the linter."""
    for key in Policies.model_fields:
        assert f"`{key}`" in TEXT
    assert len(REQUIRED) == 13
    for name in template_names():
        assert all(f"`{one.code}`" in TEXT for one in lint(load_template(name)))


def test_every_code_of_the_engine_is_explained():
    """Whoever makes the words finds each question, refusal, cut and reason."""
    room = DOCS.parent / "bot" / "scoring"
    source = "".join(path.read_text(encoding="utf-8") for path in room.glob("*.py") if path.name != "outcomes.py")
    raised = re.findall(r'(?:Error|because|Reason|[cC]ut)\(\s*"([a-z_]+)"', source)
    assert len(set(raised)) > 40
    assert [code for code in sorted(set(raised)) if f"`{code}`" not in TEXT] == []


@pytest.mark.parametrize("name", template_names())
def test_the_findings_listed_are_those_found(name):
    """The list of what the linter finds in each shipped table is current."""
    codes = Counter(one.code for one in lint(load_template(name)) if one.code != "policy_missing")
    listed = ", ".join(f"{code} {times}" for code, times in sorted(codes.items())) or "–"
    assert f"| `{name}` | {listed} |" in TEXT


def test_the_schema_file_is_current():
    """Editors check against the rule sets the engine reads."""
    assert json.loads((DOCS / "ruleset.schema.json").read_text(encoding="utf-8")) == ruleset_schema()
