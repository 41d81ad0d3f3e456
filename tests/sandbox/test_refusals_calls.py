"""What Telegram refuses before it looks at a message: token, method, parameters, chat."""

import pytest

from sandbox import Person, Sandbox
from tests.sandbox.bot_api import Ask, keyboard


async def test_a_token_nobody_has(ask: Ask):
    """An unknown token is 401. https://core.telegram.org/bots/api#authorizing-your-bot"""
    answer = await ask.of("43:WRONG").answer("getMe")
    assert answer == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_a_token_of_the_wrong_shape(ask: Ask):
    """What is no token is 404. https://github.com/tdlib/telegram-bot-api (ClientManager.cpp)"""
    answer = await ask.of("nonsense").answer("getMe")
    assert answer == {"ok": False, "error_code": 404, "description": "Not Found"}


async def test_open_doors_make_a_bot_of_any_token_of_the_right_shape():
    """A sandbox served alone takes any token that looks like one."""
    import aiohttp

    async with Sandbox(open_bots=True) as box, aiohttp.ClientSession() as session:
        assert (await Ask(box.url, session, "77:abc_-X")("getMe"))["username"] == "bot77_bot"
        assert (await Ask(box.url, session, "77:other").answer("getMe"))["error_code"] == 401


async def test_a_method_that_does_not_exist(ask: Ask, box: Sandbox):
    """Any other method is 404, never a silent true. https://core.telegram.org/bots/api#making-requests"""
    answer = await ask.answer("sendTelepathy", chat_id=1)
    assert answer == {"ok": False, "error_code": 404, "description": "Not Found"}
    assert (box.outbox()[-1].method, box.outbox()[-1].ok) == ("sendTelepathy", False)


async def test_a_method_the_sandbox_does_not_have(ask: Ask, me: int):
    """A method of the real Bot API that nobody wrote here is 404 as well."""
    assert await ask.refusal("sendInvoice", chat_id=me) == "Not Found"


async def test_method_names_do_not_mind_the_case(ask: Ask):
    """All methods are case-insensitive. https://core.telegram.org/bots/api#making-requests"""
    assert (await ask("GETME"))["id"] == 42


async def test_unknown_parameters(ask: Ask, me: int):
    """A parameter nobody knows is a slip of the pen; the sandbox says so (Telegram would ignore it)."""
    refusal = await ask.refusal("sendMessage", chat_id=me, text="x", reply_markups={})
    assert refusal == 'Bad Request: method sendMessage has no parameter "reply_markups"'


async def test_unknown_fields_inside_parameters(ask: Ask, me: int):
    """The same holds inside objects, at any depth."""
    refusal = await ask.refusal("sendMessage", chat_id=me, text="x", reply_markup=keyboard("A", callback="b"))
    assert refusal.endswith('InlineKeyboardButton has no field "callback"')


@pytest.mark.parametrize("method", ["sendMessage", "sendPhoto", "getChat"])
async def test_no_chat(ask: Ask, method: str):
    """A chat has to be named. https://github.com/tdlib/telegram-bot-api (Client.cpp, check_chat)"""
    refusal = await ask.refusal(method, **({"text": "x"} if method == "sendMessage" else {}))
    assert refusal == "Bad Request: chat_id is empty"


@pytest.mark.parametrize("chat_id", [0, -1, 999, "@nobody_here", "not_a_chat", 2**70])
async def test_a_chat_nobody_knows(ask: Ask, chat_id: object):
    """A chat the bot has never met is not found. https://github.com/tdlib/telegram-bot-api/issues/135"""
    assert await ask.refusal("sendMessage", chat_id=chat_id, text="x") == "Bad Request: chat not found"


async def test_a_person_who_never_started_the_bot(ask: Ask, box: Sandbox):
    """Bots can't start conversations with users. https://core.telegram.org/bots/features#what-features-do-bots-have"""
    answer = await ask.answer("sendMessage", chat_id=box.person("李娜").chat_id, text="x")
    assert answer["error_code"] == 403
    assert answer["description"] == "Forbidden: bot can't initiate conversation with a user"


async def test_a_person_who_blocked_the_bot(ask: Ask, me: int, zhang: Person):
    """Who blocked the bot gets nothing. https://github.com/python-telegram-bot/python-telegram-bot/issues/1355"""
    await zhang.blocks()
    answer = await ask.answer("sendMessage", chat_id=me, text="x")
    assert (answer["error_code"], answer["description"]) == (403, "Forbidden: bot was blocked by the user")
    await zhang.unblocks()
    assert await ask("sendMessage", chat_id=me, text="x")


async def test_a_deleted_account(ask: Ask, me: int, zhang: Person):
    """A deleted account is 403 for ever. https://github.com/yagop/node-telegram-bot-api/issues/579"""
    await zhang.deactivates()
    answer = await ask.answer("sendMessage", chat_id=me, text="x")
    assert (answer["error_code"], answer["description"]) == (403, "Forbidden: user is deactivated")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("business_connection_id", "x", "business connection not found"),
        ("message_thread_id", 5, "message thread not found"),
        ("allow_paid_broadcast", True, "FLOODSKIP_NOT_ALLOWED"),
        ("message_effect_id", "9999999999999999999", "EFFECT_ID_INVALID"),
        ("link_preview_options", {"url": "not-a-url"}, "WEBPAGE_URL_INVALID"),
        ("link_preview_options", {"is_disabled": "yes"}, 'field "is_disabled" must be of type Boolean'),
        ("suggested_post_parameters", {}, "suggested posts can be sent only to channel direct messages"),
        ("reply_parameters", {"quote": "x"}, 'can\'t find field "message_id"'),
    ],
)
async def test_parameters_for_things_that_are_not_there(ask: Ask, me: int, field: str, value: object, said: str):
    """Nothing is ignored: what does not exist is not found. https://core.telegram.org/bots/api#sendmessage"""
    assert await ask.refusal("sendMessage", chat_id=me, text="x", **{field: value}) == f"Bad Request: {said}"


async def test_a_callback_can_be_answered_once(ask: Ask, me: int, zhang: Person):
    """A second answer comes too late. https://github.com/tdlib/telegram-bot-api (Client.cpp, QUERY_ID_INVALID)"""
    said = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    await ask("sendMessage", chat_id=me, text="x", reply_markup=keyboard("提交"))
    await zhang.taps("提交", wait=0)
    query = (await ask("getUpdates"))[-1]["callback_query"]
    assert await ask.refusal("answerCallbackQuery", callback_query_id="123") == said
    assert await ask("answerCallbackQuery", callback_query_id=query["id"], text="已提交")
    assert await ask.refusal("answerCallbackQuery", callback_query_id=query["id"]) == said


async def test_a_callback_that_waited_too_long(ask: Ask, me: int, zhang: Person, box: Sandbox):
    """Answers are due within seconds. https://github.com/TelegramBots/telegram.bot/issues/900"""
    await ask("sendMessage", chat_id=me, text="x", reply_markup=keyboard("提交"))
    await zhang.taps("提交", wait=0)
    (query,) = box.api.taps.queries.values()
    query.asked_at -= 60
    refusal = await ask.refusal("answerCallbackQuery", callback_query_id=query.id)
    assert refusal == "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def test_a_callback_of_another_bot(ask: Ask, me: int, zhang: Person, box: Sandbox):
    """A query belongs to the bot whose button was pressed."""
    box.bot("43:OTHER")
    await ask("sendMessage", chat_id=me, text="x", reply_markup=keyboard("提交"))
    await zhang.taps("提交", wait=0)
    (query,) = box.api.taps.queries
    assert "query ID is invalid" in await ask.of("43:OTHER").refusal("answerCallbackQuery", callback_query_id=query)


async def test_an_answer_above_200_characters(ask: Ask, me: int, zhang: Person):
    """A notification has 0-200 characters. https://github.com/eternnoir/pyTelegramBotAPI/issues/500"""
    await ask("sendMessage", chat_id=me, text="x", reply_markup=keyboard("提交"))
    await zhang.taps("提交", wait=0)
    query = (await ask("getUpdates"))[-1]["callback_query"]["id"]
    refusal = await ask.refusal("answerCallbackQuery", callback_query_id=query, text="党" * 201)
    assert refusal == "Bad Request: MESSAGE_TOO_LONG"
    assert await ask("answerCallbackQuery", callback_query_id=query, text="党" * 200)


@pytest.mark.parametrize("name", ["Start", "with-dash", "开始", "x" * 33, ""])
async def test_command_names(ask: Ask, name: str):
    """Lowercase letters, digits and underscores, 1-32. https://core.telegram.org/bots/api#botcommand"""
    commands = [{"command": name, "description": "x"}]
    assert await ask.refusal("setMyCommands", commands=commands) == "Bad Request: BOT_COMMAND_INVALID"


async def test_command_descriptions_and_number(ask: Ask):
    """1-256 characters each, 100 commands at most. https://core.telegram.org/bots/api#setmycommands"""
    blank = [{"command": "a", "description": " "}]
    assert await ask.refusal("setMyCommands", commands=blank) == "Bad Request: command description must be non-empty"
    long = [{"command": "a", "description": "x" * 257}]
    refusal = await ask.refusal("setMyCommands", commands=long)
    assert refusal == "Bad Request: command description length must not exceed 256"
    many = [{"command": f"c{n}", "description": "x"} for n in range(101)]
    assert await ask.refusal("setMyCommands", commands=many) == "Bad Request: BOT_COMMANDS_TOO_MUCH"


async def test_reactions_are_a_fixed_set(ask: Ask, me: int, zhang: Person):
    """A bot puts at most one of the free emoji. https://core.telegram.org/bots/api#reactiontypeemoji"""
    one = {"chat_id": me, "message_id": (await zhang.says("x")).message_id}
    odd = [{"type": "emoji", "emoji": "🥇"}]
    assert await ask.refusal("setMessageReaction", **one, reaction=odd) == "Bad Request: REACTION_INVALID"
    two = [{"type": "emoji", "emoji": "👀"}, {"type": "emoji", "emoji": "👌"}]
    assert await ask.refusal("setMessageReaction", **one, reaction=two) == "Bad Request: REACTIONS_TOO_MANY"
    assert await ask("setMessageReaction", **one, reaction=two[:1])
    assert zhang.last.reactions == ["👀"]


async def test_chat_actions_are_a_fixed_set(ask: Ask, me: int):
    """Only the listed actions exist. https://core.telegram.org/bots/api#sendchataction"""
    assert await ask("sendChatAction", chat_id=me, action="upload_photo")
    refusal = await ask.refusal("sendChatAction", chat_id=me, action="dancing")
    assert refusal == "Bad Request: wrong parameter action in request"
