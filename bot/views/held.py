"""Letters that are held because nobody knows whether they arrived, told to the operator."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.domain.held import HeldLetters
from bot.views.stored_names import LETTERS, name_of
from bot.views.terms import instant_name
from bot.views.words import Words


def held_letters(_: Words, kinds: Sequence[HeldLetters], zone: ZoneInfo) -> str:
    """One line a kind, and what can be done."""
    if not kinds:
        return _.plain("No letters are held.")
    lines = [
        _.plain("{n} × {name} ({kind}), the oldest due {at}", n=one.number, name=name_of(_, LETTERS, one.kind),
                kind=one.kind, at=instant_name(_, one.due_since, zone))
        for one in kinds
    ]  # fmt: skip
    return "\n".join([*lines, _.plain("Did they arrive? Then “letters drop”; if not, “letters release”.")])


def held_after_restore(_: Words, number: int, command: str) -> str:
    """What a restore says of letters that may have gone out since the backup."""
    return _.many_plain(
        "{n} letter may have gone out since and is held. See: {command} letters held",
        "{n} letters may have gone out since and are held. See: {command} letters held",
        number, command=command,
    )  # fmt: skip
