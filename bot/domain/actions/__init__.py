"""What a button means: a frozen dataclass an action, ids and revisions only, small enough for 64 bytes.

`code` is the action's name on the wire. Buttons live for years in old chats, so a code is never given a new meaning.
Strings in an action are ids of a rule set (ASCII, at most 16 characters) and never hold a colon.
"""

from __future__ import annotations

from bot.domain.actions import (
    binding,
    calendar,
    delegation,
    desk,
    form,
    ledger,
    menu,
    naming,
    objections,
    privacy,
    publicity,
    rating,
    records,
    review,
    rules,
)
from bot.domain.actions.base import Action

_ROOMS = (
    menu,
    binding,
    privacy,
    form,
    desk,
    rating,
    rules,
    records,
    publicity,
    objections,
    naming,
    ledger,
    review,
    delegation,
    calendar,
)

ACTIONS: tuple[type[Action], ...] = tuple(
    one
    for room in _ROOMS
    for one in vars(room).values()
    if isinstance(one, type) and issubclass(one, Action) and one is not Action
)
