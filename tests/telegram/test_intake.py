"""What happens to an update that does not go through at once."""

from __future__ import annotations

import sqlite3

import pytest
from aiogram import Bot, Dispatcher, Router
from aiogram.types import Message, Update
from sqlalchemy.exc import OperationalError

from bot.telegram import intake as intake_module
from bot.telegram.intake import Intake
from bot.telegram.refusals import ChatUnreachableError, RetryLaterError
from sandbox import Sandbox


class Graveyard:
    """Remembers what was buried and to whom was apologised."""

    def __init__(self, *failures: Exception) -> None:
        self.buried: list[tuple[int, str]] = []
        self.apologies: list[int] = []
        self.raw = ""
        self._failures = list(failures)

    async def bury(self, update_id: int, raw: str, error: str) -> None:
        """Take an update."""
        if self._failures:
            raise self._failures.pop(0)
        self.raw = raw
        self.buried.append((update_id, error))

    async def apologise(self, telegram_id: int, language_code: str | None) -> None:
        """Say sorry."""
        self.apologies.append(telegram_id)


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake_module, "FIRST_PAUSE_S", 0.001)
    monkeypatch.setattr(intake_module, "LONGEST_PAUSE_S", 0.001)


async def run(
    bot: Bot, box: Sandbox, *outcomes: Exception | None, graveyard: Graveyard | None = None
) -> tuple[int, Graveyard]:
    """Give one update to an intake whose handler fails in these ways, one after the other; returns how often it ran."""
    left, calls = list(outcomes), 0

    async def handler(message: Message) -> None:
        nonlocal calls
        calls += 1
        outcome = left.pop(0)
        if outcome is not None:
            raise outcome

    router = Router()
    router.message()(handler)
    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.include_router(router)
    graveyard = graveyard or Graveyard()
    await box.person("张伟").says("/start")
    (update,) = await bot.get_updates()
    await Intake(bot, dispatcher, graveyard.bury, graveyard.apologise)(Update.model_validate(update))
    return calls, graveyard


def database_away() -> Exception:
    """What a lost connection looks like."""
    return OperationalError("select 1", {}, sqlite3.OperationalError("disk I/O error"))


async def test_a_database_that_is_away_is_waited_for(bot: Bot, box: Sandbox) -> None:
    """However often it fails: the update is neither acknowledged nor buried."""
    calls, graveyard = await run(bot, box, *[database_away()] * 9, None)
    assert calls == 10
    assert graveyard.buried == []


async def test_a_passing_fault_is_tried_again(bot: Bot, box: Sandbox) -> None:
    """Two failures and then success leave no trace."""
    calls, graveyard = await run(bot, box, ValueError(), ValueError(), None)
    assert calls == 3
    assert graveyard.buried == []


async def test_a_poisonous_update_is_buried_and_the_person_told(bot: Bot, box: Sandbox) -> None:
    """It is kept with its raw form; the others can go on."""
    calls, graveyard = await run(bot, box, *[ValueError()] * 4)
    assert calls == 4
    assert [error for _, error in graveyard.buried] == ["ValueError"]
    assert graveyard.apologies == [box.person("张伟").user_id]


async def test_a_buried_update_can_be_found_by_its_sender(bot: Bot, box: Sandbox) -> None:
    """It belongs to what is stored about him, so it must hold his id in the form that is searched for."""
    _, graveyard = await run(bot, box, *[ValueError()] * 4)
    assert f'"id":{box.person("张伟").user_id},' in graveyard.raw


async def test_burying_waits_for_the_database_too(bot: Bot, box: Sandbox) -> None:
    """An update that can be neither handled nor kept is not acknowledged."""
    _, graveyard = await run(bot, box, *[ValueError()] * 4, graveyard=Graveyard(database_away(), database_away()))
    assert [error for _, error in graveyard.buried] == ["ValueError"]


async def test_an_answer_that_came_too_fast_is_given_again(bot: Bot, box: Sandbox) -> None:
    """429: wait as told, then answer with the present state."""
    calls, graveyard = await run(bot, box, RetryLaterError(0.01), None)
    assert calls == 2
    assert graveyard.buried == []


async def test_who_blocked_the_bot_needs_no_answer(bot: Bot, box: Sandbox) -> None:
    """403 is an end, not a fault."""
    calls, graveyard = await run(bot, box, ChatUnreachableError())
    assert calls == 1
    assert graveyard.buried == []
