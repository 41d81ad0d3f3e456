"""Letters about closed quarters."""

from __future__ import annotations

from bot.delivery.reading import Reading
from bot.domain.periods import Quarter
from bot.outbox import letters
from bot.views import board, overview, portrait
from bot.views.view import View


async def result(letter: letters.ResultPublished, reading: Reading) -> View | None:
    """A member's own quarter with his portrait."""
    facts = await reading.do.read_result(reading.member_id or 0, Quarter.parse(letter.quarter))
    return portrait.result_letter(reading.words, facts)


async def standings(letter: letters.StandingsPublished, reading: Reading) -> View | None:
    """The branch's standings for its group."""
    facts = await reading.do.read_standings(letter.branch_id, Quarter.parse(letter.quarter))
    return board.standings_letter(reading.words, facts)


async def standings_changed(letter: letters.StandingsChanged, reading: Reading) -> View | None:
    """The message in the branch's group as it is now; where there is none, the next one says it anyway."""
    quarter = Quarter.parse(letter.quarter)
    posted = await reading.do.read_standings.posted(letter.branch_id, quarter)
    if posted is None:
        return None
    return board.standings_edit(reading.words, await reading.do.read_standings(letter.branch_id, quarter), posted)


async def overview_published(letter: letters.OverviewPublished, reading: Reading) -> View | None:
    """All branches, for those who lead."""
    facts = await reading.do.read_overview(reading.member_id or 0, Quarter.parse(letter.quarter))
    return overview.overview_letter(reading.words, facts)
