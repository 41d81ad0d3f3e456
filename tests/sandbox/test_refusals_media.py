"""What Telegram refuses in pictures, documents, albums, polls and downloads."""

import pytest

from sandbox import Person, Sandbox, media
from tests.sandbox.bot_api import Ask, picture


async def send(ask: Ask, me: int, kind: str, data: bytes) -> str:
    """Send a file and return how it was refused, or nothing."""
    answer = await ask.upload(f"send{kind.capitalize()}", {kind: data}, chat_id=me)
    return answer.get("description", "")


async def test_a_picture_that_is_none(ask: Ask, me: int):
    """What does not decode is no photo. https://github.com/tdlib/telegram-bot-api/issues/146"""
    assert await send(ask, me, "photo", b"not a picture") == "Bad Request: IMAGE_PROCESS_FAILED"
    assert await send(ask, me, "photo", picture()[:60]) == "Bad Request: IMAGE_PROCESS_FAILED"


async def test_a_picture_too_wide_or_too_thin(ask: Ask, me: int):
    """Width + height at most 10000, ratio at most 20. https://core.telegram.org/bots/api#sendphoto"""
    assert await send(ask, me, "photo", picture(9000, 1001)) == "Bad Request: PHOTO_INVALID_DIMENSIONS"
    assert await send(ask, me, "photo", picture(210, 10)) == "Bad Request: PHOTO_INVALID_DIMENSIONS"
    assert await send(ask, me, "photo", picture(200, 10)) == ""


async def test_a_picture_above_10_mb(ask: Ask, me: int):
    """A photo has at most 10 MB. https://core.telegram.org/bots/api#sending-files"""
    size = 10 * 1024 * 1024 + 1
    said = f"file of size {size} bytes is too big for a photo; the maximum size is 10485760 bytes"
    assert await send(ask, me, "photo", b"x" * size) == f"Bad Request: {said}"


async def test_a_document_above_50_mb(ask: Ask, me: int):
    """Any other file has at most 50 MB. https://core.telegram.org/bots/api#sending-files"""
    assert await send(ask, me, "document", b"x" * (50 * 1024 * 1024 + 1)) == "Request Entity Too Large"


async def test_a_request_larger_than_any_file(ask: Ask, me: int):
    """A body that is too large is cut off. https://core.telegram.org/bots/api#sending-files"""
    answer = await ask.upload("sendDocument", {"document": b"x" * (61 * 1024 * 1024)}, chat_id=me)
    assert answer["error_code"] == 413


async def test_an_empty_file(ask: Ask, me: int):
    """A file has bytes. https://github.com/windkh/node-red-contrib-telegrambot/issues/100"""
    assert await send(ask, me, "document", b"") == "Bad Request: file must be non-empty"


async def test_no_file(ask: Ask, me: int):
    """A photo message has a photo. https://github.com/tdlib/telegram-bot-api (Client.cpp, get_input_file)"""
    assert await ask.refusal("sendPhoto", chat_id=me) == "Bad Request: there is no photo in the request"


async def test_file_ids_are_for_one_bot_and_one_kind(ask: Ask, me: int, box: Sandbox, zhang: Person):
    """A file_id is valid for one bot and its kind of file. https://core.telegram.org/bots/api#sending-files"""
    sent = await ask.upload("sendPhoto", {"photo": picture()}, chat_id=me)
    file_id = sent["result"]["photo"][-1]["file_id"]
    assert (await ask("sendPhoto", chat_id=me, photo=file_id))["photo"][-1]["file_id"] == file_id
    assert (
        await ask.refusal("sendDocument", chat_id=me, document=file_id)
        == "Bad Request: can't use file of type Photo as Document"
    )
    said = "Bad Request: wrong file identifier/HTTP URL specified"
    assert await ask.refusal("sendPhoto", chat_id=me, photo="AgAC-nothing") == said
    other = box.bot("43:OTHER", "other_bot")
    await zhang.says("/start", other)
    assert await ask.of("43:OTHER").refusal("sendPhoto", chat_id=me, photo=file_id) == said


async def test_downloads(ask: Ask, me: int):
    """getFile gives a path to download from. https://core.telegram.org/bots/api#getfile"""
    sent = await ask.upload("sendDocument", {"document": b"bytes"}, chat_id=me)
    file = await ask("getFile", file_id=sent["result"]["document"]["file_id"])
    async with ask.session.get(f"{ask.url}/file/bot42%3ATEST/{file['file_path']}") as response:
        assert await response.read() == b"bytes"
    async with ask.session.get(f"{ask.url}/file/bot42:TEST/documents/nothing.bin") as response:
        assert response.status == 404
    assert await ask.refusal("getFile", file_id="nothing") == "Bad Request: invalid file_id"
    assert await ask.refusal("getFile") == "Bad Request: file_id not specified"


async def test_downloads_above_20_mb(ask: Ask, me: int):
    """Bots download files of up to 20 MB. https://core.telegram.org/bots/api#getfile"""
    data = b"x" * (media.MAX_DOWNLOAD_BYTES + 1)
    sent = await ask.upload("sendDocument", {"document": data}, chat_id=me)
    refusal = await ask.refusal("getFile", file_id=sent["result"]["document"]["file_id"])
    assert refusal == "Bad Request: file is too big"


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        ([], "there are no messages to send"),
        (["photo"], "media group must include 2-10 items"),
        (["photo"] * 11, "too many messages to send as an album"),
        (["photo", "document"], "document can't be mixed with other media types"),
        (["photo", "audio"], "audio can't be mixed with other media types"),
    ],
)
async def test_albums_have_2_to_10_items_of_one_kind(ask: Ask, me: int, kinds: list[str], said: str):
    """2-10 items; documents and audio only with their like. https://core.telegram.org/bots/api#sendmediagroup"""
    items = [{"type": kind, "media": f"attach://f{n}"} for n, kind in enumerate(kinds)]
    files = {f"f{n}": picture() for n in range(len(kinds))}
    answer = await ask.upload("sendMediaGroup", files, chat_id=me, media=items)
    assert answer["description"] == f"Bad Request: {said}"


async def test_an_album_with_one_bad_picture_sends_nothing(ask: Ask, me: int, zhang: Person):
    """The failure names the item. https://github.com/rubenlagus/TelegramBots/issues/1520"""
    before = len(zhang.messages)
    items = [{"type": "photo", "media": "attach://a"}, {"type": "photo", "media": "attach://b"}]
    answer = await ask.upload("sendMediaGroup", {"a": picture(), "b": b"bad"}, chat_id=me, media=items)
    said = 'failed to send message #2 with the error message "IMAGE_PROCESS_FAILED"'
    assert answer["description"] == f"Bad Request: {said}"
    assert len(zhang.messages) == before


async def test_an_album_whose_part_is_missing(ask: Ask, me: int):
    """attach:// names a part of the request. https://github.com/Modersi/TelegramBotAPI/issues/16"""
    items = [{"type": "photo", "media": "attach://a"}, {"type": "photo", "media": "attach://b"}]
    answer = await ask.upload("sendMediaGroup", {"a": picture()}, chat_id=me, media=items)
    assert answer["description"] == "Bad Request: can't parse InputMedia: media not found"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"question": " "}, "poll question must be non-empty"),
        ({"question": "x" * 301}, "poll question length must not exceed 300"),
        ({"options": []}, "poll must have at least one answer option"),
        ({"options": ["x"] * 13}, "poll can't have more than 12 options"),
        ({"options": ["x", " "]}, "poll options must be non-empty"),
        ({"options": ["x" * 101, "y"]}, "poll options length must not exceed 100"),
        ({"type": "quiz"}, "correct quiz option list must be non-empty"),
        ({"type": "quiz", "correct_option_id": 9}, "wrong quiz correct_option_id"),
        ({"open_period": 10, "close_date": 1}, "only one of open_period and close_date can be used"),
    ],
)
async def test_polls_that_are_not_valid(ask: Ask, me: int, changes: dict[str, object], said: str):
    """A question of 1-300 characters, options of 1-100. https://core.telegram.org/bots/api#sendpoll"""
    poll = {"chat_id": me, "question": "谁去?", "options": ["甲", "乙"], **changes}
    poll["options"] = [{"text": text} for text in poll["options"]]
    assert await ask.refusal("sendPoll", **poll) == f"Bad Request: {said}"


async def test_a_poll_is_stopped_once(ask: Ask, me: int):
    """A closed poll stays closed. https://core.telegram.org/bots/api#stoppoll"""
    options = [{"text": "甲"}, {"text": "乙"}]
    one = {
        "chat_id": me,
        "message_id": (await ask("sendPoll", chat_id=me, question="?", options=options))["message_id"],
    }
    assert (await ask("stopPoll", **one))["is_closed"]
    assert await ask.refusal("stopPoll", **one) == "Bad Request: poll has already been closed"
    text = (await ask("sendMessage", chat_id=me, text="x"))["message_id"]
    assert await ask.refusal("stopPoll", chat_id=me, message_id=text) == "Bad Request: message is not a poll"
