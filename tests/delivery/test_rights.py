"""A letter to leaders is for whoever leads when it is delivered, not for whoever led when it was written."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime

import pytest

from bot.config import Settings
from bot.core import Core, open_core
from bot.delivery.rights import BY_NAME, NEEDS, still_concerns
from bot.domain.people import Category, MemberStatus, Office, Role
from bot.outbox.audience import Audience
from bot.outbox.letters import (
    LETTERS,
    BranchMonthSummarised,
    FormOpened,
    Letter,
    MemberUnreachable,
    ObjectionAnswered,
    RatingOpened,
)
from bot.sheets.roster import Roster, RosterRow
from bot.storage.letters import DueLetter
from sandbox import SimClock

SECRETARY, MEMBER = 1, 2


def roster(*offices: Office, branch: str = "第一党支部", status: MemberStatus = MemberStatus.ACTIVE) -> Roster:
    """The secretary (or what has become of him) and a member."""
    day = date(2010, 7, 1)
    rows = (
        RosterRow("100", "王书记", branch, offices, Category.STAFF, day, status),
        RosterRow("101", "张伟", "第一党支部", (), Category.STAFF, day, MemberStatus.ACTIVE),
    )
    return Roster(rows)


@pytest.fixture
async def core(migrated_sqlite_url: str) -> AsyncIterator[Core]:
    """Two people in one branch."""
    clock = SimClock(datetime(2026, 11, 1, 2, tzinfo=UTC))
    async with open_core(Settings(_env_file=None, database_url=migrated_sqlite_url), clock) as core:
        await core.do.import_roster(roster(Office(Role.SECRETARY)))
        yield core


def due(letter: Letter, to: int = SECRETARY, *, has_left: bool = False) -> DueLetter:
    """The letter as the postman has taken it."""
    return DueLetter(
        1, "k", letter, letter.audience, to, None, 700, "zh", 1, datetime(2026, 11, 1, 2, tzinfo=UTC), has_left
    )


LEADING = [RatingOpened(1, "2026Q3"), BranchMonthSummarised(1, "2026-10"), MemberUnreachable(MEMBER)]


@pytest.mark.parametrize("letter", LEADING, ids=lambda letter: letter.kind)
@pytest.mark.parametrize(
    ("changed", "concerned"),
    [
        (roster(Office(Role.SECRETARY)), True),
        (roster(Office(Role.COMMISSIONER)), True),
        (roster(), False),
        (roster(Office(Role.SECRETARY), branch="第二党支部"), False),
        (roster(Office(Role.SECRETARY), status=MemberStatus.SUSPENDED), False),
    ],
    ids=["still secretary", "commissioner now", "no office any more", "of another branch now", "suspended"],
)
async def test_who_has_lost_the_office_gets_nothing(
    core: Core, letter: Letter, changed: Roster, concerned: bool
) -> None:
    """Between the writing in the night and the delivery in the morning the roster may change."""
    await core.do.import_roster(changed)
    assert await still_concerns(due(letter), core.do) is concerned


async def test_ones_own_letters_come_whatever_the_office(core: Core) -> None:
    """A member's form is his own."""
    await core.do.import_roster(roster())
    assert await still_concerns(due(FormOpened(1)), core.do)


def test_every_letter_to_leaders_says_what_its_reader_must_be_able_to_do() -> None:
    """A new letter without an entry would be read by people who lost their office."""
    to_leaders = {letter for letter in LETTERS.values() if letter.audience is Audience.LEADERS}
    assert to_leaders == NEEDS.keys() | BY_NAME


async def test_who_has_left_only_hears_what_he_is_owed(core: Core) -> None:
    """An answer to his objection reaches him, his form does not."""
    assert not await still_concerns(due(FormOpened(1), MEMBER, has_left=True), core.do)
    assert await still_concerns(due(ObjectionAnswered(1, 1), MEMBER, has_left=True), core.do)
