"""The clock that can be moved, and travelling from due moment to due moment."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from sandbox import DueMoment, FollowingClock, Sandbox, SimClock
from sandbox.travel import Traveller
from tests.sandbox.conftest import START


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def test_a_standing_clock_stands():
    """Without running, two looks see the same instant, and it is UTC."""
    clock = SimClock(START.astimezone(timezone(timedelta(hours=8))))
    assert clock.now() == clock.now() == START
    assert clock.now().tzinfo is UTC


def test_a_running_clock_flows_on_from_where_it_was_put():
    """Travelling moves it, and it goes on from there."""
    clock = SimClock(START, running=True)
    clock.travel(at(100))
    first = clock.now()
    assert at(100) <= first < at(101)
    clock.run(False)
    assert first <= clock.now() == clock.now()


def test_a_clock_takes_aware_instants_only():
    """A naive instant could mean two things."""
    with pytest.raises(ValueError, match="aware"):
        SimClock(datetime(2025, 9, 25))  # noqa: DTZ001


def test_another_process_reads_the_same_time(tmp_path: Path):
    """The file has eight bytes, and whoever follows it sees every travel."""
    file = tmp_path / "clock"
    clock = SimClock(START, file=file)
    following = FollowingClock(file)
    clock.travel(at(7))
    assert following.now() == at(7)
    code = f"from sandbox import FollowingClock; print(FollowingClock({str(file)!r}).now().isoformat())"
    seen = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert seen.stdout.strip() == at(7).isoformat()
    assert file.stat().st_size == 8


async def test_a_travel_stops_at_everything_due_on_the_way():
    """Nothing between here and there is skipped, and the order is kept."""
    traveller, stops = Traveller(SimClock(START)), []
    traveller.timeline = lambda: [DueMoment(at(5), "late"), DueMoment(at(2), "early"), DueMoment(at(9), "beyond")]

    async def note(now: datetime) -> None:
        stops.append(now)

    traveller.on_travel = note
    await traveller.travel(at(6))
    assert stops == [at(2), at(5), at(6)]
    assert [moment.name for moment in await traveller.due()] == ["beyond"]


async def test_what_becomes_due_on_the_way_is_visited_too():
    """The timeline is asked anew after each stop, also when it has to be awaited."""
    traveller, stops, due = Traveller(SimClock(START)), [], [DueMoment(at(2), "first")]

    async def timeline() -> list[DueMoment]:
        return due

    async def note(now: datetime) -> None:
        stops.append(now)
        if now == at(2):
            due.append(DueMoment(at(3), "second"))

    traveller.timeline, traveller.on_travel = timeline, note
    await traveller.travel(at(4))
    assert stops == [at(2), at(3), at(4)]


async def test_the_next_due_moment():
    """`next` goes exactly there and tells its name."""
    traveller = Traveller(SimClock(START))
    traveller.timeline = lambda: [DueMoment(at(2), "reminder")]
    assert (await traveller.travel_to_next()).name == "reminder"
    assert traveller.clock.now() == at(2)


async def test_what_every_day_brings_is_stopped_at_but_is_not_the_next():
    """`next` leads to what is out of the ordinary, and lives through the days before it."""
    traveller, stops = Traveller(SimClock(START)), []
    traveller.timeline = lambda: [DueMoment(at(2), "morning", passing=True), DueMoment(at(4), "deadline")]

    async def note(now: datetime) -> None:
        stops.append(now)

    traveller.on_travel = note
    assert (await traveller.travel_to_next()).name == "deadline"
    assert stops == [at(2), at(4)]


async def test_travelling_back_stops_nowhere(box: Sandbox):
    """A jump back is one jump."""
    stops = []
    box.timeline = lambda: [DueMoment(at(-1), "past")]

    async def note(now: datetime) -> None:
        stops.append(now)

    box.on_travel = note
    await box.travel(at(-2))
    assert stops == [at(-2)]
