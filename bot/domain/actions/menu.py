"""The front page and what everybody can open from it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.actions.base import Action


@dataclass(frozen=True, slots=True)
class OpenMenu(Action):
    code = "m"


@dataclass(frozen=True, slots=True)
class OpenCurrentForm(Action):
    code = "mf"


@dataclass(frozen=True, slots=True)
class ShowScore(Action):
    code = "ms"


@dataclass(frozen=True, slots=True)
class ShowWhy(Action):
    """Why a month has its points; an empty month means the newest one."""

    code = "mw"
    month: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class ShowBoard(Action):
    """A branch's board; branch 0 is the own one, an empty quarter the newest closed one."""

    code = "mb"
    quarter: str = ""
    branch_id: int = 0


@dataclass(frozen=True, slots=True)
class ShowPortrait(Action):
    code = "mp"
    quarter: str = ""


@dataclass(frozen=True, slots=True)
class ShowOverview(Action):
    code = "mo"
    quarter: str = ""


@dataclass(frozen=True, slots=True)
class ShowRedList(Action):
    """The best of all branches, by name."""

    code = "mr"
    quarter: str


@dataclass(frozen=True, slots=True)
class PrintPoster(Action):
    """A branch's quarter as a sheet for the wall; branch 0 prints all that are shown, a sheet each."""

    code = "mP"
    quarter: str
    branch_id: int


@dataclass(frozen=True, slots=True)
class PrintBulletin(Action):
    """The quarter's bulletin once more."""

    code = "mB"
    quarter: str


@dataclass(frozen=True, slots=True)
class ChooseLanguage(Action):
    code = "ml"


@dataclass(frozen=True, slots=True)
class SetLanguage(Action):
    code = "mL"
    language: str


@dataclass(frozen=True, slots=True)
class ShowHelp(Action):
    code = "mh"


@dataclass(frozen=True, slots=True)
class ShowMyData(Action):
    code = "md"
    page: int = 0


@dataclass(frozen=True, slots=True)
class DownloadMyData(Action):
    code = "mD"
