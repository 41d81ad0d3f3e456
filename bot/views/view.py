"""What a person sees: text, buttons and perhaps a picture, without any knowledge of Telegram."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from markupsafe import Markup

from bot.charts.facts import PictureFacts
from bot.charts.papers.kinds import PaperFacts
from bot.domain.actions.base import Action


class Style(StrEnum):
    """How a button is coloured; clients that do not know colours show it plain."""

    PLAIN = ""
    GO = "success"
    STOP = "danger"
    MAIN = "primary"


@dataclass(frozen=True, slots=True)
class Button:
    """A label and what it does; without an action it only tells something (a decided card)."""

    label: str
    action: Action | None = None
    style: Style = Style.PLAIN
    url: str = ""


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn; the view's text says the same under it, and `instead` says it all where no picture can be had."""

    facts: PictureFacts
    name: str
    instead: Markup


@dataclass(frozen=True, slots=True)
class Paper:
    """A file to keep: its content, or the facts that are typeset when it is sent."""

    content: bytes | PaperFacts
    name: str


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A photo or document that Telegram keeps: it is sent again by its id."""

    kind: str
    file_id: str


@dataclass(frozen=True, slots=True)
class View:
    """One message. `text` is escaped markup; `private` asks the client not to let it be forwarded or saved."""

    text: Markup
    rows: Rows = ()
    picture: Picture | None = None
    paper: Paper | None = None
    file: StoredFile | None = None
    private: bool = False
    pinned: bool = False
    edits: int = 0
    """A letter that changes what was said before: the message in its chat that is shown anew."""
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a tap or a text is answered with: a view in place of the card (or as a new message), and a toast."""

    view: View | None = None
    toast: str = ""
    alert: bool = False
    new_message: bool = False
    more: tuple[View, ...] = field(default=())


def one_per_row(buttons: list[Button]) -> Rows:
    """Each button on a row of its own."""
    return tuple((button,) for button in buttons)


def in_columns(buttons: list[Button], columns: int) -> Rows:
    """Buttons laid out in rows of so many."""
    return tuple(tuple(buttons[start : start + columns]) for start in range(0, len(buttons), columns))
