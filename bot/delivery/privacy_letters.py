"""Letters about personal data: a changed notice, and an erasure that waits for the committee."""

from __future__ import annotations

from bot.delivery.reading import Reading
from bot.domain.erasing import ErasureState
from bot.domain.retention import NOTICE_VERSION
from bot.outbox import letters
from bot.views import erasure, privacy
from bot.views.view import View


async def notice_changed(letter: letters.NoticeChanged, reading: Reading) -> View | None:
    """The notice as it is now, unless a newer one has come meanwhile."""
    return privacy.changed(reading.words) if letter.version == NOTICE_VERSION else None


async def erasure_proposed(letter: letters.ErasureProposed, reading: Reading) -> View | None:
    """An erasure waits for agreement, unless it is decided by now, or its reader decides on nothing any more."""
    facts = await reading.do.open_erasure.for_letter(letter.erasure_id, reading.member_id or 0)
    if facts.erasure.state is not ErasureState.OPEN or not facts.may_confirm:
        return None
    return erasure.card(reading.words, facts, in_letter=True)
