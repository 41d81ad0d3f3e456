"""What Telegram refuses in keyboards."""

import pytest

from tests.sandbox.bot_api import Ask, keyboard

PREFIX = "Bad Request: can't parse inline keyboard button: "


@pytest.mark.parametrize(("fits", "too_long"), [("x" * 64, "x" * 65), ("党" * 21, "党" * 22)])
async def test_callback_data_above_64_bytes(ask: Ask, me: int, fits: str, too_long: str):
    """Callback data has 1-64 bytes, not characters. https://core.telegram.org/bots/api#inlinekeyboardbutton"""
    markup = keyboard("x", callback_data=too_long)
    refusal = await ask.refusal("sendMessage", chat_id=me, text="x", reply_markup=markup)
    assert refusal == "Bad Request: BUTTON_DATA_INVALID"
    assert await ask("sendMessage", chat_id=me, text="x", reply_markup=keyboard("x", callback_data=fits))


async def test_button_without_an_action(ask: Ask, me: int):
    """A button does exactly one thing. https://core.telegram.org/bots/api#inlinekeyboardbutton"""
    said = PREFIX + "Text buttons are unallowed in the inline keyboard"
    for button in ({"text": "x"}, {"text": "x", "callback_data": ""}):
        markup = {"inline_keyboard": [[button]]}
        assert await ask.refusal("sendMessage", chat_id=me, text="x", reply_markup=markup) == said


async def test_button_with_two_actions(ask: Ask, me: int):
    """Exactly one of the optional fields must be used. https://core.telegram.org/bots/api#inlinekeyboardbutton"""
    markup = keyboard("x", url="https://a.cn")
    said = PREFIX + "Exactly one optional field must be used"
    assert await ask.refusal("sendMessage", chat_id=me, text="x", reply_markup=markup) == said


async def test_button_without_a_label(ask: Ask, me: int):
    """A button has a label. https://core.telegram.org/bots/api#inlinekeyboardbutton"""
    refusal = await ask.refusal("sendMessage", chat_id=me, text="x", reply_markup=keyboard(" ", callback_data="x"))
    assert refusal == PREFIX + "Text buttons must have non-empty text"
    markup = {"inline_keyboard": [[{"callback_data": "x"}]]}
    refusal = await ask.refusal("sendMessage", chat_id=me, text="x", reply_markup=markup)
    assert refusal == PREFIX + 'Can\'t find field "text"'


async def test_more_than_100_buttons(ask: Ask, me: int):
    """The limit is 100 buttons. https://github.com/eternnoir/pyTelegramBotAPI/issues/511"""
    rows = [[{"text": f"{n}", "callback_data": f"{n}"}] for n in range(101)]
    markup = {"inline_keyboard": rows}
    refusal = await ask.refusal("sendMessage", chat_id=me, text="x", reply_markup=markup)
    assert refusal == "Bad Request: reply markup is too long"
    assert await ask("sendMessage", chat_id=me, text="x", reply_markup={"inline_keyboard": rows[:100]})


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("url", "not-a-url", "inline keyboard button URL 'not-a-url' is invalid: Wrong HTTP URL"),
        ("url", "ftp://a.cn", "inline keyboard button URL 'ftp://a.cn' is invalid: Unsupported URL protocol"),
        ("web_app", {"url": "http://a.cn"},
         "inline keyboard button Web App URL 'http://a.cn' is invalid: Only HTTPS links are allowed"),
        ("copy_text", {"text": "x" * 257}, "BUTTON_COPY_TEXT_INVALID"),
        ("pay", True, "BUTTON_TYPE_INVALID"),
    ],
)  # fmt: skip
async def test_actions_that_are_not_valid(ask: Ask, me: int, field: str, value: object, said: str):
    """Each action has its own rule. https://core.telegram.org/bots/api#inlinekeyboardbutton"""
    markup = {"inline_keyboard": [[{"text": "x", field: value}]]}
    assert await ask.refusal("sendMessage", chat_id=me, text="x", reply_markup=markup) == f"Bad Request: {said}"


async def test_styles_are_three(ask: Ask, me: int):
    """A style is danger, success or primary. https://core.telegram.org/bots/api#inlinekeyboardbutton"""
    refusal = await ask.refusal("sendMessage", chat_id=me, text="x", reply_markup=keyboard("x", style="pink"))
    assert refusal == PREFIX + "Invalid button style specified"
    assert await ask("sendMessage", chat_id=me, text="x", reply_markup=keyboard("x", style="danger"))


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ({"inline_keyboard": "bad"}, 'field "inline_keyboard" must be of type Array'),
        ({"force_reply": "yes"}, 'field "force_reply" must be of type Boolean'),
        ({"remove_keyboard": "yes"}, 'field "remove_keyboard" must be of type Boolean'),
        ({"keyboard": [[{"text": "A"}]], "selective": "yes"}, 'field "selective" must be of type Boolean'),
        ({"keyboard": [[{"text": "A"}]], "colour": 1}, 'replyKeyboardMarkup has no field "colour"'),
        ("{not json", "can't parse reply keyboard markup JSON object"),
        ({"keyboard": []}, "reply keyboard must have at least one button"),
    ],
)
async def test_markup_of_the_wrong_shape(ask: Ask, me: int, markup: object, said: str):
    """Nested objects are typed, and fields nobody knows are refused. https://core.telegram.org/bots/api#replykeyboardmarkup"""
    assert await ask.refusal("sendMessage", chat_id=me, text="x", reply_markup=markup) == f"Bad Request: {said}"


async def test_a_message_echoes_inline_keyboards_only(ask: Ask, me: int):
    """A reply keyboard is not part of the Message object. https://core.telegram.org/bots/api#message"""
    sent = await ask("sendMessage", chat_id=me, text="x", reply_markup={"keyboard": [[{"text": "A"}]]})
    assert "reply_markup" not in sent
    sent = await ask("sendMessage", chat_id=me, text="x", reply_markup=keyboard("A"))
    assert sent["reply_markup"] == keyboard("A")
