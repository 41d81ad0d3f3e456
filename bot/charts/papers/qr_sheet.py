"""The printed sheet of a branch's invites: one card with a QR code for each person, to be cut out and handed over."""

from __future__ import annotations

from dataclasses import dataclass

import segno

from bot.charts.papers.typeset import pdf


@dataclass(frozen=True, slots=True)
class InviteWords:
    """The words of the sheet, in the reader's language."""

    title: str
    """Such as "第一党支部 绑定二维码"."""
    instruction: str
    """How to use a card and that it is for one person, once."""
    staff_no: str
    """Before the staff number, such as "工号"."""
    footer: str
    """Such as until when the codes are valid."""


@dataclass(frozen=True, slots=True)
class InviteCard:
    """One person's invite; `link` is what the code holds."""

    name: str
    staff_no: str
    link: str


@dataclass(frozen=True, slots=True)
class InviteSheet:
    """All invites of one branch."""

    branch: str
    organisation: str
    cards: tuple[InviteCard, ...]
    words: InviteWords


def invite_sheet(sheet: InviteSheet) -> bytes:
    """The sheet as a PDF of A4 pages, twelve cards a page."""
    return pdf(
        "qr_sheet",
        {
            "branch": sheet.branch,
            "title": sheet.words.title,
            "organisation": sheet.organisation,
            "instruction": sheet.words.instruction,
            "footer": sheet.words.footer,
            "staff_no": sheet.words.staff_no,
            "cards": [{"name": card.name, "staff_no": card.staff_no, "code": _code(card.link)} for card in sheet.cards],
        },
    )


def _code(link: str) -> str:
    """The link as an SVG that can still be read when some of it is smudged."""
    code: str = segno.make_qr(link, error="m").svg_inline(border=2, omitsize=True, dark="#000000", light="#ffffff")
    return code
