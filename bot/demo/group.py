"""The review group of the demo: drawn and seated if the visitor leaves it undone, its members review by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Final

from bot.demo.branches import adjust
from bot.demo.phone import Phone
from bot.domain.actions.publicity import AskPublish, PublishQuarter
from bot.domain.actions.rating import OpenRating
from bot.domain.actions.review import (
    AnswerSeat,
    AskConfirmReview,
    AskQuestion,
    AskSeat,
    AskSendBack,
    AssignReviews,
    ConfirmReview,
    DrawBranches,
    NameSeat,
    OpenReview,
    OpenSeat,
)
from bot.domain.periods import Quarter
from bot.domain.review import SeatKind

QUESTION: Final = "贡献积分较上季度明显偏高，请对照台账说明，并重新核对。"
_ADJUSTING_REVIEWS = 0.25


class Group:
    """What the committee and the reviewers do, on their phones by member id."""

    def __init__(self, phones: Mapping[int, Phone]) -> None:
        self._phones = phones

    async def draw(self, member_id: int, quarter: Quarter) -> None:
        """Somebody of the committee names the lead and draws the branches."""
        phone, which = self._phones[member_id], str(quarter)
        await phone.writes("/body")
        if await phone.taps(AskSeat, quarter=which, seat=SeatKind.LEAD.value):
            await phone.taps(NameSeat, quarter=which, seat=SeatKind.LEAD.value)
        await phone.taps(DrawBranches, quarter=which)

    async def give_out(self, member_id: int, quarter: Quarter) -> None:
        """Somebody of the committee gives out the branches without waiting any longer."""
        phone = self._phones[member_id]
        await phone.writes("/body")
        await phone.taps(AssignReviews, quarter=str(quarter))

    async def answer_seat(self, member_id: int, quarter: Quarter) -> None:
        """Whoever was seated has no branch to stay away from but his own."""
        phone, which = self._phones[member_id], str(quarter)
        await phone.taps(OpenSeat, quarter=which)
        await phone.taps(AnswerSeat, quarter=which)

    async def review(self, member_id: int, quarter: Quarter, branch_id: int, *, asks: bool) -> None:
        """One branch: a question, or now and then an adjustment, and the confirmation."""
        phone, which = self._phones[member_id], str(quarter)
        await phone.writes("/review")
        await phone.sends(OpenReview(which, branch_id))
        if asks and await phone.taps(AskSendBack, quarter=which, branch_id=branch_id):
            await phone.taps(AskQuestion, quarter=which, branch_id=branch_id)
            await phone.writes(QUESTION)
            return
        random = Random(f"{quarter} {branch_id} review")
        if random.random() < _ADJUSTING_REVIEWS and await phone.chooses(OpenRating, random):
            await adjust(phone, random)
            await phone.sends(OpenReview(which, branch_id))
        await phone.taps(AskConfirmReview, quarter=which, branch_id=branch_id)
        await phone.taps(ConfirmReview, quarter=which, branch_id=branch_id)

    async def publish(self, member_id: int, quarter: Quarter) -> None:
        """Somebody of the committee shows what is reviewed."""
        phone, which = self._phones[member_id], str(quarter)
        await phone.writes("/publish")
        await phone.taps(AskPublish, quarter=which)
        await phone.taps(PublishQuarter, quarter=which)
