"""What Telegram refuses when messages are changed or taken away."""

from datetime import timedelta

from sandbox import Person, Sandbox, SimClock
from tests.sandbox.bot_api import Ask, keyboard, picture

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


async def sent_text(ask: Ask, me: int, **more: object) -> dict[str, int]:
    """Send a message and return how to name it."""
    message = await ask("sendMessage", chat_id=me, text="old", **more)
    return {"chat_id": me, "message_id": message["message_id"]}


async def sent_photo(ask: Ask, me: int) -> dict[str, int]:
    """Send a photo and return how to name it."""
    answer = await ask.upload("sendPhoto", {"photo": picture()}, chat_id=me, caption="old")
    return {"chat_id": me, "message_id": answer["result"]["message_id"]}


async def test_an_edit_that_changes_nothing(ask: Ask, me: int):
    """Text and keyboard both as before is an error. https://github.com/python-telegram-bot/python-telegram-bot/issues/1264"""
    one = await sent_text(ask, me, reply_markup=keyboard("A"))
    assert await ask.refusal("editMessageText", **one, text="old", reply_markup=keyboard("A")) == NOT_MODIFIED
    assert await ask("editMessageText", **one, text="old", reply_markup=keyboard("B"))


async def test_an_edit_without_keyboard_removes_it(ask: Ask, me: int):
    """Leaving reply_markup out of an edit takes the keyboard away. https://core.telegram.org/bots/api#editmessagetext"""
    one = await sent_text(ask, me, reply_markup=keyboard("A"))
    assert "reply_markup" not in await ask("editMessageText", **one, text="new")


async def test_only_a_change_of_content_counts_as_an_edit(ask: Ask, me: int):
    """A new keyboard alone does not mark a message as edited. https://core.telegram.org/bots/api#message"""
    one = await sent_text(ask, me)
    assert "edit_date" not in await ask("editMessageReplyMarkup", **one, reply_markup=keyboard("A"))
    assert "edit_date" in await ask("editMessageText", **one, text="new")


async def test_the_text_of_a_picture(ask: Ask, me: int):
    """A picture has a caption, no text. https://github.com/tdlib/td (MessagesManager, edit_message_text)"""
    one = await sent_photo(ask, me)
    said = "Bad Request: there is no text in the message to edit"
    assert await ask.refusal("editMessageText", **one, text="new") == said


async def test_the_caption_of_a_text(ask: Ask, me: int):
    """A text has no caption. https://github.com/tdlib/td (MessagesManager, edit_message_caption)"""
    one = await sent_text(ask, me)
    said = "Bad Request: there is no caption in the message to edit"
    assert await ask.refusal("editMessageCaption", **one, caption="new") == said


async def test_a_message_that_is_not_there(ask: Ask, me: int):
    """What is gone cannot be changed. https://github.com/tdlib/telegram-bot-api (Client.cpp, check_message)"""
    one = {"chat_id": me, "message_id": 999}
    assert await ask.refusal("editMessageText", **one, text="x") == "Bad Request: message to edit not found"
    assert await ask.refusal("deleteMessage", **one) == "Bad Request: message to delete not found"
    assert await ask.refusal("pinChatMessage", **one) == "Bad Request: message to pin not found"
    assert await ask.refusal("stopPoll", **one) == "Bad Request: message with poll to stop not found"
    assert await ask.refusal("copyMessage", **one, from_chat_id=me) == "Bad Request: message to copy not found"
    assert await ask.refusal("forwardMessage", **one, from_chat_id=me) == "Bad Request: message to forward not found"
    refusal = await ask.refusal("sendMessage", chat_id=me, text="x", reply_parameters={"message_id": 999})
    assert refusal == "Bad Request: message to be replied not found"
    lenient = {"message_id": 999, "allow_sending_without_reply": True}
    assert await ask("sendMessage", chat_id=me, text="x", reply_parameters=lenient)


async def test_no_message_named(ask: Ask, me: int):
    """An edit names its message. https://github.com/tdlib/telegram-bot-api (Client.cpp)"""
    said = "Bad Request: message identifier is not specified"
    assert await ask.refusal("editMessageText", chat_id=me, text="x") == said
    assert await ask.refusal("deleteMessage", chat_id=me) == said


async def test_messages_of_others(ask: Ask, me: int, zhang: Person):
    """A bot edits its own messages only. https://core.telegram.org/bots/api#updating-messages"""
    theirs = (await zhang.says("mine")).message_id
    said = "Bad Request: message can't be edited"
    assert await ask.refusal("editMessageText", chat_id=me, message_id=theirs, text="x") == said


async def test_messages_with_a_reply_keyboard(ask: Ask, me: int):
    """Only messages without reply_markup or with inline keyboards. https://core.telegram.org/bots/api#updating-messages"""
    one = await sent_text(ask, me, reply_markup={"keyboard": [[{"text": "A"}]]})
    assert await ask.refusal("editMessageText", **one, text="x") == "Bad Request: message can't be edited"


async def test_a_message_older_than_48_hours_stays(ask: Ask, me: int, clock: SimClock):
    """Only what was sent less than 48 hours ago can be deleted. https://core.telegram.org/bots/api#deletemessage"""
    one = await sent_text(ask, me)
    clock.travel(clock.now() + timedelta(hours=48, seconds=1))
    said = "Bad Request: message can't be deleted for everyone"
    assert await ask.refusal("deleteMessage", **one) == said
    assert await ask("deleteMessages", chat_id=me, message_ids=[one["message_id"]])
    assert await ask("editMessageText", **one, text="still editable")


async def test_incoming_messages_of_a_private_chat_can_be_deleted(ask: Ask, me: int, zhang: Person):
    """Bots can delete incoming messages in private chats. https://core.telegram.org/bots/api#deletemessage"""
    theirs = (await zhang.says("mine")).message_id
    assert await ask("deleteMessage", chat_id=me, message_id=theirs)
    assert "mine" not in zhang.screen()


async def test_too_many_deletions_at_once(ask: Ask, me: int):
    """1-100 messages at once. https://core.telegram.org/bots/api#deletemessages"""
    refusal = await ask.refusal("deleteMessages", chat_id=me, message_ids=list(range(1, 102)))
    assert refusal == "Bad Request: too many message identifiers specified"
    refusal = await ask.refusal("deleteMessages", chat_id=me, message_ids=[])
    assert refusal == "Bad Request: message identifiers are not specified"


async def test_an_album_keeps_its_kind(ask: Ask, me: int):
    """In an album a photo stays visual. https://core.telegram.org/bots/api#editmessagemedia"""
    media = [{"type": "photo", "media": "attach://a"}, {"type": "photo", "media": "attach://b"}]
    album = await ask.upload("sendMediaGroup", {"a": picture(), "b": picture(80)}, chat_id=me, media=media)
    one = {"chat_id": me, "message_id": album["result"][0]["message_id"]}
    new = {"type": "document", "media": "attach://d"}
    answer = await ask.upload("editMessageMedia", {"d": b"x"}, **one, media=new)
    assert answer["description"] == "Bad Request: can't change media type in the album"
    new = {"type": "photo", "media": "attach://d", "caption": "new"}
    answer = await ask.upload("editMessageMedia", {"d": picture(90)}, **one, media=new)
    assert answer["result"]["media_group_id"] == album["result"][0]["media_group_id"]


async def test_a_text_may_become_a_picture(ask: Ask, me: int, zhang: Person):
    """editMessageMedia adds media to text messages. https://core.telegram.org/bots/api#editmessagemedia"""
    one = await sent_text(ask, me)
    new = {"type": "photo", "media": "attach://p", "caption": "图"}
    await ask.upload("editMessageMedia", {"p": picture()}, **one, media=new)
    assert (zhang.last.kind, zhang.last.caption, zhang.last.text) == ("photo", "图", "")


async def test_pins(ask: Ask, me: int, zhang: Person):
    """Pinning again is refused, unpinning what is not there too. https://core.telegram.org/bots/api#pinchatmessage"""
    one = await sent_text(ask, me)
    assert await ask("pinChatMessage", **one)
    assert zhang.messages[-2].pinned
    assert await ask.refusal("pinChatMessage", **one) == "Bad Request: CHAT_NOT_MODIFIED"
    service = {"chat_id": me, "message_id": zhang.last.message_id}
    assert await ask.refusal("pinChatMessage", **service) == "Bad Request: service messages can't be pinned"
    assert await ask("unpinChatMessage", chat_id=me)
    assert await ask.refusal("unpinChatMessage", chat_id=me) == "Bad Request: message to unpin not found"


async def test_protected_and_service_messages_do_not_travel(ask: Ask, me: int, zhang: Person):
    """Protected content cannot be forwarded or copied. https://core.telegram.org/bots/api#copymessage"""
    one = await sent_text(ask, me, protect_content=True)
    refusal = await ask.refusal("forwardMessage", **one, from_chat_id=me)
    assert refusal == "Bad Request: the message can't be forwarded"
    assert await ask.refusal("copyMessage", **one, from_chat_id=me) == "Bad Request: the message can't be copied"


async def test_ids_count_anew_in_every_chat(ask: Ask, me: int, box: Sandbox):
    """Message ids are unique inside a chat only. https://core.telegram.org/bots/api#message"""
    li = box.person("李娜")
    await li.says("/start")
    first, second = [await ask("sendMessage", chat_id=chat, text="x") for chat in (me, li.chat_id)]
    assert first["message_id"] == second["message_id"]
