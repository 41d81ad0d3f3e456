"""The list of invites opens in Excel with a double click and computes nothing."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from bot.sheets.invites import InviteRow, invites_csv

INVITE = InviteRow("007", "陈䶮", "营业部党支部", "https://t.me/example_bot?start=abc", "abc")


def lines(*invites):
    """The list as a program reads it."""
    return list(csv.reader(StringIO(invites_csv(invites).decode("utf-8-sig"))))


def test_each_person_has_one_line():
    """Staff number, name, branch, link and bare token stand under their headers."""
    assert lines(INVITE) == [
        ["工号", "姓名", "支部", "链接", "口令"],
        ["007", "陈䶮", "营业部党支部", "https://t.me/example_bot?start=abc", "abc"],
    ]


def test_excel_finds_the_encoding_by_itself():
    """Without the byte order mark a Chinese Excel would show every name as nonsense."""
    assert invites_csv([]).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_a_name_that_looks_like_a_formula_is_neutralised(start):
    """An apostrophe keeps Excel from computing a cell."""
    name = f"{start}HYPERLINK(1)"
    assert lines(InviteRow("007", name, "营业部党支部", "", ""))[1][1] == f"'{name}"


def test_line_breaks_and_quotes_stay_inside_their_cell():
    """Nothing in a name opens another line."""
    name = '张\r\n"伟",'
    assert lines(InviteRow("007", name, "营业部党支部", "", ""))[1][1] == name
