"""The search for tokens bites, wherever one is printed."""

from __future__ import annotations

import asyncio
import subprocess
import sys

import pytest

from tests.leaks import found_in

PRINTS = [sys.executable, "-c", "print('123456789' + ':' + 'A' * 35)"]


@pytest.mark.parametrize("text", ["bot123456789:" + "A" * 35, b"x 123456789%3A" + b"b" * 35])
def test_a_token_is_found_however_it_is_spelt(text: str | bytes) -> None:
    """In an address, encoded, in bytes."""
    assert found_in(text)


def test_ordinary_output_is_let_through() -> None:
    """A masked token is none."""
    assert not found_in("api.telegram.org/bot***/getMe 12:30:59")
    assert not found_in(None)


def test_a_process_that_prints_a_token_fails_the_test() -> None:
    """Run at once or read through a pipe."""
    with pytest.raises(AssertionError, match="printed a token"):
        subprocess.run(PRINTS, capture_output=True, text=True, check=True)


async def test_a_process_read_through_a_pipe_is_searched_too() -> None:
    """As the tests of the running bot do."""
    process = await asyncio.create_subprocess_exec(*PRINTS, stdout=asyncio.subprocess.PIPE)
    with pytest.raises(AssertionError, match="printed a token"):
        await process.communicate()
