"""Getting in by an invite, and everything that must not get in."""

from __future__ import annotations

from tests.conversations.conftest import Stage


async def test_an_invite_asks_before_it_binds(stage: Stage) -> None:
    """The person sees branch and name and says yes; then the menu and his own commands are there."""
    zhang = await stage.person("张伟")
    await zhang.sees("张伟 · 第一党支部")
    assert [command.command for command in _commands(stage, zhang.user_id)][:2] == ["form", "score"]


async def test_a_secretary_has_more_commands_than_a_member(stage: Stage) -> None:
    """The menu follows the roles."""
    wang = await stage.person("王书记")
    assert "rate" in {command.command for command in _commands(stage, wang.user_id)}
    zhang = await stage.person("张伟")
    assert "rate" not in {command.command for command in _commands(stage, zhang.user_id)}


async def test_an_invite_works_once(stage: Stage) -> None:
    """A second account with the same link is refused politely."""
    await stage.person("张伟")
    thief = stage.box.person("路人")
    await thief.says(f"/start {stage.tokens['张伟']}")
    await thief.sees("链接或口令已失效")


async def test_only_who_was_asked_can_say_yes(stage: Stage) -> None:
    """A forged yes from another account binds nobody."""
    zhang, other = stage.box.person("张伟"), stage.box.person("路人")
    await zhang.says(f"/start {stage.tokens['张伟']}")
    await zhang.sees("是，绑定")
    yes = next(button for row in zhang.last.buttons for button in row if "绑定" in button.label)
    await other.says("/start")
    await other.sees("只为本单位党员服务")
    await other.taps(data=yes.data, on=other.last)
    await other.sees_not("第一党支部")
    await zhang.taps("✅ 是，绑定")
    await zhang.sees("张伟 · 第一党支部")


async def test_the_wrong_person_can_say_no(stage: Stage) -> None:
    """Saying no binds nobody and leaves the link good for the right one."""
    other = stage.box.person("路人")
    await other.says(f"/start {stage.tokens['张伟']}")
    await other.taps("不是我")
    await other.sees("没有绑定任何人")
    zhang = await stage.person("张伟")
    await zhang.sees("第一党支部")


async def test_an_invite_lapses_after_fourteen_days(stage: Stage) -> None:
    """An old link is refused."""
    await stage.travel("2026-11-03 10:01")
    late = stage.box.person("张伟")
    await late.says(f"/start {stage.tokens['张伟']}")
    await late.sees("链接或口令已失效")


async def test_a_stranger_gets_one_polite_sentence_and_nothing_else(stage: Stage) -> None:
    """Whatever a stranger says or forges, he learns nothing."""
    stranger = stage.box.person("路人")
    for text in ("/start", "/menu", "/form", "/score", "你好", "/start nonsense"):
        await stranger.says(text)
    await stage.settle()
    assert "党支部" not in stranger.screen()
    assert stranger.screen().count("只为本单位党员服务") == 5  # and one for the link that does not exist


async def test_binding_in_the_middle_of_a_month_shows_the_open_form(stage: Stage) -> None:
    """Who comes late finds the month's form in his menu."""
    await stage.travel("2026-10-26 10:00")
    zhang = await stage.person("张伟")
    await zhang.sees("待提交，截止 11月2日 24:00")
    await zhang.taps("📋 填写自评表")
    await zhang.sees("0/14")


async def test_the_language_can_be_changed(stage: Stage) -> None:
    """English is complete and comes back to Chinese."""
    zhang = await stage.person("张伟")
    await zhang.says("/language")
    await zhang.taps("English")
    await zhang.sees("From now on I speak English")
    await zhang.says("/menu")
    await zhang.sees("No form is open now")
    await zhang.says("/language")
    await zhang.taps("中文")
    await zhang.says("/menu")
    await zhang.sees("目前没有待填的自评表")


async def test_who_blocks_the_bot_is_reported_to_the_commissioner_once(stage: Stage) -> None:
    """The commissioner hears of it and can act; unblocking heals it."""
    li, zhang = await stage.persons("李委员", "张伟")
    await zhang.blocks()
    await stage.travel("2026-10-25 09:00")
    await li.sees("张伟 已无法收到消息")
    await stage.travel("2026-11-02 17:00")
    assert li.screen().count("张伟 已无法收到消息") == 1


def _commands(stage: Stage, user_id: int) -> list:  # type: ignore[type-arg]
    calls = [call for call in stage.box.outbox() if call.method == "setMyCommands" and str(user_id) in str(call.params)]
    from types import SimpleNamespace

    return [SimpleNamespace(**entry) if isinstance(entry, dict) else entry for entry in calls[-1].params["commands"]]
