"""How bots get their updates: long polling and its rules, age, ids, privacy."""

import asyncio
from datetime import timedelta

from sandbox import Person, Sandbox, SimClock
from tests.sandbox.bot_api import TOKEN, Ask, keyboard


async def test_an_update_comes_again_until_it_is_confirmed(ask: Ask, zhang: Person):
    """A higher offset confirms. https://core.telegram.org/bots/api#getupdates"""
    await zhang.says("one")
    await zhang.says("two")
    first, second = await ask("getUpdates")
    assert [first, second] == await ask("getUpdates")
    assert second["update_id"] == first["update_id"] + 1
    assert await ask("getUpdates", offset=second["update_id"]) == [second]
    assert await ask("getUpdates", offset=second["update_id"] + 1) == []


async def test_a_negative_offset_keeps_the_newest(ask: Ask, zhang: Person):
    """From the end of the queue; earlier ones are forgotten. https://core.telegram.org/bots/api#getupdates"""
    for text in ("one", "two", "three"):
        await zhang.says(text)
    (last,) = await ask("getUpdates", offset=-1)
    assert last["message"]["text"] == "three"
    assert len(await ask("getUpdates")) == 1


async def test_a_poll_that_waits_wakes_at_once(ask: Ask, zhang: Person):
    """Long polling returns as soon as something happens. https://core.telegram.org/bots/api#getupdates"""
    waiting = asyncio.ensure_future(ask("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    await zhang.says("hello")
    (update,) = await asyncio.wait_for(waiting, 2)
    assert update["message"]["text"] == "hello"


async def test_limit_is_1_to_100(ask: Ask, zhang: Person):
    """At most 100 updates at once. https://core.telegram.org/bots/api#getupdates"""
    for number in range(105):
        await zhang.says(str(number))
    assert len(await ask("getUpdates", limit=3)) == 3
    assert len(await ask("getUpdates", limit=1000)) == 100


async def test_a_second_poller_ends_the_first(ask: Ask, zhang: Person):
    """409 for the older call. https://github.com/python-telegram-bot/python-telegram-bot/issues/1561"""
    first = asyncio.ensure_future(ask.answer("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    second = asyncio.ensure_future(ask.answer("getUpdates", timeout=30))
    answer = await asyncio.wait_for(first, 2)
    said = "terminated by other getUpdates request; make sure that only one bot instance is running"
    assert (answer["error_code"], answer["description"]) == (409, f"Conflict: {said}")
    await zhang.says("hello")
    assert (await asyncio.wait_for(second, 2))["ok"]


async def test_updates_are_kept_24_hours(ask: Ask, zhang: Person, clock: SimClock):
    """Updates older than 24 hours are gone. https://core.telegram.org/bots/api#getting-updates"""
    await zhang.says("old")
    clock.travel(clock.now() + timedelta(hours=23))
    await zhang.says("new")
    clock.travel(clock.now() + timedelta(hours=2))
    assert [update["message"]["text"] for update in await ask("getUpdates")] == ["new"]


async def test_after_a_week_without_updates_ids_start_anew(ask: Ask, zhang: Person, clock: SimClock):
    """The next id is random after a quiet week, and an old offset does not hide it. https://core.telegram.org/bots/api#update"""
    await zhang.says("old")
    (old,) = await ask("getUpdates")
    clock.travel(clock.now() + timedelta(days=8))
    await zhang.says("new")
    (new,) = await ask("getUpdates", offset=old["update_id"] + 1)
    assert new["message"]["text"] == "new"
    assert new["update_id"] != old["update_id"] + 1


async def test_only_what_was_asked_for(ask: Ask, me: int, zhang: Person):
    """allowed_updates holds until it is changed. https://core.telegram.org/bots/api#getupdates"""
    await ask("getUpdates", allowed_updates=["callback_query"])
    await ask("sendMessage", chat_id=me, text="x", reply_markup=keyboard("提交"))
    await zhang.says("nobody hears")
    await zhang.taps("提交", wait=0)
    assert [set(update) - {"update_id"} for update in await ask("getUpdates")] == [{"callback_query"}]


async def test_reactions_come_only_if_asked_for(ask: Ask, zhang: Person):
    """message_reaction has to be named. https://core.telegram.org/bots/api#update"""
    message = await zhang.says("x")
    await ask("getUpdates", offset=-1)
    await zhang.reacts(message, "👌")
    assert not any("message_reaction" in update for update in await ask("getUpdates"))
    await ask("getUpdates", allowed_updates=["message_reaction"])
    await zhang.reacts(message, "👀")
    (update,) = [update for update in await ask("getUpdates") if "message_reaction" in update]
    assert update["message_reaction"]["new_reaction"] == [{"type": "emoji", "emoji": "👀"}]
    assert update["message_reaction"]["old_reaction"] == [{"type": "emoji", "emoji": "👌"}]


async def test_in_groups_privacy_mode_hides_small_talk(ask: Ask, box: Sandbox, zhang: Person):
    """A bot that is no administrator gets commands and replies to it. https://core.telegram.org/bots/features#privacy-mode"""
    group = box.group("第一支部", owner=zhang, bot_rights="member")
    posted = await ask("sendMessage", chat_id=group.chat_id, text="hello")
    box.world.bots[TOKEN].updates.clear()
    await zhang.says("small talk", group)
    await zhang.says("/status", group)
    await zhang.says("an answer", group, replies=posted["message_id"])
    assert [update["message"]["text"] for update in await ask("getUpdates")] == ["/status", "an answer"]
    await group.promotes(box.bot(TOKEN))
    await zhang.says("now it hears all", group)
    assert (await ask("getUpdates"))[-1]["message"]["text"] == "now it hears all"


async def test_several_bots_live_side_by_side(ask: Ask, box: Sandbox, zhang: Person):
    """Each bot has its own chats and its own queue."""
    other = box.bot("43:OTHER", "other_bot")
    await zhang.says("/start", other)
    await zhang.says("to the first")
    assert [u["message"]["text"] for u in await ask("getUpdates")] == ["to the first"]
    assert [u["message"]["text"] for u in await ask.of("43:OTHER")("getUpdates")] == ["/start"]
    await ask.of("43:OTHER")("sendMessage", chat_id=zhang.chat_id, text="from the other")
    assert "from the other" in zhang.screen(other)
    assert "from the other" not in zhang.screen()


async def test_any_update_can_be_handed_over(ask: Ask, box: Sandbox, zhang: Person):
    """The same update twice, also after it was confirmed, and one that is broken."""
    await zhang.says("once")
    (update,) = await ask("getUpdates")
    assert await ask("getUpdates", offset=update["update_id"] + 1) == []
    box.deliver(update)
    assert await ask("getUpdates", offset=update["update_id"] + 1) == [update]
    assert await ask("getUpdates", offset=update["update_id"] + 1) == []
    number = box.deliver({"message": "broken"})
    assert await ask("getUpdates") == [{"message": "broken", "update_id": number}]


async def test_blocking_is_told(ask: Ask, zhang: Person):
    """my_chat_member says that the bot was blocked and unblocked. https://core.telegram.org/bots/api#update"""
    await zhang.blocks()
    await zhang.says("/start again")
    kinds = [
        update.get("my_chat_member", {}).get("new_chat_member", {}).get("status") for update in await ask("getUpdates")
    ]
    assert kinds == ["kicked", "member", None]
