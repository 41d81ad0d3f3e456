"""Draws pictures and papers beside the event loop, in a process that starts when needed and is replaced if it fails."""

from __future__ import annotations

import asyncio
import contextlib
import pickle
import sys
from asyncio.subprocess import PIPE, Process
from collections import OrderedDict
from pathlib import Path

from bot.charts.facts import Overview, PictureFacts, Portrait, Standings
from bot.charts.papers.kinds import PaperFacts
from bot.telegram.refusals import PictureFailedError

LONGEST_S = 20.0
KEPT = 16
LENGTH_BYTES = 4
_ROOT = Path(__file__).resolve().parent.parent.parent


class Drawing:
    """Draws facts to PNG or PDF; equal facts are drawn once, as long as they are among the last that were asked for."""

    def __init__(self, module: str = "bot.delivery.draw_worker", longest_s: float = LONGEST_S) -> None:
        self._module = module
        self._longest_s = longest_s
        self._kept: OrderedDict[PictureFacts | PaperFacts, bytes] = OrderedDict()
        self._drawing = asyncio.Lock()
        self._process: Process | None = None

    async def __call__(self, facts: PictureFacts | PaperFacts) -> bytes:
        """The picture, or PictureFailedError: whoever asked says the same in words."""
        async with self._drawing:
            picture = self._kept.get(facts) or await self._drawn(facts)
            if not isinstance(facts, Standings | Overview | Portrait):
                # Papers are rare, and what typesets is large: it goes with its process.
                await self.aclose()
            self._kept[facts] = picture
            self._kept.move_to_end(facts)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            return picture

    async def aclose(self) -> None:
        """Let the process go."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()
            self._process = None

    async def _drawn(self, facts: PictureFacts | PaperFacts) -> bytes:
        try:
            async with asyncio.timeout(self._longest_s):
                picture = await self._ordered(pickle.dumps(facts))
        except (TimeoutError, OSError, asyncio.IncompleteReadError) as error:
            await self.aclose()
            raise PictureFailedError(type(error).__name__) from error
        except BaseException:
            # An order given up half-way would leave its picture for the next one.
            await self.aclose()
            raise
        if not picture:
            raise PictureFailedError("not drawn")
        return picture

    async def _ordered(self, order: bytes) -> bytes:
        process = await self._running()
        if process.stdin is None or process.stdout is None:
            raise OSError
        process.stdin.write(len(order).to_bytes(LENGTH_BYTES) + order)
        await process.stdin.drain()
        length = int.from_bytes(await process.stdout.readexactly(LENGTH_BYTES))
        return await process.stdout.readexactly(length)

    async def _running(self) -> Process:
        if self._process is None or self._process.returncode is not None:
            # Its own session: a Ctrl-C in the terminal is for the bot, which then lets it go.
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", self._module, cwd=_ROOT, stdin=PIPE, stdout=PIPE, start_new_session=True
            )
        return self._process
