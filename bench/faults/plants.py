"""Known bugs that can be planted into a life of the bot, to see that a row catches each of them.

They exist in the harness only: a life is told by name which of them to carry, and wraps or replaces the product's own
functions in its own process. Each names the row that has to catch it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from aiogram.types import Update
from sqlalchemy import update

from bench import plants as rehearsed
from bot.domain.forms import Form, Rating
from bot.domain.may import GRANTS, Relation
from bot.domain.timetable import Due
from bot.handlers import entry
from bot.storage.forms import Forms
from bot.storage.ratings import Ratings
from bot.storage.schema import form, rating
from bot.telegram import poller
from bot.usecases.calendar.due_work import ListDue


def drop_the_cas() -> None:
    """Write forms and ratings whatever state and revision they are in by now."""

    async def change_form(forms: Forms, found: Form, **columns: Any) -> bool:
        written = {"revision": found.revision + 1, **columns}
        await forms._connection.execute(update(form).where(form.c.id == found.form_id).values(**written))  # noqa: SLF001
        return True

    async def change_rating(ratings: Ratings, found: Rating, **columns: Any) -> bool:
        written = {"revision": found.revision + 1, **columns}
        await ratings._connection.execute(  # noqa: SLF001
            update(rating).where(rating.c.id == found.rating_id).values(**written)
        )
        return True

    _plant(Forms, "change", change_form)
    _plant(Ratings, "change", change_rating)


def skip_the_branch_check() -> None:
    """Let an office do in every branch what it may in its own."""
    for deed, grants in GRANTS.items():
        GRANTS[deed] = tuple(
            replace(grant, relation=Relation.ANY) if grant.relation is Relation.OWN_BRANCH else grant
            for grant in grants
        )


def default_misfire() -> None:
    """Drop whatever is more than a second late, as APScheduler does with its jobs by default."""
    list_due = ListDue.__call__

    async def list_punctual(self: ListDue) -> list[Due]:
        grace = timedelta(seconds=1)
        return [due for due in await list_due(self) if self._store.now() - due.at <= grace]

    _plant(ListDue, "__call__", list_punctual)


def chat_type_unchecked() -> None:
    """Answer in a group as if it were a private chat."""
    _plant(entry, "PRIVATE", _Anywhere())
    answered = entry._answered  # noqa: SLF001

    async def answer_anywhere(action: Any, context: Any, *, in_private: bool) -> Any:
        return await answered(action, context, in_private=True)

    _plant(entry, "_answered", answer_anywhere)


class _Anywhere(str):
    """Equal to every kind of chat."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, _other: object) -> bool:
        return True

    def __ne__(self, _other: object) -> bool:
        return False


def handle_as_tasks() -> None:
    """Handle updates as aiogram's polling does by default: in tasks that nobody waits for, confirmed as fetched."""
    loose: set[asyncio.Task[Any]] = set()
    prepare = poller.Poller.__init__

    def prepare_loosely(self: poller.Poller, bot: Any, handle: Any, bury_unread: Any) -> None:
        async def begin(update_: Update) -> None:
            task = asyncio.ensure_future(handle(update_))
            loose.add(task)
            task.add_done_callback(loose.discard)

        prepare(self, bot, begin, bury_unread)

    _plant(poller.Poller, "__init__", prepare_loosely)


def _plant(place: object, name: str, bug: object) -> None:
    setattr(place, name, bug)


@dataclass(frozen=True, slots=True)
class Plant:
    """A bug, the rows that are tried against it, and the database that shows it."""

    bug: Callable[[], None]
    rows: tuple[str, ...]
    database: str = "sqlite"

    def __call__(self) -> None:
        """Plant it into this process."""
        self.bug()


PLANTS: dict[str, Plant] = {
    "drop_the_cas": Plant(drop_the_cas, ("F15",), "postgres"),
    "ack_before_commit": Plant(rehearsed.ack_before_commit, ("F02",), "postgres"),
    "no_dedupe": Plant(rehearsed.no_dedupe, ("F04",)),
    "skip_the_branch_check": Plant(skip_the_branch_check, ("F18",)),
    "default_misfire": Plant(default_misfire, ("F26",)),
    "chat_type_unchecked": Plant(chat_type_unchecked, ("F21",)),
    "handle_as_tasks": Plant(handle_as_tasks, ("F02",), "postgres"),
}
