"""The list of invites that an administrator hands out, as a CSV file that Excel opens with a double click."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from io import StringIO
from typing import Final

INVITE_HEADER: Final = ("工号", "姓名", "支部", "链接", "口令")
_FORMULA_STARTS: Final = (*"=+-@＝＋－＠", "\t", "\r")


@dataclass(frozen=True, slots=True)
class InviteRow:
    """One person's way in: the link to tap, and the token alone for those who must type it."""

    staff_no: str
    name: str
    branch: str
    link: str
    token: str


def invites_csv(rows: Iterable[InviteRow]) -> bytes:
    """The invites under their header, as UTF-8 with a byte order mark."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(INVITE_HEADER)
    writer.writerows([harmless(cell) for cell in astuple(row)] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """The cell with an apostrophe before anything that Excel would compute."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
