"""代填 by buttons: the commissioner fills in the form of a member without a phone."""

from __future__ import annotations

from bench.rehearsal.month import answer_month, photo_of
from bench.rehearsal.organisation import BranchOnStage, Player
from bench.rehearsal.phone import LostError, persistently
from bot.domain.actions.desk import EnterForMember, OpenDesk, OpenMemberForm, OpenRoll

_PAGES_AT_MOST = 4
_UNREACHED = "📵"


async def enter_for(branch: BranchOnStage, player: Player, number: int, month: str) -> None:
    """Find the member on the desk, fill in the form, hand it in."""
    commissioner = branch.commissioner
    phone, named = commissioner.phone, f"{_UNREACHED} {player.person.name}"

    async def enter() -> None:
        await phone.says_until("/desk", lambda: phone.find(OpenRoll, newest=1) is not None)
        for page in range(_PAGES_AT_MOST):
            if phone.find(OpenMemberForm, says=named, newest=1) is not None:
                break
            await phone.tap(OpenDesk, month=month, page=page + 1)
        form_id = (await phone.tap(OpenMemberForm, says=named)).action.form_id
        player.forms[number] = form_id
        commissioner.entered.add(form_id)
        await phone.tap(EnterForMember, form_id=form_id)
        await answer_month(phone, form_id, player.script.months[number], lambda: photo_of(form_id))

    await persistently(enter, lambda: phone.person.says("/menu"))
    if player.forms[number] is None:
        raise LostError(f"nobody filled in for {player.person.name}")
