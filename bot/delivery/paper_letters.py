"""Letters that bring a paper, and the ledger's head, which is kept outside of the database by being sent."""

from __future__ import annotations

from bot.delivery.reading import Reading
from bot.domain.chain import Head
from bot.domain.periods import Quarter
from bot.outbox import letters
from bot.views.bulletin_letter import bulletin_letter, head_letter
from bot.views.view import View


async def bulletin_published(letter: letters.BulletinPublished, reading: Reading) -> View | None:
    """一季一通报 as a page, with the same facts in words."""
    facts = await reading.do.read_bulletin(Quarter.parse(letter.quarter), Head.parse(letter.head))
    return bulletin_letter(reading.words, facts)


async def head_published(letter: letters.HeadPublished, reading: Reading) -> View | None:
    """Where the ledger ended when the quarter was shown."""
    return head_letter(reading.words, Quarter.parse(letter.quarter), letter.head)
