"""One open transaction, with a gateway for each part of the schema."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.scoring.ruleset import RuleSet
from bot.storage import handled_updates
from bot.storage.accounts import Accounts
from bot.storage.bulletin import Bulletins
from bot.storage.delegations import Delegations
from bot.storage.dues import Dues
from bot.storage.erasure import Erasures
from bot.storage.forms import Forms
from bot.storage.held import Held
from bot.storage.ledger import Ledger
from bot.storage.letters import Letters
from bot.storage.namings import Namings
from bot.storage.objections import Objections
from bot.storage.people import People
from bot.storage.periods import Periods
from bot.storage.personal import Personal
from bot.storage.platforms import Platforms
from bot.storage.proposals import Proposals
from bot.storage.ratings import Ratings
from bot.storage.reviews import Reviews
from bot.storage.settings import OrganisationSettings
from bot.storage.waiting import Waiting


class Tx:
    """What a use case works with; `now` is the same instant for everything it writes."""

    def __init__(
        self, connection: AsyncConnection, now: datetime, known_rules: dict[int, RuleSet], by: str = ""
    ) -> None:
        self.connection = connection
        self.now = now
        self._known_rules = known_rules
        self._by = by

    async def discard(self) -> None:
        """Take back everything; nothing more can be read or written in this transaction."""
        await self.connection.rollback()

    @property
    def wrote_letters(self) -> bool:
        """Whether the postman has something new to carry."""
        return "letters" in self.__dict__ and self.letters.wrote

    async def was_handled(self, key: str) -> bool:
        """Whether the update with this key has had its effect."""
        return await handled_updates.is_handled(self.connection, key)

    @cached_property
    def accounts(self) -> Accounts:
        """Telegram accounts, invites and the one awaited field."""
        return Accounts(self.connection, self.now)

    @cached_property
    def people(self) -> People:
        """Members, branches and offices."""
        return People(self.connection, self.now)

    @cached_property
    def delegations(self) -> Delegations:
        """Offices that are held for others."""
        return Delegations(self.connection, self.now)

    @cached_property
    def periods(self) -> Periods:
        """Rule sets, months, quarters and branch quarters."""
        return Periods(self.connection, self._known_rules)

    @cached_property
    def platforms(self) -> Platforms:
        """Exports of the learning platforms and what they say."""
        return Platforms(self.connection)

    @cached_property
    def proposals(self) -> Proposals:
        """Tables that somebody wants in force."""
        return Proposals(self.connection)

    @cached_property
    def forms(self) -> Forms:
        """Forms, evidence and recorded facts."""
        return Forms(self.connection)

    @cached_property
    def ratings(self) -> Ratings:
        """Ratings and results."""
        return Ratings(self.connection)

    @cached_property
    def reviews(self) -> Reviews:
        """The review group, its draw and its work."""
        return Reviews(self.connection, self.now)

    @cached_property
    def objections(self) -> Objections:
        """What members object to, and the answers."""
        return Objections(self.connection)

    @cached_property
    def namings(self) -> Namings:
        """Whom branches decided to name."""
        return Namings(self.connection)

    @cached_property
    def bulletins(self) -> Bulletins:
        """What only a quarter's bulletin asks."""
        return Bulletins(self.connection)

    @cached_property
    def ledger(self) -> Ledger:
        """The append-only chain."""
        return Ledger(self.connection, self.now, self._by)

    @cached_property
    def letters(self) -> Letters:
        """What must be said."""
        return Letters(self.connection, self.now)

    @cached_property
    def held(self) -> Held:
        """Letters that may have arrived or not."""
        return Held(self.connection, self.now)

    @cached_property
    def dues(self) -> Dues:
        """Work of the clock that was claimed."""
        return Dues(self.connection, self.now)

    @cached_property
    def personal(self) -> Personal:
        """All that is stored about one person."""
        return Personal(self.connection)

    @cached_property
    def erasures(self) -> Erasures:
        """Persons who left and shall be erased."""
        return Erasures(self.connection)

    @cached_property
    def waiting(self) -> Waiting:
        """What nobody has done yet."""
        return Waiting(self.connection)

    @cached_property
    def settings(self) -> OrganisationSettings:
        """The organisation's switches and other stored values."""
        return OrganisationSettings(self.connection)
