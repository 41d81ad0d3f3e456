"""The year under rehearsal: set on stage, played, and checked."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from bench.rehearsal import input_checks, quarter_checks
from bench.rehearsal.checker.rows import LetterBook, read_tables
from bench.rehearsal.checker.verdict import Verdict, judge
from bench.rehearsal.checker.wire import Wire
from bench.rehearsal.inbox import Inbox
from bench.rehearsal.organisation import Organisation, organisation_roster
from bench.rehearsal.records import Records
from bench.rehearsal.stage import Stage
from bench.rehearsal.year.office import RosterOffice
from bench.rehearsal.year.on_stage import YearOnStage
from bench.rehearsal.year.plan import QUARTERS, plan_year
from bench.rehearsal.year.play import played_quarters
from bot.clock import Clock
from bot.config import Settings

SENTENCES_AT_MOST = 40


def set_year(stage: Stage, settings: Settings, clock: Clock, options: argparse.Namespace) -> YearOnStage:
    """Plan the year for those who are on stage."""
    office = RosterOffice(settings, clock, organisation_roster(options.seed, options.members, options.branches))
    return YearOnStage(stage, plan_year(stage.people, stage.random), office, LetterBook(settings.database))


def check_year(
    year: YearOnStage, inbox: Inbox, records: Records, broken: list[str], out: Path
) -> input_checks.Findings:
    """What the script meant against what is, for all four quarters."""
    people: Organisation = year.stage.people
    records.letters = year.letters.rows
    found, quarters = input_checks.Findings(lost=[*broken]), played_quarters(year)
    input_checks.check_inputs(found, people, inbox, records)
    input_checks.check_forms(found, people, records, quarters)
    input_checks.check_ledger(found, records)
    input_checks.check_letters(found, records, year.stage.box)
    quarter_checks.check_groups(found, people, records)
    for quarter in quarters:
        quarter_checks.check_records(found, people, records, quarter)
        if not broken:
            quarter_checks.check_decisions(found, people, records, quarter)
            quarter_checks.check_results(found, records, quarter)
            quarter_checks.check_what_was_told(found, people, records, quarter, out)
    return found


async def judge_year(year: YearOnStage, wire: Wire, database: str) -> Verdict:
    """What the checker's own reading of the database and the wire says of the year."""
    tables = await read_tables(database)
    tables.rows["letter"] = year.letters.rows
    verdict = judge(tables, wire, QUARTERS, year.office.clock.now())
    for sentence in verdict.sentences[:SENTENCES_AT_MOST]:
        year.stage.progress.say(sentence)
    return verdict


def year_figures(year: YearOnStage, records: Records) -> dict[str, Any]:
    """What happened in the year, by the database."""
    meter = year.stage.meter
    last = {entry["objection"]: entry["outcome"] for entry in records.entries("objection_answered")}
    return {
        "quarters": len({row["quarter"] for row in records.branch_quarters if row["state"] == "final"}),
        "objections": len(records.entries("objection_filed")),
        "objections_upheld": sum(outcome != "rejected" for outcome in last.values()),
        "escalated": len(records.entries("objection_escalated")),
        "redraws": len(records.entries("draw_repeated")),
        "sent_back": len(records.entries("branch_sent_back")),
        "disputed": len(records.entries("review_disputed")),
        "decided_alone": sum(bool(entry["alone"]) for entry in records.entries("branch_reviewed")),
        "delegations": len(records.entries("delegation_given")),
        "adjusted_in_review": sum(bool(entry.get("review")) for entry in records.entries("form_adjusted")),
        "noticed_against_records": year.noticed.against_records,
        "noticed_too_kind": len(year.noticed.too_kind),
        "late_p50_ms": meter.percentile_ms("late month", 50),
        "late_p99_ms": meter.percentile_ms("late month", 99),
        "late_cpu_ms": meter.cost_ms.get("late month"),
        "late_desk_p99_ms": meter.percentile_ms("late desk", 99),
    }
