"""What works without Telegram: the store and the use cases; all that most commands need, and quick to import."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass

from bot.catalog import load_catalog
from bot.clock import Clock, SystemClock
from bot.config import Settings
from bot.domain.timetable import Timetable
from bot.storage.store import Store, open_engine
from bot.usecases import UseCases
from bot.views.words import Catalog


@dataclass(slots=True)
class Core:
    """The settings and what was built from them."""

    settings: Settings
    clock: Clock
    store: Store
    do: UseCases
    catalog: Catalog

    @property
    def shared(self) -> bool:
        """Whether other processes may serve the same database beside this one."""
        return self.settings.database.startswith("postgresql")


@contextlib.asynccontextmanager
async def open_core(settings: Settings, clock: Clock | None = None, *, by: str = "") -> AsyncIterator[Core]:
    """Build the core over the settings' database and close it at the end; `by` marks what nobody did by chat."""
    clock = clock or SystemClock()
    store = Store(open_engine(settings.database), clock, by)
    try:
        do = UseCases(store, Timetable(settings.zone), settings.organisation)
        yield Core(settings, clock, store, do, load_catalog())
    finally:
        await store.close()
