"""The quarter's end by buttons: rating, adjusting, sending back, the meeting, closing."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from bench.rehearsal.branch_script import Adjustment
from bench.rehearsal.month import hand_in
from bench.rehearsal.organisation import BranchOnStage, Player
from bench.rehearsal.phone import Found, LostError, Phone, persistently
from bot.domain.actions.form import OpenForm
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
    AskReturnRating,
    AskReturnReason,
    CloseBranch,
    OpenQueue,
    OpenRating,
    RecordMeeting,
    ReturnRating,
)

_CARDS_AT_MOST = 60
_NEXT = "▶️"


async def rate_branch(branch: BranchOnStage, random: Random) -> None:
    """The secretary: the cards on which there is something to say, the plain ones together, then the rest."""
    phone = branch.secretary.phone
    names = {player.member_id: player.person.name for player in branch.players}

    async def rate() -> None:
        for member_id in sorted(branch.script.adjusts):
            await _adjust_and_approve(phone, branch, member_id, names[member_id], random)
        for member_id in sorted(branch.script.returns - branch.script.returned.keys()):
            card = await _open_card(phone, branch, names[member_id])
            if card is not None and phone.find(AskReturnRating, rating_id=card) is not None:
                await _send_back(phone, branch, member_id, card)
        queue = await _open_queue(phone, branch)
        if phone.find(AskApproveAll, branch_id=branch.branch_id, on=queue) is not None:
            await phone.tap(AskApproveAll, branch_id=branch.branch_id)
            await phone.tap(ApproveAll, branch_id=branch.branch_id)

    await persistently(rate, lambda: _say_rate(phone))
    await approve_waiting(phone, branch)


async def _adjust_and_approve(phone: Phone, branch: BranchOnStage, member_id: int, name: str, random: Random) -> None:
    card = await _open_card(phone, branch, name)
    if card is None or phone.find(ApproveRating, rating_id=card) is None:
        return
    if member_id not in branch.script.adjusted:
        await adjust(phone, card, random, lambda decided: branch.script.adjusted.update({member_id: decided}))
    await phone.tap(ApproveRating, rating_id=card)


async def approve_waiting(phone: Phone, branch: BranchOnStage) -> None:
    """One card after the other comes up by itself; the queue is looked at again until none waits."""

    async def approve() -> None:
        for _ in range(_CARDS_AT_MOST):
            # An older queue still offers who has been sent back since: only what this one offers is approved.
            queue = await _open_queue(phone, branch)
            if phone.find(OpenRating, says=_NEXT, on=queue) is None:
                return
            await phone.tap(OpenRating, says=_NEXT, on=queue)
            while (card := phone.find(ApproveRating, on=queue)) is not None:
                await phone.tap(ApproveRating, rating_id=card.action.rating_id, on=queue)
        raise LostError(f"{phone.person.name}: the queue never ends\n{phone.person.screen()}")

    await persistently(approve, lambda: _say_rate(phone))


async def resubmit(player: Player, form_id: int) -> None:
    """The member looks at the form that came back and hands it in again."""
    await player.phone.tap(OpenForm, form_id=form_id)
    await hand_in(player.phone, form_id)


async def close_branch(branch: BranchOnStage) -> None:
    """What came back is approved, the meeting recorded, the quarter closed."""
    phone = branch.secretary.phone
    here: dict[str, Any] = {"branch_id": branch.branch_id}
    await approve_waiting(phone, branch)

    async def close() -> None:
        await _open_queue(phone, branch)
        if not branch.script.has_met:
            await phone.tap(AskMeeting, **here)
            await phone.tap(AskMeetingDay, **here, kind="general")
            await phone.tap(AskMeetingCount, **here)
            await phone.tap(RecordMeeting, **here)
            branch.script.has_met = True
            await _open_queue(phone, branch)
        # A closed quarter offers no closing: then it was done before the person was thrown back.
        if phone.find(AskCloseBranch, **here) is not None:
            await phone.tap(AskCloseBranch, **here)
            await phone.tap(CloseBranch, **here)

    await persistently(close, lambda: _say_rate(phone))


async def _open_queue(phone: Phone, branch: BranchOnStage) -> int:
    """The queue on the screen; returns its message."""
    # An older message may lead to the queue of a quarter that is over.
    if phone.find(OpenQueue, branch_id=branch.branch_id, newest=1) is not None:
        return (await phone.tap(OpenQueue, branch_id=branch.branch_id)).message_id
    return await _say_rate(phone)


async def _say_rate(phone: Phone) -> int:
    queues: list[Found] = []

    def queue_is_there() -> bool:
        found = phone.find(OpenRating, newest=1)
        queues.extend([found] if found is not None else [])
        return found is not None

    await phone.does_until(lambda: phone.person.says("/rate"), queue_is_there)
    return queues[-1].message_id


async def _open_card(phone: Phone, branch: BranchOnStage, name: str) -> int | None:
    """The card of this name; None where no decision is needed (the member has no month that counts)."""
    queue = await _open_queue(phone, branch)
    found = phone.find(OpenRating, says=f" {name} ", on=queue)
    if found is None or "➖" in found.label:
        return None
    await phone.tap(OpenRating, says=f" {name} ", on=queue)
    rating_id: int = found.action.rating_id
    return rating_id


async def adjust(phone: Phone, rating_id: int, random: Random, note: Callable[[Adjustment], object]) -> None:
    """Other points for one item by chance, with one of the usual reasons; noted before the last tap."""
    this: dict[str, Any] = {"rating_id": rating_id}
    await phone.tap(AskAdjust, **this)
    item = _one_of(phone, AskAdjustMonth, random, **this).action.item
    await phone.tap(AskAdjustMonth, **this, item=item)
    if phone.find(AskAdjustPoints, **this) is not None:
        month = _one_of(phone, AskAdjustPoints, random, **this).action.month
        await phone.tap(AskAdjustPoints, **this, month=month)
    chosen = _one_of(phone, AskAdjustReason, random, **this).action
    await phone.tap(AskAdjustReason, **this, centi=chosen.centi)
    reason = _one_of(phone, AdjustRating, random, **this).action.preset
    note(Adjustment(chosen.item, chosen.month, chosen.centi))
    await phone.tap(AdjustRating, **this, preset=reason)


async def _send_back(phone: Phone, branch: BranchOnStage, member_id: int, rating_id: int) -> None:
    """Send one month's form back, and remember which."""
    this: dict[str, Any] = {"rating_id": rating_id}
    await phone.tap(AskReturnRating, **this)
    asked = phone.find(AskReturnReason, **this)
    if asked is not None:
        await phone.tap(AskReturnReason, **this, month=asked.action.month)
    reason = phone.find(ReturnRating, **this)
    if reason is None:
        raise LostError(f"{phone.person.name}: no reason to choose\n{phone.person.screen()}")
    branch.script.returned[member_id] = reason.action.month
    await phone.tap(ReturnRating, **this)


def _one_of(phone: Phone, kind: type[AskAdjustMonth | AskAdjustPoints | AskAdjustReason | AdjustRating], random: Random,
            **fields: int) -> Found:  # fmt: skip
    """One of the offered buttons, by chance."""
    offered = phone.all_of(kind, **fields)
    if not offered:
        raise LostError(f"{phone.person.name}: nothing to choose from\n{phone.person.screen()}")
    return random.choice(offered)
