"""公示 and 异议 by buttons: the committee shows the quarter; members object, are answered, and go on or not."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from typing import Any

from bench.rehearsal.branch_script import Adjustment
from bench.rehearsal.organisation import BranchOnStage, Player
from bench.rehearsal.phone import LostError, Phone
from bench.rehearsal.year.plan import After, PlannedObjection
from bot.domain.actions.menu import ShowOverview
from bot.domain.actions.objections import (
    AcceptAnswer,
    AskCorrectedPoints,
    AskObjection,
    AskObjectionItem,
    AskObjectionText,
    AskOutcome,
    AskWrittenAnswer,
    EscalateObjection,
    WithdrawObjection,
)
from bot.domain.actions.publicity import AskPublish, PublishQuarter

NOT_RATED = "未评定："


async def publish(committee: Player, quarter: str) -> None:
    """Everything that was reviewed is shown at one moment."""
    phone = committee.phone
    if phone.find(AskPublish, quarter=quarter) is None:
        await phone.says_until("/publish", lambda: phone.find(AskPublish, quarter=quarter) is not None)
    await phone.tap(AskPublish, quarter=quarter)
    await phone.tap(PublishQuarter, quarter=quarter)
    if phone.find(ShowOverview, quarter=quarter, newest=1) is None:
        raise LostError(f"{committee.person.name} could not show {quarter}\n{phone.person.screen()}")


def choose_objectors(players: Iterable[Player], quarter: str, planned: list[PlannedObjection], random: Random) -> None:
    """Who objects: people who were told their points, each once; who is not rated has no item to name."""
    letters = [(player, player.phone.text_with(AskObjection, quarter=quarter)) for player in players]
    told = [player for player, letter in letters if letter and NOT_RATED not in letter]
    for one, player in zip(planned, random.sample(told, len(planned)), strict=True):
        one.objector = player


async def file_objection(one: PlannedObjection, quarter: str, random: Random) -> None:
    """What was changed or deducted, where the first page has such a thing; every other one looks in a dimension."""
    if one.objector is None:
        raise LostError(f"nobody is there to object in {quarter}")
    phone = one.objector.phone
    await phone.tap(AskObjection, quarter=quarter)
    if one.number % 2 == 0 or not _items(phone, quarter):
        group = random.choice(phone.all_of(AskObjectionItem, quarter=quarter)).action
        await phone.tap(AskObjectionItem, quarter=quarter, month=group.month, group=group.group)
    chosen = random.choice(_items(phone, quarter))
    await phone.tap(AskObjectionText, quarter=quarter, month=chosen.month, item=chosen.item)
    await phone.says_until(one.text, lambda: phone.was_told(one.text))
    filed = phone.find(WithdrawObjection)
    if filed is None:
        raise LostError(f"{phone.person.name}: the objection is not there\n{phone.person.screen()}")
    one.objection_id = filed.action.objection_id


def _items(phone: Phone, quarter: str) -> list[AskObjectionText]:
    return [button.action for button in phone.all_of(AskObjectionText, quarter=quarter) if button.action.item]


async def answer_objection(
    players: Iterable[Player], branches: Iterable[BranchOnStage], one: PlannedObjection, level: int, random: Random
) -> None:
    """Whoever was asked writes the answer, and corrects the points where it is upheld."""
    this: dict[str, Any] = {"objection_id": one.objection_id}
    asked = [player for player in players if player is not one.objector and player.phone.find(AskOutcome, **this)]
    if not asked:
        raise LostError(f"nobody was asked to answer objection {one.objection_id}")
    outcome = one.outcome if level == 1 else one.second
    phone = _fresh(asked, level).phone
    await phone.tap(AskOutcome, **this, outcome=outcome)
    if outcome != "rejected":
        await phone.tap(AskCorrectedPoints, **this)
        given = random.choice(phone.all_of(AskWrittenAnswer, **this)).action
        await phone.tap(AskWrittenAnswer, **this, centi=given.centi)
        _script_of(branches, one).decided_later.append(
            (_objector(one).member_id, Adjustment(given.item, given.month, given.centi))
        )
    await phone.says_until(one.answer(level), lambda: phone.was_told(one.answer(level)))


def _fresh(asked: list[Player], level: int) -> Player:
    """Of an escalated one, the card with the newest revision is the group's."""
    return max(asked, key=lambda player: _revision(player.phone)) if level > 1 else asked[0]


def _revision(phone: Phone) -> int:
    found = phone.find(AskOutcome)
    return int(found.action.revision) if found is not None else -1


def _objector(one: PlannedObjection) -> Player:
    if one.objector is None:
        raise LostError(f"objection {one.number} was never filed")
    return one.objector


def _script_of(branches: Iterable[BranchOnStage], one: PlannedObjection) -> Any:
    home = _objector(one).person.branch_id
    return next(branch.script for branch in branches if branch.branch_id == home)


async def go_on(one: PlannedObjection) -> None:
    """The member reads the answer, and accepts it, asks the group, or lets it stand."""
    phone = _objector(one).phone
    this: dict[str, Any] = {"objection_id": one.objection_id}
    if not phone.was_told(one.answer(1)):
        raise LostError(f"{phone.person.name} was never answered\n{phone.person.screen()}")
    if one.after is After.ACCEPTS:
        await phone.tap(AcceptAnswer, **this)
    elif one.after is After.ESCALATES:
        await phone.tap(EscalateObjection, **this)
