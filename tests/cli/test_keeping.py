"""The database, the ledger and the switches."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Office

COMMANDS = [
    ("run",),
    ("roster", "import", "x.xlsx"),
    ("invites", "--username", "b", "--out", "o"),
    ("unbind", "1"),
    ("month", "open", "2026-11"),
    ("quarter", "close", "2026Q4"),
    ("settings", "show"),
    ("ledger", "verify"),
    ("ledger", "export", "x.xlsx"),
    ("letters", "held"),
]


def database() -> sqlite3.Connection:
    return sqlite3.connect(Path("var") / "xianfeng.sqlite3")


@pytest.mark.parametrize("words", COMMANDS)
def test_nothing_works_on_a_database_that_was_never_made(office: Office, words: tuple[str, ...]):
    """It says what to run, and makes no half database."""
    assert "xianfeng migrate" in office.is_refused(*words)
    assert not Path("var").exists()


def test_migrating_twice_is_harmless(office: Office):
    """The second time there is nothing to do."""
    assert "is up to date." in office.does("migrate")
    assert "already" in office.does("migrate")


def test_an_old_database_is_refused(office: Office):
    """The bot never runs on a schema it does not know."""
    office.does("migrate")
    with database() as connection:
        connection.execute("update alembic_version set version_num = 'before'")
    assert "newer than this program" in office.is_refused("migrate")
    assert "not up to date" in office.is_refused("settings", "show")


def test_a_database_that_is_away_is_one_sentence(office: Office, monkeypatch):
    """A server that is down, without its address or password."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://office:verysecret@127.0.0.1:9/none")
    printed = office.is_refused("settings", "show")
    assert "The database cannot be reached" in printed
    assert "verysecret" not in printed


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", "nonsense"),
        ("TIMEZONE", "Mars/North"),
        ("DATABASE_URL", "mysql://x"),
        ("BOT_API_BASE", "telegram"),
    ],
)
def test_a_wrong_setting_is_one_sentence_without_its_value(office: Office, monkeypatch, name: str, value: str):
    """The operator reads which setting it is; what was in it may be a secret."""
    monkeypatch.setenv(name, value)
    printed = office.is_refused("settings", "show")
    assert printed.count("\n") == 1
    assert name in printed
    assert value not in printed.replace("telegram.org", "")


def test_a_whole_ledger_is_proved(ready: Office):
    """The head can be kept elsewhere."""
    printed = ready.does("ledger", "verify")
    assert "The ledger is whole" in printed
    assert "Head: " in printed


def head_of(printed: str) -> str:
    return next(line for line in printed.splitlines() if line.startswith("Head: ")).removeprefix("Head: ")


def forge(*statements: str) -> None:
    """Somebody with the database in hand takes the guards down and changes the past."""
    with database() as connection:
        for (name,) in connection.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            connection.execute(f"drop trigger {name}")
        for statement in statements:
            connection.execute(statement)


def test_a_changed_entry_is_found(ready: Office):
    """Which, of what kind, and what is wrong with it."""
    forge("update ledger set body = '{}' where seq = 5")
    printed = ready.is_refused("ledger", "verify")
    assert "entry 5 (put on the roster): what it says was changed" in printed


def test_a_cut_end_is_found_by_the_head_that_was_kept(ready: Office):
    """Alone the rest verifies; the head that was written down shows what is missing."""
    head = head_of(ready.does("ledger", "verify"))
    assert "holds the published head" in ready.does("ledger", "verify", "--head", head)
    forge("delete from ledger where seq > 10")
    assert "The ledger is whole" in ready.does("ledger", "verify")
    assert "entry 11: it is missing" in ready.is_refused("ledger", "verify", "--head", head)


def test_a_head_that_is_none_is_told(ready: Office):
    """A slip of the clipboard."""
    assert "A head looks like" in ready.is_refused("ledger", "verify", "--head", "12")


def test_the_ledger_is_exported(ready: Office):
    """All of it, or of a branch or a person; never over a file that is there, and only for its owner."""
    assert "Wrote 14 entries" in ready.does("ledger", "export", "all.xlsx")
    assert Path("all.xlsx").stat().st_mode & 0o777 == 0o600
    assert "exists already" in ready.is_refused("ledger", "export", "all.xlsx")
    assert "nothing of this name" in ready.is_refused("ledger", "export", "b.xlsx", "--branch", "没有")
    assert "like 2026Q4" in ready.is_refused("ledger", "export", "b.xlsx", "--quarter", "4")
    assert not Path("b.xlsx").exists()


def test_a_database_is_saved_and_put_back(ready: Office):
    """The office's whole memory in one file."""
    printed = ready.does("backup", "b.zip")
    assert "Head of the ledger: 13:" in printed
    assert Path("b.zip").stat().st_mode & 0o777 == 0o600
    assert "exists already" in ready.is_refused("backup", "b.zip")
    assert "holds data already" in ready.is_refused("restore", "b.zip")
    forge("delete from ledger")
    assert "whole up to 13:" in ready.does("restore", "b.zip", "--replace")
    assert "The ledger is whole: 13 entries" in ready.does("ledger", "verify")
    assert "No letters are held" in ready.does("letters", "held")


def test_what_is_no_backup_is_refused(ready: Office):
    """Nothing is lost by the wrong file."""
    Path("x.zip").write_bytes(b"no backup")
    assert "no whole backup" in ready.is_refused("restore", "x.zip", "--replace")
    assert "The ledger is whole" in ready.does("ledger", "verify")


def test_switches_are_shown_with_what_they_can_be(ready: Office):
    """Nobody has to look the words up."""
    assert "own_only" in ready.does("settings", "show")


def test_a_switch_is_set_and_noted(ready: Office):
    """The change is in the ledger as the operator's."""
    printed = ready.does("settings", "set", "board_names", "own_only")
    assert printed.splitlines()[0].split()[:2] == ["board_names", "own_only"]

    async def noted(core):
        async with core.store.read() as tx:
            return [entry.body for entry in await tx.ledger.entries() if entry.kind == "switch_changed"]

    (body,) = ready.ask(noted)
    assert '"by":"cli"' in body


@pytest.mark.parametrize("words", [("board_name", "full"), ("board_names", "everybody")])
def test_an_unknown_switch_or_value_is_told(ready: Office, words: tuple[str, str]):
    """With those that exist."""
    assert "board_names" in ready.is_refused("settings", "set", *words) or words[1] == "everybody"
    assert "full" in ready.is_refused("settings", "set", *words) or words[0] == "board_name"
