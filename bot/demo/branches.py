"""The branches of the demo rate by themselves: the secretary adjusts and approves, then the meeting, then the end."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any, Final

from bot.demo.phone import Phone
from bot.domain.actions.rating import (
    AdjustRating,
    ApproveAll,
    ApproveRating,
    AskAdjust,
    AskAdjustMonth,
    AskAdjustPoints,
    AskAdjustReason,
    AskApproveAll,
    AskCloseBranch,
    AskMeeting,
    AskMeetingCount,
    AskMeetingDay,
    CloseBranch,
    OpenQueue,
    OpenRating,
    RecordMeeting,
)
from bot.domain.actions.review import AskAnswer
from bot.domain.forms import BranchQuarter, MeetingKind, RatingState
from bot.storage.store import Store

ANSWER: Final = "支部已对照会议记录和佐证材料逐项核对，申报属实。"
_ADJUSTING_BRANCHES = 0.6


class Branches:
    """How secretaries and commissioners go about a quarter, on their phones by member id."""

    def __init__(self, store: Store, phones: Mapping[int, Phone]) -> None:
        self._store = store
        self._phones = phones

    async def rate(self, stand: BranchQuarter, secretary: int, commissioner: int | None) -> None:
        """All of a branch's quarter in one sitting; what cannot be done now is left for the next time."""
        phone = self._phones[secretary]
        random = Random(f"{stand.quarter} {stand.branch_id}")
        await phone.writes("/rate")
        if await phone.taps(AskAnswer, branch_id=stand.branch_id):
            await phone.writes(ANSWER)
        elif not stand.was_sent_back and random.random() < _ADJUSTING_BRANCHES:
            await self._adjust_one(phone, stand, secretary, random)
        await self._approve(phone, stand, besides=secretary)
        if commissioner is not None:
            await self._phones[commissioner].writes("/rate")
            await self._approve(self._phones[commissioner], stand, besides=commissioner)
        await _close(phone, stand.branch_id)

    async def _adjust_one(self, phone: Phone, stand: BranchQuarter, secretary: int, random: Random) -> None:
        waiting = await self._waiting(stand, secretary)
        if waiting:
            await phone.sends(OpenRating(random.choice(waiting)))
            await adjust(phone, random)

    async def _approve(self, phone: Phone, stand: BranchQuarter, besides: int) -> None:
        """Those without remarks together, then one card after the other."""
        await phone.taps(OpenQueue, branch_id=stand.branch_id)
        if await phone.taps(AskApproveAll, branch_id=stand.branch_id):
            await phone.taps(ApproveAll, branch_id=stand.branch_id)
        for rating_id in await self._waiting(stand, besides):
            # The next card comes by itself after each decision.
            if not phone.shows(ApproveRating, rating_id=rating_id):
                await phone.sends(OpenRating(rating_id))
            await phone.taps(ApproveRating, rating_id=rating_id)

    async def _waiting(self, stand: BranchQuarter, besides: int) -> list[int]:
        """Which ratings are to be decided by somebody who is not rated by others himself."""
        async with self._store.read() as tx:
            unrated = set((await tx.waiting.unrated(stand.quarter)).get(stand.branch_id, ()))
            ratings = await tx.ratings.in_branch(stand.branch_id, stand.quarter)
        return [
            one.rating_id
            for one in ratings
            if one.state is RatingState.PENDING and one.member_id in unrated and one.member_id != besides
        ]


async def adjust(phone: Phone, random: Random) -> None:
    """Other points for one item by chance, with one of the usual reasons."""
    await phone.taps(AskAdjust)
    await phone.chooses(AskAdjustMonth, random)
    await phone.chooses(AskAdjustPoints, random)
    await phone.chooses(AskAdjustReason, random)
    await phone.chooses(AdjustRating, random)


async def _close(phone: Phone, branch_id: int) -> None:
    here: dict[str, Any] = {"branch_id": branch_id}
    await phone.writes("/rate")
    if await phone.taps(AskMeeting, **here):
        await phone.taps(AskMeetingDay, **here, kind=MeetingKind.GENERAL.value)
        await phone.taps(AskMeetingCount, **here)
        await phone.taps(RecordMeeting, **here)
        await phone.taps(OpenQueue, **here)
    if await phone.taps(AskCloseBranch, **here):
        await phone.taps(CloseBranch, **here)
