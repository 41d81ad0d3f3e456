"""Telegram accounts, invites, the branch groups' codes, and the one field that waits for a text."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.accounts import Account, Actor, Invite, Language
from bot.errors import NotBoundError
from bot.storage.people import person_columns, persons_of
from bot.storage.schema import account, branch, invite, member

_ACTOR = (
    person_columns()
    .add_columns(
        account.c.telegram_id, account.c.language, account.c.bound_at, account.c.unreachable_since,
        account.c.awaiting, account.c.awaiting_message_id,
    )
    .join(account, account.c.member_id == member.c.id)
    .where(account.c.telegram_id == bindparam("telegram_id"))
)  # fmt: skip


class Accounts:
    """Reads and writes accounts and invites."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    async def find_actor(self, telegram_id: int) -> Actor | None:
        """Who is bound to this Telegram account."""
        rows = (await self._connection.execute(_ACTOR, {"telegram_id": telegram_id, "now": self._now})).all()
        if not rows:
            return None
        return Actor(_account(rows[0], rows[0].id), persons_of(rows)[0])

    async def get_actor(self, telegram_id: int) -> Actor:
        """Who is bound to this Telegram account, or NotBoundError."""
        actor = await self.find_actor(telegram_id)
        if actor is None:
            raise NotBoundError
        return actor

    async def find_of(self, member_id: int) -> Account | None:
        """The account of this member."""
        row = (await self._connection.execute(select(account).where(account.c.member_id == member_id))).first()
        return _account(row, row.member_id) if row else None

    async def bind(
        self, telegram_id: int, member_id: int, language: Language, now: datetime, *, notice: int | None = None
    ) -> None:
        """Bind an account to a person, who agreed to this version of the notice on personal data."""
        await self._connection.execute(
            insert(account).values(
                telegram_id=telegram_id, member_id=member_id, language=language, bound_at=now,
                notice_version=notice, notice_accepted_at=None if notice is None else now,
            )
        )  # fmt: skip

    async def accept_notice(self, member_id: int, version: int, now: datetime) -> bool:
        """The person agreed to this version of the notice; False if he had done so before."""
        older = or_(account.c.notice_version.is_(None), account.c.notice_version < version)
        result = await self._connection.execute(
            update(account)
            .where(account.c.member_id == member_id, older)
            .values(notice_version=version, notice_accepted_at=now)
        )
        return result.rowcount == 1

    async def agreed_to_less_than(self, version: int) -> list[int]:
        """The members whose accounts agreed to an older notice, or to none."""
        older = or_(account.c.notice_version.is_(None), account.c.notice_version < version)
        return list(await self._connection.scalars(select(account.c.member_id).where(older).order_by("member_id")))

    async def unbind(self, member_id: int) -> int | None:
        """Loosen the person's account; returns the Telegram id it had."""
        result = await self._connection.execute(
            delete(account).where(account.c.member_id == member_id).returning(account.c.telegram_id)
        )
        return result.scalar_one_or_none()

    async def set_language(self, telegram_id: int, language: Language) -> None:
        """Speak this language to the person from now on."""
        await self._connection.execute(
            update(account).where(account.c.telegram_id == telegram_id).values(language=language)
        )

    async def set_unreachable(self, member_id: int, since: datetime | None) -> bool:
        """Mark (or, with None, unmark) somebody who blocked the bot; True if that changed anything."""
        was = account.c.unreachable_since.is_(None) if since else account.c.unreachable_since.is_not(None)
        result = await self._connection.execute(
            update(account).where(account.c.member_id == member_id, was).values(unreachable_since=since)
        )
        return bool(result.rowcount)

    async def await_text(self, telegram_id: int, awaiting: str | None, message_id: int | None = None) -> None:
        """Let the next text or picture complete this packed action (None: nothing is awaited)."""
        await self._connection.execute(
            update(account)
            .where(account.c.telegram_id == telegram_id)
            .values(awaiting=awaiting, awaiting_message_id=message_id)
        )

    # ── invites ───────────────────────────────────────────────────────────────────────────────────────────────────────

    async def add_invite(self, member_id: int, token_hash: str, now: datetime, expires_at: datetime) -> int:
        """Store a new invite; older unused ones of the same person are void from now on."""
        await self._connection.execute(
            update(invite).where(invite.c.member_id == member_id, invite.c.used_at.is_(None)).values(used_at=now)
        )
        result = await self._connection.execute(
            insert(invite)
            .values(member_id=member_id, token_hash=token_hash, created_at=now, expires_at=expires_at)
            .returning(invite.c.id)
        )
        return int(result.scalar_one())

    async def find_invite(self, *, token_hash: str | None = None, invite_id: int | None = None) -> Invite | None:
        """The invite with this token (hash) or id."""
        wanted = invite.c.token_hash == token_hash if token_hash is not None else invite.c.id == invite_id
        row = (await self._connection.execute(select(invite).where(wanted))).first()
        return Invite(row.id, row.member_id, row.expires_at, row.used_at) if row else None

    async def show_invite(self, invite_id: int, telegram_id: int) -> None:
        """Note whom the question "is this you?" was put to: only he may answer it."""
        await self._connection.execute(update(invite).where(invite.c.id == invite_id).values(telegram_id=telegram_id))

    async def invite_shown_to(self, invite_id: int) -> int | None:
        """Whom the question of this invite was put to last."""
        return await self._connection.scalar(select(invite.c.telegram_id).where(invite.c.id == invite_id))

    async def use_invite(self, invite_id: int, telegram_id: int, now: datetime) -> bool:
        """Use an invite up; False if somebody was faster."""
        result = await self._connection.execute(
            update(invite)
            .where(invite.c.id == invite_id, invite.c.used_at.is_(None))
            .values(used_at=now, telegram_id=telegram_id)
        )
        return result.rowcount == 1

    # ── the branches' groups ──────────────────────────────────────────────────────────────────────────────────────────

    async def set_group_code(self, branch_id: int, code: str, expires_at: datetime) -> None:
        """Store the code by which this branch's group can be bound until then."""
        await self._connection.execute(
            update(branch).where(branch.c.id == branch_id).values(group_code=code, group_code_expires_at=expires_at)
        )

    async def bind_group(self, branch_id: int, code: str, chat_id: int, now: datetime) -> bool:
        """Bind the group if the code is the branch's own and still good."""
        result = await self._connection.execute(
            update(branch)
            .where(branch.c.id == branch_id, branch.c.group_code == code, branch.c.group_code_expires_at > now)
            .values(group_chat_id=chat_id, group_code=None, group_code_expires_at=None)
        )
        return result.rowcount == 1

    async def branch_of_group(self, chat_id: int) -> int | None:
        """The branch that this group is bound to."""
        return await self._connection.scalar(select(branch.c.id).where(branch.c.group_chat_id == chat_id))

    async def move_group(self, chat_id: int, new_chat_id: int | None) -> bool:
        """The group became a supergroup with another id, or (None) the bot was removed from it."""
        result = await self._connection.execute(
            update(branch).where(branch.c.group_chat_id == chat_id).values(group_chat_id=new_chat_id)
        )
        return bool(result.rowcount)


def _account(row: Row[Any], member_id: int) -> Account:
    return Account(
        row.telegram_id, member_id, Language(row.language), row.bound_at, row.unreachable_since,
        row.awaiting, row.awaiting_message_id,
    )  # fmt: skip
