"""Groups: who may do what, what bots are told, and the move to a supergroup."""

import pytest

from sandbox import Group, Person, Sandbox
from tests.sandbox.bot_api import TOKEN, Ask, keyboard


@pytest.fixture
async def group(box: Sandbox, zhang: Person) -> Group:
    """A group with the bot as an ordinary member; the bot has seen its making."""
    group = box.group("第一支部", owner=zhang, bot_rights="member")
    box.world.bots[TOKEN].updates.clear()
    return group


async def test_a_bot_is_told_that_it_was_added(ask: Ask, box: Sandbox, zhang: Person):
    """my_chat_member and a service message. https://core.telegram.org/bots/api#chatmemberupdated"""
    box.group("第一支部", owner=zhang)
    updates = await ask("getUpdates")
    change = updates[0]["my_chat_member"]
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == ("left", "administrator")
    assert updates[1]["message"]["new_chat_members"][0]["id"] == 42


async def test_a_bot_that_was_put_out(ask: Ask, box: Sandbox, group: Group):
    """403 after a kick. https://github.com/python-telegram-bot/python-telegram-bot/issues/1361"""
    await group.kicks(box.bot(TOKEN))
    answer = await ask.answer("sendMessage", chat_id=group.chat_id, text="x")
    assert (answer["error_code"], answer["description"]) == (403, "Forbidden: bot was kicked from the group chat")
    await group.migrate()
    answer = await ask.answer("sendMessage", chat_id=group.chat_id, text="x")
    assert answer["description"] == "Forbidden: bot was kicked from the supergroup chat"


async def test_a_bot_that_left(ask: Ask, group: Group):
    """Who left cannot write. https://core.telegram.org/bots/api#leavechat"""
    assert await ask("leaveChat", chat_id=group.chat_id)
    answer = await ask.answer("sendMessage", chat_id=group.chat_id, text="x")
    assert answer["description"] == "Forbidden: bot is not a member of the group chat"


async def test_a_group_the_bot_never_was_in(ask: Ask, box: Sandbox, zhang: Person):
    """Other people's groups do not exist for the bot. https://core.telegram.org/bots/api#getchat"""
    group = box.group("外面", owner=zhang, bot_rights=None)
    assert await ask.refusal("getChat", chat_id=group.chat_id) == "Bad Request: chat not found"


async def test_after_the_move_the_old_id_names_the_new(ask: Ask, group: Group):
    """400 with migrate_to_chat_id. https://core.telegram.org/bots/api#responseparameters"""
    old = group.chat_id
    new = await group.migrate()
    answer = await ask.answer("sendMessage", chat_id=old, text="x")
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer["parameters"] == {"migrate_to_chat_id": new}
    assert (await ask("sendMessage", chat_id=new, text="x"))["chat"]["type"] == "supergroup"


async def test_both_sides_of_the_move_are_told(ask: Ask, group: Group):
    """migrate_to_chat_id in the old chat, migrate_from_chat_id in the new. https://core.telegram.org/bots/api#message"""
    old = group.chat_id
    new = await group.migrate()
    messages = [update["message"] for update in await ask("getUpdates")]
    assert [m.get("migrate_to_chat_id") or m.get("migrate_from_chat_id") for m in messages] == [new, old]
    assert [m["chat"]["id"] for m in messages] == [old, new]


async def test_pinning_needs_the_right(ask: Ask, box: Sandbox, group: Group):
    """can_pin_messages. https://core.telegram.org/bots/api#pinchatmessage"""
    one = {"chat_id": group.chat_id}
    one["message_id"] = (await ask("sendMessage", **one, text="board"))["message_id"]
    said = "Bad Request: not enough rights to manage pinned messages in the chat"
    assert await ask.refusal("pinChatMessage", **one) == said
    await group.promotes(box.bot(TOKEN), can_pin_messages=True)
    assert await ask("pinChatMessage", **one)
    assert (await ask("getChat", chat_id=group.chat_id))["pinned_message"]["text"] == "board"
    assert (await ask("getUpdates"))[-1]["message"]["pinned_message"]["text"] == "board"


async def test_deleting_for_others_needs_the_right(ask: Ask, box: Sandbox, zhang: Person, group: Group):
    """can_delete_messages. https://core.telegram.org/bots/api#deletemessage"""
    theirs = {"chat_id": group.chat_id, "message_id": (await zhang.says("/x", group)).message_id}
    assert await ask.refusal("deleteMessage", **theirs) == "Bad Request: message can't be deleted"
    await group.promotes(box.bot(TOKEN), can_delete_messages=True)
    assert await ask("deleteMessage", **theirs)


async def test_a_silenced_group(ask: Ask, group: Group):
    """Permissions bind bots that are no administrators. https://core.telegram.org/bots/api#chatpermissions"""
    group.chat.permissions["can_send_messages"] = False
    refusal = await ask.refusal("sendMessage", chat_id=group.chat_id, text="x")
    assert refusal == "Bad Request: not enough rights to send text messages to the chat"
    group.chat.permissions["can_send_photos"] = False
    refusal = await ask.refusal("sendPhoto", chat_id=group.chat_id, photo="x")
    assert refusal == "Bad Request: not enough rights to send photos to the chat"


async def test_tags_stand_beside_the_name(ask: Ask, box: Sandbox, zhang: Person, group: Group):
    """can_manage_tags; 0-16 characters, no emoji. https://core.telegram.org/bots/api#setchatmembertag"""
    one = {"chat_id": group.chat_id, "user_id": zhang.user_id}
    said = "Bad Request: not enough rights to change chat member tag"
    assert await ask.refusal("setChatMemberTag", **one, tag="第一支部") == said
    await group.promotes(box.bot(TOKEN))
    assert await ask("setChatMemberTag", **one, tag="第一支部")
    assert await ask.refusal("setChatMemberTag", **one, tag="x" * 17) == "Bad Request: TAG_INVALID"
    await zhang.says("/x", group)
    assert (await ask("getUpdates"))[-1]["message"]["sender_tag"] == "第一支部"
    assert "张伟 (第一支部): /x" in zhang.screen(group)


async def test_who_is_who(ask: Ask, box: Sandbox, zhang: Person, group: Group):
    """Owner, administrators, members, guests. https://core.telegram.org/bots/api#chatmember"""
    li, wang = box.person("李娜"), box.person("王芳")
    await group.joins(li)

    async def status(user_id: int) -> str:
        return (await ask("getChatMember", chat_id=group.chat_id, user_id=user_id))["status"]

    assert [await status(p.user_id) for p in (zhang, li, wang)] == ["creator", "member", "left"]
    await group.promotes(li)
    assert len(await ask("getChatAdministrators", chat_id=group.chat_id)) == 2
    await group.kicks(li)
    assert await status(li.user_id) == "kicked"
    assert await ask("getChatMemberCount", chat_id=group.chat_id) == 2
    assert await ask.refusal("getChatMember", chat_id=group.chat_id, user_id=5) == "Bad Request: PARTICIPANT_ID_INVALID"


async def test_administrators_hear_of_comings_and_goings_if_they_ask(
    ask: Ask, box: Sandbox, zhang: Person, group: Group
):
    """chat_member has to be named and needs an administrator. https://core.telegram.org/bots/api#update"""
    await group.promotes(box.bot(TOKEN))
    await ask("getUpdates", offset=-1, allowed_updates=["chat_member"])
    await group.joins(box.person("李娜"))
    change = [update["chat_member"] for update in await ask("getUpdates") if "chat_member" in update]
    assert [c["new_chat_member"]["status"] for c in change] == ["member"]


async def test_an_ephemeral_message_is_for_one_pair_of_eyes(ask: Ask, box: Sandbox, zhang: Person, group: Group):
    """Only the receiver sees it. https://core.telegram.org/bots/api#ephemeral-messages-and-commands"""
    li = box.person("李娜")
    await group.joins(li)
    to_li = {"receiver_user_id": li.user_id}
    sent = await ask("sendMessage", chat_id=group.chat_id, text="psst", ephemeral_message_parameters=to_li)
    assert sent["receiver_user"]["id"] == li.user_id
    assert "psst" in li.screen(group)
    assert "psst" not in zhang.screen(group)
    one = {"chat_id": group.chat_id, **to_li, "ephemeral_message_id": sent["ephemeral_message_id"]}
    assert await ask("editEphemeralMessageText", **one, text="better")
    assert "better" in li.screen(group)
    assert await ask("deleteEphemeralMessage", **one)
    assert "better" not in li.screen(group)


async def test_the_page_of_others_is_not_told_of_ephemeral_messages(
    ask: Ask, box: Sandbox, zhang: Person, group: Group
):
    """What is for one pair of eyes is in one page's events. https://core.telegram.org/bots/api#ephemeral-messages-and-commands"""
    li = box.person("李娜")
    await group.joins(li)
    async with ask.session.get(f"{box.url}/sim/events?person={zhang.user_id}") as response:
        await response.content.readline()
        to_li = {"receiver_user_id": li.user_id}
        await ask("sendMessage", chat_id=group.chat_id, text="psst", ephemeral_message_parameters=to_li)
        await ask("sendMessage", chat_id=group.chat_id, text="for all")
        told = b""
        while b"for all" not in told.partition(b"event: message")[2]:
            told += await response.content.readline()
    assert b"psst" not in told.partition(b"event: call")[0]
    assert b'"kind": "text", "text": "psst"' not in told


async def test_keyboards_of_other_bots_stay_hidden(ask: Ask, box: Sandbox, zhang: Person, group: Group):
    """A bot sees its own inline keyboards only. https://core.telegram.org/bots/api#message"""
    other = box.bot("43:OTHER", "other_bot")
    await group.adds(other)
    await group.promotes(box.bot(TOKEN))
    theirs = await ask.of("43:OTHER")("sendMessage", chat_id=group.chat_id, text="x", reply_markup=keyboard("A"))
    await zhang.says("an answer", group, replies=theirs["message_id"])
    answered = (await ask("getUpdates"))[-1]["message"]["reply_to_message"]
    assert (answered["text"], "reply_markup" in answered) == ("x", False)


async def test_an_ephemeral_message_needs_a_group(ask: Ask, me: int, zhang: Person):
    """Groups and supergroups only. https://core.telegram.org/bots/api#ephemeral-messages-and-commands"""
    to_me = {"receiver_user_id": zhang.user_id}
    refusal = await ask.refusal("sendMessage", chat_id=me, text="x", ephemeral_message_parameters=to_me)
    assert refusal == "Bad Request: ephemeral messages can be sent only to group and supergroup chats"


async def test_taps_in_a_group_say_who_tapped(ask: Ask, box: Sandbox, zhang: Person, group: Group):
    """The query is from the person, its message from the bot. https://core.telegram.org/bots/api#callbackquery"""
    li = box.person("李娜")
    await group.joins(li)
    await ask("sendMessage", chat_id=group.chat_id, text="x", reply_markup=keyboard("通过"))
    await li.taps("通过", to=group, wait=0)
    query = (await ask("getUpdates"))[-1]["callback_query"]
    assert (query["from"]["id"], query["message"]["from"]["id"]) == (li.user_id, 42)
    assert query["chat_instance"]
