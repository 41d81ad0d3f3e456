"""Travelling in time: to the next due moment or to a date, stopping at everything that comes due on the way."""

import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sandbox.clock import SimClock
from sandbox.refusals import CannotError

MAX_STOPS = 10_000


@dataclass(frozen=True, slots=True, order=True)
class DueMoment:
    """Something that will happen at `at` (aware), and its name; `names` are those in other languages, by code.

    A journey stops at what is `passing`, too, but nobody travels to it as the next: it is what every day brings.
    """

    at: datetime
    name: str
    names: Mapping[str, str] = field(default_factory=dict, compare=False)
    passing: bool = False

    def wire(self) -> dict[str, Any]:
        """Return the moment as JSON."""
        return {"at": self.at.isoformat(), "name": self.name, "names": dict(self.names), "passing": self.passing}


Timeline = Callable[[], Sequence[DueMoment] | Awaitable[Sequence[DueMoment]]]
OnTravel = Callable[[datetime], Awaitable[Any]]


class Traveller:
    """Moves the clock; `timeline` tells the due moments, `on_travel` is awaited at each stop, after `settle`."""

    def __init__(self, clock: SimClock, settle: Callable[[], None] = lambda: None) -> None:
        self.clock = clock
        self._settle = settle
        self.timeline: Timeline | None = None
        self.on_travel: OnTravel | None = None

    async def due(self) -> list[DueMoment]:
        """Return the coming due moments, soonest first."""
        if self.timeline is None:
            return []
        moments = self.timeline()
        if inspect.isawaitable(moments):
            moments = await moments
        now = self.clock.now()
        return sorted(moment for moment in moments if moment.at > now)

    async def travel(self, to: datetime) -> None:
        """Go to `to`, by way of every due moment that is not later; going back stops nowhere."""
        if to <= self.clock.now():
            await self._stop_at(to)
            return
        for _ in range(MAX_STOPS):
            coming = await self.due()
            stop = coming[0].at if coming and coming[0].at < to else to
            await self._stop_at(stop)
            if stop == to:
                return
        raise CannotError(f"more than {MAX_STOPS} due moments lie on the way")

    async def travel_to_next(self) -> DueMoment:
        """Go to the next due moment that is not a passing one, and return it."""
        coming = [moment for moment in await self.due() if not moment.passing]
        if not coming:
            raise CannotError("nothing is due: the bot told no timeline", field="travel_to", status=409)
        await self.travel(coming[0].at)
        return coming[0]

    async def _stop_at(self, instant: datetime) -> None:
        self.clock.travel(instant)
        self._settle()
        if self.on_travel is not None:
            await self.on_travel(instant)
