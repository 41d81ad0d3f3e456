"""Letters in the database: written in the commit of what happened, taken by the postman, marked when delivered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.people import MemberStatus
from bot.domain.periods import Month
from bot.outbox.addressed import Addressed
from bot.outbox.audience import Audience
from bot.outbox.codec import decode, encode
from bot.outbox.letters import LETTERS, Letter
from bot.outbox.prompts import PROMPTS
from bot.storage.dialects import insert_once
from bot.storage.schema import account, branch, form, letter, member

LEASE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class DueLetter:
    """A letter that the postman has taken, with the chat it goes to (None: nobody is there to read it).

    `has_left` says that its reader is no member any more.
    """

    letter_id: int
    key: str
    letter: Letter
    audience: Audience
    member_id: int | None
    branch_id: int | None
    chat_id: int | None
    language: str
    attempts: int
    due_at: datetime
    has_left: bool


class Letters:
    """Writes, claims and marks letters."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now
        self.wrote = False

    async def write(
        self,
        key: str,
        letter_: Letter,
        *,
        to_member: int | None = None,
        to_branch: int | None = None,
        due_at: datetime | None = None,
    ) -> None:
        """Write one letter to a member or a branch's group; the same key is written only once."""
        await self.write_many([Addressed(key, letter_, to_member, to_branch)], due_at=due_at)

    async def write_many(
        self, letters: Sequence[tuple[str, Letter, int | None, int | None]], *, due_at: datetime | None = None
    ) -> None:
        """Write many addressed letters at once, all due at the same instant."""
        rows = [
            {
                "key": key, "kind": entry.kind, "audience": entry.audience, "member_id": to_member,
                "branch_id": to_branch, "body": encode(entry), "due_at": due_at or self._now, "written_at": self._now,
            }
            for key, entry, to_member, to_branch in letters
        ]  # fmt: skip
        if rows:
            await self._connection.execute(insert_once(letter, self._connection), rows)
            self.wrote = True

    async def claim(self, limit: int) -> list[DueLetter]:
        """Take due letters that nobody else carries; the claim lapses if the process dies.

        A kind that only a newer version knows is left to that version.
        """
        wanted = self._free().order_by(letter.c.due_at, letter.c.id).limit(limit)
        if self._connection.dialect.name == "postgresql":
            wanted = wanted.with_for_update(skip_locked=True)
        taken = await self._connection.scalars(
            update(letter)
            .where(letter.c.id.in_(wanted))
            .values(claimed_until=self._now + LEASE, attempts=letter.c.attempts + 1)
            .returning(letter.c.id)
        )
        ids = list(taken)
        if not ids:
            return []
        rows = await self._connection.execute(
            _ADDRESSED.where(letter.c.id.in_(ids)).order_by(letter.c.due_at, letter.c.id)
        )
        return [_due_letter(row) for row in rows]

    async def is_any_due(self) -> bool:
        """Whether there is something to claim."""
        return await self._connection.scalar(self._free().limit(1)) is not None

    def _free(self) -> Select[tuple[int]]:
        unclaimed = or_(letter.c.claimed_until.is_(None), letter.c.claimed_until < self._now)
        return select(letter.c.id).where(
            letter.c.state == "due", letter.c.due_at <= self._now, unclaimed, letter.c.kind.in_(LETTERS)
        )

    async def keep(self, letter_ids: Iterable[int]) -> None:
        """These letters are still being carried: their claims begin anew."""
        await self._connection.execute(
            update(letter)
            .where(letter.c.id.in_(list(letter_ids)), letter.c.claimed_until.is_not(None))
            .values(claimed_until=self._now + LEASE)
        )

    async def mark_sent(self, letter_id: int, chat_id: int | None, message_id: int | None) -> None:
        """The letter arrived, as this message."""
        await self._mark(letter_id, state="sent", sent_at=self._now, chat_id=chat_id, message_id=message_id, error=None)

    async def mark_undeliverable(self, letter_id: int, state: str, error: str) -> None:
        """The letter cannot arrive: `unreachable` (nobody), `unknown` (perhaps it did), `refused`, `moot`."""
        await self._mark(letter_id, state=state, error=error[:200])

    async def postpone(self, letter_id: int, due_at: datetime, error: str) -> None:
        """Try again later; the instant survives a restart."""
        await self._mark(letter_id, due_at=due_at, error=error[:200])

    async def revive_for(self, member_id: int) -> int:
        """The member can be reached again: what waited for him is due, if it still matters to him."""
        result = await self._connection.execute(
            update(letter)
            .where(letter.c.member_id == member_id, letter.c.state == "unreachable", letter.c.kind.in_(_STILL_MATTER))
            .values(state="due", due_at=self._now, claimed_until=None)
        )
        self.wrote = self.wrote or bool(result.rowcount)
        return result.rowcount

    async def sent_as(self, key: str) -> tuple[int, int] | None:
        """Chat and message of what was sent last under this key, or one that continues it after a colon."""
        row = (
            await self._connection.execute(
                select(letter.c.chat_id, letter.c.message_id)
                .where(_under(key), letter.c.state == "sent", letter.c.message_id.is_not(None))
                .order_by(letter.c.id.desc())
                .limit(1)
            )
        ).first()
        return (row.chat_id, row.message_id) if row else None

    async def is_under_way(self, key: str) -> bool:
        """Whether the letter of this key is being carried just now, so that nobody knows yet as which message."""
        claimed = letter.c.claimed_until.is_not(None) & (letter.c.claimed_until >= self._now)
        found = select(letter.c.id).where(letter.c.key == key, letter.c.state == "due", claimed)
        return await self._connection.scalar(found) is not None

    async def counts(self) -> dict[str, int]:
        """How many letters are in each state."""
        rows = await self._connection.execute(select(letter.c.state, func.count()).group_by(letter.c.state))
        return {row[0]: row[1] for row in rows}

    async def prompts_of(self, month: Month) -> Counter[int]:
        """How many prompts of this month's form each member has had or is about to have; none for who is not in it."""
        # None is older than the month; one more leaves room for every time zone, and the index the years before.
        since = datetime.combine(month.previous.first_day, time(), UTC)
        rows = await self._connection.execute(
            select(letter.c.member_id, func.count())
            .join(form, form.c.id == letter.c.body["form_id"].as_integer())
            .where(
                form.c.month == str(month), letter.c.kind.in_(PROMPTS), letter.c.written_at >= since,
                letter.c.state.in_(_ARRIVE),
            )
            .group_by(letter.c.member_id)
        )  # fmt: skip
        return Counter({row[0]: row[1] for row in rows})

    async def next_due_at(self) -> datetime | None:
        """When the next letter is due."""
        found: datetime | None = await self._connection.scalar(
            select(func.min(letter.c.due_at)).where(letter.c.state == "due")
        )
        return found

    async def _mark(self, letter_id: int, **columns: Any) -> None:
        await self._connection.execute(
            update(letter).where(letter.c.id == letter_id).values(claimed_until=None, **columns)
        )


def _under(key: str) -> ColumnElement[bool]:
    return or_(letter.c.key == key, letter.c.key.startswith(f"{key}:", autoescape=True))


_ARRIVE = ("due", "sent", "unknown")
# What is asked of somebody or concerns him still when he is back; whatever is over by then renders to nothing.
_STILL_MATTER = (
    "menu_changed", "form_opened", "form_returned", "form_entered", "result_published", "rating_opened",
    "review_assigned", "review_asked_again", "objection_filed", "objection_answered", "notice_changed",
)  # fmt: skip
_ADDRESSED = (
    select(
        account.c.unreachable_since,
        letter.c.id, letter.c.key, letter.c.kind, letter.c.audience, letter.c.member_id, letter.c.branch_id,
        letter.c.body, letter.c.attempts, letter.c.due_at, member.c.status, account.c.telegram_id, account.c.language,
        branch.c.group_chat_id,
    )
    .outerjoin(member, member.c.id == letter.c.member_id)
    .outerjoin(account, account.c.member_id == letter.c.member_id)
    .outerjoin(branch, branch.c.id == letter.c.branch_id)
)  # fmt: skip


def _due_letter(row: Any) -> DueLetter:
    reader = row.telegram_id if row.unreachable_since is None else None
    chat_id = reader if row.member_id is not None else row.group_chat_id
    return DueLetter(
        row.id, row.key, decode(row.kind, row.body), Audience(row.audience), row.member_id, row.branch_id,
        chat_id, row.language or "zh", row.attempts, row.due_at,
        row.status == MemberStatus.LEFT,
    )  # fmt: skip
