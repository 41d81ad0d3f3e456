"""Help in the terminal's language."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from bot.cli.columns import cells, columns
from bot.cli.program import program
from bot.cli.speaking import own_name, speaks_chinese
from bot.config import ROOT


def helped(language: str, *words: str) -> str:
    """What `python -m bot … --help` prints where LANG says so."""
    environment = {**os.environ, "LC_ALL": language, "COLUMNS": "100"}
    run = subprocess.run(
        [sys.executable, "-m", "bot", *words, "--help"],
        env=environment,
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    return run.stdout


def all_commands(command: Any) -> Iterator[Any]:
    """The command and all below it."""
    yield command
    for inner in getattr(command, "commands", {}).values():
        yield from all_commands(inner)


def test_help_is_chinese_where_the_terminal_is():
    """LANG decides, as for every other program."""
    assert "导入或更新名册" in helped("zh_CN.UTF-8", "roster")
    assert "变动自此日起算" in helped("zh_CN.UTF-8", "roster", "import")


def test_help_is_english_elsewhere():
    """C and the rest of the world read English."""
    assert "Import or update the roster" in helped("C.UTF-8", "roster")


@pytest.mark.parametrize("command", [*all_commands(typer.main.get_command(program))], ids=lambda command: command.name)
def test_every_command_says_what_it_does(command: Any):
    """One line that is not cut off in a terminal of eighty columns."""
    assert command.help
    assert len(command.help) <= 66


@pytest.mark.parametrize(
    ("environment", "chinese"),
    [
        ({"LANG": "zh_CN.UTF-8"}, True),
        ({"LC_ALL": "zh_TW", "LANG": "en_US.UTF-8"}, True),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, False),
        ({"LC_ALL": "", "LANG": "zh_CN.UTF-8"}, True),
        ({}, False),
    ],
)
def test_the_first_variable_that_is_set_decides(environment: dict[str, str], chinese: bool):
    """LC_ALL before LANG; nothing set is English."""
    assert speaks_chinese(environment) is chinese


def test_columns_stand_straight_under_wide_characters():
    """A Chinese character takes two cells."""
    lines = columns([("行", "ab", "x"), ("1", "列列列", "y")]).splitlines()
    assert [cells(line[: line.index(last)]) for line, last in zip(lines, "xy", strict=True)] == [12, 12]


@pytest.mark.parametrize(
    ("called", "name"),
    [
        ("/srv/xianfeng/bot/__main__.py", "python -m bot"),
        ("/nowhere/bin/xianfeng", "/nowhere/bin/xianfeng"),
        ("/usr/bin/pytest", "xianfeng"),
    ],
)
def test_the_program_calls_itself_as_it_was_called(called: str, name: str, monkeypatch: pytest.MonkeyPatch):
    """What it tells to run can be run: by `-m` from the folder, by its path where it is not on the PATH."""
    monkeypatch.setenv("PATH", "/nowhere/else")
    assert own_name(called) == name


def test_who_has_read_enough_gets_no_complaint():
    """`xianfeng rules templates default | head` ends without a word about a database."""
    run = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m bot rules templates default | true"],
        env={**os.environ, "LC_ALL": "C.UTF-8"}, capture_output=True, text=True, cwd=ROOT, check=True,
    )  # fmt: skip
    assert run.stderr == ""
