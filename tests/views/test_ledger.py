"""An entry of the ledger as an office reads it: words for codes, points for hundredths, nothing that leaks."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import bot
from bot.catalog import load_catalog
from bot.domain.accounts import Language
from bot.scoring.ruleset import load_ruleset, template_text
from bot.views.ledger import ledger_row
from bot.views.ledger_facts import LedgerWords, Named, Scope, Stay, Written
from bot.views.stored_names import ENTRIES

RULES = load_ruleset(template_text("default"), "default.yaml")
KNOWN = LedgerWords(
    "示范分行党委", {1: Named("张伟", "101"), 2: Named("王书记", "102")},
    {1: (Stay(10, None, date(2026, 10, 1)), Stay(20, date(2026, 10, 1), None))}, {10: "第一党支部", 20: "第二党支部"},
    {"2026-10": RULES}, ZoneInfo("Asia/Shanghai"),
)  # fmt: skip
AT = datetime(2026, 10, 25, 16, 30, tzinfo=UTC)


def written(kind: str, reason: str | None = None, *, erased: bool = False, **facts: Any) -> Written:
    return Written(1, AT, kind, "2026-10", 1, facts.pop("actor", 2), 20, facts, reason, erased, "ab" * 32)


def row(entry: Written, scope: Scope | None = None, language: Language = Language.EN) -> Any:
    return ledger_row(load_catalog()[language], KNOWN, entry, scope or Scope())


def test_an_adjustment_tells_item_points_and_reason() -> None:
    """The item by its label, points as points, the time of the organisation's zone."""
    found = row(written("form_adjusted", "走访只有一次", item="pledge", before_centi=400, after_centi=250, form=7,
                        revision=3, total_before_centi=6000, total_centi=5850, text_sha256="x"))  # fmt: skip
    assert (found.at, found.by, found.branch) == (datetime(2026, 10, 26, 0, 30), "王书记", "第二党支部")  # noqa: DTZ001
    assert (found.item, found.before, found.after) == ("党员承诺", Decimal(4), Decimal("2.5"))
    assert (found.reason, found.details) == ("走访只有一次", "total before 60; total 58.5")
    assert found.rules == f"{RULES.id} {RULES.version}"


@pytest.mark.parametrize(
    ("facts", "details"),
    [
        ({"lines": {"pledge": 400, "lecture": 0}}, "points 党员承诺 4"),
        ({"offices": ["secretary", "committee"]}, "offices branch secretary, Party committee"),
        ({"meeting": "committee", "held_on": "2026-10-08"}, "held on 2026-10-08; meeting branch committee meeting"),
        ({"after": "2026-11-02T10:00:00+00:00"}, "after 2026-11-02 18:00"),
        ({"facts": '{"pledge":[]}'}, "recorded 党员承诺 0"),
        ({"proxy": True, "agrees": False}, "handed in for the member ✓"),
        ({"something_new": "x"}, "something new x"),
        ({"something_new": [1, "y"]}, "something new 1, y"),
    ],
)
def test_every_other_fact_is_told_in_words(facts: dict[str, Any], details: str) -> None:
    """Codes have names; what a newer entry says is still readable; numbers of rows are left out."""
    assert row(written("tried", form=7, proposal=9, **facts)).details == details


@pytest.mark.parametrize(
    "garbage", [{"facts": "{"}, {"lines": {"x": None}}, {"offices": ["king"]}, {"before_centi": "x"}]
)
def test_a_forged_entry_does_not_stop_the_export(garbage: dict[str, Any]) -> None:
    """The cover names the flaw; the rest must still be there to be read."""
    assert row(written("tried", **garbage)).event == "tried"


def test_an_erased_reason_says_so() -> None:
    """It was there, and was taken out at a person's demand."""
    assert row(written("form_returned", erased=True)).reason == "(erased)"


def test_reasons_of_objections_are_for_the_committee() -> None:
    """A secretary's file tells that there was one, not what it said of him."""
    entry = written("objection_filed", "书记偏心")
    assert row(entry).reason == "书记偏心"
    assert row(entry, Scope(branch_id=20, confidential=False)).reason == "(not shown here)"


def test_who_did_it_where_nobody_did() -> None:
    """The timetable, or the operator at his command line."""
    assert row(written("month_closed", actor=None)).by == "timetable"
    assert row(written("month_closed", actor=None, by="cli")).by == "command line"


def test_an_entry_belongs_to_the_branch_of_its_time() -> None:
    """Who moved takes his later entries along, not his earlier ones."""
    assert KNOWN.branch_of({}, 1, date(2026, 9, 30)) == 10
    assert KNOWN.branch_of({}, 1, date(2026, 10, 1)) == 20
    assert KNOWN.branch_of({"branch": 10}, 1, date(2026, 10, 1)) == 10
    assert KNOWN.branch_of({}, 99, date(2026, 10, 1)) is None


def test_every_kind_of_entry_that_is_written_has_a_name() -> None:
    """A new kind without one fails here: the office would read a code."""
    sources = "\n".join(file.read_text() for file in Path(bot.__file__).parent.rglob("*.py"))
    kinds = set(re.findall(r'ledger\.append\(\s*"(\w+)"', sources))
    assert len(kinds) > 30
    assert kinds - set(ENTRIES) == set()
