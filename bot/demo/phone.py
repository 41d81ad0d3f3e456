"""A phone of the demo: its owner looks for buttons by what they do, presses them, and writes commands and texts."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any, TypeVar

from bot.domain.actions.base import Action
from bot.telegram.codec import MalformedActionError, pack, unpack
from sandbox import Person, Sandbox

A = TypeVar("A", bound=Action)

LOOKS_BACK = 8
"""So many messages somebody looks back for a button."""


class Phone:
    """One person's; what its owner looks for and cannot find is left alone."""

    def __init__(self, box: Sandbox, person: Person) -> None:
        self._box = box
        self.person = person

    def shows(self, kind: type[Action], /, **fields: Any) -> bool:
        """Whether such a button is on the screen."""
        return next(self._buttons(kind, fields), None) is not None

    async def taps(self, kind: type[Action], /, **fields: Any) -> bool:
        """Press the newest such button and wait for the answer; False if there is none."""
        found = next(self._buttons(kind, fields), None)
        if found is None:
            return False
        message_id, action = found
        await self.person.taps(data=pack(action), on=message_id)
        return True

    async def chooses(self, kind: type[Action], random: Random, /, **fields: Any) -> bool:
        """Press one of the buttons of this kind by chance, on the newest message that has one."""
        found = list(self._buttons(kind, fields))
        choices = [action for message_id, action in found if message_id == found[0][0]]
        if not choices:
            return False
        await self.person.taps(data=pack(random.choice(choices)), on=found[0][0])
        return True

    async def sends(self, action: Action) -> None:
        """What pressing this would send, from the newest message, wherever its button is."""
        await self.person.taps(data=pack(action))

    async def writes(self, text: str) -> None:
        """A command or a text, and wait until the bot has answered."""
        await self.person.says(text)
        await self._box.idle()

    async def sends_file(self, name: str, data: bytes) -> None:
        """Send a document, and wait until the bot has answered."""
        await self.person.sends_document(data, name)
        await self._box.idle()

    def _buttons(self, kind: type[A], fields: dict[str, Any]) -> Iterator[tuple[int, A]]:
        """Buttons of this kind with these fields, the newest message's first."""
        for message in reversed(self.person.chat().visible_to(self.person.user)[-LOOKS_BACK:]):
            for row in (message.markup or {}).get("inline_keyboard", ()):
                for wire in row:
                    action = _action(wire)
                    if isinstance(action, kind) and all(getattr(action, name) == fields[name] for name in fields):
                        yield message.id, action


def _action(wire: dict[str, Any]) -> Action | None:
    try:
        return unpack(wire["callback_data"])
    except (KeyError, MalformedActionError):
        return None
