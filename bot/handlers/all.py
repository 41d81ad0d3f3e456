"""All conversations; importing them fills the registry."""

from __future__ import annotations

from bot.handlers import (
    accounts,
    adjusting,
    binding,
    body,
    calendar,
    delegation,
    desk,
    erasure,
    form,
    group,
    ledger,
    menu,
    mydata,
    naming,
    objections,
    papers,
    platforms,
    privacy,
    publicity,
    rating,
    results,
    review,
    rules,
)
from bot.handlers.entry import build_dispatcher

CONVERSATIONS = (
    accounts, adjusting, binding, body, calendar, delegation, desk, erasure, form, group, ledger, menu, mydata, naming,
    objections, papers, platforms, privacy, publicity, rating, results, review, rules,
)  # fmt: skip

__all__ = ["CONVERSATIONS", "build_dispatcher"]
