"""People of the demo who act by themselves, by chat alone: they bind, and hand in their forms when these open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.domain.people import Person as Member
from bot.views.words import Words
from sandbox import Person


class Extras:
    """Those who act, by member id; `tokens` are the invites of those who are not bound yet."""

    def __init__(self, words: Words, persons: Mapping[int, Person], tokens: Mapping[int, str]) -> None:
        self._words = words
        self._persons = persons
        self._tokens = tokens

    async def enter(self, members: Iterable[Member]) -> None:
        """Everybody opens his invite and says yes; who is bound already says hello."""
        for member in members:
            person, token = self._persons[member.member_id], self._tokens.get(member.member_id)
            await person.says(f"/start {token}" if token else "/start")
            if token:
                await person.taps(self._words.plain("✅ Yes, bind"))

    async def hand_in(self, members: Iterable[Member]) -> None:
        """Whoever has an unanswered form confirms that all was as usual and hands it in."""
        for member in members:
            person = self._persons[member.member_id]
            for button in ("👍 The rest as usual ({n})", "📤 Hand in"):
                label = _newest(person, self._words.plain(button, n="\n").partition("\n")[0])
                if label is None:
                    break
                await person.taps(label)


def _newest(person: Person, opening: str) -> str | None:
    """The label on the newest message that begins so."""
    messages = person.messages
    return next((label for label in messages[-1].labels if label.startswith(opening)), None) if messages else None
