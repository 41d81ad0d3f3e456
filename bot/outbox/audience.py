"""Who may read what: a letter's audience against the chat it would go to, checked in this one place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Audience(StrEnum):
    """How wide a letter may go, from one person to everybody."""

    PERSON = "person"
    LEADERS = "leaders"
    BRANCH_GROUP = "branch_group"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Chat:
    """Where a letter would go: a private chat of a member, or the group that is bound to a branch."""

    chat_id: int
    member_id: int | None = None
    branch_id: int | None = None

    @property
    def is_private(self) -> bool:
        """Telegram's private chats carry the person's own positive id."""
        return self.chat_id > 0


def admits(audience: Audience, to_member: int | None, to_branch: int | None, chat: Chat) -> bool:
    """Whether a letter for this audience, addressed so, may be put into this chat."""
    if audience in {Audience.PERSON, Audience.LEADERS}:
        return chat.is_private and to_member is not None and chat.member_id == to_member
    if audience is Audience.BRANCH_GROUP:
        return chat.branch_id == to_branch if not chat.is_private else chat.member_id == to_member
    return True
