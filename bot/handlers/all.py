"""All conversations; importing them fills the registry."""

from __future__ import annotations

from bot.handlers import accounts, binding, form, group, menu, mydata, results
from bot.handlers.entry import build_dispatcher

CONVERSATIONS = (accounts, binding, form, group, menu, mydata, results)

__all__ = ["CONVERSATIONS", "build_dispatcher"]
