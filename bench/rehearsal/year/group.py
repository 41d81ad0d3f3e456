"""机构 by buttons: the committee names the lead, draws, draws again; seats declare; the branches are given out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bench.rehearsal.organisation import Player
from bench.rehearsal.phone import LostError, Phone
from bot.domain.actions.review import (
    AnswerSeat,
    AskConflict,
    AskRedraw,
    AskSeat,
    AssignReviews,
    DeclareConflict,
    DrawBranches,
    ListReviews,
    NameSeat,
    OpenBody,
    OpenReviews,
    OpenSeat,
)

REDRAWN_BECAUSE = "抽中支部的书记本季度在外脱产学习，经党委会议研究重新抽取。"


async def form_group(committee: Player, quarter: str) -> None:
    """The lead is named, and the branches are drawn."""
    phone = committee.phone
    this: dict[str, Any] = {"quarter": quarter}
    await _say_body(phone, quarter)
    if phone.find(DrawBranches, **this, newest=1) is None:
        await phone.tap(AskSeat, **this, seat="lead")
        await phone.tap(NameSeat, **this, seat="lead")
    await phone.tap(DrawBranches, **this)
    if phone.find(AskRedraw, **this) is None:
        raise LostError(f"{committee.person.name} could not draw\n{phone.person.screen()}")


async def draw_again(committee: Player, quarter: str) -> None:
    """The committee draws once more, and says why."""
    phone = committee.phone
    await _say_body(phone, quarter)
    number = (await phone.tap(AskRedraw, quarter=quarter)).action.number
    await phone.says_until(
        REDRAWN_BECAUSE, lambda: phone.find(AskRedraw, quarter=quarter, number=number + 1) is not None
    )


def seated(players: Iterable[Player], quarter: str) -> list[Player]:
    """Who was told of a seat in this quarter's group."""
    return [player for player in players if player.phone.find(OpenSeat, quarter=quarter) is not None]


async def answer_seat(player: Player, quarter: str, *, kin: bool) -> bool:
    """Open one's seat and answer; False where it is another's by now. With `kin` one branch is declared first."""
    phone = player.phone
    this: dict[str, Any] = {"quarter": quarter}
    await phone.tap(OpenSeat, **this)
    if phone.find(AnswerSeat, **this) is None:
        return False
    if kin and phone.find(AskConflict, **this) is not None:
        await phone.tap(AskConflict, **this)
        await phone.tap(DeclareConflict, **this, conflict="kinship")
    await phone.tap(AnswerSeat, **this)
    return True


async def give_out(committee: Player, quarter: str) -> None:
    """What is not given out by itself is given out by the committee; everybody's branch has a reviewer then."""
    phone = committee.phone
    await _say_body(phone, quarter)
    if phone.find(AssignReviews, quarter=quarter, newest=1) is not None:
        await phone.tap(AssignReviews, quarter=quarter)
    if phone.find(ListReviews, quarter=quarter) is None:
        raise LostError(f"{committee.person.name} could not give out the branches\n{phone.person.screen()}")


def reviewers(players: Iterable[Player], quarter: str) -> list[Player]:
    """Who was told that branches are his to review."""
    return [player for player in players if player.phone.find(OpenReviews, quarter=quarter) is not None]


async def _say_body(phone: Phone, quarter: str) -> None:
    wanted: dict[str, Any] = {"quarter": quarter, "newest": 1}
    await phone.says_until(
        "/body",
        lambda: any(phone.find(kind, **wanted) is not None for kind in (AskSeat, DrawBranches, AskRedraw, OpenBody)),
    )
