"""Platform records by buttons: a department sends an export, says whom the namesakes mean, and takes it over."""

from __future__ import annotations

from bench.rehearsal.organisation import Player
from bench.rehearsal.phone import LostError
from bot.domain.actions.records import (
    ApplyImport,
    AskRecords,
    ChooseNamesake,
    ChoosePlatform,
    OpenMapping,
    OpenNamesakes,
    OpenPlatforms,
)

_NAMESAKES_AT_MOST = 40


async def import_records(department: Player, platform: str, period: str, name: str, content: bytes) -> None:
    """One export of one platform."""
    phone = department.phone
    await phone.says_until("/platforms", lambda: phone.find(ChoosePlatform, newest=1) is not None)
    await phone.tap(ChoosePlatform, platform=platform)
    await phone.tap(AskRecords, platform=platform, period=period)
    await phone.does_until(
        lambda: phone.person.sends_document(content, name), lambda: phone.find(OpenMapping, newest=1) is not None
    )
    for _ in range(_NAMESAKES_AT_MOST):
        if phone.find(OpenNamesakes, newest=1) is None:
            break
        row = (await phone.tap(OpenNamesakes)).action.row
        offered = [one for one in phone.all_of(ChooseNamesake, row=row) if one.action.member_id]
        await phone.tap(ChooseNamesake, row=row, member_id=offered[0].action.member_id)
    await phone.tap(ApplyImport)
    if phone.find(OpenPlatforms, newest=1) is None or phone.find(ApplyImport, newest=1) is not None:
        raise LostError(f"{department.person.name}: {name} was not taken over\n{phone.person.screen()}")
