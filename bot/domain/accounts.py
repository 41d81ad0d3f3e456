"""Telegram accounts and invites as values; a Telegram name is never identity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.people import Person

INVITE_LIVES = timedelta(days=14)
GROUP_CODE_LIVES = timedelta(days=1)


class Language(StrEnum):
    """The languages that all messages exist in."""

    ZH = "zh"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Account:
    """A bound person's account; `awaiting` is the packed action that the next text or picture completes."""

    telegram_id: int
    member_id: int
    language: Language
    bound_at: datetime
    unreachable_since: datetime | None = None
    awaiting: str | None = None
    awaiting_message_id: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who stands behind an update: the account and the person it is bound to."""

    account: Account
    person: Person


@dataclass(frozen=True, slots=True)
class Invite:
    """A one-time way in, bound to one person; only the token's hash is stored."""

    invite_id: int
    member_id: int
    expires_at: datetime
    used_at: datetime | None

    def is_good(self, now: datetime) -> bool:
        """Whether it may still be used."""
        return self.used_at is None and now < self.expires_at
