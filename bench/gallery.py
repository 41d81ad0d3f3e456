"""Draws every picture and paper with made-up people into a folder: `python -m bench.gallery out/gallery`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from bench import made_up
from bot.charts.overview import draw_overview
from bot.charts.papers.qr_sheet import invite_sheet
from bot.charts.portrait import draw_portrait
from bot.charts.standings import draw_standings


def pictures() -> Iterator[tuple[str, bytes]]:
    """Name and content of each picture and paper."""
    for name, standings in made_up.all_standings().items():
        yield f"standings-{name}.png", draw_standings(standings)
    for name, overview in made_up.all_overviews().items():
        yield f"overview-{name}.png", draw_overview(overview)
    for name, portrait in made_up.all_portraits().items():
        yield f"portrait-{name}.png", draw_portrait(portrait)
    yield "invites.pdf", invite_sheet(made_up.invites(22))


def main(folder: Path) -> None:
    """Write them all and say how large each is."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, picture in pictures():
        (folder / name).write_bytes(picture)
        print(f"{name:40} {len(picture) / 1024:7.1f} KB")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "out/gallery"))
