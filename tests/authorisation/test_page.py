"""The page that people read says what is tried."""

from __future__ import annotations

from tests.authorisation.page import PAGE, page


def test_the_page_is_current() -> None:
    """After a change of the table it is written again: python -m tests.authorisation docs."""
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tests.authorisation docs"
