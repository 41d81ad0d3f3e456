"""All conversations; importing them fills the registry."""

from __future__ import annotations

from bot.handlers import accounts, binding, form, menu
from bot.handlers.entry import build_dispatcher

CONVERSATIONS = (accounts, binding, form, menu)

__all__ = ["CONVERSATIONS", "build_dispatcher"]
