"""The operator prints posters and the bulletin."""

from __future__ import annotations

from bot.clock import SystemClock
from bot.core import Core
from bot.domain.forms import Meeting, MeetingKind, RatingState
from bot.domain.periods import Month, Quarter
from tests.charts.paper_reader import pages, size_mm, text
from tests.cli.conftest import Office

MONTH = Month.of(SystemClock().now().date())
QUARTER = str(MONTH.quarter)


async def decide(core: Core) -> None:
    """Every branch has approved its members and met; what closes is shown at once."""
    await core.do.change_switch("publication", "at_close")
    quarter = Quarter.parse(QUARTER)
    async with core.store.write() as tx:
        for rating in await tx.ratings.in_quarter(quarter):
            await tx.ratings.change(rating, state=RatingState.APPROVED, decided_at=tx.now)
        for stand in await tx.periods.branch_quarters(quarter):
            await tx.periods.record_meeting(stand, Meeting(MeetingKind.GENERAL, tx.now.date(), 3, 4))


async def branches(core: Core) -> list[str]:
    async with core.store.read() as tx:
        return [branch.name for branch in await tx.people.branches()]


def shown(office: Office) -> Office:
    """All three branches are on show."""
    office.does("month", "open", str(MONTH))
    office.does("quarter", "open", QUARTER)
    office.does("month", "close", str(MONTH))
    office.ask(decide)
    office.does("quarter", "close", QUARTER)
    return office


def test_all_branches_come_into_one_file(ready: Office):
    """A page each, in Chinese, with every member; nobody but its owner may read the file."""
    shown(ready)
    assert "Wrote 3 posters: all.pdf" in ready.does("poster", QUARTER, "all.pdf")
    file = ready.folder / "all.pdf"
    content = file.read_bytes()
    assert (pages(content), size_mm(content)) == (3, (297, 420))
    assert all(name in text(content) for name in ready.ask(branches))
    assert "异议截止" in text(content)
    assert file.stat().st_mode & 0o077 == 0


def test_one_branch_has_its_own_poster(ready: Office):
    """By its name; the others are not on it."""
    first, second, _third = shown(ready).ask(branches)
    assert "Wrote 1 poster: one.pdf" in ready.does("poster", QUARTER, "one.pdf", "--branch", second)
    written = text((ready.folder / "one.pdf").read_bytes())
    assert second in written
    assert first not in written


def test_the_bulletin_is_written_and_said(ready: Office):
    """One page in Chinese, the same figures in the terminal, a head that verifies; provisional until it is final."""
    shown(ready)
    printed = ready.does("bulletin", QUARTER, "bulletin.pdf")
    assert "Provisional: 0 of 3 branches final" in printed
    (line,) = [line for line in printed.splitlines() if line.startswith("The ledger ends with ")]
    head = line.rsplit(" ", 1)[1]
    content = (ready.folder / "bulletin.pdf").read_bytes()
    assert (pages(content), size_mm(content)) == (1, (210, 297))
    assert head in text(content)
    assert "It holds the published head" in ready.does("ledger", "verify", "--head", head)


def test_what_cannot_be_printed_is_said_and_leaves_no_file(ready: Office):
    """A quarter that is not shown, a branch that does not exist, a file that is there already."""
    told = "has been shown yet."
    assert told in ready.is_refused("poster", QUARTER, "p.pdf")
    assert told in ready.is_refused("bulletin", QUARTER, "b.pdf")
    assert "A quarter is written like 2026Q4." in ready.is_refused("poster", "Q4", "p.pdf")
    shown(ready)
    assert "No branch is called 没有的支部." in ready.is_refused("poster", QUARTER, "p.pdf", "--branch", "没有的支部")
    assert not (ready.folder / "p.pdf").exists()
    ready.does("bulletin", QUARTER, "b.pdf")
    assert "is not overwritten" in ready.is_refused("bulletin", QUARTER, "b.pdf")
