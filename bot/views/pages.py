"""Long texts in pages that a message can hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from bot.domain.actions.base import Action
from bot.views.view import Button

PAGE_UNITS = 3400
"""UTF-16 units with tags; Telegram takes 4,096 without them, so that a heading still fits."""


def paged(blocks: Sequence[Markup], most: int = PAGE_UNITS) -> list[list[Markup]]:
    """The blocks in order, as many on a page as fit; a block is never torn."""
    pages: list[list[Markup]] = [[]]
    used = 0
    for block in blocks:
        size = len(block.encode("utf-16-le")) // 2 + 1
        if pages[-1] and used + size > most:
            pages.append([])
            used = 0
        pages[-1].append(block)
        used += size
    return pages


def page_row(page: int, pages: int, to: Callable[[int], Action]) -> tuple[Button, ...]:
    """Buttons to the page before and after, with the place between them; nothing for a single page."""
    if pages < 2:
        return ()
    row = [Button(f"{page + 1} / {pages}", to(page))]
    if page > 0:
        row.insert(0, Button("‹", to(page - 1)))
    if page + 1 < pages:
        row.append(Button("›", to(page + 1)))
    return tuple(row)
