"""Tables and the organisation on the command line: a trial on the real year, a proposal, the versions."""

from __future__ import annotations

import asyncio
import hashlib
import sqlite3
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import event

from bot.config import load_settings
from bot.core import Core, open_core
from bot.domain.forms import FormState
from bot.domain.periods import Month
from bot.scoring.facts import Fact, facts_to_json
from bot.scoring.ruleset import load_ruleset, template_text
from sandbox import SimClock
from tests.cli.conftest import Office

MONTHS = (Month(2026, 7), Month(2026, 8), Month(2026, 9))
LECTURES, ESSAYS = (2, 0), (0, 2)
"""In turn members give two lectures or write two essays a month: 66 or 62 points in the default table."""


def copy(**changes: str) -> str:
    """A copy of the default table as a file, with texts replaced; its name."""
    text = template_text("default").replace('version: "2026.1"', 'version: "2027.1"')
    text = text.replace("effective_from: 2026-01-01\n", "")
    for before, after in changes.values():
        assert before in text
        text = text.replace(before, after)
    Path("new.yaml").write_text(text, encoding="utf-8")
    return "new.yaml"


LECTURES_WORTHLESS = {"lecture": ("label: 主讲或发言, each: 3}", "label: 主讲或发言, each: 1}")}
ESSAYS_DEAR = {
    "essay": ("label: 撰写心得, each: 1", "label: 撰写心得, each: 4"),
    "cap": ("dimension: thought\n    kind: add\n    full: 2", "dimension: thought\n    kind: add\n    full: 8"),
}


@pytest.fixture
def year(ready: Office) -> Office:
    """Three months of twelve members, all handed in; the bonus and an adjustment are among them."""

    async def played() -> None:
        clock = SimClock(datetime(2026, 7, 25, 2, tzinfo=UTC))
        async with open_core(load_settings(), clock) as core:
            for month in MONTHS:
                clock.travel(datetime(2026, month.number, 25, 2, tzinfo=UTC))
                await core.do.open_month(month)
                await _answered(core, month)

    asyncio.run(played())
    return ready


async def _answered(core: Core, month: Month) -> None:
    async with core.store.write() as tx:
        for number, form in enumerate(await tx.forms.in_months([month])):
            lectures, essays = (LECTURES, ESSAYS)[number % 2]
            answers = {"lecture": (Fact("lecture", count=Decimal(lectures)),) if lectures else (),
                       "warning_essay": (Fact("warning_essay", count=Decimal(essays)),) if essays else (),
                       "suggestion": (Fact("suggestion"),)}  # fmt: skip
            if number == 1:
                answers["commendation"] = (Fact("commendation", "branch"),)
            overrides = [{"item": "pledge", "points": "2", "reason": "一项未兑现", "by": "1"}] if number == 0 else []
            await tx.forms.change(
                form, state=FormState.SUBMITTED, answers=facts_to_json(answers), overrides=overrides,
                submitted_at=tx.now, submitted_by=form.member_id,
            )  # fmt: skip


def stored(office: Office) -> str:
    """A digest of everything in the database."""
    with sqlite3.connect(office.folder / "var" / "xianfeng.sqlite3") as database:
        return hashlib.sha256("\n".join(database.iterdump()).encode()).hexdigest()


def test_the_same_table_moves_nobody(year: Office):
    """A copy of the table in force gives everybody the points he has."""
    told = year.does("rules", "dry-run", copy(), "--year", "2026")
    assert "12 members" in told
    for heading in ("Falls under the line (70): 0", "Rises to the line (70) or above: 0", "Enters the top share: 0",
                    "Leaves the top share: 0", "Changes rank in the branch: 0"):  # fmt: skip
        assert heading in told
    assert "Left aside" not in told


def test_who_moves_is_named_with_points_and_ranks(year: Office):
    """Essays instead of lectures: those who wrote pass those who spoke."""
    told = year.does("rules", "dry-run", copy(**LECTURES_WORTHLESS, **ESSAYS_DEAR), "--year", "2026")
    assert "Rises to the line (70) or above: 1" in told
    assert "66 → 72" in told
    assert "67 → 63" in told
    assert "63 → 69" in told
    assert "Changes rank in the branch: 0" not in told
    assert "This was a trial: nothing is stored." in told


def test_the_line_and_the_top_share_are_told(year: Office):
    """With the line at 65 six stand above it who were under 70, and the first places, tied ones too, are theirs."""
    table = copy(**LECTURES_WORTHLESS, **ESSAYS_DEAR, line=("line: 70", "line: 65"))
    told = year.does("rules", "dry-run", table, "--year", "2026")
    rises = told[told.index("Rises to the line (65) or above:") :].split("\n\n")[0]
    assert len(rises.splitlines()) - 1 == 6
    assert "Enters the top share: 5" in told


def test_what_the_new_table_has_no_place_for_is_counted(year: Office):
    """An item taken out, and an adjustment beyond its new bounds, are left aside and said."""
    text = template_text("default")
    start, end = text.index("  - id: suggestion"), text.index("\nbonus:")
    kept_or_partly = text[text.index("full: 4\n    grades:") : text.index("      - {id: not, label: 未兑现")]
    table = copy(
        suggestion=(text[start:end], ""),
        pledge=(kept_or_partly, "full: 1\n    grades:\n      - {id: kept, label: 已兑现, points: 1}\n"),
    )  # fmt: skip
    told = year.does("rules", "dry-run", table, "--year", "2026")
    assert "建议被采纳 × 36" in told
    assert "党员承诺 × 3" in told


def test_a_workbook_and_a_picture_hold_everybody(year: Office):
    """The same for Excel, and as a picture."""
    table = copy(**LECTURES_WORTHLESS, **ESSAYS_DEAR)
    year.does("rules", "dry-run", table, "--year", "2026", "--xlsx", "trial.xlsx", "--chart", "trial.png")
    rows = CalamineWorkbook.from_path("trial.xlsx").get_sheet_by_index(0).to_python()
    assert rows[0][:5] == ["Staff no.", "Name", "Branch", "Points before", "Points after"]
    assert len(rows) == 13
    assert {(row[3], row[4]) for row in rows[1:]} >= {(67.0, 63.0), (63.0, 69.0)}
    assert Path("trial.png").read_bytes().startswith(b"\x89PNG")
    assert "is there already" in year.is_refused("rules", "dry-run", table, "--year", "2026", "--xlsx", "trial.xlsx")


def test_a_trial_writes_nothing(year: Office):
    """Not one byte differs afterwards, and no statement but reading ones is ever sent."""
    before = stored(year)
    year.does("rules", "dry-run", copy(**ESSAYS_DEAR), "--year", "2026", "--xlsx", "trial.xlsx")
    assert stored(year) == before
    statements: list[str] = []

    async def tried(core: Core) -> None:
        engine = core.store._engine.sync_engine

        def note(_connection, _cursor, statement, *_more) -> None:
            statements.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        await core.do.dry_run_rules(load_ruleset(Path("new.yaml").read_text(encoding="utf-8")), 2026)

    year.ask(tried)
    assert {statement.split()[0].upper() for statement in statements} == {"BEGIN", "SELECT"}


def test_a_trial_that_cannot_be_is_told_why(year: Office):
    """No forms, a yearly table, a silent one."""
    assert "no finished forms in 2025" in year.is_refused("rules", "dry-run", copy(), "--year", "2025")
    assert "period: month" in year.is_refused("rules", "dry-run", "web_guide_60", "--year", "2026")
    silent = copy(top=("top_share: {share: 0.1, rounding: ceil, at_least: 1, ties: all_in}", "top_share: {share: 0.1}"))
    told = year.is_refused("rules", "dry-run", silent, "--year", "2026")
    assert "The table does not say." in told
    assert "policies.top_share.rounding" in told


def test_a_proposal_by_the_operator_waits_for_the_committee(year: Office):
    """What changes is shown; the ledger says who proposed; nothing is in force yet."""
    told = year.does("rules", "adopt", copy(**LECTURES_WORTHLESS), "--effective", "2099-01-01")
    assert "主讲党课 · 主讲或发言: 3 → 1 points" in told
    assert "Two persons of the committee have to agree" in told
    assert "Only 0 of the committee can be reached" in told
    listed = year.does("rules", "list")
    assert "→  default  2026.1" in listed
    assert "Waits for agreement: default version 2027.1, from 2099-01-01 on" in listed
    assert "0 of 2 agree" in listed

    async def entries(core: Core) -> list[tuple[int | None, str]]:
        async with core.store.read() as tx:
            return [
                (entry.actor_id, entry.body) for entry in await tx.ledger.entries() if entry.kind == "rules_proposed"
            ]

    [(actor, body)] = year.ask(entries)
    assert actor is None
    assert '"by":"cli"' in body


def test_a_proposal_that_cannot_be_is_told_why(year: Office):
    """A day that is taken, a file that says another, an error of the linter, a version that exists."""
    told = year.is_refused("rules", "adopt", copy(), "--effective", "2026-09-01")
    assert "(2026-10-01) or later" in told
    assert "(2026-10-01) or later" in year.is_refused("rules", "adopt", copy(), "--effective", "2099-01-15")
    dated = copy(day=("period: month\n", "period: month\neffective_from: 2098-01-01\n"))
    assert "effective_from: 2098-01-01" in year.is_refused("rules", "adopt", dated, "--effective", "2099-01-01")
    silent = copy(line=("  line: 70\n", ""))
    told = year.is_refused("rules", "adopt", silent, "--effective", "2099-01-01")
    assert "policies.line is not settled" in told
    assert "correct it first" in told
    old = copy(old=("2027.1", "2026.1"))
    assert "2026.1 was adopted before" in year.is_refused("rules", "adopt", old, "--effective", "2099-01-01")
    assert "Waits" not in year.does("rules", "list")


def test_nothing_adopted_yet_is_said(ready: Office):
    """Before the first month there is no version."""
    assert "ships with the bot" in ready.does("rules", "list")


def test_without_a_database_a_trial_says_what_to_do(office: Office):
    """One sentence."""
    assert "xianfeng migrate" in office.is_refused("rules", "dry-run", "default", "--year", "2026")
