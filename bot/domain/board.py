"""红黑榜: who may read what on a branch's board, by the organisation's switches (MISSION §6)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.may import Deed, Subject, may
from bot.domain.people import Person
from bot.domain.switches import BlackList, BoardNames, RedList, Switches


class Reader(StrEnum):
    """Who looks at a branch's board: its group, one of its members, or somebody who answers for the branch."""

    GROUP = "group"
    MEMBER = "member"
    RESPONSIBLE = "responsible"


@dataclass(frozen=True, slots=True)
class Sight:
    """What a reader is shown: everybody's names, the names of the best, the line with the names of those under it."""

    names: bool
    red_list: bool
    under_line: bool


def reader_of(person: Person, branch_id: int) -> Reader:
    """How this person stands to the branch whose board he may see."""
    leads = may(person, Deed.SEE_QUEUE, Subject(branch_id=branch_id))
    return Reader.RESPONSIBLE if leads else Reader.MEMBER


def sight_of(switches: Switches, reader: Reader) -> Sight:
    """What the switches let this reader see; nobody but the responsible ever sees a name under the line as such."""
    responsible = reader is Reader.RESPONSIBLE
    names = responsible or switches.board_names is BoardNames.FULL
    return Sight(
        names=names,
        red_list=switches.red_list is not RedList.OFF,
        under_line=responsible and switches.black_list is not BlackList.OFF,
    )
