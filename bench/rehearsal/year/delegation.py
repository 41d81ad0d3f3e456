"""委托 by buttons: a secretary who goes on leave lets a member of his branch stand in."""

from __future__ import annotations

from bench.rehearsal.organisation import BranchOnStage, Player
from bench.rehearsal.phone import LostError
from bot.domain.actions.delegation import AskFirstDay, AskGiveOffice, AskLastDay, AskStandIn, EndDelegation, GiveOffice

_PLACE_OF_A_WEEK = 3  # after one, three and five days


async def goes_on_leave(branch: BranchOnStage, stand_in: Player) -> None:
    """From today for a week; what the secretary does in the play is then done by who stands in for him."""
    phone = branch.secretary.phone
    await phone.says_until("/delegate", lambda: phone.find(AskStandIn, newest=1) is not None)
    office = (await phone.tap(AskStandIn)).action.office
    await phone.tap(AskFirstDay, office=office, member_id=stand_in.member_id)
    first = phone.all_of(AskLastDay, office=office)[0].action.first
    await phone.tap(AskLastDay, office=office, first=first)
    lasts = [one.action.last for one in phone.all_of(AskGiveOffice, office=office)]
    await phone.tap(AskGiveOffice, office=office, last=sorted(lasts)[_PLACE_OF_A_WEEK])
    await phone.tap(GiveOffice, office=office)
    if phone.find(EndDelegation, newest=1) is None:
        raise LostError(f"{phone.person.name} could not go on leave\n{phone.person.screen()}")
    branch.stand_in = stand_in
