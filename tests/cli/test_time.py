"""Delegations, the calendar and a quarter's dates by the operator's hand."""

from __future__ import annotations

import json
from datetime import timedelta

from bot.clock import SystemClock
from bot.domain.calendar import working_day_from
from bot.domain.people import Role
from bot.domain.periods import Month
from tests.cli.conftest import Office

NOW = SystemClock().now()
MONTH = Month.of(NOW.date())
QUARTER = str(MONTH.quarter)


def day(after: int) -> str:
    """A working day so many days ahead or a little later."""
    return working_day_from((NOW + timedelta(days=after)).date()).isoformat()


def bound_pair(office: Office) -> tuple[str, str]:
    """A secretary and a member of his branch who uses the bot, by staff number."""
    office.does("roster", "import", office.roster(60))

    async def found(core):
        async with core.store.write() as tx:
            people = await tx.people.all()
            secretary = next(one for one in people if one.holds(Role.SECRETARY))
            member = next(one for one in people if one.branch_id == secretary.branch_id and not one.offices)
            await tx.accounts.bind(7001, member.member_id, "zh", tx.now)
            return secretary.staff_no, member.staff_no

    return office.ask(found)


def ledger(office: Office, kind: str) -> list[dict[str, object]]:
    async def entries(core):
        async with core.store.read() as tx:
            return [json.loads(entry.body) for entry in await tx.ledger.entries() if entry.kind == kind]

    return office.ask(entries)


def opened(office: Office) -> None:
    office.does("month", "open", str(MONTH))
    office.does("quarter", "open", QUARTER)


def test_an_admin_lets_somebody_stand_in_for_who_fell_ill(ready: Office):
    """From today, until a day; it can be ended, and both stand in the ledger."""
    secretary, member = bound_pair(ready)
    said = ready.does("delegate", secretary, member, "--role", "secretary", "--to", day(7))
    assert "stands in for" in said
    assert "branch secretary" in said
    assert "stands in on these days already" in ready.is_refused("delegate", secretary, member, "--role", "secretary",
                                                                 "--to", day(3))  # fmt: skip
    assert "any more" in ready.does("undelegate", secretary, "--role", "secretary")
    assert [entry["by"] for kind in ("given", "ended") for entry in ledger(ready, f"delegation_{kind}")] == ["cli"] * 2
    assert "nothing of this name" in ready.is_refused("undelegate", secretary, "--role", "secretary")


def test_only_an_office_that_the_person_holds_can_be_delegated(ready: Office):
    """A member has none; a wrong name of an office is none."""
    secretary, member = bound_pair(ready)
    assert "does not hold this office" in ready.is_refused("delegate", member, secretary, "--to", day(7))
    assert "does not hold this office" in ready.is_refused("delegate", secretary, member, "--role", "king",
                                                           "--to", day(7))  # fmt: skip


def test_the_calendar_is_printed_without_tags(ready: Office):
    """What is coming, or a whole quarter."""
    assert "What is coming" in ready.does("calendar")
    whole = ready.does("calendar", "--quarter", QUARTER)
    assert "the review ends" in whole
    assert "<" not in whole


def test_a_quarters_dates_are_moved_in_their_order(ready: Office):
    """Each date by itself; the ledger keeps before and after."""
    opened(ready)
    said = ready.does("quarter", "move", QUARTER, "--rating-due", day(60), "--review-due", day(70), "--publish",
                      day(75))  # fmt: skip
    assert "publication" in said
    entry = ledger(ready, "quarter_moved")[0]
    assert {"rating_before", "rating_after", "review_after", "publish_after"} <= entry.keys()
    assert "moved by hand" in ready.does("calendar", "--quarter", QUARTER)


def test_dates_out_of_order_are_refused(ready: Office):
    """The sentence names the two; nothing is moved."""
    opened(ready)
    told = ready.is_refused("quarter", "move", QUARTER, "--review-due", day(2))
    assert "First end of the branches' rating, then end of the review" in told
    assert ledger(ready, "quarter_moved") == []


def test_a_move_needs_a_date_that_lies_ahead(ready: Office):
    """No date, a past one, and a quarter that is not open are each told."""
    opened(ready)
    assert "Name at least one date" in ready.is_refused("quarter", "move", QUARTER)
    assert "lies ahead" in ready.is_refused("quarter", "move", QUARTER, "--rating-due", "2020-01-06")
    assert "has not been opened" in ready.is_refused("quarter", "move", "2031Q1", "--publish", day(3))
