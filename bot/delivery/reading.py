"""What a letter is rendered with."""

from __future__ import annotations

from dataclasses import dataclass

from bot.usecases import UseCases
from bot.views.words import Words


@dataclass(frozen=True, slots=True)
class Reading:
    """A letter's reader, his words, and where facts are gathered."""

    do: UseCases
    words: Words
    member_id: int | None
    branch_id: int | None
