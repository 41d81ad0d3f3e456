"""异议档案: a quarter's objections with what was shown, what was answered, and what it changed, as a PDF to keep."""

from __future__ import annotations

from dataclasses import dataclass

from bot.charts.papers.typeset import Data, pdf


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading and its paragraphs; `quoted` is what somebody wrote himself."""

    heading: str
    lines: tuple[str, ...]
    quoted: str = ""


@dataclass(frozen=True, slots=True)
class ObjectionSheet:
    """One objection: its number, whose it is, about what, and how it went."""

    title: str
    about: str
    passages: tuple[Passage, ...]
    state: str


@dataclass(frozen=True, slots=True)
class ObjectionFile:
    """The whole quarter; `summary` stands above the first one."""

    title: str
    organisation: str
    summary: str
    footer: str
    sheets: tuple[ObjectionSheet, ...]


def objection_file(file: ObjectionFile) -> bytes:
    """The file as a PDF of A4 pages; long texts wrap over as many as they need."""
    sheets: list[Data] = [
        {
            "title": sheet.title,
            "about": sheet.about,
            "state": sheet.state,
            "passages": [
                {"heading": one.heading, "lines": list(one.lines), "quoted": _paragraphs(one.quoted)}
                for one in sheet.passages
            ],
        }
        for sheet in file.sheets
    ]
    return pdf(
        "objection_file",
        {
            "title": file.title, "organisation": file.organisation, "summary": file.summary, "footer": file.footer,
            "sheets": sheets,
        },
    )  # fmt: skip


def _paragraphs(text: str) -> list[Data]:
    """The text line by line, for a text on paper is one line."""
    return [line for line in text.split("\n") if line.strip()]
