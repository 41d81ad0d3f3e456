"""What a person sees, as Python objects."""

from dataclasses import dataclass
from datetime import datetime

from sandbox.model import Json
from sandbox.seen import instant
from sandbox.taps import Answer


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button as it is seen."""

    label: str
    kind: str
    data: str | None
    url: str | None
    copy: str | None
    style: str | None
    disabled: bool


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture or a document."""

    name: str
    width: int
    height: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as a person sees it; `wire` has all of it as JSON."""

    message_id: int
    kind: str
    text: str
    caption: str
    sender: str
    outgoing: bool
    date: datetime
    edited_at: datetime | None
    buttons: list[list[Button]]
    photo: Attachment | None
    document: Attachment | None
    pinned: bool
    media_group_id: str | None
    reactions: list[str]
    wire: Json

    @property
    def labels(self) -> list[str]:
        """Return the labels of all buttons, row by row."""
        return [button.label for row in self.buttons for button in row]


def seen_from(wire: Json, photo: Attachment | None = None, document: Attachment | None = None) -> Seen:
    """Build the message from the desk's JSON."""
    return Seen(
        message_id=wire["message_id"],
        kind=wire["kind"],
        text=wire["text"] or "",
        caption=wire["caption"] or "",
        sender=wire["sender"]["name"],
        outgoing=wire["outgoing"],
        date=instant(wire["date"]),
        edited_at=instant(wire["edited_at"]),
        buttons=[[Button(**button) for button in row] for row in wire["buttons"]],
        photo=photo,
        document=document,
        pinned=wire["pinned"],
        media_group_id=wire["media_group_id"],
        reactions=[reaction["emoji"] for reaction in wire["reactions"]],
        wire=wire,
    )


@dataclass(frozen=True, slots=True)
class Tap:
    """What came of a tap; `answer` is None while the bot has not answered, its text empty if the spinner just ended."""

    message_id: int
    data: str
    answered: bool
    answer: Answer | None
