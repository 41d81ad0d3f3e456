"""All conversations; importing them fills the registry."""

from __future__ import annotations

from bot.handlers import (
    accounts,
    adjusting,
    binding,
    desk,
    erasure,
    form,
    group,
    ledger,
    menu,
    mydata,
    platforms,
    privacy,
    rating,
    results,
    rules,
)
from bot.handlers.entry import build_dispatcher

CONVERSATIONS = (
    accounts, adjusting, binding, desk, erasure, form, group, ledger, menu, mydata, platforms, privacy, rating,
    results, rules,
)  # fmt: skip

__all__ = ["CONVERSATIONS", "build_dispatcher"]
