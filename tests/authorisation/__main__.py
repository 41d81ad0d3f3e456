"""Writes docs/authorisation.md: `python -m tests.authorisation docs`."""

from __future__ import annotations

import sys

from tests.authorisation.page import PAGE, page


def main() -> int:
    """Write the page, or say how it is called."""
    if sys.argv[1:] != ["docs"]:
        sys.stderr.write("usage: python -m tests.authorisation docs\n")
        return 2
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
