"""An administrator opens early, gives more time, and closes, by hand."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.domain.periods import Month, Quarter
from tests.cli.conftest import Office

NOW = SystemClock().now()
MONTH = Month.of(NOW.date())
QUARTER = str(MONTH.quarter)
TOMORROW = f"{NOW + timedelta(days=2):%Y-%m-%d} 18:00"


def ledger(office: Office, kind: str) -> list[dict[str, object]]:
    async def entries(core):
        async with core.store.read() as tx:
            return [json.loads(entry.body) for entry in await tx.ledger.entries() if entry.kind == kind]

    return office.ask(entries)


def test_a_month_is_opened_early_and_once(ready: Office):
    """A second opening changes nothing and says so."""
    assert "is open." in ready.does("month", "open", str(MONTH))
    assert "was open." in ready.does("month", "open", str(MONTH))
    assert [entry["by"] for entry in ledger(ready, "month_opened")] == ["cli"]


def test_a_month_that_was_missed_is_opened_with_an_end_of_its_own(ready: Office):
    """The bot was away when it should have opened; its members can still answer."""
    missed = str(MONTH.previous)
    assert "is open." in ready.does("month", "open", missed, "--until", TOMORROW)
    assert "was open." in ready.does("month", "open", missed, "--until", TOMORROW)


def test_a_month_gets_more_time(ready: Office):
    """The new end is said back in the organisation's zone."""
    ready.does("month", "open", str(MONTH))
    assert "18:00" in ready.does("month", "extend", str(MONTH), "--until", TOMORROW)
    assert ledger(ready, "month_extended")[0]["by"] == "cli"


def test_a_month_is_closed_and_can_be_given_more_time_again(ready: Office):
    """Closing is no trap."""
    ready.does("month", "open", str(MONTH))
    assert "is closed." in ready.does("month", "close", str(MONTH))
    assert "was closed." in ready.does("month", "close", str(MONTH))
    ready.does("month", "extend", str(MONTH), "--until", TOMORROW)
    assert "is closed." in ready.does("month", "close", str(MONTH))


def test_a_quarter_without_months_is_not_opened(ready: Office):
    """There is nothing to rate yet."""
    assert "so there is nothing to rate" in ready.is_refused("quarter", "open", QUARTER)


def test_a_quarter_is_opened_and_given_more_time(ready: Office):
    """The rating may begin early and end late."""
    ready.does("month", "open", str(MONTH))
    assert "is open." in ready.does("quarter", "open", QUARTER)
    assert "18:00" in ready.does("quarter", "extend", QUARTER, "--until", TOMORROW)
    assert ledger(ready, "quarter_extended")[0]["by"] == "cli"


def test_branches_that_are_not_ready_stay_open_and_are_named(ready: Office):
    """Closing a quarter by hand asks for the same as by chat."""
    ready.does("month", "open", str(MONTH))
    ready.does("quarter", "open", QUARTER)
    ready.does("month", "close", str(MONTH))
    printed = ready.is_refused("quarter", "close", QUARTER)
    assert printed.count("✗") == 3
    assert "党支部" in printed


def test_a_branch_that_does_not_exist_is_told(ready: Office):
    """A wrong name closes nothing."""
    ready.does("month", "open", str(MONTH))
    ready.does("quarter", "open", QUARTER)
    told = ready.is_refused("quarter", "close", QUARTER, "--branch", "没有的支部")
    assert "No branch that is rated in this quarter is called 没有的支部." in told


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("month", "open", "2026-13"), "A month is written like 2026-11."),
        (("month", "close", "November"), "A month is written like 2026-11."),
        (("quarter", "open", "2026-Q4"), "A quarter is written like 2026Q4."),
        (("month", "close", str(MONTH)), f"xianfeng month open {MONTH}"),
        (("month", "extend", str(MONTH), "--until", TOMORROW), f"xianfeng month open {MONTH}"),
        (("quarter", "close", QUARTER), f"xianfeng quarter open {QUARTER}"),
        (("quarter", "extend", QUARTER, "--until", TOMORROW), f"xianfeng quarter open {QUARTER}"),
        (("month", "extend", str(MONTH), "--until", "2020-01-01 18:00"), "That time is past already."),
        (("month", "extend", str(MONTH), "--until", "9999-12-31 23:59"), "That is years ahead."),
        (("month", "extend", str(MONTH), "--until", "tomorrow"), 'written like "2026-11-02 18:00"'),
        (("quarter", "extend", QUARTER, "--until", "2026-02-30 18:00"), 'written like "2026-11-02 18:00"'),
        (("month", "open", "2020-01"), "is past and takes no forms any more"),
        (("month", "open", "0000-01"), "A month is written like 2026-11."),
        (("month", "open", str(MONTH.shifted(2))), "That is too early"),
        (("roster", "import", "x.xlsx", "--from", "gestern"), "written like 2026-11-02"),
        (("rules", "adopt", "default", "--effective", "2027-02-30"), "written like 2026-11-02"),
    ],
)
def test_what_cannot_be_done_is_said(ready: Office, words: tuple[str, ...], sentence: str):
    """One sentence that is meant for an operator, and exit code 1."""
    told = ready.is_refused(*words)
    assert sentence in told
    assert "commissioner" not in told
    assert "Usage" not in told


def test_the_quarter_of_a_month_is_the_one_that_holds_it():
    """What the tests above take for granted."""
    assert MONTH in Quarter.parse(QUARTER).months
