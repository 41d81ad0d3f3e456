"""The commissioner's desk by buttons: roll, dues and results of the appraisal; and the branch's group."""

from __future__ import annotations

import re
from typing import Any

from bench.rehearsal.branch_script import RECORDED, Amiss
from bench.rehearsal.organisation import BranchOnStage
from bench.rehearsal.phone import LostError, Phone, persistently
from bot.domain.actions.binding import ShowGroupCode
from bot.domain.actions.desk import (
    OpenDesk,
    OpenRoll,
    OpenRollItem,
    OpenRollMember,
    RecordAllPresent,
    RecordCount,
    RecordGrade,
    RecordNothing,
)
from bot.domain.actions.menu import ShowScore
from sandbox import Sandbox

_BIND = re.compile(r"/bind (\d{8})")
_PAGES_AT_MOST = 12


async def bind_group(box: Sandbox, branch: BranchOnStage) -> None:
    """The secretary makes a group, asks for the code and types it there."""
    secretary = branch.secretary
    people = [player.phone.person for player in branch.players if player is not secretary]
    group = branch.group = box.group(f"{branch.name}群", owner=secretary.phone.person, members=people)
    phone = secretary.phone
    await persistently(lambda: _ask_code(phone), lambda: _open_menu(phone))
    code = _BIND.search(phone.text_with(ShowGroupCode))
    if code is None:
        raise LostError(f"{phone.person.name}: the code is gone")
    before = len(group.chat.messages)
    await phone.does_until(
        lambda: phone.person.says(f"/bind {code[1]}", to=group),
        lambda: any(
            message.sender.is_bot and message.kind == "text" for message in list(group.chat.messages.values())[before:]
        ),
        chat=group.chat,
    )


async def _open_menu(phone: Phone) -> None:
    """Wait for the menu itself: a page with a code has the same button."""
    await phone.does_until(lambda: phone.person.says("/menu"), lambda: phone.find(ShowScore, newest=1) is not None)


async def _ask_code(phone: Phone) -> None:
    if not await phone.sees(lambda: phone.find(ShowGroupCode) is not None):
        raise LostError(f"{phone.person.name}: nowhere to ask for a code\n{phone.person.screen()}")
    await phone.tap(ShowGroupCode)
    if _BIND.search(phone.text_with(ShowGroupCode)) is None:
        raise LostError(f"{phone.person.name}: no code\n{phone.person.screen()}")


async def record_month(branch: BranchOnStage, number: int, month: str) -> None:
    """The commissioner records what was amiss, and all others as usual."""
    phone = branch.commissioner.phone
    there = {player.member_id for player in branch.players if player.forms[-1] is not None}

    async def record() -> None:
        for item in RECORDED:
            await phone.tap(OpenRoll, month=month)
            await phone.tap(OpenRollItem, month=month, item=item)
            for amiss in branch.script.amiss[number]:
                if amiss.item == item and amiss.member_id in there:
                    await _record(phone, month, amiss)
            if phone.find(RecordAllPresent, month=month, item=item) is not None:
                await phone.tap(RecordAllPresent, month=month, item=item)

    await _open_desk(phone, month)
    await persistently(record, lambda: _open_desk(phone, month))


async def record_commissioner(branch: BranchOnStage, month: str) -> None:
    """The secretary records that nothing was amiss with the commissioner, who cannot record himself."""
    phone, member_id = branch.secretary.phone, branch.commissioner.member_id

    async def record() -> None:
        for item in RECORDED:
            if item == "performance":
                continue
            await phone.tap(OpenRoll, month=month)
            await phone.tap(OpenRollItem, month=month, item=item)
            await _open_member(phone, month, item, member_id)
            await phone.tap(RecordNothing, month=month, item=item, member_id=member_id)

    await _open_desk(phone, month)
    await persistently(record, lambda: _open_desk(phone, month))


async def _open_desk(phone: Phone, month: str) -> None:
    await phone.does_until(lambda: phone.person.says("/desk"), lambda: phone.find(OpenRoll, newest=1) is not None)
    if phone.find(OpenRoll, month=month, newest=1) is None:
        await phone.tap(OpenDesk, month=month)


async def _record(phone: Phone, month: str, amiss: Amiss) -> None:
    who: dict[str, Any] = {"month": month, "item": amiss.item, "member_id": amiss.member_id}
    await _open_member(phone, month, amiss.item, amiss.member_id)
    if amiss.grade:
        await phone.tap(RecordGrade, **who, grade=amiss.grade)
    else:
        await phone.tap(RecordCount, **who, act=amiss.act, count=1)
    await phone.tap(OpenRollItem, month=month, item=amiss.item)


async def _open_member(phone: Phone, month: str, item: str, member_id: int) -> None:
    """Turn the roll's pages from the first one until the member is on it."""
    for page in range(_PAGES_AT_MOST):
        if phone.find(OpenRollMember, month=month, item=item, member_id=member_id) is not None:
            await phone.tap(OpenRollMember, month=month, item=item, member_id=member_id)
            return
        forward = phone.find(OpenRollItem, month=month, item=item, page=page + 1)
        await phone.tap(OpenRollItem, month=month, item=item, page=page + 1 if forward is not None else 0)
    raise LostError(f"{phone.person.name}: member {member_id} is not on the roll\n{phone.person.screen()}")
