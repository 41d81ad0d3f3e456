"""The platforms' records: a file, its columns, whom its rows mean."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.actions.base import Action


@dataclass(frozen=True, slots=True)
class OpenPlatforms(Action):
    """What was imported of each platform."""

    code = "i"


@dataclass(frozen=True, slots=True)
class ChoosePlatform(Action):
    """Which month or quarter the export is about."""

    code = "ip"
    platform: str


@dataclass(frozen=True, slots=True)
class AskRecords(Action):
    """As the awaited field it takes the export of this platform and period."""

    code = "ia"
    platform: str
    period: str


@dataclass(frozen=True, slots=True)
class OpenImport(Action):
    """An export as it would be taken over, or was."""

    code = "io"
    file_id: int


@dataclass(frozen=True, slots=True)
class OpenMapping(Action):
    """Which column holds what."""

    code = "im"
    file_id: int


@dataclass(frozen=True, slots=True)
class OpenField(Action):
    code = "if"
    file_id: int
    field: str


@dataclass(frozen=True, slots=True)
class SetColumn(Action):
    """The column, counted from 1, that holds this field; 0 for none."""

    code = "ic"
    file_id: int
    field: str
    column: int


@dataclass(frozen=True, slots=True)
class OpenNamesakes(Action):
    """Whom a row means that several members fit."""

    code = "iw"
    file_id: int
    row: int


@dataclass(frozen=True, slots=True)
class ChooseNamesake(Action):
    """The row means this member; 0 leaves it out. Row 0 takes all answers back."""

    code = "iW"
    file_id: int
    row: int
    member_id: int


@dataclass(frozen=True, slots=True)
class ApplyImport(Action):
    """Take the export over, if it still changes just what was seen; `seal` is the checksum of that."""

    code = "iA"
    file_id: int
    seal: int


@dataclass(frozen=True, slots=True)
class DropImport(Action):
    code = "iX"
    file_id: int
