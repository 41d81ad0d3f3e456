"""The process that draws: frozen facts come in on standard input, pictures and papers go out, until the input ends.

It imports nothing but the charts, so that it stays small, and the bot's own process never loads what draws.
"""

from __future__ import annotations

import os
import pickle
import sys
from typing import BinaryIO

from bot.charts.facts import Overview, PictureFacts, Portrait, Standings
from bot.charts.overview import draw_overview
from bot.charts.papers.kinds import PaperFacts, typeset_paper
from bot.charts.portrait import draw_portrait
from bot.charts.standings import draw_standings

LENGTH_BYTES = 4
POLITENESS = 5


def draw(facts: PictureFacts | PaperFacts) -> bytes:
    """The picture of these facts as a PNG, or the paper as a PDF."""
    match facts:
        case Standings():
            return draw_standings(facts)
        case Overview():
            return draw_overview(facts)
        case Portrait():
            return draw_portrait(facts)
        case _:
            return typeset_paper(facts)


def serve(orders: BinaryIO, pictures: BinaryIO) -> None:
    """Answer each order (length, pickled facts) with what was drawn (length, PNG or PDF), or no bytes."""
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
