"""The organisation's own switches (MISSION §6): who sees what, when, and how often he is asked; data in `setting`."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any

from bot.domain.burden import PROMPTS_A_MONTH, PROMPTS_ALLOWED


class BoardNames(StrEnum):
    """Whose names the branch's own ranking shows to its members."""

    FULL = "full"
    OWN_ONLY = "own_only"


class RedList(StrEnum):
    """How wide the names of the best may go."""

    ORGANISATION = "organisation"
    BRANCH = "branch"
    OFF = "off"


class BlackList(StrEnum):
    """Who is told the names of those under the line: the responsible leaders; by a branch's decision its group."""

    RESPONSIBLE = "responsible"
    BY_DECISION = "by_decision"
    OFF = "off"


class Publication(StrEnum):
    """When a branch's quarter is shown: after the group's review by the committee, or as soon as the branch closed it.

    The second is for an organisation that has no review group; publicity and objections are the same in both.
    """

    REVIEWED = "reviewed"
    AT_CLOSE = "at_close"


@dataclass(frozen=True, slots=True)
class Switches:
    """Defaults: full ranking in the own branch, red list wider, black list to the responsible, a count to others."""

    board_names: BoardNames = BoardNames.FULL
    red_list: RedList = RedList.ORGANISATION
    black_list: BlackList = BlackList.RESPONSIBLE
    publication: Publication = Publication.REVIEWED
    prompts_a_month: int = PROMPTS_A_MONTH

    @classmethod
    def from_mapping(cls, values: dict[str, Any]) -> Switches:
        """Read stored values; what is not stored keeps its default, an unknown value is a ValueError."""
        return cls(
            board_names=BoardNames(values.get("board_names", BoardNames.FULL)),
            red_list=RedList(values.get("red_list", RedList.ORGANISATION)),
            black_list=BlackList(values.get("black_list", BlackList.RESPONSIBLE)),
            publication=Publication(values.get("publication", Publication.REVIEWED)),
            prompts_a_month=int(values.get("prompts_a_month", PROMPTS_A_MONTH)),
        )

    def as_mapping(self) -> dict[str, str]:
        """The values as they are stored."""
        return {name: str(value) for name, value in asdict(self).items()}

    @staticmethod
    def names() -> tuple[str, ...]:
        """The names of all switches."""
        return tuple(entry.name for entry in fields(Switches))

    @staticmethod
    def values(name: str) -> tuple[str, ...]:
        """What a switch can be set to; a KeyError for a name that does not exist."""
        if name == "prompts_a_month":
            return tuple(str(number) for number in PROMPTS_ALLOWED)
        kinds: dict[str, type[StrEnum]] = {
            "board_names": BoardNames, "red_list": RedList, "black_list": BlackList, "publication": Publication,
        }  # fmt: skip
        return tuple(entry.value for entry in kinds[name])
