"""Objections in the demo: a few members object, whoever was asked answers in writing, the members take it further."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from random import Random
from typing import Final

from bot.demo.phone import Phone
from bot.domain.actions.objections import (
    AcceptAnswer,
    AskCorrectedPoints,
    AskObjection,
    AskObjectionText,
    AskOutcome,
    AskWrittenAnswer,
    EscalateObjection,
    OpenObjection,
)
from bot.domain.objections import Objection, Outcome
from bot.domain.periods import Quarter

ITEMS: Final = {
    "volunteer": "当月参加社区志愿服务四小时，签到表在街道，未计入。",
    "lecture": "当月在支部主讲党课一次，请对照会议记录。",
    "pairing": "与新入职同志结对帮带，月底已完成两次。",
}
ANSWERS: Final = {
    Outcome.UPHELD: "经核对原始记录，情况属实，已更正。",
    Outcome.REJECTED: "经核对，原始记录中没有这一项，积分不变；如有新材料可再提出。",
}
_UPHELD, _ESCALATES = 0.5, 0.4


class Voices:
    """What members and those who answer them do, on their phones by member id."""

    def __init__(self, phones: Mapping[int, Phone]) -> None:
        self._phones = phones

    async def objects(self, member_id: int, quarter: Quarter, claimed: Collection[str]) -> None:
        """A member remembers something of the last month that he did not claim."""
        forgotten = sorted(ITEMS.keys() - set(claimed))
        if not forgotten:
            return
        phone, item = self._phones[member_id], Random(f"{quarter} {member_id}").choice(forgotten)
        await phone.taps(AskObjection, quarter=str(quarter))
        await phone.sends(AskObjectionText(str(quarter), quarter.months[2].number, item))
        await phone.writes(ITEMS[item])

    async def answers(self, member_id: int, objection: Objection) -> None:
        """Whoever was asked looks it up and writes back; where it is upheld the points follow."""
        phone, which = self._phones[member_id], objection.objection_id
        random = Random(f"answer {which} {objection.level}")
        outcome = Outcome.UPHELD if random.random() < _UPHELD else Outcome.REJECTED
        await phone.writes("/objection")
        await phone.sends(OpenObjection(which))
        await phone.taps(AskOutcome, objection_id=which, outcome=outcome.value)
        if await phone.taps(AskCorrectedPoints, objection_id=which):
            await phone.chooses(AskWrittenAnswer, random, objection_id=which)
        await phone.writes(ANSWERS[outcome])

    async def goes_on(self, objection: Objection) -> None:
        """The member accepts the answer, asks the group, or lets it stand."""
        phone, which = self._phones[objection.member_id], objection.objection_id
        random = Random(f"goes on {which}")
        await phone.writes("/objection")
        await phone.sends(OpenObjection(which))
        if random.random() < _ESCALATES:
            await phone.taps(EscalateObjection, objection_id=which)
        else:
            await phone.taps(AcceptAnswer, objection_id=which)
