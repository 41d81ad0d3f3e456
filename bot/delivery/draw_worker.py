"""The process that draws: frozen facts come in on standard input, pictures go out; it ends when its input does.

It imports nothing but the charts, so that it stays small, and the bot's own process never loads matplotlib.
"""

from __future__ import annotations

import os
import pickle
import sys
from typing import BinaryIO

from bot.charts.facts import Overview, PictureFacts, Portrait, Standings
from bot.charts.overview import draw_overview
from bot.charts.portrait import draw_portrait
from bot.charts.standings import draw_standings

LENGTH_BYTES = 4
POLITENESS = 5


def draw(facts: PictureFacts) -> bytes:
    """The picture of these facts as a PNG."""
    match facts:
        case Standings():
            return draw_standings(facts)
        case Overview():
            return draw_overview(facts)
        case Portrait():
            return draw_portrait(facts)


def serve(orders: BinaryIO, pictures: BinaryIO) -> None:
    """Answer each order (length, pickled facts) with its picture (length, PNG); no bytes where it cannot be drawn."""
    while head := orders.read(LENGTH_BYTES):
        # Only the bot's own process writes here, so the pickle can be trusted as much as the code.
        facts = pickle.loads(orders.read(int.from_bytes(head)))
        try:
            picture = draw(facts)
        except Exception as error:
            sys.stderr.write(f"a picture could not be drawn: {type(error).__name__}\n")
            picture = b""
        pictures.write(len(picture).to_bytes(LENGTH_BYTES) + picture)
        pictures.flush()


if __name__ == "__main__":
    os.nice(POLITENESS)
    serve(sys.stdin.buffer, sys.stdout.buffer)
