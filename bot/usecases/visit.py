"""One update of one Telegram account, and who turns out to stand behind it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.accounts import Account, Actor, Language
from bot.domain.may import Deed, Subject, may
from bot.domain.people import Person
from bot.errors import ForbiddenError, NotBoundError
from bot.storage.store import Cause
from bot.storage.tx import Tx

__all__ = ["Cause", "Visit", "must"]


@dataclass(slots=True)
class Visit:
    """Carried through a use case: the account that acts, the cause under which its effect is stored once.

    `hint` is the language of the Telegram client; it only counts until the person is known.
    """

    telegram_id: int
    cause: Cause
    hint: Language = Language.ZH
    actor: Actor | None = None

    async def enter(self, tx: Tx) -> Person:
        """Find out who acts; a stranger is a NotBoundError."""
        self.actor = await tx.accounts.get_actor(self.telegram_id)
        person = self.actor.person
        if person.offices != person.own_offices:
            tx.ledger.acts(person)
        return person

    @property
    def account(self) -> Account:
        """The account of who entered."""
        if self.actor is None:
            raise NotBoundError
        return self.actor.account

    @property
    def is_awaited_for(self) -> bool:
        """Whether a text of this person was awaited when he entered."""
        return self.actor is not None and self.actor.account.awaiting is not None

    @property
    def language(self) -> Language:
        """The language to answer in."""
        return self.actor.account.language if self.actor else self.hint


def must(person: Person, deed: Deed, subject: Subject) -> None:
    """Raise ForbiddenError unless this person may do this to that subject."""
    if not may(person, deed, subject):
        raise ForbiddenError
