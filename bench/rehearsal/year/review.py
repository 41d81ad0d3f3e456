"""复评 by buttons: each reviewer goes through his branches: adjusts what stands out, asks, confirms.

Where two check a branch, the first to come does what there is to do beside confirming; and of one branch the two do not
think alike, so that the lead decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bench.rehearsal import rating
from bench.rehearsal.organisation import BranchOnStage, Player
from bench.rehearsal.phone import LostError, Phone, persistently
from bot.domain.actions.rating import AskAdjust, OpenQueue, OpenRating
from bot.domain.actions.review import (
    AskAnswer,
    AskConfirmReview,
    AskQuestion,
    AskSendBack,
    ConfirmReview,
    DisputeReview,
    OpenReview,
)


def question_on(quarter: str) -> str:
    """What the group asks a branch; nobody asks the same in another quarter."""
    return f"请说明{quarter}贡献积分与台账是否一致，并重新核对。"


def answer_on(quarter: str) -> str:
    """What the branch answers."""
    return f"{quarter}各项已对照台账逐项核对，无误。"


KIND_ADJUSTED = 2
_TRIES_AT_MOST = 3
_AGAINST = re.compile(r"^· (.+?) [\d.]+ 分：.*(?:知鸟|灯塔|学习强国)", re.MULTILINE)
_STANDS_OUT = "⚠️ 各支部均分"


@dataclass(slots=True)
class Noticed:
    """What the reviewers' cards showed them: adjustments against records, and branches that stood out as a whole."""

    against_records: int = 0
    too_kind: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Errand:
    """What is to be done with one branch beside confirming it, and which of its reviewers came first to do it."""

    branch: BranchOnStage
    send_back: bool = False
    is_kind: bool = False
    reviewer: Player | None = None


async def review_all(
    reviewer: Player, quarter: str, errands: dict[int, Errand], noticed: Noticed, random: Random
) -> None:
    """Go through the branches that wait for this reviewer."""
    phone = reviewer.phone
    await _say_review(phone)
    for branch_id in [one.action.branch_id for one in phone.all_of(OpenReview, quarter=quarter)]:
        errand = errands[branch_id]

        async def review(errand: Errand = errand) -> None:
            if await _waits(phone, quarter, errand.branch):
                errand.reviewer = errand.reviewer or reviewer
                if errand.reviewer is reviewer:
                    await _review(phone, quarter, errand, noticed, random)
                else:
                    await _confirm(phone, quarter, errand.branch)

        await persistently(review, lambda: _say_review(phone))
        await _say_review(phone)


async def _waits(phone: Phone, quarter: str, branch: BranchOnStage) -> bool:
    """Whether this person may confirm the branch; its card is on the screen then."""
    await _open(phone, quarter, branch.branch_id)
    return phone.find(AskConfirmReview, quarter=quarter, branch_id=branch.branch_id, newest=1) is not None


async def _confirm(phone: Phone, quarter: str, branch: BranchOnStage) -> None:
    here: dict[str, Any] = {"quarter": quarter, "branch_id": branch.branch_id}
    for _ in range(_TRIES_AT_MOST):
        await phone.tap(AskConfirmReview, **here)
        await phone.tap(ConfirmReview, **here)
        # Where the other adjusted something meanwhile, the card is shown anew instead.
        if phone.find(AskConfirmReview, **here, newest=1) is None:
            return
    raise LostError(f"{phone.person.name} could not confirm {branch.name}\n{phone.person.screen()}")


async def _review(phone: Phone, quarter: str, errand: Errand, noticed: Noticed, random: Random) -> None:
    branch_id, script = errand.branch.branch_id, errand.branch.script
    if errand.send_back and script.closings > 1 and not phone.was_told(answer_on(quarter), newest=1):
        await _send_back(phone, quarter, branch_id)
        return
    text = phone.text_with(AskConfirmReview, quarter=quarter, branch_id=branch_id)
    flagged = [one.label.removeprefix("⚠️ ").rsplit(" ", 1)[0] for one in phone.all_of(OpenRating) if "⚠️" in one.label]
    chosen = []
    against = _AGAINST.findall(text)
    if against:
        chosen.append(against[0])
        noticed.against_records += 1
    if errand.is_kind:
        if _STANDS_OUT not in text:
            raise LostError(f"{phone.person.name} was not warned of a kind rater\n{text}")
        noticed.too_kind.add(branch_id)
        chosen += [name for name in flagged if name not in chosen][:KIND_ADJUSTED] or _first_names(phone)
    for name in chosen:
        await _adjust(phone, quarter, errand.branch, name, random)
    await _open(phone, quarter, branch_id)
    await _confirm(phone, quarter, errand.branch)


def _first_names(phone: Phone) -> list[str]:
    labels = [one.label.removeprefix("✏️ ").removeprefix("⚠️ ") for one in phone.all_of(OpenRating)]
    return [label.rsplit(" ", 1)[0] for label in labels[:KIND_ADJUSTED]]


async def _adjust(phone: Phone, quarter: str, branch: BranchOnStage, name: str, random: Random) -> None:
    """Other points for one item of this member, with a reason."""
    await _open(phone, quarter, branch.branch_id)
    members = [player for player in branch.players if player.person.name == name]
    if len(members) != 1 or phone.find(OpenRating, says=f"{name} ", newest=1) is None:
        return
    rating_id = (await phone.tap(OpenRating, says=f"{name} ")).action.rating_id
    if phone.find(AskAdjust, rating_id=rating_id) is None:
        return
    later, member_id = branch.script.decided_later, members[0].member_id
    await rating.adjust(phone, rating_id, random, lambda decided: later.append((member_id, decided)))


async def two_on(reviewers: list[Player], quarter: str, branch: BranchOnStage) -> tuple[Player, Player]:
    """The two who check this branch."""
    found = []
    for player in reviewers:
        await _say_review(player.phone)
        mine = player.phone.find(OpenReview, quarter=quarter, branch_id=branch.branch_id, newest=1) is not None
        if mine and await _waits(player.phone, quarter, branch):
            found.append(player)
    if len(found) != 2:
        raise LostError(f"{len(found)} check {branch.name} in {quarter}, and not two")
    return found[0], found[1]


async def disagree(one: Player, other: Player, quarter: str, branch: BranchOnStage, random: Random) -> None:
    """One confirms; the other adjusts somebody, and the first does not agree with that."""
    here: dict[str, Any] = {"quarter": quarter, "branch_id": branch.branch_id}
    await _open(one.phone, quarter, branch.branch_id)
    await _confirm(one.phone, quarter, branch)
    await _open(other.phone, quarter, branch.branch_id)
    decided = len(branch.script.decided_later)
    for name in _first_names(other.phone):
        await _adjust(other.phone, quarter, branch, name, random)
    if len(branch.script.decided_later) == decided:
        raise LostError(f"{other.person.name} adjusted nobody in {branch.name}\n{other.phone.person.screen()}")
    await _say_review(one.phone)
    await _open(one.phone, quarter, branch.branch_id)
    await one.phone.tap(DisputeReview, **here)
    if one.phone.find(AskConfirmReview, **here, newest=1) is not None:
        raise LostError(f"{one.person.name} still decides on {branch.name}\n{one.phone.person.screen()}")


async def decide(players: list[Player], quarter: str, branch: BranchOnStage) -> None:
    """Whoever was asked to decide between the two does, alone."""
    asked = [player for player in players if player.phone.was_told(f"⚖️ {branch.name}：")]
    if len(asked) != 1:
        raise LostError(f"{len(asked)} were asked to decide on {branch.name} in {quarter}")
    phone = asked[0].phone
    await phone.tap(OpenReview, quarter=quarter, branch_id=branch.branch_id)
    await _confirm(phone, quarter, branch)


async def _send_back(phone: Phone, quarter: str, branch_id: int) -> None:
    this: dict[str, Any] = {"quarter": quarter, "branch_id": branch_id}
    await phone.tap(AskSendBack, **this)
    await phone.tap(AskQuestion, **this)
    await phone.says_until(question_on(quarter), lambda: phone.was_told(question_on(quarter)))


def is_asked(branch: BranchOnStage, quarter: str) -> bool:
    """Whether the branch's secretary reads the group's question, and nobody has answered it."""
    phone = branch.secretary.phone
    return phone.was_told(question_on(quarter)) and not phone.was_told(answer_on(quarter))


async def answer_and_close(branch: BranchOnStage, quarter: str) -> None:
    """The branch reads the group's question, answers it, and closes again."""
    phone = branch.secretary.phone
    this: dict[str, Any] = {"quarter": quarter, "branch_id": branch.branch_id}
    await phone.tap(OpenQueue, **this)
    await phone.tap(AskAnswer, **this)
    await phone.says_until(answer_on(quarter), lambda: phone.was_told(answer_on(quarter)))
    await rating.close_branch(branch)


async def _open(phone: Phone, quarter: str, branch_id: int) -> None:
    if phone.find(OpenReview, quarter=quarter, branch_id=branch_id, newest=1) is None:
        await _say_review(phone)
    await phone.tap(OpenReview, quarter=quarter, branch_id=branch_id)


async def _say_review(phone: Phone) -> None:
    before = len(phone.person.chat().messages)
    await phone.says_until("/review", lambda: len(phone.person.chat().messages) > before + 1)
