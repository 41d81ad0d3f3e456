"""What an admin does with accounts in chat."""

from __future__ import annotations

from bot.domain.actions.binding import AskUnbind
from tests.conversations.conftest import Stage
from tests.conversations.rated import forge


async def test_an_admin_unbinds_and_invites_again(stage: Stage) -> None:
    """A lost phone: the old account is a stranger again, a fresh link binds the new one, history stays."""
    chen, zhang = await stage.open_october("陈管理", "张伟")
    await zhang.taps("👍 其余如常（14）")
    await zhang.taps("📤 提交")
    await chen.says("/member 102")
    await chen.sees("张伟 · 102")
    await chen.taps("🔓 解绑")
    await chen.taps("🔓 确定解绑")
    await chen.sees("张伟 已解绑")
    await zhang.says("/menu")
    await zhang.sees("只为本单位党员服务")
    await chen.taps("✉️ 重新邀请")
    await chen.sees("仅供 张伟 本人使用")
    token = (chen.last.text or "").rsplit("start=", 1)[1]
    new_phone = stage.box.person("张伟的新手机")
    await new_phone.says(f"/start {token}")
    await new_phone.taps("✅ 是，绑定")
    await new_phone.sees("已提交，60 分")


async def test_nobody_else_looks_accounts_up(stage: Stage) -> None:
    """Not even a secretary."""
    wang = await stage.person("王书记")
    await wang.says("/member 102")
    await wang.sees("您没有此项操作的权限")


async def test_an_admin_is_not_offered_to_loosen_his_own_account(stage: Stage) -> None:
    """His own card says who can; the button of an older card leads to the same card."""
    (chen,) = await stage.persons("陈管理")
    await chen.says("/member 110")
    await chen.sees("陈管理 · 110")
    await chen.sees("这是您本人的账号，须由其他管理员解绑。")
    assert chen.last.labels == ["‹ 菜单"]
    async with stage.app.core.store.read() as tx:
        own = await tx.people.find_by_staff_no("110")
    assert own is not None
    await forge(chen, AskUnbind(own.member_id))
    assert "🔓 确定解绑" not in chen.last.labels


async def test_an_unknown_or_missing_staff_number_is_explained(stage: Stage) -> None:
    """The command says what it needs."""
    chen = await stage.person("陈管理")
    await chen.says("/member")
    await chen.sees("请在后面写上工号")
    await chen.says("/member 999999")
    await chen.sees("没有工号为 999999 的党员")


async def test_a_text_after_leaving_the_field_is_not_taken_as_a_note(stage: Stage) -> None:
    """Who taps on to something else does not write into the old field any more."""
    (zhang,) = await stage.open_october("张伟")
    await zhang.taps("思想先锋 0/3")
    await zhang.taps("· 主讲党课")
    await zhang.taps("📎 说明或佐证")
    await zhang.taps("‹ 返回")
    await zhang.says("随手一写")
    await zhang.sees("请使用按钮")
    await zhang.sees_not("📝 随手一写")


async def test_a_text_after_a_command_is_not_taken_as_a_note(stage: Stage) -> None:
    """A command is a way of going on to something else, like a tap."""
    (zhang,) = await stage.open_october("张伟")
    await zhang.taps("思想先锋 0/3")
    await zhang.taps("· 主讲党课")
    await zhang.taps("📎 说明或佐证")
    await zhang.says("/menu")
    await zhang.sees("🌐 语言")
    await zhang.says("随手一写")
    await zhang.sees("请使用按钮")
    await zhang.sees_not("📝 随手一写")


async def test_a_field_of_an_older_version_waits_for_nothing(stage: Stage) -> None:
    """What was asked before a new version came in may not exist any more; that is no fault of the person's."""
    (zhang,) = await stage.open_october("张伟")
    async with stage.app.core.store.write() as tx:
        await tx.accounts.await_text(zhang.user_id, "zz:1", 1)
    await zhang.says("随手一写")
    await zhang.sees("请使用按钮")


async def test_help_lists_what_the_reader_can_do_and_leads_to_the_rules(stage: Stage) -> None:
    """A commissioner reads of the desk, a member does not; both come to the table."""
    li, zhang = await stage.persons("李委员", "张伟")
    await li.says("/help")
    await li.sees("/desk – 支部工作台")
    await zhang.says("/help")
    await zhang.sees("/mydata – ")
    await zhang.sees_not("/desk")
    await zhang.taps("📜 积分规则")
    await zhang.sees("先锋积分默认积分表")


async def test_every_command_speaks_the_language_that_was_chosen(stage: Stage) -> None:
    """An English reader with a Chinese telephone reads no Chinese page, whichever command he sends."""
    zheng = await stage.person("郑党委")
    await zheng.says("/language")
    await zheng.taps("English")
    for command, opening in (
        ("/calendar", "📅 What is coming"), ("/delegate", "🤝"), ("/objection", "⚖️"), ("/body", "No quarter"),
        ("/review", "No quarter"), ("/platforms", "📥"), ("/ledger", "📒"), ("/privacy", "Notice"),
    ):  # fmt: skip
        await zheng.says(command)
        await stage.settle()
        assert zheng.last.text is not None
        assert zheng.last.text.startswith(opening)
        assert "‹ Menu" in zheng.last.labels
