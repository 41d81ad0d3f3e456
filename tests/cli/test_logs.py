"""The log names what happened and never whom, what was written, or a secret."""

from __future__ import annotations

import logging

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot.logs import MASK, configure_logs, masked

TOKEN = "123456789:AAbb-_ccddeeffgghhiijjkkllmmnnoopp"


def test_a_line_is_readable_key_by_key(capsys):
    """Time, level and event first."""
    configure_logs("INFO")
    structlog.get_logger().info("a letter was sent", letter=7)
    line = capsys.readouterr().err
    assert line.startswith("at=")
    assert 'level=info event="a letter was sent" letter=7' in line


@pytest.mark.parametrize("spelling", [TOKEN, TOKEN.replace(":", "%3A"), f"https://api.telegram.org/bot{TOKEN}/getMe"])
def test_a_token_is_masked_however_it_is_spelt(capsys, spelling: str):
    """Even where nobody told the log about it."""
    configure_logs("INFO")
    structlog.get_logger().warning("refused", address=spelling)
    printed = capsys.readouterr().err
    assert "AAbb" not in printed
    assert MASK in printed


@given(st.text(min_size=1, max_size=20), st.text(max_size=5), st.text(max_size=5))
def test_a_known_secret_never_passes(secret: str, before: str, after: str):
    """A database's password, of any characters."""
    line = masked(lambda _logger, _method, event: event["text"], [secret])(
        None, "info", {"text": f"{before}{secret}{after}"}
    )
    assert secret not in line.replace(MASK, "") or secret in MASK


def test_an_error_shows_its_kind_and_place_but_not_its_message(capsys):
    """A message may quote what somebody wrote."""
    configure_logs("INFO")
    try:
        int("张伟")
    except ValueError:
        structlog.get_logger().exception("an update failed")
    printed = capsys.readouterr().err
    assert "张伟" not in printed
    assert "error=ValueError" in printed
    assert "test_logs.py" in printed
    assert printed.count("\n") == 1


def test_a_library_speaks_without_what_it_filled_in(capsys):
    """Its sentence is kept, the values in it are not."""
    configure_logs("INFO")
    logging.getLogger("some.library").warning("could not send to %s", "张伟")
    logging.getLogger("some.library").info("chatter")
    printed = capsys.readouterr().err
    assert "张伟" not in printed
    assert 'event="could not send to %s" library=some.library' in printed
    assert "chatter" not in printed


def test_the_level_of_the_settings_is_kept(capsys):
    """WARNING hides what is only informative."""
    configure_logs("WARNING")
    structlog.get_logger().info("quiet")
    assert capsys.readouterr().err == ""
