"""The file of a quarter's objections, written by the operator."""

from __future__ import annotations

import stat

from tests.cli.conftest import Office
from tests.cli.test_periods import MONTH, QUARTER, ledger


def test_the_file_is_written_for_its_owner_alone_and_noted(ready: Office) -> None:
    """A PDF that nobody else may read, even of a quarter without objections; the ledger says that it was taken."""
    ready.does("month", "open", str(MONTH))
    ready.does("quarter", "open", QUARTER)
    file = ready.folder / "objections.pdf"
    assert "0 objections written" in ready.does("objections", "export", QUARTER, str(file))
    assert file.read_bytes().startswith(b"%PDF")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert ledger(ready, "objections_exported")[0]["by"] == "cli"


def test_an_older_file_stays(ready: Office) -> None:
    """Nothing is written over."""
    ready.does("month", "open", str(MONTH))
    ready.does("quarter", "open", QUARTER)
    file = ready.folder / "kept.pdf"
    file.write_bytes(b"older")
    assert "kept.pdf" in ready.is_refused("objections", "export", QUARTER, str(file))
    assert file.read_bytes() == b"older"


def test_what_is_no_quarter_or_was_not_opened_is_refused(ready: Office) -> None:
    """One sentence each."""
    assert "A quarter is written like" in ready.is_refused("objections", "export", "2026-Q4", "x.pdf")
    assert "has not been opened yet" in ready.is_refused("objections", "export", "2019Q1", "x.pdf")
