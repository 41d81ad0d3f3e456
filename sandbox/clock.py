"""The time of the sandbox: it can stand still, flow, and be moved; another process may follow it through a file."""

import mmap
import struct
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def _real_us() -> int:
    return time.time_ns() // 1000


class SimClock:
    """A clock under the desk's control; `now()` is an aware UTC instant, exact to the microsecond.

    What is kept is one integer: the instant while it stands, the offset from real time while it flows. The lowest bit
    tells which, so that a reader of the file never sees a mixture of the two.
    """

    def __init__(self, start: datetime | None = None, *, running: bool = False, file: Path | str | None = None) -> None:
        self._memory: mmap.mmap | bytearray = _shared(Path(file)) if file is not None else bytearray(8)
        begin = _real_us() if start is None else _microseconds(start)
        _store(self._memory, begin, running=running)

    @property
    def running(self) -> bool:
        """Whether time flows by itself."""
        return bool(_load(self._memory) & 1)

    def now(self) -> datetime:
        return _instant(_load(self._memory))

    def travel(self, to: datetime) -> None:
        """Make it `to` (aware), earlier or later; it goes on standing or flowing as before."""
        _store(self._memory, _microseconds(to), running=self.running)

    def run(self, running: bool) -> None:
        """Let the time flow, or stop it, without a jump."""
        _store(self._memory, _microseconds(self.now()), running=running)


class FollowingClock:
    """The time of a `SimClock` that another process keeps in a file."""

    def __init__(self, file: Path | str) -> None:
        with Path(file).open("rb") as opened:
            self._memory = mmap.mmap(opened.fileno(), 8, access=mmap.ACCESS_READ)

    def now(self) -> datetime:
        return _instant(_load(self._memory))


def _shared(path: Path) -> mmap.mmap:
    with path.open("a+b") as opened:
        opened.truncate(8)
        return mmap.mmap(opened.fileno(), 8)


def _microseconds(instant: datetime) -> int:
    if instant.tzinfo is None:
        raise ValueError("the clock takes aware instants only")
    return (instant - _EPOCH) // _MICROSECOND


def _store(memory: mmap.mmap | bytearray, instant_us: int, *, running: bool) -> None:
    kept = (instant_us - _real_us()) << 1 | 1 if running else instant_us << 1
    memory[0:8] = struct.pack("<q", kept)


def _load(memory: mmap.mmap | bytearray) -> int:
    kept: int = struct.unpack_from("<q", memory)[0]
    return kept


def _instant(kept: int) -> datetime:
    microseconds = (kept >> 1) + (_real_us() if kept & 1 else 0)
    return _EPOCH + timedelta(microseconds=microseconds)
