"""The branch's group: bound by its secretary with a code, told what it may know, and asked for nothing."""

from __future__ import annotations

import pytest

from tests.conversations.closing import asks, close, code_of, rated_with
from tests.conversations.conftest import Stage


async def says(stage: Stage, person, text: str, group) -> str:
    """The person writes in the group; returns what stands there then."""
    await person.says(text, to=group)
    await stage.settle()
    return person.screen(to=group)


async def test_the_secretary_binds_the_group_with_a_code(stage: Stage) -> None:
    """The code comes in private with what to do, and works in the group."""
    (wang,) = await stage.persons("王书记")
    group = stage.box.group("第一党支部群", owner=wang)
    code = await code_of(stage, wang)
    await wang.sees("请把 @xianfeng_bot 加入支部群并设为管理员")
    assert "✅ 本群已绑定第一党支部" in await says(stage, wang, f"/bind {code}", group)
    assert "本群已是您支部的群" in await says(stage, wang, f"/bind {code}", group)


async def test_the_bots_own_name_may_follow_the_command(stage: Stage) -> None:
    """Groups with several bots write /bind@bot; another bot's command is not ours."""
    (wang,) = await stage.persons("王书记")
    group = stage.box.group("第一党支部群", owner=wang)
    code = await code_of(stage, wang)
    assert "xianfeng_bot:" not in await says(stage, wang, f"/bind@other_bot {code}", group)
    assert "✅ 本群已绑定第一党支部" in await says(stage, wang, f"/bind@xianfeng_bot {code}", group)


@pytest.mark.parametrize("text", ["/bind", "/bind 00000000", "/bind abc", "/bind <b>x</b>"])
async def test_a_wrong_code_says_where_to_get_one(stage: Stage, text: str) -> None:
    """Clear, and the same whatever is wrong with it."""
    (wang,) = await stage.persons("王书记")
    group = stage.box.group("第一党支部群", owner=wang)
    assert "绑定码无效。请支部书记私聊我" in await says(stage, wang, text, group)


async def test_a_code_is_good_for_one_day(stage: Stage) -> None:
    """Tomorrow it is an old one."""
    (wang,) = await stage.persons("王书记")
    group = stage.box.group("第一党支部群", owner=wang)
    code = await code_of(stage, wang)
    await stage.travel("2026-10-21 10:01")
    assert "绑定码无效" in await says(stage, wang, f"/bind {code}", group)


async def test_only_the_secretary_binds_and_a_stranger_learns_nothing(stage: Stage) -> None:
    """A member and a stranger get the same neutral sentence."""
    wang, zhang, qian = await stage.persons("王书记", "张伟", "钱书记")
    stranger = stage.box.person("路人")
    group = stage.box.group("第一党支部群", owner=wang, members=[zhang, stranger, qian])
    code = await code_of(stage, wang)
    for person in (zhang, stranger):
        assert "只有支部书记可以绑定本群。" in await says(stage, person, f"/bind {code}", group)
    assert "绑定码无效" in await says(stage, qian, f"/bind {code}", group)


async def test_a_group_belongs_to_one_branch(stage: Stage) -> None:
    """Another branch's secretary is told that the group is taken."""
    wang, qian = await stage.persons("王书记", "钱书记")
    group = stage.box.group("第一党支部群", owner=wang, members=[qian])
    await says(stage, wang, f"/bind {await code_of(stage, wang)}", group)
    code = await code_of(stage, qian)
    assert "本群已绑定其他支部。" in await says(stage, qian, f"/bind {code}", group)


async def test_binding_in_private_does_nothing(stage: Stage) -> None:
    """The command belongs into the group."""
    (wang,) = await stage.persons("王书记")
    code = await code_of(stage, wang)
    assert "请在支部群里发送这条命令" in await asks(stage, wang, f"/bind {code}")


async def test_a_group_that_is_bound_late_gets_the_newest_standings_once(stage: Stage) -> None:
    """The quarter was closed before anybody bound the group."""
    (wang,) = await rated_with(stage, "王书记")
    await close(stage)
    group = stage.box.group("第一党支部群", owner=wang)
    await says(stage, wang, f"/bind {await code_of(stage, wang)}", group)
    await wang.sees("第一党支部2026年第4季度积分公示", to=group)
    again = await says(stage, wang, f"/bind {await code_of(stage, wang)}", group)
    assert again.count("2026年第4季度积分公示。\n") == 1


@pytest.mark.parametrize("command", ["/score", "/why", "/board", "/portrait", "/overview", "/mydata", "/rate", "/menu"])
async def test_nothing_private_is_answered_in_a_group(stage: Stage, command: str) -> None:
    """Whoever asks there is sent to the private chat, a stranger too."""
    (wang,) = await rated_with(stage, "王书记")
    await close(stage)
    stranger = stage.box.person("路人")
    group = stage.box.group("第一党支部群", owner=wang, members=[stranger])
    for person in (wang, stranger):
        screen = await says(stage, person, command, group)
        assert "这是个人事项，请私聊我" in screen
        assert "60" not in screen
        assert "第一党支部 ·" not in screen
