"""What people (and others) send although nobody asked: a clear sentence or a quiet toast, and nothing changes."""

from __future__ import annotations

import pytest

from bot.domain.actions.form import AnswerRest, OpenItem
from bot.domain.actions.menu import SetLanguage
from bot.telegram.codec import pack
from tests.conversations.conftest import Stage
from tests.conversations.rated import form_of
from tests.conversations.test_form import photo


async def test_text_where_a_button_is_expected_is_answered_kindly(stage: Stage) -> None:
    """Nothing is awaited, so the buttons are pointed to."""
    (zhang,) = await stage.open_october("张伟")
    await zhang.says("我全勤")
    await zhang.sees("请使用按钮")


async def test_a_photo_or_sticker_out_of_the_blue_changes_nothing(stage: Stage) -> None:
    """The same for pictures."""
    (zhang,) = await stage.open_october("张伟")
    await zhang.sends_photo(photo())
    await zhang.sees("请使用按钮")
    await zhang.sends_sticker()
    await stage.settle()
    assert zhang.screen().count("请使用按钮") == 2


async def test_a_sticker_for_a_note_is_refused_and_the_note_is_still_awaited(stage: Stage) -> None:
    """The field waits on, so nothing must be tapped again."""
    zhang = await _asked_for_a_note(stage)
    await zhang.sends_sticker()
    await zhang.sees("这里用不上这类消息")
    await zhang.says("主讲了第三季度党课")
    await zhang.sees("📝 主讲了第三季度党课")


async def test_a_note_that_is_too_long_is_refused_whole(stage: Stage) -> None:
    """4,096 characters are not cut silently."""
    zhang = await _asked_for_a_note(stage)
    await zhang.says("长" * 4096)
    await zhang.sees("超过 500 字")
    await zhang.says("短")
    await zhang.sees("📝 短")


@pytest.mark.parametrize(
    "text",
    [
        "<b>粗</b> & <i>",
        "*星* _下_ [链](http://a.b)",
        "=1+1",
        "👨‍👩‍👧‍👦 全家",
        "a\u202eb\u2066c",
        "喆堃䶮𬭎",
        "1\n\n\n\n2",
        "{0} {name} %s",
    ],
)
async def test_markup_and_odd_characters_in_a_note_arrive_as_text(stage: Stage, text: str) -> None:
    """Notes are shown as typed, without taking over the message."""
    zhang = await _asked_for_a_note(stage)
    await zhang.says(text)
    await zhang.sees("📝")
    shown = zhang.screen()
    assert "\u202e" not in shown.split("📝")[-1]
    assert text[0] in shown.split("📝")[-1]


async def test_a_changed_message_changes_nothing(stage: Stage) -> None:
    """An edited note is told how to be sent."""
    zhang = await _asked_for_a_note(stage)
    sent = await zhang.says("第一稿")
    await zhang.sees("📝 第一稿")
    await zhang.edits(sent, "第二稿")
    await zhang.sees("请重新发送一条新消息")
    await zhang.sees_not("📝 第二稿")


async def test_a_forwarded_command_is_not_obeyed(stage: Stage) -> None:
    """Somebody else's command is no wish of mine."""
    (zhang,) = await stage.open_october("张伟")
    sent = await zhang.says("/language")
    await zhang.sees("请选择语言")
    before = zhang.screen().count("请选择语言")
    await zhang.forwards(sent)
    await zhang.sees("请使用按钮")
    assert zhang.screen().count("请选择语言") == before


async def test_personal_commands_in_a_group_say_nothing_private(stage: Stage) -> None:
    """In a group there is one neutral sentence and no points."""
    (zhang,) = await stage.open_october("张伟")
    group = stage.box.group("大群", owner=zhang)
    for command in ("/score", "/form", "/mydata", "/why"):
        await zhang.says(command, to=group)
    await zhang.sees("请私聊我", to=group)
    await stage.settle()
    assert "分" not in zhang.screen(to=group).replace("党支部", "")


async def test_a_forged_tap_in_a_group_shows_nobodys_card_there(stage: Stage) -> None:
    """A custom client can send any data from any of the bot's messages, so also from one in a group."""
    (zhang,) = await stage.open_october("张伟")
    group = stage.box.group("大群", owner=zhang)
    await zhang.says("/form", to=group)
    await zhang.sees("请私聊我", to=group)
    form = await form_of(stage, "张伟")
    for action in (AnswerRest(form.form_id), OpenItem(form.form_id, "lecture"), SetLanguage("en")):
        tap = await zhang.taps(data=pack(action), to=group)
        assert "请私聊我" in tap.answer.text
    await stage.settle()
    shown = zhang.screen(to=group)
    assert "先锋" not in shown
    assert "第一党支部" not in shown


@pytest.mark.parametrize(
    "data",
    [
        "",
        "f",
        "f:",
        "f:zzzzzzzzzzzzzzzzzzzz",
        "f:1:2:3",
        "zz:1",
        "fS:1:-1",
        "\x00",
        "fi:1:../../etc",
        "💥" * 16,
        "r:1",
        "qX:2026Q4:1:0",
        "bu:1",
        "dm:2026-10:meetings:1:0",
    ],
)
async def test_forged_button_data_changes_nothing(stage: Stage, data: str) -> None:
    """Custom clients send any bytes: no crash, no effect, the form is as it was."""
    (zhang,) = await stage.open_october("张伟")
    if data:
        await zhang.taps(data=data, on=zhang.last)
    await zhang.says("/form")
    await zhang.sees("0/14")
    async with stage.app.core.store.read() as tx:
        assert not [
            entry for entry in await tx.ledger.entries() if entry.kind.startswith(("form_", "rating", "account_un"))
        ]


async def test_another_members_form_cannot_be_opened_or_answered(stage: Stage) -> None:
    """Ids in buttons are no secrets, so rights are checked every time."""
    zhang, zhao = await stage.open_october("张伟", "赵敏")
    rest = next(button for row in zhao.last.buttons for button in row if "其余如常" in button.label)
    tap = await zhang.taps(data=rest.data, on=zhang.last)
    assert tap.answer.text == "您没有此项操作的权限。"
    await zhao.says("/form")
    await zhao.sees("0/14")


async def test_a_button_of_last_month_tells_that_it_is_closed(stage: Stage) -> None:
    """Old cards stay in the chat; their buttons tell the truth."""
    (zhang,) = await stage.open_october("张伟")
    card = zhang.last
    await stage.travel("2026-11-25 09:00")
    tap = await zhang.taps("👍 其余如常（14）", on=card)
    assert "2026年10月 已截止" in tap.answer.text


async def _asked_for_a_note(stage: Stage):  # type: ignore[no-untyped-def]
    (zhang,) = await stage.open_october("张伟")
    await zhang.taps("思想先锋 0/3")
    await zhang.taps("· 主讲党课")
    await zhang.taps("📎 说明或佐证")
    await zhang.sees("请直接发送文字说明")
    return zhang
