"""How far the rehearsal is, as a bar on standard error."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

from rich import progress
from rich.console import Console


class Progress:
    """One bar a scene."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)

    @contextlib.contextmanager
    def scene(self, title: str, of: int) -> Iterator[Callable[[], None]]:
        """A bar for one scene; the function it gives moves it on by one."""
        columns = (
            progress.TextColumn("{task.description:34}"), progress.BarColumn(), progress.MofNCompleteColumn(),
            progress.TimeElapsedColumn(),
        )  # fmt: skip
        with progress.Progress(*columns, console=self._console) as bar:
            task = bar.add_task(title, total=of)
            yield lambda: bar.advance(task)

    def say(self, sentence: str) -> None:
        """A line between the bars."""
        self._console.print(sentence, highlight=False)
