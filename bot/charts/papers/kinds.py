"""Every paper that the bot itself hands out, by the facts that stand on it."""

from __future__ import annotations

from bot.charts.papers.bulletin import Bulletin, bulletin
from bot.charts.papers.objection_file import ObjectionFile, objection_file
from bot.charts.papers.poster import Poster, posters

PaperFacts = Bulletin | ObjectionFile | tuple[Poster, ...]
"""A branch's poster is a tuple of one."""


def typeset_paper(facts: PaperFacts) -> bytes:
    """The paper of these facts as a PDF."""
    match facts:
        case Bulletin():
            return bulletin(facts)
        case ObjectionFile():
            return objection_file(facts)
        case tuple():
            return posters(facts)
