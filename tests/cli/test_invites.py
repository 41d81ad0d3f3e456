"""Invites: a list, sheets of codes, and only for those who need one."""

from __future__ import annotations

import asyncio
import csv
import io
from pathlib import Path

from bot.domain.accounts import Language
from bot.usecases.visit import Cause, Visit
from sandbox import Sandbox
from tests.cli.conftest import TOKEN, Office

OUT = ("--username", "@xianfeng_bot", "--out", "handouts")


def listed() -> list[dict[str, str]]:
    """The newest list that was written."""
    newest = sorted(Path("handouts").glob("*.csv"))[-1]
    return list(csv.DictReader(io.StringIO(newest.read_bytes().decode("utf-8-sig"))))


def bind(office: Office, token: str) -> str:
    """Somebody uses an invite; his staff number."""

    async def enter(core):
        visit = Visit(700, Cause("u1"), Language.ZH)
        invited = await core.do.open_invite(visit, token)
        return (await core.do.confirm_invite(visit, invited.invite_id)).staff_no

    return office.ask(enter)


def test_the_list_has_a_link_and_a_bare_token_for_everybody(ready: Office):
    """The administrator can send links or have tokens typed."""
    printed = ready.does("invites", *OUT)
    rows = listed()
    assert f"{len(rows)} invites in handouts" in printed
    assert all(row["链接"] == f"https://t.me/xianfeng_bot?start={row['口令']}" for row in rows)
    assert len({row["口令"] for row in rows}) == 12


def test_every_branch_gets_a_sheet_of_codes(ready: Office):
    """One PDF a branch, named after it."""
    ready.does("invites", *OUT)
    sheets = sorted(Path("handouts").glob("*.pdf"))
    assert {sheet.stem.partition(" ")[2] for sheet in sheets} == {row["支部"] for row in listed()}
    assert all(sheet.read_bytes().startswith(b"%PDF") for sheet in sheets)


def test_only_the_owner_can_read_the_files(ready: Office):
    """An invite is a key."""
    ready.does("invites", *OUT)
    assert {path.stat().st_mode & 0o777 for path in Path("handouts").iterdir()} == {0o600}


def test_an_invite_from_the_list_works_and_its_owner_is_not_invited_again(ready: Office):
    """Who is bound needs no invite."""
    ready.does("invites", *OUT)
    staff_no = bind(ready, listed()[0]["口令"])
    assert "Nobody to invite" in ready.is_refused("invites", *OUT, "--only", staff_no)


def test_a_branch_or_a_person_can_be_invited_alone(ready: Office):
    """The others' invites stay good."""
    ready.does("invites", *OUT, "--only", "000102", "--only", "000103")
    assert [row["工号"] for row in listed()] == ["000102", "000103"]


def test_one_branch_alone(ready: Office):
    """--branch takes the branch's name as on the roster."""
    ready.does("invites", *OUT)
    branch = listed()[0]["支部"]
    expected = [row["工号"] for row in listed() if row["支部"] == branch]
    for old in Path("handouts").iterdir():
        old.unlink()
    ready.does("invites", *OUT, "--branch", branch)
    assert [row["工号"] for row in listed()] == expected


def test_an_unbound_person_can_be_invited_anew(ready: Office):
    """A lost phone: unbind, invite, bind again."""
    ready.does("invites", *OUT, "--only", "000102")
    bind(ready, listed()[0]["口令"])
    assert "is unbound" in ready.does("unbind", "000102")
    assert "is not bound" in ready.is_refused("unbind", "000102")


def test_unbinding_nobody_is_told(ready: Office):
    """A staff number that is not on the roster."""
    assert "Nobody on the roster has the staff number 999999." in ready.is_refused("unbind", "999999")


async def test_the_bots_name_is_asked_of_telegram(ready: Office, monkeypatch):
    """Without --username the links carry the name that the token belongs to."""
    async with Sandbox(bots={TOKEN: "asked_bot"}) as box:
        monkeypatch.setenv("BOT_API_BASE", box.url)
        await asyncio.to_thread(ready.does, "invites", "--out", "handouts")
    assert "https://t.me/asked_bot?start=" in listed()[0]["链接"]


async def test_a_token_that_telegram_does_not_know_is_told(ready: Office, monkeypatch):
    """Nothing is written and no invite is made void."""
    async with Sandbox(bots={"7:OTHER": "other_bot"}) as box:
        monkeypatch.setenv("BOT_API_BASE", box.url)
        printed = await asyncio.to_thread(ready.is_refused, "invites", "--out", "handouts")
    assert "Telegram does not know this BOT_TOKEN" in printed
    assert not Path("handouts").exists()


def test_without_a_way_to_telegram_it_says_so(ready: Office, monkeypatch):
    """The network is down."""
    monkeypatch.setenv("BOT_API_BASE", "http://127.0.0.1:9")
    assert "Telegram does not answer" in ready.is_refused("invites", "--out", "handouts")


def test_without_a_token_it_says_where_to_get_one(ready: Office, monkeypatch):
    """No token, no name."""
    monkeypatch.setenv("BOT_TOKEN", "")
    assert "@BotFather" in ready.is_refused("invites", "--out", "handouts")
