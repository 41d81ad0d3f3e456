"""Rule sets, months, quarters, and where each branch stands in a quarter."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.forms import PUBLISHED, BranchQuarter, BranchState, Meeting, MeetingKind
from bot.domain.periods import Month, Quarter
from bot.errors import NotFoundError, PeriodNotOpenError
from bot.scoring.ruleset import RuleSet, load_ruleset
from bot.storage.dialects import insert_once, only_looks
from bot.storage.schema import branch_quarter, month, quarter, rating, ruleset


@dataclass(frozen=True, slots=True)
class OpenedMonth:
    """A month that was opened: its window and the rule set in force when it did."""

    month: Month
    ruleset_id: int
    opens_at: datetime
    closes_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class OpenedQuarter:
    """A quarter whose rating was opened."""

    quarter: Quarter
    ruleset_id: int
    opened_at: datetime
    rating_due_at: datetime
    review_due_at: datetime
    publishes_at: datetime


@dataclass(frozen=True, slots=True)
class RulesVersion:
    """A version that was adopted, without its text; `months` counts those that were scored by it."""

    ruleset_id: int
    name: str
    version: str
    effective_on: date
    adopted_at: datetime
    months: int


class Periods:
    """Reads and writes rule sets and periods."""

    def __init__(self, connection: AsyncConnection, known_rules: dict[int, RuleSet]) -> None:
        self._connection = connection
        self._known_rules = known_rules

    # ── rule sets: never changed once stored ──────────────────────────────────────────────────────────────────────────

    async def add_ruleset(self, rules: RuleSet, text: str, effective_on: date, now: datetime) -> int:
        """Store a version (or find the same text stored before); returns its id."""
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        found = await self._connection.scalar(select(ruleset.c.id).where(ruleset.c.sha256 == sha256))
        if found is not None:
            return int(found)
        result = await self._connection.execute(
            insert(ruleset)
            .values(
                name=rules.id,
                version=rules.version,
                sha256=sha256,
                text=text,
                effective_on=effective_on,
                adopted_at=now,
            )
            .returning(ruleset.c.id)
        )
        return int(result.scalar_one())

    async def ruleset_in_force(self, day: date) -> int:
        """The newest rule set that is effective on this day, or NotFoundError."""
        found = await self._connection.scalar(
            select(ruleset.c.id)
            .where(ruleset.c.effective_on <= day)
            .order_by(ruleset.c.effective_on.desc(), ruleset.c.id.desc())
            .limit(1)
        )
        if found is None:
            raise NotFoundError
        return int(found)

    async def has_ruleset(self) -> bool:
        """Whether the organisation has adopted any rules yet."""
        return await self._connection.scalar(select(ruleset.c.id).limit(1)) is not None

    async def is_version_taken(self, rules: RuleSet, text: str) -> bool:
        """Whether this very text, or another of the same name and version, was adopted before."""
        same = (ruleset.c.sha256 == hashlib.sha256(text.encode()).hexdigest()) | (
            (ruleset.c.name == rules.id) & (ruleset.c.version == rules.version)
        )
        return await self._connection.scalar(select(ruleset.c.id).where(same).limit(1)) is not None

    async def versions(self) -> list[RulesVersion]:
        """All versions in the order in which they take effect."""
        months = select(func.count()).where(month.c.ruleset_id == ruleset.c.id).scalar_subquery()
        rows = await self._connection.execute(
            select(
                ruleset.c.id, ruleset.c.name, ruleset.c.version, ruleset.c.effective_on, ruleset.c.adopted_at, months
            ).order_by(ruleset.c.effective_on, ruleset.c.id)
        )
        return [RulesVersion(*row) for row in rows]

    async def ruleset_text(self, ruleset_id: int) -> str:
        """The text of a stored version, as it was adopted."""
        text = await self._connection.scalar(select(ruleset.c.text).where(ruleset.c.id == ruleset_id))
        if text is None:
            raise NotFoundError
        return str(text)

    # ── months ────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def open_month(self, which: Month, ruleset_id: int, opens_at: datetime, closes_at: datetime) -> bool:
        """Open a month; False if it was open before."""
        values = {"month": str(which), "ruleset_id": ruleset_id, "opens_at": opens_at, "closes_at": closes_at}
        result = await self._connection.execute(insert_once(month, self._connection), values)
        return result.rowcount == 1

    async def find_month(self, which: Month) -> OpenedMonth | None:
        """The month, if it was opened."""
        row = (await self._connection.execute(select(month).where(month.c.month == str(which)))).first()
        return _month(row) if row else None

    async def get_month(self, which: Month) -> OpenedMonth:
        """The month, or PeriodNotOpenError."""
        found = await self.find_month(which)
        if found is None:
            raise PeriodNotOpenError(str(which))
        return found

    async def newest_month(self) -> OpenedMonth | None:
        """The month opened last."""
        row = (await self._connection.execute(select(month).order_by(month.c.month.desc()).limit(1))).first()
        return _month(row) if row else None

    async def unclosed_months(self) -> list[OpenedMonth]:
        """Months whose closing has not been carried out yet."""
        rows = await self._connection.execute(select(month).where(month.c.closed_at.is_(None)).order_by(month.c.month))
        return [_month(row) for row in rows]

    async def months_since(self, since: Month) -> list[OpenedMonth]:
        """All opened months from this one on, in order."""
        rows = await self._connection.execute(select(month).where(month.c.month >= str(since)).order_by(month.c.month))
        return [_month(row) for row in rows]

    async def extend_month(self, which: Month, closes_at: datetime) -> None:
        """Let the month close at another instant; a closed one is open again until then."""
        await self._connection.execute(
            update(month).where(month.c.month == str(which)).values(closes_at=closes_at, closed_at=None)
        )

    async def close_month(self, which: Month, closes_at: datetime, closed_at: datetime) -> bool:
        """Mark a month closed; False if it was closed before."""
        result = await self._connection.execute(
            update(month)
            .where(month.c.month == str(which), month.c.closed_at.is_(None))
            .values(closed_at=closed_at, closes_at=closes_at)
        )
        return result.rowcount == 1

    # ── quarters ──────────────────────────────────────────────────────────────────────────────────────────────────────

    async def open_quarter(self, opened: OpenedQuarter) -> bool:
        """Open the rating of a quarter; False if it was open before."""
        values = {
            "quarter": str(opened.quarter), "ruleset_id": opened.ruleset_id, "opened_at": opened.opened_at,
            "rating_due_at": opened.rating_due_at, "review_due_at": opened.review_due_at,
            "publishes_at": opened.publishes_at,
        }  # fmt: skip
        result = await self._connection.execute(insert_once(quarter, self._connection), values)
        return result.rowcount == 1

    async def move_quarter(
        self, which: Quarter, *, rating_due_at: datetime, review_due_at: datetime, publishes_at: datetime
    ) -> None:
        """Let the rating, the review and the publication of a quarter be due at other instants."""
        await self._connection.execute(
            update(quarter)
            .where(quarter.c.quarter == str(which))
            .values(rating_due_at=rating_due_at, review_due_at=review_due_at, publishes_at=publishes_at)
        )

    async def lock_quarter(self, which: Quarter) -> None:
        """Nobody else moves this quarter's dates before this transaction ends; SQLite has one writer anyway."""
        await self._connection.execute(
            select(quarter.c.quarter).where(quarter.c.quarter == str(which)).with_for_update()
        )

    async def find_quarter(self, which: Quarter) -> OpenedQuarter | None:
        """The quarter, if its rating was opened."""
        row = (await self._connection.execute(select(quarter).where(quarter.c.quarter == str(which)))).first()
        return _quarter(row) if row else None

    async def get_quarter(self, which: Quarter) -> OpenedQuarter:
        """The quarter, or PeriodNotOpenError."""
        found = await self.find_quarter(which)
        if found is None:
            raise PeriodNotOpenError(str(which))
        return found

    async def newest_quarter(self) -> OpenedQuarter | None:
        """The quarter opened last."""
        row = (await self._connection.execute(select(quarter).order_by(quarter.c.quarter.desc()).limit(1))).first()
        return _quarter(row) if row else None

    async def opened_quarters(self) -> list[OpenedQuarter]:
        """All quarters whose rating was opened, in order."""
        rows = await self._connection.execute(select(quarter).order_by(quarter.c.quarter))
        return [_quarter(row) for row in rows]

    async def add_branch_quarters(self, which: Quarter, branch_ids: list[int]) -> None:
        """Let these branches rate this quarter."""
        rows = [{"branch_id": branch_id, "quarter": str(which)} for branch_id in branch_ids]
        if rows:
            await self._connection.execute(insert(branch_quarter), rows)

    async def find_branch_quarter(self, branch_id: int, which: Quarter) -> BranchQuarter | None:
        """Where this branch stands in this quarter."""
        return await self._find_branch_quarter(_stand_of(branch_id, which))

    async def get_branch_quarter(self, branch_id: int, which: Quarter) -> BranchQuarter:
        """Where this branch stands in this quarter, or PeriodNotOpenError."""
        found = await self.find_branch_quarter(branch_id, which)
        if found is None:
            raise PeriodNotOpenError(str(which))
        return found

    async def hold_branch_quarter(self, branch_id: int, which: Quarter) -> BranchQuarter | None:
        """Where the branch stands, held so that it cannot close before this transaction ends."""
        return await self._find_branch_quarter(self._held(_stand_of(branch_id, which)))

    async def lock_branch_quarter(self, branch_id: int, which: Quarter) -> BranchQuarter:
        """Where the branch stands, taken for this transaction alone; others that hold or lock it wait for its end."""
        found = await self._find_branch_quarter(_stand_of(branch_id, which).with_for_update(of=branch_quarter))
        if found is None:
            raise PeriodNotOpenError(str(which))
        return found

    async def hold_quarter_of_member(self, member_id: int, branch_id: int, which: Quarter) -> BranchQuarter | None:
        """The same for the branch that rates this member, which he may have moved to; without a rating this one."""
        rates = select(rating.c.branch_id).where(rating.c.member_id == member_id, rating.c.quarter == str(which))
        rated_in = func.coalesce(rates.scalar_subquery(), branch_id)
        return await self._find_branch_quarter(self._held(_stand_of(rated_in, which)))

    def _held(self, statement: Select[Any]) -> Select[Any]:
        # Who only looks holds nothing. SQLite has one writer anyway and leaves the clause out.
        return statement if only_looks(self._connection) else statement.with_for_update(read=True, of=branch_quarter)

    async def _find_branch_quarter(self, statement: Select[Any]) -> BranchQuarter | None:
        row = (await self._connection.execute(statement)).first()
        return _branch_quarter(row) if row else None

    async def quarter_being_rated(self, branch_id: int) -> Quarter | None:
        """The oldest quarter that this branch has not closed yet."""
        found = await self._connection.scalar(
            select(branch_quarter.c.quarter)
            .where(branch_quarter.c.branch_id == branch_id, branch_quarter.c.state == BranchState.RATING)
            .order_by(branch_quarter.c.quarter)
            .limit(1)
        )
        return Quarter.parse(found) if found else None

    async def branch_quarters(self, which: Quarter) -> list[BranchQuarter]:
        """Where all branches stand in this quarter."""
        rows = await self._connection.execute(
            _BRANCH_QUARTERS.where(branch_quarter.c.quarter == str(which)).order_by(branch_quarter.c.branch_id)
        )
        return [_branch_quarter(row) for row in rows]

    async def published_quarters(self, branch_id: int) -> list[Quarter]:
        """The quarters that this branch's members have been shown, in order."""
        found = await self._connection.scalars(
            select(branch_quarter.c.quarter)
            .where(branch_quarter.c.branch_id == branch_id, branch_quarter.c.state.in_(PUBLISHED))
            .order_by(branch_quarter.c.quarter)
        )
        return [Quarter.parse(one) for one in found]

    async def unfinished_quarters(self) -> list[OpenedQuarter]:
        """The quarters in which at least one branch is not final, in order."""
        unfinished = select(branch_quarter.c.quarter).where(branch_quarter.c.state != BranchState.FINAL)
        rows = await self._connection.execute(
            select(quarter).where(quarter.c.quarter.in_(unfinished)).order_by(quarter.c.quarter)
        )
        return [_quarter(row) for row in rows]

    async def record_meeting(self, found: BranchQuarter, meeting: Meeting) -> bool:
        """Store the deciding meeting; False if the branch's quarter changed meanwhile."""
        document = {
            "kind": meeting.kind, "held_on": meeting.held_on.isoformat(),
            "present": meeting.present, "entitled": meeting.entitled,
        }  # fmt: skip
        return await self._change(found, meeting=document)

    async def close_branch(self, found: BranchQuarter, closed_by: int | None, now: datetime) -> bool:
        """The branch hands its rating to the review group; False if it changed meanwhile."""
        return await self._change(
            found, state=BranchState.REVIEW, closed_by=closed_by, closed_at=now, sent_back_due_at=None
        )

    async def send_back(self, found: BranchQuarter, due_at: datetime) -> bool:
        """The group gives the branch its rating back until a deadline of its own; False if it changed meanwhile."""
        return await self._change(found, state=BranchState.RATING, sent_back_due_at=due_at)

    async def touch_branch(self, found: BranchQuarter) -> bool:
        """Something that was confirmed under this revision is another thing now; False if it changed meanwhile."""
        return await self._change(found)

    async def mark_reviewed(self, found: BranchQuarter, by: int | None, now: datetime) -> bool:
        """The group has confirmed the branch's rating; False if it changed meanwhile."""
        return await self._change(found, state=BranchState.REVIEWED, reviewed_by=by, reviewed_at=now)

    async def publish_branch(self, found: BranchQuarter, by: int | None, now: datetime, ends_at: datetime) -> bool:
        """The branch's points are shown until this instant; False if it changed meanwhile."""
        return await self._change(
            found, state=BranchState.PUBLIC, published_by=by, published_at=now, publicity_ends_at=ends_at
        )

    async def finish_branch(self, found: BranchQuarter, now: datetime) -> bool:
        """Publicity is over and nothing is open: the points are final; False if it changed meanwhile."""
        return await self._change(found, state=BranchState.FINAL, final_at=now)

    async def _change(self, found: BranchQuarter, **columns: Any) -> bool:
        result = await self._connection.execute(
            update(branch_quarter)
            .where(
                branch_quarter.c.id == found.branch_quarter_id,
                branch_quarter.c.state == found.state,
                branch_quarter.c.revision == found.revision,
            )
            .values(revision=found.revision + 1, **columns)
        )
        return result.rowcount == 1

    async def rules(self, ruleset_id: int) -> RuleSet:
        """A stored version, parsed; parsed versions are kept, since they never change."""
        if ruleset_id not in self._known_rules:
            self._known_rules[ruleset_id] = load_ruleset(await self.ruleset_text(ruleset_id), f"ruleset {ruleset_id}")
        return self._known_rules[ruleset_id]


_BRANCH_QUARTERS = select(branch_quarter, quarter.c.rating_due_at).join(
    quarter, quarter.c.quarter == branch_quarter.c.quarter
)


def _stand_of(branch_id: int | ColumnElement[int], which: Quarter) -> Select[Any]:
    return _BRANCH_QUARTERS.where(branch_quarter.c.branch_id == branch_id, branch_quarter.c.quarter == str(which))


def _month(row: Row[Any]) -> OpenedMonth:
    return OpenedMonth(Month.parse(row.month), row.ruleset_id, row.opens_at, row.closes_at, row.closed_at)


def _quarter(row: Row[Any]) -> OpenedQuarter:
    return OpenedQuarter(
        Quarter.parse(row.quarter), row.ruleset_id, row.opened_at, row.rating_due_at, row.review_due_at,
        row.publishes_at,
    )  # fmt: skip


def _branch_quarter(row: Row[Any]) -> BranchQuarter:
    document = row.meeting
    meeting = (
        Meeting(
            MeetingKind(document["kind"]),
            date.fromisoformat(document["held_on"]),
            document["present"],
            document["entitled"],
        )
        if document
        else None
    )
    return BranchQuarter(
        row.id, row.branch_id, Quarter.parse(row.quarter), BranchState(row.state), row.revision,
        row.sent_back_due_at or row.rating_due_at, meeting, row.closed_at, row.closed_by,
        row.sent_back_due_at is not None, row.reviewed_at, row.reviewed_by, row.published_at, row.published_by,
        row.publicity_ends_at, row.final_at,
    )  # fmt: skip
