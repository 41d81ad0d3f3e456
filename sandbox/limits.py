"""Telegram's sending limits: 30 messages a second overall, 1 a second to a chat, 20 a minute to a group."""

import math
import time
from collections import defaultdict, deque
from collections.abc import Callable

from sandbox.model import Chat
from sandbox.refusals import Refusal

OVERALL = (30, 1.0)
PRIVATE = (1, 1.0)
GROUP = (20, 60.0)
COUNTED = ("send", "copymessage", "forwardmessage")
NOT_COUNTED = {"sendchataction"}


class Limits:
    """Counts what each bot sends; off in standard. `monotonic` is seconds that only grow."""

    def __init__(self, *, on: bool = False, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.on = on
        self._monotonic = monotonic
        self._sent: dict[tuple[int, int], deque[float]] = defaultdict(deque)

    def check(self, bot_id: int, method: str, chat: Chat | None) -> None:
        """Raise 429 with the seconds to wait if this call is one too many; else count it."""
        lowered = method.lower()
        if not self.on or chat is None or lowered in NOT_COUNTED or not lowered.startswith(COUNTED):
            return
        now = self._monotonic()
        windows = (
            ((bot_id, 0), OVERALL),
            ((bot_id, chat.id), PRIVATE if chat.private else GROUP),
        )
        wait_s = max(self._wait(self._sent[key], most, within_s, now) for key, (most, within_s) in windows)
        if wait_s > 0:
            seconds = math.ceil(wait_s)
            raise Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
        for key, _ in windows:
            self._sent[key].append(now)

    @staticmethod
    def _wait(sent: deque[float], most: int, within_s: float, now: float) -> float:
        while sent and sent[0] <= now - within_s:
            sent.popleft()
        return sent[0] + within_s - now if len(sent) >= most else 0.0
